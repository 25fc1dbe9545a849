package csv

// buffer is memory in which a piece of the text lies. While a block holds it, it does not move.
type buffer struct {
	bytes   []byte // with a word behind the text
	holders int
}

// wordSize is how many bytes are looked at together: the last ones of a buffer too.
const wordSize = 8

func newBuffer(size int) *buffer { return &buffer{bytes: make([]byte, size+wordSize)} }

// size is how much text has room.
func (b *buffer) size() int { return len(b.bytes) - wordSize }

// grow makes room for so many bytes more.
func (b *buffer) grow(more int) { b.bytes = append(b.bytes, make([]byte, more)...) }

// hold keeps the buffer as it is until it is released.
func (s *scanner) hold() *buffer {
	s.buffer.holders++
	return s.buffer
}

// release lets go of a buffer that hold gave, or of nothing.
func (s *scanner) release(held *buffer) {
	if held == nil {
		return
	}
	if held.holders--; held.holders == 0 && held != s.buffer {
		s.idle = append(s.idle, held)
	}
}

// another is a buffer that nobody holds, for the one that is full.
func (s *scanner) another() *buffer {
	last := len(s.idle) - 1
	if last < 0 {
		return newBuffer(s.buffer.size())
	}
	b := s.idle[last]
	s.idle = s.idle[:last]
	if b.size() < s.buffer.size() {
		return newBuffer(s.buffer.size())
	}
	return b
}
