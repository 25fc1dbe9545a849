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
	c.setFill()
	size = max(1, size) // a text has a size
	t := &c.text
	if !t.open {
		c.operator("BT\n")
		t.open, t.x, t.y = true, 0, 0
	}
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
				c.operator(")Tj\n")
				c.useFace(face)
				c.operator("(")
			}
			c.content = append(c.content, g.code[:g.length]...)
		})
	}
	c.operator(")Tj\n")
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

// endText ends a block of texts: nothing else may be drawn within one.
func (c *Canvas) endText() {
	if c.text.open {
		c.operator("ET\n")
		c.text.open = false
	}
}
