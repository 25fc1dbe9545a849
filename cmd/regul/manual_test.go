package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// manuals are the pages whose fenced blocks are tried, from the top to the bottom, each page in its own empty folder:
//
//	```csv file=NAME     is written as a file (any language)
//	```sh                is run by the shell, with regul on the path; "status=3" is the status that its last command must have
//	```text              is what the block before it printed: each line must be in it, in this order; … stands for any text
//
// A block without a language is an illustration.
var manuals = []string{"../../docs/tutorials/*.md"}

// TestManuals tries what the pages tell a reader to type, and that he sees what they show.
func TestManuals(t *testing.T) {
	tools := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(tools, "regul")); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range manuals {
		pages, err := filepath.Glob(pattern)
		if err != nil || len(pages) == 0 {
			t.Fatalf("%s: %d pages, %v", pattern, len(pages), err)
		}
		for _, page := range pages {
			t.Run(filepath.Base(page), func(t *testing.T) {
				text, err := os.ReadFile(page)
				if err != nil {
					t.Fatal(err)
				}
				tryPage(t, string(text), tools)
			})
		}
	}
}

// block is one fenced block of a page.
type block struct {
	line     int
	language string
	options  map[string]string
	text     string
}

// blocksOf finds the fenced blocks of a page.
func blocksOf(page string) (blocks []block) {
	open := -1
	for i, line := range strings.Split(page, "\n") {
		switch {
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

func tryPage(t *testing.T, page, tools string) {
	folder, printed := t.TempDir(), ""
	for _, b := range blocksOf(page) {
		switch {
		case b.options["file"] != "":
			if err := os.WriteFile(filepath.Join(folder, b.options["file"]), []byte(b.text), 0o600); err != nil {
				t.Fatal(err)
			}
		case b.language == "sh":
			printed = runBlock(t, &b, folder, tools)
		case b.language == "text":
			if missing := notShown(b.text, printed); missing != "" {
				t.Errorf("line %d shows %q, but the command printed:\n%s", b.line, missing, printed)
			}
		}
	}
}

// runBlock is what a block prints, on both outputs.
func runBlock(t *testing.T, b *block, folder, tools string) string {
	command := exec.Command("sh", "-c", b.text)
	command.Dir = folder
	command.Env = append(os.Environ(), "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0")
	out, err := command.CombinedOutput()
	status := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if want, _ := strconv.Atoi(b.options["status"]); status != want {
		t.Fatalf("line %d ends with status %d, not %d:\n%s\n%s", b.line, status, want, b.text, out)
	}
	return string(out)
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
