package pdf_test

import (
	"bytes"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/writers/notice/pdf"
)

func TestFilesArePDFA(t *testing.T) {
	many := letters(t, 300) // more pages than a node of the page tree holds
	files := []string{
		save(t, letters(t, 3)),
		save(t, many),
		save(t, extract(t, many, 2*299, 2)),
		save(t, write(t, func(d *pdf.Document) {
			for _, face := range []pdf.Face{pdf.Regular, pdf.Bold} {
				c := d.BeginPage()
				for i, line := range append(scripts, furtherScripts...) {
					c.Text(57, 60+14*float64(i), face, 10, line)
				}
				d.EndPage()
			}
		})),
		save(t, page(t, func(c *pdf.Canvas) { drawEverything(t, c) })),
		save(t, page(t, func(*pdf.Canvas) {})),
		save(t, withInfo(t, pdf.Info{Title: "Żółć (ß) \\ Ω 🙂 \x00\xff", Language: "nl-BE", Created: info.Created})),
	}
	pdfcheck.Conforms(t, files...)
	for _, file := range files {
		pdfcheck.QPDF(t, file)
	}
}

// drawEverything calls every method of a canvas.
func drawEverything(t testing.TB, c *pdf.Canvas) {
	c.Colour(pdf.Colour{R: 200, G: 1, B: 2})
	c.Text(57, 60, pdf.Regular, 10, "left")
	c.TextRight(538, 60, pdf.Bold, 10, "right")
	c.TextCentered(297, 60, pdf.Bold, 10, "centred")
	c.FillRectangle(57, 100, 100, 20)
	c.Colour(pdf.Colour{G: 0x80})
	c.StrokeRectangle(57, 100, 100, 20, 0.5)
	c.Line(57, 200, 538, 200, 2)
	c.QR(57, 300, 80, encode(t, payment(1)))
	c.Text(57, 500, pdf.Regular, 10, "after the code")
}

func withInfo(t testing.TB, info pdf.Info) []byte {
	t.Helper()
	var file bytes.Buffer
	d := pdf.NewDocument(&file, fonts(t), info)
	d.BeginPage()
	d.EndPage()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// The check of the structure finds what a reader would stumble over.
func TestFaultsOfTheStructureAreFound(t *testing.T) {
	of := func(build func(*pdf.Document) pdf.Element) string {
		return save(t, write(t, func(d *pdf.Document) {
			e := build(d)
			c := d.BeginPage()
			c.Of(e)
			c.Text(57, 60, pdf.Regular, 10, "text")
			d.EndPage()
		}))
	}
	faults := pdfcheck.Faults(t,
		of(func(d *pdf.Document) pdf.Element { return d.Element(0, pdf.Heading2) }),
		of(func(d *pdf.Document) pdf.Element { return d.Element(0, pdf.Figure) }),
		of(func(d *pdf.Document) pdf.Element { return d.Element(0, pdf.Cell) }),
		of(func(d *pdf.Document) pdf.Element {
			return d.Element(d.Element(d.Element(0, pdf.Table), pdf.Row), pdf.Cell)
		}),
		of(func(d *pdf.Document) pdf.Element { return 0 }),
	)
	for _, want := range []string{"H2 after H0", "a figure without alternative text", "a cell within Part", "a table without header cells",
		"Part has content"} {
		if !strings.Contains(faults, want) {
			t.Errorf("it is not said that there is %s:\n%s", want, faults)
		}
	}
}
