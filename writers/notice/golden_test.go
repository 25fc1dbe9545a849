package notice

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/pipeline"
	"regul/writers/notice/index"
)

var update = flag.Bool("update", false, "rewrite the golden letters")

// printAll writes the letters of all situations in a language into a file.
func printAll(t *testing.T, p *Press, language pipeline.Language) (string, []index.Placed) {
	t.Helper()
	var out bytes.Buffer
	placed, err := p.Write(&out, "2026-06-30-93171ce0", language, each(letters(t, language)))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), language.String()+".pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, placed
}

// The letters of every situation and the specimen, in three languages, as people read them.
func TestGoldenLetters(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		t.Run(language.String(), func(t *testing.T) {
			path, placed := printAll(t, p, language)
			pages := strings.Split(pdfcheck.Text(t, path), "\f")
			var got strings.Builder
			for i, at := range placed {
				got.WriteString("######## " + situations[i].name + "\n")
				for _, page := range pages[at.FirstPage-1 : at.FirstPage-1+at.Pages] {
					got.WriteString(dense(page) + "----\n")
				}
			}
			golden(t, "letters-"+language.String()+".txt", got.String())
		})
	}
}

func TestGoldenSpecimen(t *testing.T) {
	p := press(t, true)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		t.Run(language.String(), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "specimen.pdf")
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Specimen(file, language); err != nil {
				t.Fatal(err)
			}
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
			golden(t, "specimen-"+language.String()+".txt", dense(pdfcheck.Text(t, path)))
		})
	}
}

// dense is the text of a page without empty lines, with at most two spaces in a row.
func dense(page string) string {
	var b strings.Builder
	for line := range strings.Lines(page) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(wide.ReplaceAllString(line, "  ") + "\n")
		}
	}
	return b.String()
}

var wide = regexp.MustCompile(" {3,}")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; go test -run Golden -update rewrites it, then read what changed", path)
	}
}
