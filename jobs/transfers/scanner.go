package transfers

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxPiece bounds a tag or a text, in bytes: those of a payment file have at most 70 characters.
const maxPiece = 4096

// scanner reads XML of the plain form in which payment files are written: elements that hold elements or a text. It belongs to one
// goroutine.
type scanner struct {
	in     *bufio.Reader
	path   []byte // of the open elements, such as Document/CstmrCdtTrfInitn
	ends   []int  // where in path each of them ends
	text   []byte // before the last tag
	tag    []byte // with its attributes; valid until the next
	leaf   bool   // the last tag began an element, and nothing was in it yet
	closed bool   // the last tag ended an element
}

func newScanner(r io.Reader) *scanner { return &scanner{in: bufio.NewReaderSize(r, maxPiece)} }

var (
	errTooLong = errors.New("a tag or a text is longer than any of a payment file")
	errNesting = errors.New("an element ends that did not begin")
	errText    = errors.New("a text stands between elements")
	errForm    = errors.New("it holds what no payment file of regul holds: a comment, an instruction, an entity or an empty element")
)

// piece reads up to a character, which it drops.
func (s *scanner) piece(until byte) ([]byte, error) {
	piece, err := s.in.ReadSlice(until)
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, errTooLong
	}
	if err != nil {
		return piece, err
	}
	return piece[:len(piece)-1], nil
}

// prolog passes over what stands before the first element: the declaration, and the comment of a specimen.
func (s *scanner) prolog() error {
	for _, part := range []struct{ begin, end string }{{"<?xml ", "?>"}, {"<!--", "-->"}} {
		if err := s.blank(); err != nil {
			return err
		}
		if head, _ := s.in.Peek(len(part.begin)); string(head) != part.begin {
			continue
		}
		passed, err := s.piece('>')
		if err != nil {
			return err
		}
		if !bytes.HasSuffix(passed, []byte(part.end[:len(part.end)-1])) {
			return errForm
		}
	}
	return nil
}

// blank passes over white space.
func (s *scanner) blank() error {
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		if !isBlank(c) {
			return s.in.UnreadByte()
		}
	}
}

// next reads the next tag with the text before it. io.EOF comes after the last element alone.
func (s *scanner) next() error {
	if s.closed {
		s.leave()
	}
	text, err := s.piece('<')
	if errors.Is(err, io.EOF) {
		if len(s.ends) > 0 || !allBlank(text) {
			return io.ErrUnexpectedEOF
		}
		return io.EOF
	}
	if err != nil {
		return err
	}
	s.text = append(s.text[:0], text...)
	if s.tag, err = s.piece('>'); err != nil {
		return unexpected(err)
	}
	if len(s.tag) == 0 || bytes.ContainsAny(s.tag[:1], "!? ") || s.tag[len(s.tag)-1] == '/' || bytes.IndexByte(s.text, '&') >= 0 {
		return errForm
	}
	began := s.leaf
	s.closed = s.tag[0] == '/'
	s.leaf = !s.closed
	if !(s.closed && began) && !allBlank(s.text) {
		return errText
	}
	if !s.closed {
		name, _, _ := bytes.Cut(s.tag, []byte{' '})
		if len(s.ends) > 0 {
			s.path = append(s.path, '/')
		}
		s.path = append(s.path, name...)
		s.ends = append(s.ends, len(s.path))
		if len(s.path) > maxPiece {
			return errTooLong
		}
		return nil
	}
	if len(s.ends) == 0 || string(s.tag[1:]) != string(s.name()) {
		return errNesting
	}
	switch {
	case !began:
		s.text = s.text[:0]
	case len(s.text) == 0:
		return errForm
	}
	return nil
}

// isLeaf says whether the last tag ended an element that held a text.
func (s *scanner) isLeaf() bool { return s.closed && len(s.text) > 0 }

// name is the innermost element.
func (s *scanner) name() []byte {
	return s.path[bytes.LastIndexByte(s.path, '/')+1:]
}

// leave closes the innermost element.
func (s *scanner) leave() {
	s.ends = s.ends[:len(s.ends)-1]
	s.path = s.path[:0]
	if n := len(s.ends); n > 0 {
		s.path = s.path[:s.ends[n-1]]
	}
	s.closed = false
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func isBlank(c byte) bool { return c == '\n' || c == ' ' || c == '\t' || c == '\r' }

func allBlank(text []byte) bool {
	for _, c := range text {
		if !isBlank(c) {
			return false
		}
	}
	return true
}

// attributes checks those of the last tag: the elements of payment files have none but the two that are known.
func (s *scanner) attributes(want string) error {
	_, found, has := bytes.Cut(s.tag, []byte{' '})
	if has != (want != "") || string(found) != want {
		return fmt.Errorf("%s does not have the attributes that it must have", s.name())
	}
	return nil
}
