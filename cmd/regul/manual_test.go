package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every fenced block of the documentation is tried, from the top of a page to its bottom, each page in its own empty folder:
//
//	```csv file=NAME     is written as a file (any language)
//	```sh                is run by the shell, with regul on the path and the repository in $CLONE; "status=3" is the status that its last
//
// command must have
//
//	```text              is what the block before it printed: each line must be in it, in this order; … stands for any text
//	```sql               is run in DuckDB, by the tests of fixtures/duckdb
//	```yaml tested=TEST  is tried by another test, which must be there
//	```text shown=WHY    can't be run: why is one of untried, which counts them
//
// "<!-- starts from: PAGE -->" runs another page first, "<!-- try: COMMAND -->" a command that the reader need not type.
//
// ownTest are the pages that another test tries.
var ownTest = map[string]string{"docs/year-of-nights.md": "TestYearOfNightsIsWhatHappens",
	"docs/reference/commands.md": "TestReferencesAreThoseOfTheProgram"}

// untried are the reasons why a block can't be run, and how many blocks there are of each.
var untried = map[string]int{
	"layout": 6, // a picture of folders, a flow
	"form":   2, // a formula of the law
	"root":   5, // needs the rights of the machine's administrator
	"other":  9, // for a program that the tests do not have, or batches: minisign, DuckDB, Spark, Power BI, Beam
	"make":   3, // takes too long
	"print":  2, // what another test compares with what the program prints
}

// TestManuals tries what the pages tell a reader to type, and that they see what is shown.
func TestManuals(t *testing.T) {
	tools := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(tools, "regul")); err != nil {
		t.Fatal(err)
	}
	shown, tests := map[string]int{}, testNames(t)
	for _, page := range pages(t) {
		text := readFile(t, "../../"+page)
		if test, own := ownTest[page]; own {
			if !tests[test] {
				t.Errorf("%s: there is no test %s", page, test)
			}
			continue
		}
		for _, b := range blocksOf(text) {
			if why := b.options["shown"]; why != "" {
				shown[why]++
			} else if test := b.options["tested"]; test != "" && !tests[test] {
				t.Errorf("%s:%d: there is no test %s", page, b.line, test)
			}
		}
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			at := &trial{t: t, page: page, folder: t.TempDir(), tools: tools}
			if first := regexp.MustCompile(`<!-- starts from: (\S+) -->`).FindStringSubmatch(text); first != nil {
				at.try(readFile(t, filepath.Join("../..", filepath.Dir(page), first[1])))
			}
			at.try(text)
		})
	}
	if !maps.Equal(shown, untried) {
		t.Errorf("blocks that can't be run: %v; the test knows of %v", shown, untried)
	}
}

// block is one fenced block of a page, or a command that is hidden from the reader.
type block struct {
	line     int
	language string
	options  map[string]string
	text     string
}

var hidden = regexp.MustCompile(`^<!-- try: (.*) -->$`)

// blocksOf finds the fenced blocks of a page, and its hidden commands.
func blocksOf(page string) (blocks []block) {
	open := -1
	for i, line := range strings.Split(page, "\n") {
		switch try := hidden.FindStringSubmatch(line); {
		case open < 0 && try != nil:
			blocks = append(blocks, block{line: i + 1, language: "sh", options: map[string]string{}, text: try[1]})
		case !strings.HasPrefix(line, "```"):
			if open >= 0 {
				blocks[open].text += line + "\n"
			}
		case open >= 0:
			open = -1
		default:
			b := block{line: i + 1, options: map[string]string{}}
			for n, word := range strings.Fields(strings.TrimPrefix(line, "```")) {
				if name, value, ok := strings.Cut(word, "="); ok {
					b.options[name] = value
				} else if n == 0 {
					b.language = word
				}
			}
			blocks = append(blocks, b)
			open = len(blocks) - 1
		}
	}
	return blocks
}

// trial is a page that is tried: its folder, and what its last command printed.
type trial struct {
	t                            *testing.T
	page, folder, tools, printed string
}

func (at *trial) try(page string) {
	for _, b := range blocksOf(page) {
		switch {
		case b.options["shown"] != "" || b.options["tested"] != "" || b.language == "sql":
		case b.options["file"] != "":
			if err := os.WriteFile(filepath.Join(at.folder, b.options["file"]), []byte(b.text), 0o600); err != nil {
				at.t.Fatal(err)
			}
		case b.language == "sh":
			at.run(&b)
		case b.language == "text":
			if missing := notShown(b.text, at.printed); missing != "" {
				at.t.Errorf("%s:%d shows %q, but the command printed:\n%s", at.page, b.line, missing, at.printed)
			}
		default:
			at.t.Errorf("%s:%d: nothing says how the block %q is tried", at.page, b.line, b.language)
		}
	}
}

// run runs a block; what it prints is what comes on both outputs.
func (at *trial) run(b *block) {
	clone, err := filepath.Abs("../..")
	if err != nil {
		at.t.Fatal(err)
	}
	command := exec.Command("sh", "-c", b.text)
	command.Dir = at.folder
	command.Env = append(os.Environ(), "PATH="+at.tools+string(os.PathListSeparator)+os.Getenv("PATH"), "CLONE="+clone,
		"GORACE=atexit_sleep_ms=0")
	out, err := command.CombinedOutput()
	status := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		status = exit.ExitCode()
	} else if err != nil {
		at.t.Fatal(err)
	}
	if want, _ := strconv.Atoi(b.options["status"]); status != want {
		at.t.Fatalf("%s:%d ends with status %d, not %d:\n%s\n%s", at.page, b.line, status, want, b.text, out)
	}
	at.printed = string(out)
}

// notShown is the first line of an illustration that is not in what was printed, in its order; "" if all are.
func notShown(shown, printed string) string {
	for _, line := range strings.Split(strings.TrimSpace(shown), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line == "…" {
			continue
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*")
		found := regexp.MustCompile(`(?m)^\s*` + pattern + `\s*$`).FindStringIndex(printed)
		if found == nil {
			return line
		}
		printed = printed[found[1]:]
	}
	return ""
}
