package parquet

import "io"

// sink counts what is written and remembers the first error, which is asked for at the end.
type sink struct {
	to      io.Writer
	written int64
	err     error
}

func (s *sink) write(p []byte) {
	if s.err != nil {
		return
	}
	n, err := s.to.Write(p)
	if err == nil && n != len(p) {
		err = io.ErrShortWrite
	}
	s.written, s.err = s.written+int64(n), err
}

// Write never fails; see write.
func (s *sink) Write(p []byte) (int, error) {
	s.write(p)
	return len(p), nil
}
