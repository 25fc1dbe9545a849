package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The map of the package names every file.
func TestReadmeNamesEveryFile(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file != "doc.go" && !strings.HasSuffix(file, "_test.go") && !strings.Contains(string(page), "("+file+")") {
			t.Errorf("README.md does not say what %s owns", file)
		}
	}
}
