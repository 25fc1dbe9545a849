package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// pages are the paths of all pages of the documentation, from the top of the repository.
func pages(t *testing.T) (found []string) {
	t.Helper()
	walkRepository(t, func(path string) {
		if strings.HasSuffix(path, ".md") {
			found = append(found, path)
		}
	})
	if len(found) < 30 {
		t.Fatalf("only %d pages", len(found))
	}
	return found
}

// walkRepository goes through the files of the repository, without what is built and what belongs to git.
func walkRepository(t *testing.T, file func(path string)) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == "build" || name == "testdata" || name == ".git") {
			return filepath.SkipDir
		}
		if !entry.IsDir() {
			file(strings.TrimPrefix(path, "../../"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testNames are the names of all tests of the repository.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	walkRepository(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			for _, name := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(readFile(t, "../../"+path), -1) {
				names[name[1]] = true
			}
		}
	})
	return names
}

var (
	fenced   = regexp.MustCompile("(?ms)^```.*?^```$")
	inline   = regexp.MustCompile("`[^`\n]*`")
	link     = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)\)`)
	headings = regexp.MustCompile(`(?m)^#+ (.*)$`)
	inCode   = regexp.MustCompile(`docs/[\w./-]+\.md(#[\w-]+)?|[\w./-]+\.md#[\w-]+`)
)

// anchors are the places of a page that a link can name: its headings, as GitHub names them.
func anchors(page string) map[string]bool {
	found := map[string]bool{}
	for _, heading := range headings.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
		text := link.ReplaceAllStringFunc(heading[1], func(l string) string { return l[1:strings.Index(l, "]")] })
		found["#"+strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
				return unicode.ToLower(r)
			case r == ' ':
				return '-'
			}
			return -1
		}, text)] = true
	}
	return found
}

// Every link of every page leads to a file and a heading that are there, and so does every page that a comment names.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	leads := func(from, path, anchor string) {
		if _, err := os.Stat("../../" + path); err != nil {
			t.Errorf("%s: there is no %s", from, path)
		} else if anchor != "" && !anchors(readFile(t, "../../"+path))[anchor] {
			t.Errorf("%s: %s has no heading %s", from, path, anchor)
		}
	}
	links := 0
	for _, page := range pages(t) {
		if strings.Contains(readFile(t, "../../"+page), "\n<<<<<<< ") {
			t.Errorf("%s was merged halfway", page)
		}
		text := fenced.ReplaceAllString(readFile(t, "../../"+page), "")
		for _, l := range link.FindAllStringSubmatch(inline.ReplaceAllString(text, ""), -1) {
			if strings.Contains(l[1], "://") {
				continue
			}
			path, anchor, found := strings.Cut(l[1], "#")
			if found {
				anchor = "#" + anchor
			}
			if path == "" {
				leads(page, page, anchor)
			} else {
				leads(page, filepath.Join(filepath.Dir(page), path), anchor)
			}
			links++
		}
	}
	if links < 200 {
		t.Errorf("only %d links were found", links)
	}
	walkRepository(t, func(path string) {
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, name := range inCode.FindAllString(readFile(t, "../../"+path), -1) {
			target, anchor, found := strings.Cut(name, "#")
			if found {
				anchor = "#" + anchor
			}
			leads(path, "docs/"+strings.TrimPrefix(target, "docs/"), anchor)
		}
	})
}

// A reader finds every page of the documentation by following links from the README.
func TestEveryPageCanBeReached(t *testing.T) {
	t.Parallel()
	reached, next := map[string]bool{}, []string{"README.md"}
	for len(next) > 0 {
		page := next[0]
		next = next[1:]
		if reached[page] || !strings.HasSuffix(page, ".md") {
			continue
		}
		reached[page] = true
		for _, l := range link.FindAllStringSubmatch(fenced.ReplaceAllString(readFile(t, "../../"+page), ""), -1) {
			if path, _, _ := strings.Cut(l[1], "#"); path != "" && !strings.Contains(path, "://") {
				next = append(next, filepath.Join(filepath.Dir(page), path))
			}
		}
	}
	for _, page := range pages(t) {
		if !reached[page] {
			t.Errorf("no link leads from README.md to %s", page)
		}
	}
}

var (
	goTests     = regexp.MustCompile("go test (?:-v )?(\\./\\S+)[^`\n]*?-run '?([^'`\\s]+)'?")
	makeTargets = regexp.MustCompile("`make ([a-z]+)[^`]*`")
)

// Every go test and every make that a page tells a reader to run finds a test, a target.
func TestCommandsOfPagesNameWhatIsThere(t *testing.T) {
	t.Parallel()
	makefile, told := readFile(t, "../../Makefile"), 0
	for _, page := range pages(t) {
		text := readFile(t, "../../"+page)
		for _, m := range makeTargets.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("%s: there is no make %s", page, m[1])
			}
		}
		for _, m := range goTests.FindAllStringSubmatch(text, -1) {
			told++
			first, below, _ := strings.Cut(strings.ReplaceAll(m[2], `\|`, "|"), "/")
			if first == "^$" {
				continue // a benchmark alone
			}
			if !slices.ContainsFunc(testsIn(t, m[1]), regexp.MustCompile(first).MatchString) {
				t.Errorf("%s: no test of %s is named %s", page, m[1], first)
			}
			if below = strings.TrimSuffix(below, "$"); first == "Scripts" && below != "" {
				below = "testdata/" + below + ".txt"
			} else if first == "CaseFiles" && below != "" {
				below = "../../fixtures/cases/" + below + ".txt"
			} else if first == "Manuals" && below != "" {
				below = "../../" + below
			} else {
				continue
			}
			if _, err := os.Stat(below); err != nil {
				t.Errorf("%s: %s finds nothing: %v", page, m[0], err)
			}
		}
	}
	if told < 30 {
		t.Errorf("only %d commands were found", told)
	}
}

// testsIn are the names of the tests of a package, or with /... of all below a folder.
func testsIn(t *testing.T, pattern string) (names []string) {
	t.Helper()
	folder, below := strings.CutSuffix(strings.TrimPrefix(pattern, "./"), "/...")
	walkRepository(t, func(path string) {
		in := filepath.Dir(path)
		if strings.HasSuffix(path, "_test.go") && (in == folder || below && strings.HasPrefix(in+"/", folder+"/")) {
			for _, name := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`).FindAllStringSubmatch(readFile(t, "../../"+
				path), -1) {
				names = append(names, name[1])
			}
		}
	})
	return names
}
