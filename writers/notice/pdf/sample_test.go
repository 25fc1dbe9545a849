package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"

	"regul/writers/notice/pdf"
)

// A letter of the kind that funds send: two pages, about 120 texts, lines, and one QR code.

var (
	dark  = pdf.Colour{R: 0x1f, G: 0x3a, B: 0x5f}
	light = pdf.Colour{R: 0xee, G: 0xf2, B: 0xf7}
)

// stationery is what all letters share.
type stationery struct {
	first, next pdf.Form
	logo        pdf.Image
}

func newStationery(t testing.TB, d *pdf.Document) stationery {
	return stationery{
		first: d.Form(func(c *pdf.Canvas) {
			c.Colour(dark)
			c.Text(130, 60, pdf.Bold, 13, "Fonds d’assurances sociales")
			c.Line(57, 80, 538, 80, 1)
			c.Text(57, 800, pdf.Regular, 7, "Numéro d’entreprise 0400.000.000 – rue de l’Exemple 1, 1000 Bruxelles – www.fonds.example")
			for i, label := range []string{"Trimestre", "Dû", "Appelé", "Payé", "Différence"} {
				c.TextRight(140+90*float64(i), 320, pdf.Bold, 9, label)
			}
		}),
		next: d.Form(func(c *pdf.Canvas) {
			c.Colour(light)
			c.FillRectangle(57, 40, 481, 24)
			c.Colour(dark)
			c.Text(62, 56, pdf.Bold, 11, "Explication du calcul")
		}),
		logo: d.Image(logo(t)),
	}
}

// logo is a picture that shines through at its border.
func logo(t testing.TB) *pdf.Picture {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			if far := (x-32)*(x-32) + (y-32)*(y-32); far < 1000 {
				picture.SetNRGBA(x, y, color.NRGBA{R: 0x1f, G: 0x3a, B: 0x5f, A: uint8(255 - far/5)})
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	loaded, err := pdf.LoadImage(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// payment is what the QR code of a letter says.
func payment(letter int) []byte {
	return fmt.Appendf(nil, "BCD\n002\n1\nSCT\n\nFonds d'assurances sociales\nBE68539007547034\nEUR%d.%02d\n\n+++009/0000/%05d+++\n\n",
		1000+letter%700, letter%100, letter)
}

// cells are texts that differ from letter to letter, made before anything is measured.
func cells(letter int) []string {
	var texts []string
	for i := range 104 {
		texts = append(texts, fmt.Sprintf("%d %03d,%02d €", 1+(letter*7+i*31)%9, (letter*13+i*97)%1000, (letter+i*17)%100))
	}
	return texts
}

// drawLetter draws a letter; it takes everything from its arguments, so that a benchmark measures the drawing.
func drawLetter(d *pdf.Document, s stationery, name string, texts []string, code *pdf.Code) {
	c := d.BeginPage()
	c.Draw(s.first)
	c.DrawImage(s.logo, 57, 30, 40, 40)
	c.Of(d.Element(0, pdf.Paragraph))
	for i, line := range []string{name, "Chaussée de l’Été 12 bte 3", "1000 Bruxelles", "Belgique"} {
		c.Text(320, 120+14*float64(i), pdf.Regular, 10, line)
	}
	c.Of(d.Element(0, pdf.Heading1))
	c.Text(57, 210, pdf.Bold, 12, "Votre régularisation de l’année 2023")
	c.Of(d.Element(0, pdf.Paragraph))
	c.Text(57, 235, pdf.Regular, 10, "Madame, Monsieur, l’administration fiscale nous a communiqué vos revenus professionnels de "+
		"l’année 2023.")
	c.Text(57, 249, pdf.Regular, 10, "Vos cotisations de cette année deviennent ainsi définitives. Vous trouvez le calcul "+
		"ci-dessous et à la page suivante.")
	c.Text(57, 277, pdf.Regular, 10, "Le montant est à payer au plus tard le 30 septembre 2026, avec la communication structurée indiquée.")
	drawTable(d, c, 340, texts[:50])
	figure := d.Element(0, pdf.Figure)
	d.Alternative(figure, "Code QR")
	c.Of(figure)
	c.QR(57, 680, 90, code)
	after := d.Element(0, pdf.Paragraph)
	c.Of(after)
	c.Text(165, 700, pdf.Regular, 9, "Payez avec l’application de votre banque, ou par virement :")
	for i, line := range texts[50:54] {
		c.Text(165, 718+13*float64(i), pdf.Bold, 9, line)
	}
	d.EndPage()

	c = d.BeginPage()
	c.Draw(s.next)
	c.Of(after)
	c.Text(57, 80, pdf.Bold, 9, "Suite")
	drawTable(d, c, 90, texts[54:])
	c.TextCentered(297.64, 810, pdf.Regular, 8, "2 / 2")
	d.EndPage()
	d.EndLetter()
}

// drawTable draws rows of five cells.
func drawTable(d *pdf.Document, c *pdf.Canvas, top float64, texts []string) {
	table := d.Element(0, pdf.Table)
	var row pdf.Element
	for i, text := range texts {
		role := pdf.Cell
		if i < 5 {
			role = pdf.HeaderCell
		}
		if i%5 == 0 {
			row = d.Element(table, pdf.Row)
		}
		c.Of(d.Element(row, role))
		c.TextRight(140+90*float64(i%5), top+18*float64(i/5), pdf.Regular, 9, text)
	}
	c.Of(pdf.Artifact)
	for row := range len(texts)/5 + 1 {
		c.Line(57, top-13+18*float64(row), 538, top-13+18*float64(row), 0.4)
	}
}

// letters gives the bytes of a file of so many letters of two pages.
func letters(t testing.TB, count int) []byte {
	return write(t, func(d *pdf.Document) {
		s := newStationery(t, d)
		for i := range count {
			drawLetter(d, s, fmt.Sprintf("Élodie Dùpont-%04d", i), cells(i), encode(t, payment(i)))
		}
	})
}

func encode(t testing.TB, text []byte) *pdf.Code {
	t.Helper()
	code, err := pdf.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return code
}
