package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every test that the threat model names is there: a claim without one is no claim.
func TestTheThreatModelNamesItsTests(t *testing.T) {
	t.Parallel()
	page := readFile(t, "../../docs/threat-model.md")
	scripts := regexp.MustCompile("`Scripts/([a-z_]+)`").FindAllStringSubmatch(page, -1)
	tests := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(page, -1)
	if len(scripts) < 10 || len(tests) < 10 {
		t.Fatalf("the page names %d scripts and %d tests", len(scripts), len(tests))
	}
	for _, script := range scripts {
		if _, err := os.Stat("testdata/" + script[1] + ".txt"); err != nil {
			t.Errorf("there is no script %s", script[1])
		}
	}
	var code strings.Builder
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			code.WriteString(readFile(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		if !strings.Contains(code.String(), "\nfunc "+test[1]+"(") {
			t.Errorf("there is no test %s", test[1])
		}
	}
}
