package pdf

// textState is what the content has set for text.
type textState struct {
	open bool // between BT and ET
	face Face
	size int // in hundredths of a point; 0 before the first text
	x, y int // where the last text began, in hundredths of a point from the lower left corner
}

// Text writes a text that begins at x, on the base line y.
func (c *Canvas) Text(x, y float64, face Face, size float64, text string) {
	if text != "" {
		c.write(hundredths(x), y, face, hundredths(size), text)
	}
}

// TextRight writes a text that ends at x.
func (c *Canvas) TextRight(x, y float64, face Face, size float64, text string) {
	if text != "" {
		c.write(hundredths(x)-c.measure(face, size, text), y, face, hundredths(size), text)
	}
}

// TextCentered writes a text around x.
func (c *Canvas) TextCentered(x, y float64, face Face, size float64, text string) {
	if text != "" {
		c.write(hundredths(x)-c.measure(face, size, text)/2, y, face, hundredths(size), text)
	}
}

// measure is the width of the text in hundredths of a point.
func (c *Canvas) measure(face Face, size float64, text string) int {
	return (c.document.fonts.width(face, text)*hundredths(size) + 500) / 1000
}

// write writes a text that begins at x; x and size are in hundredths of a point.
func (c *Canvas) write(x int, y float64, face Face, size int, text string) {
	if c.text.open && c.marked == c.wanted && c.marked != Artifact {
		c.space()
	}
	c.drawing(true)
	c.setFill()
	size = max(1, size) // a text has a size
	t := &c.text
	if t.face != face || t.size != size {
		t.size = size
		c.useFace(face)
	}
	up := pageHeight - hundredths(y)
	c.numbers(x-t.x, up-t.y)
	t.x, t.y = x, up
	c.operator("Td(")
	var plain bool
	if c.content, plain = c.document.fonts.faces[face].append(c.content, text); !plain {
		c.document.fonts.each(face, text, func(face Face, g *glyph, _ bool) {
			if face != t.face {
				c.operator(shown)
				c.useFace(face)
				c.operator("(")
			}
			c.content = append(c.content, g.code[:g.length]...)
		})
	}
	c.operator(shown)
}

// shown ends a text in the content.
const shown = ")Tj\n"

// space adds a space to the last text, if another of the same element follows: a reader does not join their words.
func (c *Canvas) space() {
	if end := len(c.content) - len(shown); string(c.content[end:]) == shown {
		g := c.document.fonts.faces[c.text.face].find(' ')
		c.content = append(append(c.content[:end], g.code[:g.length]...), shown...)
	}
}

// useFace sets the face of what follows.
func (c *Canvas) useFace(face Face) {
	t := &c.text
	t.face = face
	c.further = c.further || face == further
	c.content = append(c.content, '/', 'F', byte('0'+face), ' ')
	c.numbers(t.size)
	c.operator("Tf\n")
}
