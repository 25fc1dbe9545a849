package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

// What leaves the fund is verified as files of any origin: letters and payment files are made by hand here.

// noticesIndex is the index of the letters to affiliates.
const noticesIndex = "notices/index.parquet"

// sentBatch is a batch of nothing but letters and payments, in a folder.
type sentBatch struct {
	t      testing.TB
	folder string
	v      verifier
}

func newSentBatch(t testing.TB) *sentBatch {
	folder := t.TempDir()
	return &sentBatch{t, folder, verifier{subject: subjectOf(&batch.Manifest{}),
		options: Options{Out: storage.Directory(filepath.Dir(folder)), Workers: 1},
		folder:  filepath.Base(folder), manifest: &batch.Manifest{}, damaged: map[string]bool{},
		totals: map[string]json.RawMessage{"notices": json.RawMessage("3")}, sums: newRowSums()}}
}

func (b *sentBatch) add(name string, content []byte) {
	path := filepath.Join(b.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		b.t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	b.v.manifest.Files = append(b.v.manifest.Files,
		batch.ManifestFile{Path: name, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])})
}

// table adds a table of texts and numbers.
func (b *sentBatch) table(name string, columns []parquet.Column, rows ...[]any) {
	var out bytes.Buffer
	w := parquet.NewSchema("index", columns).NewWriter(&out)
	for _, row := range rows {
		for i, cell := range row {
			switch v := cell.(type) {
			case nil:
				w.Null(i)
			case string:
				if columns[i].Optional {
					w.Present(i)
				}
				w.Text(i, v)
			case int:
				if columns[i].Optional {
					w.Present(i)
				}
				w.Int(i, int64(v))
			}
		}
		if err := w.EndRow(); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	b.add(name, out.Bytes())
}

// sum says what the regularisations add up to.
func (b *sentBatch) sum(key string, amount money.Cents) {
	for i := range summedAmounts {
		if summedAmounts[i].key == key {
			b.v.sums.amounts[i] = amount
		}
	}
}

// failures are what the one check of the batch found.
func (b *sentBatch) failures() string {
	if len(b.v.checks) != 1 || b.v.checks[0].Number == 0 {
		b.t.Fatalf("checks %+v", b.v.checks)
	}
	var text []string
	for _, f := range b.v.checks[0].Failures {
		text = append(text, fmt.Sprintf("%s %d %s", f.File, f.Row, f.What))
	}
	return strings.Join(text, "\n")
}

var letterColumns = []parquet.Column{{Name: "file", Type: parquet.Text}, {Name: "first_page", Type: parquet.Integer},
	{Name: "pages", Type: parquet.Integer}, {Name: "claim", Type: parquet.Amount}, {Name: "payout", Type: parquet.Amount},
	{Name: "niss", Type: parquet.Text}}

// letters is a PDF of so many pages, as far as counting goes.
func letters(pages int) []byte {
	return []byte("%PDF-1.4\n1 0 obj\n<</Type/Pages/Count 9>>\nendobj\n" +
		strings.Repeat("2 0 obj\n<</Type /Page\n/Parent 1 0 R>>\nendobj\n", pages) + "%%EOF\n")
}

func TestLettersAgreeWithTheirIndex(t *testing.T) {
	const first, second = "notices/00001.pdf", "notices/00002.pdf"
	rows := func() [][]any {
		return [][]any{{first, 1, 2, 100, 0, "1"}, {first, 3, 1, 0, 50, "2"}, {second, 1, 4, 7, 0, "3"}}
	}
	for name, c := range map[string]struct {
		change func(rows [][]any)
		pages  [2]int
		want   string
	}{
		"as they are": {func([][]any) {}, [2]int{3, 4}, ""},
		"a page less": {func([][]any) {}, [2]int{3, 3}, "notices/00002.pdf 0 it has 3 pages, the index says 4"},
		"a gap": {func(r [][]any) { r[1][1] = 4 }, [2]int{4, 4},
			"notices/index.parquet 2 its pages do not follow those of the letter before"},
		"a file too many": {func(r [][]any) { r[2][0] = "notices/00003.pdf" }, [2]int{3, 4},
			"notices/00002.pdf 0 it has 4 pages, the index says 0\nnotices/index.parquet 0 it names 1 files that are not there"},
		"another claim": {func(r [][]any) { r[0][3] = 99 }, [2]int{3, 4},
			"notices/index.parquet 0 the sum of the claims is 1.06, it must be 1.07"},
		"another payout": {func(r [][]any) { r[1][4] = 51 }, [2]int{3, 4},
			"notices/index.parquet 0 the sum of the payouts is 0.51, it must be 0.50"},
	} {
		b := newSentBatch(t)
		all := rows()
		c.change(all)
		b.add(first, letters(c.pages[0]))
		b.add(second, letters(c.pages[1]))
		b.table(noticesIndex, letterColumns, all...)
		b.sum("claim", 107)
		b.sum("payout", 50)
		b.v.checkNotices()
		if got := b.failures(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A copy for a solidary debtor has no amounts, and is one of a letter that claims something.
func TestCopiesAgreeWithTheirLetters(t *testing.T) {
	const file = "notices/00001.pdf"
	columns := append(slices.Clone(letterColumns), parquet.Column{Name: "copy", Type: parquet.Boolean, Optional: true})
	for name, c := range map[string]struct {
		change func(rows [][]any)
		want   string
	}{
		"as they are": {func([][]any) {}, ""},
		"with its amount": {func(r [][]any) { r[0][3], r[1][3] = 0, 100 }, "notices/index.parquet 2 a copy has the amounts of its letter\n" +
			"notices/index.parquet 2 it is a copy of a letter that is not there, or claims nothing"},
		"of a letter that claims nothing": {func(r [][]any) { r[1][5] = "3" },
			"notices/index.parquet 2 it is a copy of a letter that is not there, or claims nothing"},
	} {
		b := newSentBatch(t)
		b.v.totals = map[string]json.RawMessage{"notices": json.RawMessage("2"), "copies": json.RawMessage("1")}
		all := [][]any{{file, 1, 2, 100, 0, "1", nil}, {file, 3, 2, 0, 0, "1", 1}, {file, 5, 1, 0, 50, "3", nil}}
		c.change(all)
		b.add(file, letters(5))
		b.table(noticesIndex, columns, all...)
		b.sum("claim", 100)
		b.sum("payout", 50)
		b.v.checkNotices()
		if got := b.failures(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestNumberOfLettersIsThatOfTheTotals(t *testing.T) {
	b := newSentBatch(t)
	b.add("notices/00001.pdf", letters(1))
	b.table(noticesIndex, letterColumns, []any{"notices/00001.pdf", 1, 1, 0, 0, "1"})
	b.v.checkNotices()
	if got, want := b.failures(), "notices/index.parquet 0 the number of letters is 1, it must be 3"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLettersWithoutIndex(t *testing.T) {
	b := newSentBatch(t)
	b.add("notices/00001.pdf", letters(1))
	b.v.checkNotices()
	if c := b.v.checks[0]; c.Failed != 1 {
		t.Errorf("%+v", c)
	}
}

// Pages are counted with any white space, and wherever the reads end.
func TestCountPages(t *testing.T) {
	text := "/Type/Page/A /Type /Page>> /Type\n/Page\r/Type/Pages /Type/PageLabel //Type/Page /TypeX/Page /Type/Pag e /Type/Page"
	for _, size := range []int{1, 3, 1000} {
		pages, err := countPages(&inPieces{text + " ", size})
		if pages != 5 || err != nil {
			t.Errorf("in pieces of %d: %d pages, %v", size, pages, err)
		}
	}
}

// inPieces gives a text a few bytes at a time.
type inPieces struct {
	text string
	size int
}

func (p *inPieces) Read(to []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := copy(to[:min(len(to), p.size)], p.text)
	p.text = p.text[n:]
	return n, nil
}
