package pdf_test

import (
	"bytes"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/writers/notice/pdf"
)

func TestCodesAreReadBack(t *testing.T) {
	texts := []string{"x", "Caisse d’assurances sociales Zoë, 1 267,48 €, d’été à Liège", string(payment(7)),
		strings.Repeat("0123456789", 33)}
	for version := 1; version <= 13; version++ { // up to the largest that the EPC allows
		texts = append(texts, strings.Repeat("a", 20*version))
	}
	file := save(t, write(t, func(d *pdf.Document) {
		for _, text := range texts {
			d.BeginPage().QR(100, 100, 250, encode(t, []byte(text)))
			d.EndPage()
		}
	}))
	codes := pdfcheck.QRCodes(t, file)
	if len(codes) != len(texts) {
		t.Fatalf("%d codes are read of %d", len(codes), len(texts))
	}
	for i, want := range texts {
		if codes[i] != want {
			t.Errorf("%q, want %q", codes[i], want)
		}
	}
}

func TestCodesOfManyLettersAreReadBack(t *testing.T) {
	const count = 20
	codes := pdfcheck.QRCodes(t, save(t, letters(t, count)))
	if len(codes) != count {
		t.Fatalf("%d codes of %d letters", len(codes), count)
	}
	for i, code := range codes {
		if code != string(payment(i)) {
			t.Errorf("letter %d: %q, want %q", i, code, payment(i))
		}
	}
}

func TestACodeIsAsSmallAsItCanBe(t *testing.T) {
	for length, want := range map[int]int{0: 21, 14: 21, 15: 25, 331: 69, 332: 73, 2331: 177} {
		if got := encode(t, bytes.Repeat([]byte("a"), length)).Size(); got != want {
			t.Errorf("%d bytes make %d modules, want %d", length, got, want)
		}
	}
}

func TestATextCanBeTooLongForACode(t *testing.T) {
	if _, err := pdf.Encode(make([]byte, 2332)); err == nil {
		t.Error("it is encoded")
	}
}
