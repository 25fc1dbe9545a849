package notice

import (
	"strings"
	"unicode/utf8"

	"regul/writers/notice/pdf"
)

// The sheet: A4 with the margins of the text, in points from the upper left corner.
const (
	millimetre = 72 / 25.4
	left       = 20 * millimetre
	right      = 190 * millimetre
	full       = right - left
	top        = 23 * millimetre    // of the text on the pages after the first
	bottom     = 279.5 * millimetre // of the text
	footerLine = 285 * millimetre   // on which the footer stands
)

// hand is how a text is written: face, size and distance of lines in points, and colour.
type hand struct {
	face    pdf.Face
	size    float64
	leading float64
	ink     pdf.Colour
}

// The hands of a letter, and its colours: black, one accent, and greys.
var (
	accent   = rgb(0x0f, 0x4c, 0x75)
	tint     = rgb(0xe9, 0xf1, 0xf6)
	lighter  = rgb(0x4d, 0x70, 0x8c)
	hairline = rgb(0xc4, 0xcf, 0xd7)
	black    = rgb(0x1c, 0x22, 0x28)
	grey     = rgb(0x5a, 0x66, 0x70)
	white    = rgb(0xff, 0xff, 0xff)
	warning  = rgb(0xb3, 0x26, 0x1e)

	body     = hand{pdf.Regular, 9.5, 13, black}
	fine     = hand{pdf.Regular, 9, 12, black}
	strong   = hand{pdf.Bold, 9.5, 13, black}
	huge     = hand{pdf.Bold, 20, 24, accent}
	total    = hand{pdf.Bold, 14, 18, accent}
	dated    = hand{pdf.Bold, 12.5, 16, black}
	inBar    = hand{pdf.Regular, 8, 10, white}
	numbered = hand{pdf.Bold, 8.5, 10, white} // the numbers of a specimen
	warned   = hand{pdf.Bold, 10, 14, warning}
	version  = hand{pdf.Bold, 9, 12, accent}
	subject  = hand{pdf.Bold, 13.2, 16.5, accent}
	chapter  = hand{pdf.Bold, 12.5, 16, accent}
	heading  = hand{pdf.Bold, 10, 14, accent}
	small    = hand{pdf.Regular, 8, 10.5, grey}
	smallInk = hand{pdf.Regular, 8, 10.5, black}
	label    = hand{pdf.Regular, 7.5, 10, grey}
	cell     = hand{pdf.Regular, 8.5, 12, black}
	cellBold = hand{pdf.Bold, 8.5, 12, black}
	column   = hand{pdf.Bold, 7.5, 9.5, accent}
	footer   = hand{pdf.Regular, 7.5, 10, grey}
)

// width is the width of a text in points.
func (p *Press) width(h hand, text string) float64 { return p.fonts.Width(h.face, h.size, text) }

// write writes a line that begins at x; y is its base line.
func (l *letter) write(h hand, x, y float64, text string) {
	if text != "" {
		l.draw(op{kind: texts, face: h.face, size: h.size, ink: h.ink, x: x, y: y, text: text})
	}
}

// writeRight writes a line that ends at x. A text that is wider than its room is written smaller.
func (l *letter) writeRight(h hand, x, y, room float64, text string) {
	h, width := l.shrink(h, room, text)
	l.write(h, x-width, y, text)
}

// writeIn writes a line that begins at x into a room; a text that is wider is written smaller.
func (l *letter) writeIn(h hand, x, y, room float64, text string) {
	h, _ = l.shrink(h, room, text)
	l.write(h, x, y, text)
}

func (l *letter) shrink(h hand, room float64, text string) (hand, float64) {
	width := l.width(h, text)
	if width > room {
		h.size = float64(h.size * room / width)
		width = l.width(h, text)
	}
	return h, width
}

// paragraph writes a text in lines of at most that width, from y, the upper edge of the first line, and gives the lower edge of
// the last. The lines stay on the page: callers that may reach its end use flow.
func (l *letter) paragraph(h hand, x, y, width float64, text string) float64 {
	for text != "" {
		var line string
		line, text = l.line(h, width, text)
		l.write(h, x, l.base(h, y), line)
		y += h.leading
	}
	return y
}

// flow writes a text over the width of the sheet at the present place, on as many pages as it takes.
func (l *letter) flow(h hand, text string) { l.title(pdf.Paragraph, h, text) }

// title is flow for a text that is a heading.
func (l *letter) title(role pdf.Role, h hand, text string) {
	if text == "" {
		return
	}
	l.enter(role)
	l.flowIn(h, left, full, text)
	l.leave()
}

func (l *letter) flowIn(h hand, x, width float64, text string) {
	for text != "" {
		var line string
		line, text = l.line(h, width, text)
		l.need(h.leading)
		l.write(h, x, l.base(h, l.y), line)
		l.y += h.leading
	}
}

// lines is the number of lines that a text takes.
func (l *letter) lines(h hand, width float64, text string) (n int) {
	for ; text != ""; n++ {
		_, text = l.line(h, width, text)
	}
	return n
}

// height is the height of a text in points.
func (l *letter) height(h hand, width float64, text string) float64 {
	return float64(float64(l.lines(h, width, text)) * h.leading)
}

// base is the base line of a line whose upper edge is y.
func (l *letter) base(h hand, y float64) float64 {
	return y + float64(h.leading/2) + float64(h.size*0.36)
}

// line takes as many words off a text as fit in a width; at least one character. Words part at spaces that may break, and after
// a hyphen between letters if nothing else fits.
func (p *Press) line(h hand, width float64, text string) (line, rest string) {
	text = strings.TrimLeft(text, " ")
	room := width - 0.01
	end := p.fonts.Fit(h.face, h.size, room, text)
	if end == 0 {
		end = p.broken(h, room, text)
	}
	return text[:end], strings.TrimLeft(text[end:], " ")
}

// broken is where a word that is wider than the line breaks.
func (p *Press) broken(h hand, room float64, text string) int {
	end, hyphen, used := 0, 0, 0.0
	for i, r := range text {
		if r == ' ' {
			break
		}
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[i:])
		}
		used += p.width(h, text[i:i+size])
		if used > room && i > 0 {
			break
		}
		if end = i + size; r == '-' {
			hyphen = end
		}
	}
	if hyphen > 0 {
		return hyphen
	}
	return end
}

// need begins a new page unless so much room is left on this one.
func (l *letter) need(height float64) {
	if l.y+height > bottom {
		l.nextPage()
	}
}

// space leaves room below what was written.
func (l *letter) space(points float64) { l.y += points }
