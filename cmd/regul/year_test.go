package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fence is a block of the page: the kind, what stands behind it, and the text.
var fence = regexp.MustCompile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$")

// The year of nights is what the program does: a block with a file is written (with + added to it), and each command of a console says what
// stands below it. make docs writes it.
func TestYearOfNightsIsWhatHappens(t *testing.T) {
	t.Parallel()
	const page = "../../docs/year-of-nights.md"
	folder := t.TempDir()
	manual := readFile(t, page)
	made := fence.ReplaceAllStringFunc(manual, func(block string) string {
		parts := fence.FindStringSubmatch(block)
		if name := parts[2]; name != "" {
			place(t, folder, name, parts[3])
			return block
		}
		if parts[1] != "console" {
			return block
		}
		var b strings.Builder
		for line := range strings.Lines(parts[3]) {
			if typed, is := strings.CutPrefix(line, "$ "); is {
				b.WriteString(line + typeCommand(t, folder, typed))
			}
		}
		return "```console\n" + b.String() + "```"
	})
	if *update {
		writeFile(t, page, made, 0o644)
	} else if made != manual {
		at := 0
		for at < min(len(made), len(manual)) && made[at] == manual[at] {
			at++
		}
		t.Errorf("docs/year-of-nights.md is not what happens (make docs writes it); from where they differ:\n%.800s\nthe page has\n%.800s",
			made[at:], manual[at:])
	}
}

// place writes a file of the page, or adds to one.
func place(t *testing.T, folder, name, text string) {
	t.Helper()
	name, adds := strings.CutPrefix(name, "+")
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if adds {
		text = readFile(t, path) + text
	}
	writeFile(t, path, text, 0o600)
}

// batchDigits are what a batch is named after beside its day: any change of the letters gives others.
var batchDigits = regexp.MustCompile(`(20\d\d-\d\d-\d\d)-[0-9a-f]{8}`)

// typeCommand is what a command says, on both outputs, as it is typed in a folder.
func typeCommand(t *testing.T, folder, typed string) string {
	t.Helper()
	command := exec.Command("/bin/sh", "-c", typed)
	command.Dir = folder
	output, err := command.CombinedOutput()
	if status := command.ProcessState.ExitCode(); err != nil && status > 3 {
		t.Errorf("%s: %v: %s", typed, err, output)
	}
	return batchDigits.ReplaceAllString(string(output), "$1-…")
}
