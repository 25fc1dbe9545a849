package jobs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A room of more than 20 files stands in docs/architecture.md with the reason why it is not two, and no smaller one does.
func TestLargeRoomsHaveAReason(t *testing.T) {
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| room | files | why they stand together |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	reasons := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\| .+ \\| .+ \\|$").FindAllStringSubmatch(table, -1) {
		reasons[row[1]] = true
	}
	for _, room := range house {
		files, err := filepath.Glob("../" + room.name + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				count++
			}
		}
		if large := count > 20; large != reasons[room.name] {
			t.Errorf("%s has %d files; a reason is given: %v", room.name, count, reasons[room.name])
		}
		delete(reasons, room.name)
	}
	for name := range reasons {
		t.Errorf("%s is no room", name)
	}
}
