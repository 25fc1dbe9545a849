package terminal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// A text is wrapped at blanks, a number never; without a screen a row is one line.
func TestTextsAreWrappedOnAScreen(t *testing.T) {
	rows := [][]string{{"  a quarter of it, rounded to the cent", "1 537.50", "AR 38 art. 12 §1"}, {"  called so far", "1 267.52", "AR 38"}}
	if got := strings.Join(rowsIn(0, "lrl", rows), ""); strings.Count(got, "\n") != 2 {
		t.Errorf("without a screen:\n%s", got)
	}
	want := "  a quarter of  1 537.50  AR 38 art. 12\n  it, rounded             §1\n  to the cent\n  called so     1 267.52  AR 38\n  far\n"
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
		if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > 40 {
			t.Errorf("too wide: %q", line)
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
