package terminal

import (
	"strings"
	"testing"
)

// A text is wrapped at blanks, a number never; without a screen a row is one line.
func TestTextsAreWrappedOnAScreen(t *testing.T) {
	rows := [][]string{{"  a quarter of 30 000.00, rounded to the cent", "1 537.50", "AR 38"}, {"  called so far", "1 267.52", "AR 38"}}
	if got := strings.Join(rowsIn(0, "lrl", rows), ""); strings.Count(got, "\n") != 2 {
		t.Errorf("without a screen:\n%s", got)
	}
	want := "  a quarter of           1 537.50  AR 38\n  30 000.00, rounded to\n  the cent\n  called so far          1 267.52  AR 38\n"
	if got := strings.Join(rowsIn(40, "lrl", rows), ""); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Columns that can't be narrower are stacked, with their headings.
func TestColumnsAreStackedOnAScreen(t *testing.T) {
	got := strings.Join(rowsIn(40, "llrr", [][]string{{"batch", "state", "to pay", "refund"},
		{"2026-06-30-16c40552", "published", "3 016 246.79", "3 224 709.92"}}), "")
	want := "batch                state\n          to pay        refund\n2026-06-30-16c40552  published\n    3 016 246.79  3 224 709.92\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	for line := range strings.Lines(got) {
		if width(strings.TrimRight(line, "\n")) > 40 {
			t.Errorf("too wide: %q", line)
		}
	}
}

// A text is stacked before it becomes a narrow column of many lines, and has the whole line then.
func TestTextsAreStackedBeforeTheyAreTall(t *testing.T) {
	got := strings.Join(rowsIn(40, "lrl", [][]string{{"file", "row", "what is wrong"},
		{"affiliates-2026.csv", "12", "the row has not the columns of the header: check its quotes"}}), "")
	want := "file                 row\n    what is wrong\naffiliates-2026.csv   12\n    the row has not the columns of the\n    header: check its quotes\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// No line ends within a number, before a percent sign, or within an article.
func TestWhatStaysTogether(t *testing.T) {
	for text, want := range map[string]string{
		"of 1 234 567.89 EUR": "of|1 234 567.89|EUR", "3.05 %, rounded": "3.05 %,|rounded", "AR 38 art. 12 §1 al. 2": "AR|38|art. 12|§1|al. 2",
		"2023 and 2024": "2023|and|2024", "12 2345": "12|2345",
	} {
		if got := strings.Join(words(text), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Paragraphs of help are folded; what stands in is left as it is.
func TestHelpIsFolded(t *testing.T) {
	got := FoldText("run reads the register\nand more.\n\n  an example that is typed as it is\nlast", 20)
	if want := "run reads the\nregister and more.\n\n  an example that is typed as it is\nlast\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// The second line of a point stands in further than the first.
func TestSentencesAreFolded(t *testing.T) {
	defer func(before int) { screen = before }(screen)
	screen = 20
	got := Fold("a sentence that is long\n  code: what to do about it\n")
	if want := "a sentence that is\nlong\n  code: what to do\n    about it\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	screen = 0
	if text := "a sentence that is much longer\n"; Fold(text) != text {
		t.Error("folded without a screen")
	}
}
