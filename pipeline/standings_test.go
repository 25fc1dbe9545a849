package pipeline

import (
	"os"
	"strings"
	"testing"
)

// The table of the manual has every situation with its standing and article.
func TestManualListsTheStandings(t *testing.T) {
	manual, err := os.ReadFile("../docs/law.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Situations() {
		if row := "| `" + s.Standing.String() + "` | " + s.Article + " |"; !strings.Contains(string(manual), row) {
			t.Errorf("docs/law.md has no row %s", row)
		}
	}
}

// The message of a reject names every standing but the one that needs no word.
func TestRejectNamesTheStandings(t *testing.T) {
	for _, standing := range Standings()[1:] {
		if !strings.Contains(string(becauseStanding), standing) {
			t.Errorf("the message does not name %s", standing)
		}
	}
}
