package pdf_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/writers/notice/pdf"
)

var errSink = errors.New("the disk is full")

// failing fails at the first write, and differently after it.
type failing struct{ calls int }

func (f *failing) Write([]byte) (int, error) {
	f.calls++
	if f.calls > 1 {
		return 0, errors.New("written after a failure")
	}
	return 0, errSink
}

func TestTheSameLettersGiveTheSameBytes(t *testing.T) {
	if !bytes.Equal(letters(t, 20), letters(t, 20)) {
		t.Error("they differ")
	}
}

func TestAUsedDocumentGivesTheSameBytes(t *testing.T) {
	var first, second bytes.Buffer
	d := pdf.NewDocument(&first, fonts(t), info)
	draw := func() {
		s := newStationery(t, d)
		drawLetter(d, s, "Élodie", cells(1), encode(t, payment(1)))
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	draw()
	d.Reset(&second, info)
	draw()
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("they differ")
	}
}

func TestADocumentIsUsableAfterAnAbandonedFile(t *testing.T) {
	var file bytes.Buffer
	d := pdf.NewDocument(&failing{}, fonts(t), info)
	d.EndPage() // an error
	d.BeginPage().Text(57, 60, pdf.Regular, 10, "abandoned")
	d.Reset(&file, info)
	d.BeginPage().Text(57, 60, pdf.Regular, 10, "kept")
	d.EndPage()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if want := page(t, func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, "kept") }); !bytes.Equal(file.Bytes(), want) {
		t.Error("the file is another one than that of a new document")
	}
}

func TestCloseReturnsTheFirstErrorOfTheSink(t *testing.T) {
	d := pdf.NewDocument(&failing{}, fonts(t), info)
	s := newStationery(t, d)
	for i := range 50 {
		drawLetter(d, s, "Élodie", cells(i), encode(t, payment(i)))
	}
	if err := d.Close(); !errors.Is(err, errSink) {
		t.Errorf("%v", err)
	}
}

func TestCloseReturnsAShortWrite(t *testing.T) {
	d := pdf.NewDocument(short{}, fonts(t), info)
	d.BeginPage()
	d.EndPage()
	if err := d.Close(); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("%v", err)
	}
}

// short writes a byte less than it is given.
type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) - 1, nil }

func TestCloseRefusesWhatIsNotAFile(t *testing.T) {
	var other pdf.Form
	write(t, func(d *pdf.Document) {
		other = d.Form(func(*pdf.Canvas) {})
		d.BeginPage()
		d.EndPage()
	})
	for want, draw := range map[string]func(*pdf.Document){
		"without pages":       func(*pdf.Document) {},
		"the last page":       func(d *pdf.Document) { d.BeginPage() },
		"before the last one": func(d *pdf.Document) { d.BeginPage(); d.BeginPage(); d.EndPage() },
		"did not begin":       func(d *pdf.Document) { d.EndPage() },
		"within a form":       func(d *pdf.Document) { d.Form(func(*pdf.Canvas) { d.Form(func(*pdf.Canvas) {}) }) },
		"of another file":     func(d *pdf.Document) { d.BeginPage().Draw(other); d.EndPage() },
		"is not BCP 47":       func(d *pdf.Document) { d.Reset(io.Discard, pdf.Info{Language: "fr BE)"}); d.BeginPage(); d.EndPage() },
	} {
		d := pdf.NewDocument(io.Discard, fonts(t), info)
		draw(d)
		if err := d.Close(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestPagesCountsThoseBegun(t *testing.T) {
	d := pdf.NewDocument(io.Discard, fonts(t), info)
	for want := range 1100 {
		if d.Pages() != want {
			t.Fatalf("%d pages, want %d", d.Pages(), want)
		}
		d.BeginPage()
		if d.Pages() != want+1 {
			t.Fatalf("%d pages, want %d", d.Pages(), want+1)
		}
		d.EndPage()
	}
}

func TestTheZeroFormDrawsNothing(t *testing.T) {
	empty := page(t, func(*pdf.Canvas) {})
	if !bytes.Equal(empty, page(t, func(c *pdf.Canvas) { c.Draw(pdf.Form{}); c.DrawImage(pdf.Image{}, 1, 1, 1, 1) })) {
		t.Error("it draws something")
	}
}

func TestAFormHasItsOwnColour(t *testing.T) {
	file := save(t, write(t, func(d *pdf.Document) {
		form := d.Form(func(c *pdf.Canvas) { c.FillRectangle(0, 0, pdf.PageWidth, pdf.PageHeight) })
		c := d.BeginPage()
		c.Colour(pdf.Colour{R: 255})
		c.FillRectangle(0, 0, 10, 10)
		c.Draw(form)
		d.EndPage()
	}))
	if got := pdfcheck.Colour(t, file, 300, 400); got != [3]uint8{} {
		t.Errorf("the form is drawn in %v, want black", got)
	}
}
