package pdf

import (
	"errors"
	"fmt"
	"slices"
)

// Colour is a colour in sRGB. The zero value is black.
type Colour struct{ R, G, B uint8 }

// Canvas draws on one page or form. Lengths are in points from the upper left corner of the page, y downwards.
type Canvas struct {
	document *Document
	content  []byte
	uses     []int // the numbers of the forms and pictures drawn
	open     bool
	further  bool    // the content has letters of the further face
	number   int     // the object of the page; 0: a form
	wanted   Element // of what is drawn next
	marked   Element // of what is drawn; unmarked: none yet
	colour   Colour  // that was asked for

	// What the content has set so far.
	fill, stroke           Colour
	fillKnown, strokeKnown bool
	width                  int // of lines, in hundredths; -1 if unknown
	text                   textState
}

func (c *Canvas) begin() {
	*c = Canvas{document: c.document, content: c.content[:0], uses: c.uses[:0], open: true, fillKnown: true, strokeKnown: true, width: 100,
		wanted: unmarked, marked: unmarked}
}

// inherit makes the canvas one of a form: what it does not set is as on the page around it, so nothing is known.
func (c *Canvas) inherit() { c.fillKnown, c.strokeKnown, c.width = false, false, -1 }

func (c *Canvas) finish() {
	c.unmark()
	if c.text.open {
		c.operator("ET\n")
	}
	c.text.open, c.open = false, false
}

// Of makes what follows content of an element, or an artifact.
func (c *Canvas) Of(e Element) { c.wanted = e }

// drawing comes before everything that is drawn: it begins or ends a block of texts, within which nothing else may be drawn, and the mark
// of what is drawn. A mark begins and ends both within a block of texts or both outside.
func (c *Canvas) drawing(text bool) {
	if c.marked != c.wanted || c.text.open != text {
		c.unmark()
	}
	switch {
	case text && !c.text.open:
		c.operator("BT\n")
		c.text.open, c.text.x, c.text.y = true, 0, 0
	case !text && c.text.open:
		c.operator("ET\n")
		c.text.open = false
	}
	if c.marked == c.wanted {
		return
	}
	if c.marked = c.wanted; c.marked == Artifact {
		c.operator("/Artifact BMC\n")
		return
	}
	t := &c.document.letter
	c.content = append(append(append(c.content, '/'), roles[t.nodes[c.marked].role]...), "<</MCID "...)
	c.content = appendInt(c.content, t.content(c.marked, c.number))
	c.operator(">>BDC\n")
}

// unmark ends the mark.
func (c *Canvas) unmark() {
	if c.marked != unmarked {
		c.operator("EMC\n")
		c.marked = unmarked
	}
}

// Colour is the colour of what follows: texts, lines and rectangles. A page begins black.
func (c *Canvas) Colour(colour Colour) { c.colour = colour }

// Line draws a line.
func (c *Canvas) Line(x1, y1, x2, y2, width float64) {
	c.drawing(false)
	c.setStroke(width)
	c.numbers(hundredths(x1), pageHeight-hundredths(y1))
	c.operator("m ")
	c.numbers(hundredths(x2), pageHeight-hundredths(y2))
	c.operator("l S\n")
}

// FillRectangle fills a rectangle; x and y are its upper left corner.
func (c *Canvas) FillRectangle(x, y, width, height float64) {
	c.drawing(false)
	c.setFill()
	c.rectangle(x, y, width, height)
	c.operator("f\n")
}

// StrokeRectangle draws the border of a rectangle; the line lies half within.
func (c *Canvas) StrokeRectangle(x, y, width, height, lineWidth float64) {
	c.drawing(false)
	c.setStroke(lineWidth)
	c.rectangle(x, y, width, height)
	c.operator("S\n")
}

func (c *Canvas) rectangle(x, y, width, height float64) {
	left, top := hundredths(x), hundredths(y)
	bottom := hundredths(y + height)
	c.numbers(left, pageHeight-bottom, hundredths(x+width)-left, bottom-top)
	c.operator("re ")
}

// Draw draws a form, at its own place.
func (c *Canvas) Draw(form Form) {
	if c.use(form.number) {
		c.drawing(false)
		c.draw(form.number)
	}
}

// DrawImage draws a picture in a rectangle; x and y are its upper left corner.
func (c *Canvas) DrawImage(image Image, x, y, width, height float64) {
	if c.use(image.number) {
		c.drawing(false)
		c.place(x, y, width, height)
		c.draw(image.number)
		c.operator("Q\n")
	}
}

// place begins a drawing that fills the rectangle. It ends with Q.
func (c *Canvas) place(x, y, width, height float64) {
	c.operator("q ")
	c.numbers(hundredths(width), 0, 0, hundredths(height), hundredths(x), pageHeight-hundredths(y+height))
	c.operator("cm ")
}

func (c *Canvas) draw(number int) {
	c.operator("/X")
	c.content = appendInt(c.content, number)
	c.operator(" Do\n")
}

// use notes that the content names a form or picture; the zero value is not drawn.
func (c *Canvas) use(number int) bool {
	if number > len(c.document.drawn) {
		c.document.fail(errors.New("pdf: a form or picture of another file"))
		return false
	}
	if number > 0 && !slices.Contains(c.uses, number) {
		c.uses = append(c.uses, number)
	}
	return number > 0
}

func (c *Canvas) setFill() {
	if c.fill != c.colour || !c.fillKnown {
		c.fill, c.fillKnown = c.colour, true
		c.components()
		c.operator("rg\n")
	}
}

func (c *Canvas) setStroke(width float64) {
	if c.stroke != c.colour || !c.strokeKnown {
		c.stroke, c.strokeKnown = c.colour, true
		c.components()
		c.operator("RG\n")
	}
	if w := max(0, hundredths(width)); w != c.width {
		c.width = w
		c.numbers(w)
		c.operator("w\n")
	}
}

// components writes the colour.
func (c *Canvas) components() {
	c.operator(components[c.colour.R])
	c.operator(components[c.colour.G])
	c.operator(components[c.colour.B])
}

// components are the values of a colour with three decimals, so that each comes back.
var components = func() (texts [256]string) {
	for v := range texts {
		switch thousandths := (v*2000 + 255) / 510; thousandths {
		case 0:
			texts[v] = "0 "
		case 1000:
			texts[v] = "1 "
		default:
			texts[v] = fmt.Sprintf(".%03d ", thousandths)
		}
	}
	return texts
}()

func (c *Canvas) operator(s string) { c.content = append(c.content, s...) }

func (c *Canvas) numbers(numbers ...int) { c.content = appendNumbers(c.content, numbers...) }
