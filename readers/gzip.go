package readers

import (
	"bufio"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// members is the text of a gzip file, which may have several members. The library takes zeros after the last one, as tapes and block
// devices pad files, for a damaged member; here they are the end, and other bytes are an error that says so.
type members struct {
	from *bufio.Reader
	text *gzip.Reader
}

func newMembers(from io.Reader) (*members, error) {
	m := &members{from: bufio.NewReaderSize(from, 64<<10)}
	var err error
	if m.text, err = gzip.NewReader(m.from); err != nil {
		return nil, err
	}
	m.text.Multistream(false)
	return m, nil
}

// Read reads on into the next member where one ends.
func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.text.Read(p)
		if n > 0 || err != io.EOF {
			if err == io.EOF {
				err = nil
			}
			return n, err
		}
		if err := m.next(); err != nil {
			return 0, err
		}
	}
}

// next turns to the next member; io.EOF: there is none.
func (m *members) next() error {
	head, err := m.from.Peek(len(magicGzip))
	if len(head) == 0 && err != nil {
		return err
	}
	if string(head) != string(magicGzip) {
		return m.padding()
	}
	if err := m.text.Reset(m.from); err != nil {
		return err
	}
	m.text.Multistream(false)
	return nil
}

// padding is io.EOF if nothing but zeros is left.
func (m *members) padding() error {
	for {
		b, err := m.from.ReadByte()
		switch {
		case err != nil:
			return err
		case b != 0:
			return errors.New("after the compressed text the file goes on with other bytes: compress it again, alone")
		}
	}
}
