package rows

import (
	"fmt"
	"io"
)

// Disk is where rows wait for which there is no memory.
type Disk interface {
	Create(run int) (io.WriteCloser, error)
	Open(run int) (DiskRun, error)
}

// DiskRun is a file of waiting rows, complete.
type DiskRun interface {
	io.ReaderAt
	io.Closer
}

// spilled is what a scatter has written to disk at one time: all its rows, bucket by bucket, in each the tables in their
// order. A shard is a range of buckets, so that it is one piece of the file.
type spilled struct {
	file   DiskRun
	starts [bucketCount + 1]int64 // of each bucket in the file, and the end
	pieces [bucketCount][]piece
}

// piece is the rows of one table and bucket.
type piece struct{ bytes, rows uint32 }

// Limit makes the scatter write its rows to disk whenever they fill so many bytes of memory.
func (s *Scatter) Limit(bytes int, disk Disk) { s.limit, s.disk = bytes, disk }

// Err is the first error of the disk. The scatter is without use after it.
func (s *Scatter) Err() error { return s.err }

// spill writes all rows in memory to disk and forgets them.
func (s *Scatter) spill() error {
	file, err := s.disk.Create(len(s.runs))
	if err != nil {
		return err
	}
	r := &spilled{}
	var chunks [][]byte
	pieces := make([]piece, bucketCount*len(s.buckets))
	for b := range bucketCount {
		r.starts[b+1] = r.starts[b]
		r.pieces[b], pieces = pieces[:len(s.buckets)], pieces[len(s.buckets):]
		for t := range s.buckets {
			waiting := s.waiting(t, b)
			p := piece{rows: waiting.rows}
			chunks = waiting.chunks(chunks)
			for _, chunk := range chunks {
				if _, err := file.Write(chunk); err != nil {
					return closeAfter(file, err)
				}
				p.bytes += uint32(len(chunk))
			}
			r.pieces[b][t] = p
			r.starts[b+1] += int64(p.bytes)
		}
	}
	for t := range s.buckets {
		for _, page := range s.buckets[t] {
			if page != nil {
				clear(page[:])
			}
		}
	}
	if err := file.Close(); err != nil {
		return err
	}
	if r.file, err = s.disk.Open(len(s.runs)); err != nil {
		return err
	}
	s.runs = append(s.runs, r)
	return s.arena.release()
}

func closeAfter(file io.Closer, err error) error {
	file.Close()
	return err
}

// rows is how many rows of a table and bucket wait, in memory and on disk.
func (s *Scatter) rows(t, number int) int {
	rows := int(s.waiting(t, number).rows)
	for _, r := range s.runs {
		rows += int(r.pieces[number][t].rows)
	}
	return rows
}

// fetch reads the rows of some buckets, from first up to end, into the buffer.
func (r *spilled) fetch(first, end int, buffer []byte) ([]byte, error) {
	size := int(r.starts[end] - r.starts[first])
	if cap(buffer) < size {
		buffer = make([]byte, size)
	}
	if buffer = buffer[:size]; size == 0 {
		return buffer, nil // nothing waits there
	}
	if n, err := r.file.ReadAt(buffer, r.starts[first]); n < size {
		return nil, fmt.Errorf("rows that wait on disk can't be read back: %w", err)
	}
	return buffer, nil
}
