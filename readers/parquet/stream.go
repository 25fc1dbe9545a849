package parquet

import (
	"io"
	"math/bits"
	"sync"
)

// stream reads a part of a file from its start to its end, through a window of memory that it lends.
type stream struct {
	from   io.ReaderAt
	at     int64  // the next byte of the file that is not in memory
	end    int64  // of the part
	memory []byte // lent
	window []byte // the part of it that was not read yet
}

// windowSize is how much is read at a time, in bytes. The header of a page must fit it.
const (
	windowSize = 256 << 10
	maxHeader  = windowSize
)

// open starts with a part of a file.
func (s *stream) open(from io.ReaderAt, start, size int64) {
	s.from, s.at, s.end, s.window = from, start, start+size, nil
}

// close lets go of the memory.
func (s *stream) close() {
	lent.give(s.memory)
	s.memory, s.window = nil, nil
}

// left is how many bytes are still to come.
func (s *stream) left() int64 { return int64(len(s.window)) + s.end - s.at }

// peek gives the next so many bytes, or all that are left, and more if they are there. They are valid until the next call.
func (s *stream) peek(n int64) ([]byte, error) {
	n = min(n, s.left())
	if have := int64(len(s.window)); have < n {
		s.makeRoom(int(n))
		fill := s.memory[have:min(int64(len(s.memory)), have+s.end-s.at)]
		read, err := s.from.ReadAt(fill, s.at)
		s.at += int64(read)
		s.window = s.memory[:have+int64(read)]
		if int64(len(s.window)) < n {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
	}
	return s.window, nil
}

// makeRoom moves the window to the start of memory that is large enough for it to hold so many bytes.
func (s *stream) makeRoom(n int) {
	if n = max(n, int(min(windowSize, s.left()))); n <= len(s.memory) {
		copy(s.memory, s.window)
		return
	}
	larger := lent.take(n)
	copy(larger, s.window)
	s.close()
	s.memory = larger
}

// take reads so many bytes. They are valid until the next call.
func (s *stream) take(n int64) ([]byte, error) {
	if n > s.left() {
		return nil, io.ErrUnexpectedEOF
	}
	window, err := s.peek(n)
	if err != nil {
		return nil, err
	}
	s.window = window[n:]
	return window[:n:n], nil
}

// discard passes over so many bytes.
func (s *stream) discard(n int64) error {
	if n > s.left() {
		return io.ErrUnexpectedEOF
	}
	if have := int64(len(s.window)); n > have {
		s.at, s.window = s.at+n-have, nil
		return nil
	}
	s.window = s.window[n:]
	return nil
}

// lender lends memory for pages, and takes it back for the next ones: they are most of what a reader needs, and the
// collector would run for them alone. Sizes are rounded up by at most a quarter.
type lender struct {
	mutex sync.Mutex
	free  map[int][][]byte // by size
	size  int              // of all that is free, in bytes
}

var lent = lender{free: map[int][][]byte{}}

// maxFree bounds what is kept, in bytes.
const maxFree = 64 << 20

// rounded is the size of the memory that is lent for so many bytes.
func rounded(n int) int {
	step := 1 << max(0, bits.Len(uint(n))-3)
	return max(512, (n+step-1)/step*step)
}

// take lends memory of so many bytes. It holds anything.
func (l *lender) take(n int) []byte {
	size := rounded(n)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	last := len(l.free[size]) - 1
	if last < 0 {
		return make([]byte, size)[:n]
	}
	taken := l.free[size][last]
	l.free[size] = l.free[size][:last]
	l.size -= size
	return taken[:n]
}

// give takes memory back that was lent: nobody may refer to it any more.
func (l *lender) give(content []byte) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if size := cap(content); size > 0 && l.size+size <= maxFree {
		l.free[size] = append(l.free[size], content[:size])
		l.size += size
	}
}
