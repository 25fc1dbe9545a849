package pdf

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The first glyphs, those of ASCII among them, are written in one byte; the others in two, of which the first has the highest bit. A
// character map in the face says so to readers.
const (
	shortCodes = 0x80
	longCode   = 0x8000
)

// glyph is how one character is written: its code as it stands in a string of PDF, where some bytes are escaped.
type glyph struct {
	code   [4]byte
	length uint8  // of code; 0 for a character without glyph
	width  uint16 // in thousandths of the size
}

// face finds the glyphs of characters, by the upper and the lower byte of the character.
type face struct {
	pages [256]*[256]glyph

	// Of the bytes of UTF-8 that are a character whose code is one byte: that byte and its width; 0 for the others.
	codes  [256]byte
	widths [256]uint16
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
		g := newGlyph(number, p.widths[number])
		page[r&0xff] = g
		if r < utf8.RuneSelf && g.length == 1 && g.width > 0 {
			f.codes[r], f.widths[r] = g.code[0], g.width
		}
	}
}

func newGlyph(number, width int) glyph {
	g := glyph{width: uint16(width)}
	code := []byte{byte(number)}
	if number >= shortCodes {
		code = []byte{byte(number>>8) | longCode>>8, byte(number)}
	}
	for _, b := range code {
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

// append appends the glyphs of the text. A text with a character that has no glyph, or with an accent that stands alone, is not
// written: it goes the slow way, see Fonts.each.
func (f *face) append(dst []byte, text string) (written []byte, ok bool) {
	start := len(dst)
	for {
		size := len(dst)
		dst = slices.Grow(dst, len(text))
		room := dst[size : size+len(text)]
		known := 0
		for known < len(room) && known < len(text) {
			code := f.codes[text[known]]
			if code == 0 {
				break
			}
			room[known] = code
			known++
		}
		if dst, text = dst[:size+known], text[known:]; text == "" {
			return dst, true
		}
		g, n := f.first(text)
		if g.length == 0 {
			return dst[:start], false
		}
		dst, text = append(dst, g.code[:g.length]...), text[n:]
	}
}

// width is the width of the text in thousandths of the size; not ok if a character has no glyph.
func (f *face) width(text string) (width int, ok bool) {
	for {
		known := 0
		for known < len(text) {
			w := f.widths[text[known]]
			if w == 0 {
				break
			}
			width += int(w)
			known++
		}
		if text = text[known:]; text == "" {
			return width, true
		}
		g, n := f.first(text)
		if g.length == 0 {
			return 0, false
		}
		width, text = width+int(g.width), text[n:]
	}
}

// missing is what stands for a character that no face has.
const missing = '□'

// each goes through a text the slow way: its accents are composed, what the face lacks is taken from the further one, and
// what is not seen anyway is left out.
func (f *Fonts) each(face Face, text string, visit func(face Face, g *glyph, known bool)) {
	for _, r := range norm.NFC.String(text) {
		if g := f.faces[face].find(r); g.length > 0 {
			visit(face, g, true)
		} else if g := f.faces[further].find(r); g.length > 0 {
			visit(further, g, true)
		} else if !unseen(r) {
			visit(further, f.faces[further].find(missing), false)
		}
	}
}

// width is the width of the text in thousandths of the size.
func (f *Fonts) width(face Face, text string) int {
	width, ok := f.faces[face].width(text)
	if !ok {
		width = 0
		f.each(face, text, func(_ Face, g *glyph, _ bool) { width += int(g.width) })
	}
	return width
}

// combining says whether the character is an accent that stands on the one before it.
func combining(r rune) bool { return r >= 0x300 && r <= 0x36f }

// unseen says whether a character has nothing to show: a soft hyphen, a joiner, a mark of direction.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) }
