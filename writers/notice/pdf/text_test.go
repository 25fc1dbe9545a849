package pdf_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/writers/notice/pdf"
)

// scripts are lines with what names, addresses and amounts in Belgium may hold.
var scripts = []string{
	"Élodie Lefèvre-Noël, Œuvre de l’Été – “coût” «réel» …",
	"Jürgen Weiß, Straße, Größe",
	"Zoë van ’t Veld, coöperatie, financiële",
	"Łukasz Żółkiewski, Świętość, Ćma, Ńe",
	"Jiří Dvořák, Přemysl Růžička, Ďáblice, Žďár",
	"İbrahim Çağlar, Şükrü Güneş, ışık",
	"Ștefan Țiriac, Brâncuși, Timișoara",
	"Şerban Ţepeş",
	"Ελένη Παπαδοπούλου, Ύδρα",
	"Юрий Пономарёв, Київ, Ђорђе, Ўладзь",
	"Əliyev, Ağabəy; Mānuale Ķīris; Đặng Văn Nguyễn",
	"(a) \\ [b] {c} <d> # % & $ @ ~ ^ ` ' \" | /",
	"1 234,56 € ≤ 20,50 % × 4 ÷ 2 ± ½ § 44bis ° µ",
}

func TestTextComesBackAsWritten(t *testing.T) {
	for _, face := range []pdf.Face{pdf.Regular, pdf.Bold} {
		text := pdfcheck.Text(t, save(t, page(t, func(c *pdf.Canvas) {
			for i, line := range scripts {
				c.Text(57, 60+14*float64(i), face, 10, line)
			}
		})))
		for _, line := range scripts {
			if !strings.Contains(text, line+"\n") {
				t.Errorf("%q is not in %q", line, text)
			}
		}
	}
}

func TestAccentsAreComposed(t *testing.T) {
	text := pdfcheck.Text(t, save(t, page(t, func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, "E\u0301lodie Noe\u0308l") })))
	if !strings.Contains(text, "Élodie Noël\n") {
		t.Errorf("%q", text)
	}
}

// furtherScripts are texts that need the further face, alone and among others.
var furtherScripts = []string{"ẝẝẟ Ⱥwin", "Արամ Խաչատրյան", "ნინო ბერიძე", "Dupont-Ժ, Ⱥ ʘ"}

func TestTheFurtherFaceHasTheLettersThatTheOthersLack(t *testing.T) {
	for _, face := range []pdf.Face{pdf.Regular, pdf.Bold} {
		text := pdfcheck.Text(t, save(t, page(t, func(c *pdf.Canvas) {
			for i, line := range furtherScripts {
				c.Text(57, 60+14*float64(i), face, 10, line)
			}
			c.Text(57, 300, face, 10, "Élodie")
		})))
		for _, line := range append(furtherScripts, "Élodie") {
			if !strings.Contains(text, line+"\n") {
				t.Errorf("%q is not in %q", line, text)
			}
		}
	}
}

func TestTheFurtherFaceIsInTheFilesThatNeedItAlone(t *testing.T) {
	file := func(text string) int {
		return len(page(t, func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, text) }))
	}
	if plain, further := file("Élodie"), file("Արամ"); further-plain < 10_000 || further-plain > 120_000 {
		t.Errorf("%d bytes, with the further face %d", plain, further)
	}
}

func TestAnExtractTakesTheFurtherFaceAlong(t *testing.T) {
	whole := write(t, func(d *pdf.Document) {
		for _, text := range []string{"first", "Արամ", "ნინო"} {
			d.BeginPage().Text(57, 60, pdf.Regular, 10, text)
			d.EndPage()
		}
	})
	if got := pdfcheck.Text(t, save(t, extract(t, whole, 2, 1))); !strings.Contains(got, "ნინო") {
		t.Errorf("%q", got)
	}
}

func TestWhatHasNoGlyphIsAnEmptySquare(t *testing.T) {
	for text, want := range map[string]string{
		"a中b":        "a□b",
		"a🙂b":        "a□b",
		"a\xffb":     "a□b",
		"a\tb":       "a□b",
		"\xe2\x82":   "□□",
		"a\u200bb":   "ab",
		"so\u00adft": "soft",
	} {
		got := pdfcheck.Text(t, save(t, page(t, func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, text) })))
		if strings.TrimSpace(got) != want {
			t.Errorf("%+q is %q, want %q", text, got, want)
		}
	}
}

func TestCoversWhatHasAGlyph(t *testing.T) {
	for _, line := range append(append(scripts, furtherScripts...), "", "E\u0301", "so\u00adft", "1\u202f000\u00a0€", "x\u0301") {
		if !fonts(t).Covers(line) {
			t.Errorf("%q is not covered", line)
		}
	}
}

func TestCoversNotWhatHasNone(t *testing.T) {
	for _, text := range []string{"中", "a🙂", "\xff", "a\tb", "\x00", "שלום"} {
		if fonts(t).Covers(text) {
			t.Errorf("%+q is covered", text)
		}
	}
}

func TestWidthIsThatOfTheFace(t *testing.T) {
	// The widths of Liberation Sans are those of Arial: 0 is 556, space and comma are 278 thousandths.
	for text, want := range map[string]float64{"": 0, "0": 5.56, "1 000,00": 6*5.56 + 2*2.78, "é": 5.56, "e\u0301": 5.56} {
		if got := fonts(t).Width(pdf.Regular, 10, text); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q is %v wide, want %v", text, got, want)
		}
	}
}

func TestBoldIsWider(t *testing.T) {
	if regular, bold := fonts(t).Width(pdf.Regular, 10, "abcdef"), fonts(t).Width(pdf.Bold, 10, "abcdef"); bold <= regular {
		t.Errorf("%v and %v", regular, bold)
	}
}

func TestWidthDoesNotAllocate(t *testing.T) {
	f := fonts(t)
	if got := testing.AllocsPerRun(100, func() { f.Width(pdf.Regular, 10, "1 234,56 € à payer") }); got != 0 {
		t.Errorf("%v allocations", got)
	}
}

// TestTextsStandWhereTheyAreSaid holds the left ends and base lines of texts against what pdftotext finds.
func TestTextsStandWhereTheyAreSaid(t *testing.T) {
	width := fonts(t).Width(pdf.Regular, 10, "amount")
	file := save(t, page(t, func(c *pdf.Canvas) {
		c.Text(100, 100, pdf.Regular, 10, "amount")
		c.TextRight(300, 200, pdf.Regular, 10, "amount")
		c.TextCentered(400, 300, pdf.Regular, 10, "amount")
	}))
	words := pdfcheck.Words(t, file)
	if len(words) != 3 {
		t.Fatalf("%v", words)
	}
	for i, left := range []float64{100, 300 - width, 400 - width/2} {
		if got := words[i]; got.Text != "amount" || math.Abs(got.Left-left) > 0.02 || math.Abs(got.Right-left-width) > 0.03 {
			t.Errorf("%+v, want it from %v to %v", got, left, left+width)
		}
		if baseline := float64(100 * (i + 1)); words[i].Top > baseline || words[i].Bottom < baseline {
			t.Errorf("%+v, want it on %v", words[i], baseline)
		}
	}
}

func TestNoNumberIsTooMuch(t *testing.T) {
	file := save(t, page(t, func(c *pdf.Canvas) {
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300} {
			c.Text(v, v, pdf.Regular, v, fmt.Sprint(v))
			c.Line(v, v, v, v, v)
			c.FillRectangle(v, v, v, v)
		}
	}))
	pdfcheck.QPDF(t, file)
	pdfcheck.Conforms(t, file)
}
