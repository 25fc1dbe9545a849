package pdf

import (
	"slices"
	"strings"
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
	inWord [256]uint16 // widths, without that of a space
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
	f.inWord = f.widths
	f.inWord[' '] = 0
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
	if len(text) > 1 && text[0]>>5 == 0b110 && text[1]>>6 == 0b10 { // most characters that are not ASCII; 0: an overlong one
		r := rune(text[0]&0x1f)<<6 | rune(text[1]&0x3f)
		if combining(r) {
			return &noGlyphs[0], 2
		}
		if r >= utf8.RuneSelf {
			return &f.pages[r>>8][r&0xff], 2
		}
	}
	r, n := utf8.DecodeRuneInString(text)
	return f.find(r), n
}

// append appends the glyphs of the text. A text with a character that has no glyph, or with an accent that stands alone, is not
// written: it goes the slow way, see Fonts.each.
func (f *face) append(dst []byte, text string) (written []byte, ok bool) {
	start := len(dst)
	most := 2*len(text) + len(glyph{}.code) // two for each byte of the text, and what a short code does not fill
	dst = slices.Grow(dst, most)
	room := dst[start : start+most]
	size := 0
	for {
		known := f.short(room[size:], text)
		if size += known; known == len(text) {
			return dst[:start+size], true
		}
		text = text[known:]
		g, n := f.first(text)
		if g.length == 0 {
			return dst, false
		}
		*(*[4]byte)(room[size:]) = g.code
		size, text = size+int(g.length), text[n:]
	}
}

// short writes the codes of the first bytes, as many as are characters of one byte with a code of one byte, and says how many they are.
func (f *face) short(dst []byte, text string) int {
	dst = dst[:len(text)]
	for i := 0; i < len(text); i++ {
		code := f.codes[text[i]]
		if code == 0 {
			return i
		}
		dst[i] = code
	}
	return len(text)
}

// width is the width of the text in thousandths of the size; not ok if a character has no glyph.
func (f *face) width(text string) (width int, ok bool) {
	for {
		known, w := shortWidth(&f.widths, text)
		width += w
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

// shortWidth is the width of the first bytes, as many as have one in the table.
func shortWidth(widths *[256]uint16, text string) (known, width int) {
	for known < len(text) {
		w := widths[text[known]]
		if w == 0 {
			break
		}
		width += int(w)
		known++
	}
	return known, width
}

// Fit is how many bytes of a text, up to the end of a word, are at most so wide, in points: 0 if the first word is wider. Words end at
// spaces that may break. The text does not begin with one.
func (f *Fonts) Fit(face Face, size, room float64, text string) (end int) {
	faced := &f.faces[face]
	width, at := 0, 0
	for {
		known, w := shortWidth(&faced.inWord, text[at:])
		width, at = width+w, at+known
		switch {
		case at == len(text):
			if points(width, size) > room {
				return end
			}
			return at
		case text[at] == ' ':
			if points(width, size) > room {
				return end
			}
			for end = at; at < len(text) && text[at] == ' '; at++ {
				width += int(faced.widths[' '])
			}
		default:
			g, n := faced.first(text[at:])
			if g.length == 0 {
				return f.fitWords(face, size, room, text)
			}
			width, at = width+int(g.width), at+n
		}
	}
}

// fitWords is Fit the slow way, a word after the other: for texts with characters that the face lacks.
func (f *Fonts) fitWords(face Face, size, room float64, text string) (end int) {
	width := 0
	for end < len(text) {
		next := end
		for next < len(text) && text[next] == ' ' {
			next++
		}
		if n := strings.IndexByte(text[next:], ' '); n >= 0 {
			next += n
		} else {
			next = len(text)
		}
		if width += f.width(face, text[end:next]); points(width, size) > room {
			break
		}
		end = next
	}
	return end
}

// points is a width in thousandths of the size in points.
func points(width int, size float64) float64 { return float64(width) * size / 1000 }

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
