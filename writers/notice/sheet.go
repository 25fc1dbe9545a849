package notice

import (
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// op is one thing that is drawn on a page. A letter is laid out as a list of them, because its pages say how many there are,
// and then written.
type op struct {
	kind          kind
	element       pdf.Element // of the structure
	face          pdf.Face
	ink           pdf.Colour
	size          float64 // of a text; the width of a line
	x, y          float64 // the upper left corner; of a text the beginning of its base line
	width, height float64
	text          string
	code          *pdf.Code
	form          pdf.Form
	image         pdf.Image
}

// kind is what an op draws.
type kind uint8

const (
	forms kind = iota
	pictures
	fills
	strokes
	codes
	texts
)

func rgb(r, g, b uint8) pdf.Colour { return pdf.Colour{R: r, G: g, B: b} }

// enter begins an element of the structure, within the one that is open: what is written until leave belongs to it.
func (l *letter) enter(role pdf.Role) {
	l.path = append(l.path, l.element)
	if l.element != pdf.Artifact {
		l.element = l.out.Element(l.element, role)
	}
}

// leave ends it.
func (l *letter) leave() {
	last := len(l.path) - 1
	l.element, l.path = l.path[last], l.path[:last]
}

// aside begins what is there for the eye alone, until leave.
func (l *letter) aside() {
	l.path = append(l.path, l.element)
	l.element = pdf.Artifact
}

// draw adds something to the present page.
func (l *letter) draw(o op) {
	if o.element = l.element; (o.kind == fills || o.kind == strokes) && !l.drawing {
		o.element = pdf.Artifact // areas and frames
	}
	page := &l.sheets[len(l.sheets)-1]
	*page = append(*page, o)
}

func (l *letter) fill(ink pdf.Colour, x, y, width, height float64) {
	l.draw(op{kind: fills, ink: ink, x: x, y: y, width: width, height: height})
}

func (l *letter) stroke(ink pdf.Colour, line, x, y, width, height float64) {
	l.draw(op{kind: strokes, ink: ink, size: line, x: x, y: y, width: width, height: height})
}

func (l *letter) qr(x, y, side float64, text []byte, alternative string) {
	code, err := pdf.Encode(text)
	if err != nil {
		l.err = err
		return
	}
	l.enter(pdf.Figure)
	l.alternative(alternative)
	l.draw(op{kind: codes, x: x, y: y, width: side, code: code})
	l.leave()
}

// alternative says what is read instead of the figure that is open.
func (l *letter) alternative(text string) {
	if l.element != pdf.Artifact {
		l.out.Alternative(l.element, text)
	}
}

// wide makes the cell that is open take several columns.
func (l *letter) wide(columns int) {
	if l.element != pdf.Artifact {
		l.out.Columns(l.element, columns)
	}
}

// nextPage begins a page, and what goes on from the last one.
func (l *letter) nextPage() {
	if n := len(l.sheets); n < cap(l.sheets) {
		l.sheets = l.sheets[:n+1]
		l.sheets[n] = l.sheets[n][:0]
	} else {
		l.sheets = append(l.sheets, nil)
	}
	l.y = top
	l.aside() // what follows was said on the page before
	defer l.leave()
	if len(l.sheets) > 1 {
		l.stamp(l.onNext)
	}
	if l.continued != "" {
		l.write(label, left, l.y+8, l.continued)
		l.space(16)
	}
	if l.columns != nil {
		l.columns()
	}
}

// mark puts the number of a note of the specimen into the margin; y is the middle of the mark.
func (l *letter) mark(note wording.Term, y float64) {
	if !l.annotated || note == wording.None {
		return
	}
	const size = 14.0
	x := float64(left - 9*millimetre)
	switch note {
	case wording.SpecimenAddressee:
		x = windowX - 7*millimetre
	}
	number := 0
	for i, n := range l.notes {
		if n == note {
			number = i + 1
		}
	}
	if number == 0 {
		l.notes = append(l.notes, note)
		number = len(l.notes)
	}
	l.aside()
	l.fill(accent, x, y-size/2, size, size)
	text := l.plain(number)
	l.write(numbered, x+(size-l.width(numbered, text))/2, y+3, text)
	l.leave()
}

func (l *letter) noteOnce(note wording.Term) {
	if !l.noted {
		l.noted = true
		l.mark(note, l.y+8)
	}
}

// emit writes the pages of the letter into the file, with what is the same on every page.
func (l *letter) emit() {
	l.integer(wording.FieldPages, len(l.sheets))
	reference := l.say(wording.FooterReference)
	for i, page := range l.sheets {
		c := l.out.BeginPage()
		for k := forms; k <= texts; k++ {
			for j := range page {
				if page[j].kind == k {
					page[j].write(c)
				}
			}
		}
		l.integer(wording.FieldPage, i+1)
		c.Of(pdf.Artifact)
		c.Colour(footer.ink)
		c.Text(left, footerLine, footer.face, footer.size, reference)
		c.TextRight(right, footerLine, footer.face, footer.size, l.say(wording.FooterPage))
		if l.finishing.marked(i) {
			l.finishing.optical(c, i, len(l.sheets))
		}
		l.out.EndPage()
	}
	if l.finishing.Duplex && len(l.sheets)%2 == 1 {
		l.out.BeginPage()
		l.out.EndPage()
	}
	l.out.EndLetter()
}

// write draws something as content of its element.
func (o *op) write(c *pdf.Canvas) {
	c.Of(o.element)
	o.draw(c)
}

func (o *op) draw(c *pdf.Canvas) {
	c.Colour(o.ink)
	switch o.kind {
	case forms:
		c.Draw(o.form)
	case pictures:
		c.DrawImage(o.image, o.x, o.y, o.width, o.height)
	case fills:
		c.FillRectangle(o.x, o.y, o.width, o.height)
	case strokes:
		c.StrokeRectangle(o.x, o.y, o.width, o.height, o.size)
	case codes:
		c.QR(o.x, o.y, o.width, o.code)
	case texts:
		c.Text(o.x, o.y, o.face, o.size, o.text)
	}
}
