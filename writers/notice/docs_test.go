package notice

import (
	"os"
	"strings"
	"testing"

	"regul/writers/notice/wording"
)

// The manual lists the terms with placeholders as they are.
func TestManualListsThePlaceholders(t *testing.T) {
	manual, err := os.ReadFile("../../docs/notices.md")
	if err != nil {
		t.Fatal(err)
	}
	braced := func(names string) string {
		var words []string
		for _, name := range strings.Fields(names) {
			words = append(words, "`{"+name+"}`")
		}
		return strings.Join(words, " ")
	}
	listed := 0
	for _, s := range wording.Specs {
		if s.Must+s.May == "" {
			continue
		}
		listed++
		if line := "| `" + s.Name + "` | " + braced(s.Must) + " | " + braced(s.May) + " |\n"; !strings.Contains(string(manual), line) {
			t.Errorf("docs/notices.md lacks the line\n%s", line)
		}
	}
	_, terms, _ := strings.Cut(string(manual), "### Terms with placeholders")
	terms, _, _ = strings.Cut(terms, "\n## ")
	if got := strings.Count(terms, "\n| `"); got != listed {
		t.Errorf("docs/notices.md lists %d terms with placeholders, there are %d", got, listed)
	}
}
