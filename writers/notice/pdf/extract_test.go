package pdf_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/zeebo/xxh3"

	"regul/fixtures/pdfcheck"
	"regul/writers/notice/pdf"
)

func extract(t testing.TB, file []byte, first, pages int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := pdf.Extract(&out, bytes.NewReader(file), int64(len(file)), first, pages); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAnExtractHoldsItsPagesOnly(t *testing.T) {
	many := letters(t, 300)
	for _, letter := range []int{0, 1, 255, 256, 299} {
		text := pdfcheck.Text(t, save(t, extract(t, many, 2*letter, 2)))
		if pages := strings.Count(text, "\f"); pages != 2 {
			t.Errorf("letter %d has %d pages", letter, pages)
		}
		if names := regexp.MustCompile(`Dùpont-\d+`).FindAllString(text, -1); len(names) != 1 ||
			names[0] != fmt.Sprintf("Dùpont-%04d", letter) {
			t.Errorf("letter %d holds %q", letter, names)
		}
	}
}

func TestAnExtractHasTheTextOfItsPages(t *testing.T) {
	many := letters(t, 3)
	whole := strings.Join([]string{
		pdfcheck.Text(t, save(t, extract(t, many, 0, 2))), pdfcheck.Text(t, save(t, extract(t, many, 2, 4))),
	}, "")
	if want := pdfcheck.Text(t, save(t, many)); whole != want {
		t.Errorf("%s\nwant\n%s", whole, want)
	}
}

func TestAnExtractLeavesOutWhatItDoesNotDraw(t *testing.T) {
	file := write(t, func(d *pdf.Document) {
		first := d.Form(func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, "first") })
		second := d.Form(func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, "second"); c.Draw(first) })
		for _, form := range []pdf.Form{first, second} {
			d.BeginPage().Draw(form)
			d.EndPage()
		}
	})
	for i, want := range []int{1, 2} {
		if got := bytes.Count(extract(t, file, i, 1), []byte("/Subtype/Form")); got != want {
			t.Errorf("page %d takes %d forms along, want %d", i, got, want)
		}
	}
}

func TestAnExtractOfAnExtractIsTheSame(t *testing.T) {
	once := extract(t, letters(t, 2), 2, 2)
	if twice := extract(t, once, 0, 2); !bytes.Equal(once, twice) {
		t.Error("it is another one")
	}
}

func TestExtractRefusesPagesThatAreNotThere(t *testing.T) {
	file := letters(t, 2)
	for _, span := range [][2]int{{-1, 1}, {4, 1}, {3, 2}, {0, 0}, {0, -1}, {1 << 40, 1}} {
		if err := pdf.Extract(&bytes.Buffer{}, bytes.NewReader(file), int64(len(file)), span[0], span[1]); err == nil {
			t.Errorf("%v is extracted", span)
		}
	}
}

func TestExtractRefusesAPartOfALetter(t *testing.T) {
	file := letters(t, 2)
	for _, span := range [][2]int{{0, 1}, {1, 1}, {1, 2}, {0, 3}} {
		err := pdf.Extract(&bytes.Buffer{}, bytes.NewReader(file), int64(len(file)), span[0], span[1])
		if err == nil || !strings.Contains(err.Error(), "not whole letters") {
			t.Errorf("%v: %v", span, err)
		}
	}
}

// The letter of one person reads as it did among others.
func TestAnExtractHasTheStructureOfItsPages(t *testing.T) {
	many := letters(t, 3)
	whole := pdfcheck.Structure(t, save(t, many))
	for i := range 3 {
		one := pdfcheck.Structure(t, save(t, extract(t, many, 2*i, 2)))
		if _, one, _ = strings.Cut(one, "\n"); !strings.Contains(whole, one) || !strings.Contains(one, fmt.Sprintf("Dùpont-%04d", i)) {
			t.Errorf("letter %d reads\n%s", i, one)
		}
	}
}

func TestExtractReturnsTheErrorOfTheSink(t *testing.T) {
	file := letters(t, 1)
	if err := pdf.Extract(&failing{}, bytes.NewReader(file), int64(len(file)), 0, 2); !errors.Is(err, errSink) {
		t.Errorf("%v", err)
	}
}

func TestExtractRefusesAFileOfAnotherProgram(t *testing.T) {
	for _, file := range []string{"", "%PDF-1.4\n", "trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n9\n%%EOF\n", strings.Repeat("x", 1000)} {
		if err := pdf.Extract(&bytes.Buffer{}, strings.NewReader(file), int64(len(file)), 0, 1); !errors.Is(err, pdf.ErrDamaged) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func TestExtractRefusesEveryChangedByte(t *testing.T) {
	file := letters(t, 1)
	rng := rand.New(rand.NewPCG(1, 0))
	changed := func(at int) {
		t.Helper()
		damaged := bytes.Clone(file)
		damaged[at] ^= byte(1 + rng.IntN(255))
		if err := pdf.Extract(&bytes.Buffer{}, bytes.NewReader(damaged), int64(len(damaged)), 0, 1); !errors.Is(err, pdf.ErrDamaged) {
			t.Errorf("byte %d: %v", at, err)
		}
	}
	for range 1000 {
		changed(rng.IntN(len(file)))
	}
	for i := range 300 { // the trailer
		changed(len(file) - 1 - i)
	}
}

func TestExtractRefusesACutFile(t *testing.T) {
	file := letters(t, 1)
	for length := 0; length < len(file); length += 997 {
		for _, size := range []int{length, len(file)} { // and one that is shorter than it was
			if err := pdf.Extract(&bytes.Buffer{}, bytes.NewReader(file[:length]), int64(size), 0, 1); !errors.Is(err, pdf.ErrDamaged) {
				t.Errorf("%d bytes of %d: %v", length, size, err)
			}
		}
	}
}

// FuzzExtract changes a file and puts the digest right again, so that what follows it is reached.
func FuzzExtract(f *testing.F) {
	file := small(f)
	f.Add(0, []byte("x"), 0)
	f.Add(len(file)-400, []byte("9 0 R"), 1)
	f.Fuzz(func(_ *testing.T, at int, patch []byte, first int) {
		damaged := bytes.Clone(file)
		copy(damaged[min(uint(at), uint(len(damaged))):], patch)
		damaged = reseal(damaged)
		pdf.Extract(&bytes.Buffer{}, bytes.NewReader(damaged), int64(len(damaged)), first, 2)
	})
}

// TestExtractSurvivesDamageWithARightDigest does what FuzzExtract does, at places where the structure is.
func TestExtractSurvivesDamageWithARightDigest(t *testing.T) {
	file := small(t)
	rng := rand.New(rand.NewPCG(2, 0))
	structure := regexp.MustCompile(`\d+ 0 (R|obj)|/[A-Za-z]+|\d{10} 00000 n|xref|endobj|startxref\n\d+`).FindAllIndex(file, -1)
	for range 3000 {
		damaged := bytes.Clone(file)
		for range 1 + rng.IntN(3) {
			span := structure[rng.IntN(len(structure))]
			damaged[span[0]+rng.IntN(span[1]-span[0])] = "0123456789 R/[]<>\n"[rng.IntN(18)]
		}
		damaged = reseal(damaged)
		pdf.Extract(&bytes.Buffer{}, bytes.NewReader(damaged), int64(len(damaged)), rng.IntN(4), 1+rng.IntN(2))
	}
}

// small gives a file of three pages.
func small(t testing.TB) []byte {
	return write(t, func(d *pdf.Document) {
		form := d.Form(func(c *pdf.Canvas) { c.Text(57, 60, pdf.Regular, 10, "form") })
		for i := range 3 {
			c := d.BeginPage()
			c.Draw(form)
			c.Text(57, 100, pdf.Regular, 10, fmt.Sprint("page ", i))
			d.EndPage()
		}
	})
}

// reseal writes the digest of the file into its trailer, if there is one.
func reseal(file []byte) []byte {
	at := bytes.LastIndex(file, []byte("trailer\n"))
	if at < 0 {
		return file
	}
	digest := xxh3.Hash128(file[:at]).Bytes()
	return append(file[:at:at], regexp.MustCompile(`<[0-9a-f]{32}>`).ReplaceAll(file[at:],
		[]byte("<"+hex.EncodeToString(digest[:])+">"))...)
}
