package rows

import (
	"encoding/binary"
	"io"

	"github.com/zeebo/xxh3"
)

// Digest identifies the content of an input in any order of its rows and however it is split into
// files: the number of rows and the sum, modulo 2^64 each half, of a 128-bit hash of every row. It
// tells inputs apart; it protects nothing (the SHA-256 of each file in the manifest does).
type Digest struct{ Rows, High, Low uint64 }

// AddRow adds a row. The seed tells rows of the same bytes apart that mean something else.
func (d *Digest) AddRow(body []byte, seed uint64) {
	hash := xxh3.Hash128Seed(body, seed)
	d.Rows++
	d.High += hash.Hi
	d.Low += hash.Lo
}

// Add adds the digest of other rows of the same input.
func (d *Digest) Add(other Digest) {
	d.Rows += other.Rows
	d.High += other.High
	d.Low += other.Low
}

// WriteTo writes the 24 bytes of the digest, for a hash over all inputs.
func (d Digest) WriteTo(w io.Writer) (int64, error) {
	var bytes [24]byte
	binary.BigEndian.PutUint64(bytes[0:], d.Rows)
	binary.BigEndian.PutUint64(bytes[8:], d.High)
	binary.BigEndian.PutUint64(bytes[16:], d.Low)
	n, err := w.Write(bytes[:])
	return int64(n), err
}
