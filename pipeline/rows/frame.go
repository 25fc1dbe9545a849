package rows

import (
	"encoding/binary"
	"fmt"

	"github.com/zeebo/xxh3"
)

// Frame says what bytes are that leave the process, and in which version of their form: a line of text before them, and a digest of
// all of it behind. Bytes of another kind, of another version, or damaged ones are an error, not a guess.
type Frame struct {
	Kind    string
	Version int
}

// digestSize is the length of the digest behind the content, in bytes.
const digestSize = 8

func (f Frame) line() string { return fmt.Sprintf("regul %s %d\n", f.Kind, f.Version) }

// Begin appends the line that stands before the content.
func (f Frame) Begin(dst []byte) []byte { return append(dst, f.line()...) }

// Seal appends the digest of bytes that start with what Begin appended and hold all their content.
func (f Frame) Seal(framed []byte) []byte {
	return binary.BigEndian.AppendUint64(framed, xxh3.Hash(framed))
}

// Open gives the content of framed bytes. They are not copied.
func (f Frame) Open(framed []byte) ([]byte, error) {
	line, end := f.line(), len(framed)-digestSize
	if len(framed) < len(line) || string(framed[:len(line)]) != line {
		return nil, fmt.Errorf("this is no %s of version %d: another version of regul wrote it, or something else", f.Kind, f.Version)
	}
	if end < len(line) || binary.BigEndian.Uint64(framed[end:]) != xxh3.Hash(framed[:end]) {
		return nil, fmt.Errorf("the %s is damaged: its bytes are not the ones that were written", f.Kind)
	}
	return framed[len(line):end:end], nil
}

// Recovered is the error of content that could not be decoded though its digest is right: the decoder trusts its bytes, and panics over
// others. It is for a deferred call, with what recover gives.
func (f Frame) Recovered(damage any, err error) error {
	if damage != nil {
		return fmt.Errorf("the %s can't be read: %v", f.Kind, damage)
	}
	return err
}
