package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every test that the threat model and the page of reliability name is there: a claim without one is no claim.
func TestPagesNameTestsThatAreThere(t *testing.T) {
	t.Parallel()
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
	for _, name := range []string{"threat-model.md", "reliability.md"} {
		page := readFile(t, "../../docs/"+name)
		scripts := regexp.MustCompile("`Scripts/([a-z_]+)`").FindAllStringSubmatch(page, -1)
		tests := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(page, -1)
		if len(scripts) < 10 || len(tests) < 10 {
			t.Fatalf("%s names %d scripts and %d tests", name, len(scripts), len(tests))
		}
		for _, script := range scripts {
			if _, err := os.Stat("testdata/" + script[1] + ".txt"); err != nil {
				t.Errorf("%s: there is no script %s", name, script[1])
			}
		}
		for _, test := range tests {
			if !strings.Contains(code.String(), "\nfunc "+test[1]+"(") {
				t.Errorf("%s: there is no test %s", name, test[1])
			}
		}
	}
}
