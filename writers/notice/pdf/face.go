package pdf

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// glyph is how one character is written: the two bytes of its glyph number as they stand in a string of PDF, where some
// bytes are escaped.
type glyph struct {
	code   [4]byte
	length uint8  // of code; 0 for a character without glyph
	width  uint16 // in thousandths of the size
}

// face finds the glyphs of characters, by the upper and the lower byte of the character.
type face struct {
	pages [256]*[256]glyph
}

var noGlyphs [256]glyph

func (f *face) fill(p *program) {
	for i := range f.pages {
		f.pages[i] = &noGlyphs
	}
	for number, r := range p.characters {
		if r == 0 {
			continue
		}
		page := f.pages[r>>8]
		if page == &noGlyphs {
			page = new([256]glyph)
			f.pages[r>>8] = page
		}
		page[r&0xff] = newGlyph(number, p.widths[number])
	}
}

func newGlyph(number, width int) glyph {
	g := glyph{width: uint16(width)}
	for _, b := range []byte{byte(number >> 8), byte(number)} {
		switch b {
		case '(', ')', '\\':
			g.code[g.length], g.length = '\\', g.length+1
		case '\r': // readers take a bare one for a line feed
			g.code[g.length], g.length, b = '\\', g.length+1, 'r'
		}
		g.code[g.length], g.length = b, g.length+1
	}
	return g
}

func (f *face) find(r rune) *glyph {
	if uint32(r) > 0xffff {
		return &noGlyphs[0]
	}
	return &f.pages[r>>8][r&0xff]
}

// first is the glyph of the first character of the text, and the length of that character in bytes. An accent has none
// before the text is normalised.
func (f *face) first(text string) (*glyph, int) {
	r, n := utf8.DecodeRuneInString(text)
	if combining(r) {
		return &noGlyphs[0], n
	}
	return f.find(r), n
}

// append appends the glyphs of the text, and their width in thousandths of the size. A text with a character that has
// no glyph, or with an accent of its own, goes the slow way.
func (f *face) append(dst []byte, text string) ([]byte, int) {
	start, width := len(dst), 0
	for i := 0; i < len(text); {
		var g *glyph
		if c := text[i]; c < utf8.RuneSelf {
			g = &f.pages[0][c]
			i++
		} else {
			var n int
			g, n = f.first(text[i:])
			i += n
		}
		if g.length == 0 {
			return f.appendSlowly(dst[:start], norm.NFC.String(text))
		}
		dst = append(dst, g.code[:g.length]...)
		width += int(g.width)
	}
	return dst, width
}

// appendSlowly is append for a normalised text: what has no glyph becomes a question mark, what is not seen anyway
// is left out.
func (f *face) appendSlowly(dst []byte, text string) ([]byte, int) {
	width := 0
	for _, r := range text {
		g := f.find(r)
		if g.length == 0 {
			if unseen(r) {
				continue
			}
			g = f.find('?')
		}
		dst = append(dst, g.code[:g.length]...)
		width += int(g.width)
	}
	return dst, width
}

// width is the width of the text in thousandths of the size.
func (f *face) width(text string) int {
	width := 0
	for i := 0; i < len(text); {
		var g *glyph
		if c := text[i]; c < utf8.RuneSelf {
			g = &f.pages[0][c]
			i++
		} else {
			var n int
			g, n = f.first(text[i:])
			i += n
		}
		if g.length == 0 {
			_, width = f.appendSlowly(nil, norm.NFC.String(text))
			return width
		}
		width += int(g.width)
	}
	return width
}

func (f *face) covers(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range norm.NFC.String(text) {
		if f.find(r).length == 0 && !unseen(r) {
			return false
		}
	}
	return true
}

// combining says whether the character is an accent that stands on the one before it.
func combining(r rune) bool { return r >= 0x300 && r <= 0x36f }

// unseen says whether a character has nothing to show: a soft hyphen, a joiner, a mark of direction.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) }
