package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"regul/writers/notice/pdf"
)

var loaded = sync.OnceValues(pdf.LoadFonts)

func fonts(t testing.TB) *pdf.Fonts {
	t.Helper()
	f, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var info = pdf.Info{
	Title: "Régularisation 2023 – avis <1> & suite", Author: "Fonds d’assurances sociales", Subject: "Cotisations",
	Language: "fr-BE", Created: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC),
}

// write gives the bytes of a file.
func write(t testing.TB, draw func(*pdf.Document)) []byte {
	t.Helper()
	var file bytes.Buffer
	d := pdf.NewDocument(&file, fonts(t), info)
	draw(d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// page gives the bytes of a file of one page.
func page(t testing.TB, draw func(*pdf.Canvas)) []byte {
	t.Helper()
	return write(t, func(d *pdf.Document) {
		draw(d.BeginPage())
		d.EndPage()
	})
}

// save puts a file where other programs find it.
func save(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "letters.pdf")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
