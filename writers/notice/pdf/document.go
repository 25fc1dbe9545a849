package pdf

import (
	"errors"
	"io"
)

// Document writes one file. It is used by one goroutine. The first error is kept and returned by Close; until then calls may go on.
type Document struct {
	fonts   *Fonts
	out     output
	tree    pageTree
	letter  letterTree
	page    Canvas
	form    Canvas
	drawn   []int // the objects of forms and pictures
	further int   // the object of the faces by name, with the further one; 0 before it is needed
	err     error
}

// Form is static content that is in the file once and is drawn on many pages. It belongs to the file that made it. The zero value
// draws nothing.
type Form struct{ number int }

// Image is a picture in the file, likewise.
type Image struct{ number int }

// NewDocument begins a file.
func NewDocument(w io.Writer, fonts *Fonts, info Info) *Document {
	d := &Document{fonts: fonts}
	d.page.document, d.form.document = d, d
	d.Reset(w, info)
	return d
}

// Reset begins another file with the same memory. An earlier file that was not closed is abandoned.
func (d *Document) Reset(w io.Writer, info Info) {
	d.out.reset(w)
	d.tree.reset()
	d.letter.reset()
	d.page.open, d.form.open = false, false
	d.drawn, d.further = d.drawn[:0], 0
	d.err = writeFront(&d.out, info)
	d.fonts.write(&d.out)
}

// Pages is the number of pages begun.
func (d *Document) Pages() int {
	if d.page.open {
		return d.tree.count + 1
	}
	return d.tree.count
}

// Form writes static content. It may be called at any time but from a draw function.
func (d *Document) Form(draw func(*Canvas)) Form {
	if d.form.open {
		d.fail(errors.New("pdf: a form is made within a form"))
		return Form{}
	}
	d.form.begin()
	d.form.inherit()
	draw(&d.form)
	d.finish(&d.form)
	number := d.out.take()
	d.out.begin(number)
	d.out.text("<</Type/XObject/Subtype/Form/BBox[0 0 595.28 841.89]")
	d.form.writeResources()
	d.out.text("/Filter/FlateDecode")
	d.out.stream(d.out.deflater.compress(d.form.content))
	return Form{d.remember(number)}
}

// Image writes a picture.
func (d *Document) Image(picture *Picture) Image {
	number := d.out.take()
	d.out.begin(number)
	d.out.text("<</Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8/Width ")
	d.out.number(picture.width)
	d.out.text("/Height ")
	d.out.number(picture.height)
	d.out.text("/Filter/FlateDecode")
	d.out.stream(picture.data)
	return Image{d.remember(number)}
}

// remember keeps the object of a form or picture, and gives the number by which it is drawn, from 1 up.
func (d *Document) remember(object int) int {
	d.drawn = append(d.drawn, object)
	return len(d.drawn)
}

// BeginPage begins a page. The canvas holds until EndPage.
func (d *Document) BeginPage() *Canvas {
	if d.page.open {
		d.fail(errors.New("pdf: a page begins before the last one ended"))
	}
	d.page.begin()
	d.page.number, d.page.wanted = d.out.take(), Artifact
	return &d.page
}

// EndPage writes the page.
func (d *Document) EndPage() {
	if !d.page.open {
		d.fail(errors.New("pdf: a page ends that did not begin"))
		return
	}
	d.finish(&d.page)
	o := &d.out
	content := o.take()
	o.begin(content)
	o.text("<</Filter/FlateDecode")
	o.stream(o.deflater.compress(d.page.content))

	node, page := d.tree.node(o), d.page.number
	o.begin(page)
	o.text("<</Type/Page/Parent ")
	o.reference(node)
	d.page.writeResources()
	o.text("/Contents ")
	o.reference(content)
	o.text("/StructParents ")
	o.number(d.tree.count)
	o.text(">>\n")
	o.end()
	d.tree.add(page)
	d.letter.endPage()
}

// finish ends the content. The further face is written where it is first needed.
func (d *Document) finish(c *Canvas) {
	c.finish()
	if c.further && d.further == 0 {
		d.further = d.fonts.writeFurther(&d.out)
	}
}

// writeResources writes what the content names: the faces, and the forms and pictures that it draws.
func (c *Canvas) writeResources() {
	o := &c.document.out
	o.text("/Resources<</Font ")
	if c.further {
		o.reference(c.document.further)
	} else {
		o.reference(fontsObject)
	}
	if len(c.uses) > 0 {
		o.text("/XObject<<")
		for _, number := range c.uses {
			o.text("/X")
			o.buf = appendInt(o.buf, number)
			o.text(" ")
			o.reference(c.document.drawn[number-1])
		}
		o.text(">>")
	}
	o.text(">>")
}

// Close ends the file, and returns the first error of all calls. It does not close the writer below.
func (d *Document) Close() error {
	switch {
	case d.page.open:
		d.fail(errors.New("pdf: the last page did not end"))
	case d.tree.count == 0:
		d.fail(errors.New("pdf: a file without pages"))
	}
	if d.err != nil {
		return d.err
	}
	d.EndLetter()
	d.letter.close(&d.out)
	d.tree.close(&d.out)
	return d.out.close()
}

func (d *Document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}
