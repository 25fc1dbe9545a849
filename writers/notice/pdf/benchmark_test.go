package pdf_test

import (
	"testing"

	"regul/writers/notice/pdf"
)

// counter counts what is written.
type counter struct{ bytes int }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}

// BenchmarkLetters writes files of 1 000 letters of two pages, each with its QR code.
func BenchmarkLetters(b *testing.B) {
	const inFile, variants = 1000, 64
	texts, payments := make([][]string, variants), make([][]byte, variants)
	for i := range variants {
		texts[i], payments[i] = cells(i*37), payment(i*37)
	}
	var sink counter
	d := pdf.NewDocument(&sink, fonts(b), info)
	s := newStationery(b, d)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		if n%inFile == 0 && n > 0 {
			if err := d.Close(); err != nil {
				b.Fatal(err)
			}
			d.Reset(&sink, info)
			s = newStationery(b, d)
		}
		code, err := pdf.Encode(payments[n%variants])
		if err != nil {
			b.Fatal(err)
		}
		drawLetter(d, s, "Élodie Dupont-Lefèvre", texts[n%variants], code)
		n++
	}
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(sink.bytes)/float64(n), "bytes/letter")
}

func BenchmarkQR(b *testing.B) {
	text := payment(7)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pdf.Encode(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWidth(b *testing.B) {
	f := fonts(b)
	b.ReportAllocs()
	for b.Loop() {
		f.Width(pdf.Regular, 10, "Vos cotisations de cette année deviennent ainsi définitives.")
	}
}
