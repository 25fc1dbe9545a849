package intake

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/storage"
	"regul/pipeline"
)

// Arrived is what the paths and patterns of the inputs have come to.
type Arrived struct {
	Skipped []string       // files that match a pattern but are not taken: hidden, still being written, or twice
	Main    pipeline.Input // the rows of its files are what a run settles
	Nothing []string       // the patterns of Main, if not one file matches them and nothing else was given: there is nothing to do

	Files [pipeline.InputCount][]string // by input
	Taken []string                      // of them, those that a pattern found: once they are settled they may be moved
	Aside []Aside                       // files that can't be read, and are left where they lie
	Sums  map[string]string             // SHA-256 that came with a file, by path, where that is asked for
	Left  []string                      // files beside those that no pattern takes, such as WEEK-25.CSV beside *.csv

	folders []string // in which patterns found files, or looked for them
}

// Find finds the files of the inputs of a subject, by name: a path stands for itself, a pattern for the files that match it, sorted. A run
// that rechecks needs no new income. What is wrong is listed: all of it, not the first of it.
func Find(of *pipeline.Subject, inputs map[string][]string, recheck bool) (a Arrived, wrong []error) {
	a.Main = of.Main
	var aside []error
	for _, input := range of.Inputs {
		name := input.String()
		var patterns []string
		for _, given := range inputs[name] {
			say := func(err error) {
				wrong = append(wrong, &jobs.SettingError{Setting: "inputs." + name, Text: given, Err: err})
			}
			if !isPattern(given) {
				a.Files[input] = append(a.Files[input], given)
				if _, err := storage.StateOf(given); err != nil && !errors.Is(err, storage.ErrIrregular) { // which opening it tells
					say(fmt.Errorf("the %s file %s can't be opened: %w", input, jobs.Printable(given), jobs.Cause(err)))
				}
				continue
			}
			patterns = append(patterns, given)
			found, bad, err := a.match(given, a.Files[input])
			for _, b := range bad {
				if a.Aside = append(a.Aside, b); input != of.Main {
					say(fmt.Errorf("the pattern %s of the %s files: %s %s", given, input, jobs.Printable(b.Path), b.Why))
				} else {
					aside = append(aside, &jobs.SettingError{Setting: "inputs." + name, Text: given,
						Err: fmt.Errorf("the pattern %s of the %s files: %s %s", given, input, jobs.Printable(b.Path), b.Why)})
				}
			}
			if err != nil {
				say(fmt.Errorf("the pattern %s of the %s files: %w", given, input, err))
			} else if len(found) == 0 && len(bad) == 0 && input != of.Main && !input.Optional() {
				say(fmt.Errorf("no %s file matches %s", input, given))
			}
			a.Files[input], a.Taken = append(a.Files[input], found...), append(a.Taken, found...)
		}
		if input == of.Main && len(a.Files[input]) == 0 && !recheck {
			a.Nothing = patterns
		}
	}
	if len(a.Files[of.Main]) == 0 { // there is nothing with which the night could go on
		wrong = append(wrong, aside...)
	}
	a.leave()
	return a, wrong
}

// leave lists the files in the folders of the patterns that no input takes: nobody may take them for read.
func (a *Arrived) leave() {
	known := map[string]bool{}
	for _, aside := range a.Aside {
		known[real(aside.Path)] = true
	}
	for _, files := range append(a.Files[:], a.Skipped) {
		for _, file := range files {
			known[real(file)] = true
		}
	}
	slices.Sort(a.folders)
	for _, folder := range slices.Compact(a.folders) {
		entries, _ := os.ReadDir(folder) // expand has told an error
		for _, entry := range entries {
			path := filepath.Join(folder, entry.Name())
			if entry.Type().IsRegular() && !unfinished(entry.Name()) && !known[real(path)] &&
				!known[real(withoutSidecar(path))] {
				a.Left = append(a.Left, path)
			}
		}
	}
}

// Idle logs what was skipped, and is Why.
func (a *Arrived) Idle(log *slog.Logger) string {
	if len(a.Skipped) > 0 {
		log.Info("files are skipped: hidden, still being written, or given twice", "files", a.Skipped)
	}
	for _, aside := range a.Aside {
		log.Warn("a file is set aside: the night goes on without it", "file", aside.Path, "why", aside.Why)
	}
	if len(a.Left) > 0 {
		log.Warn("files are not read: no pattern of the inputs takes them", "files", a.Left)
	}
	return a.Why()
}

// Why says why a run has nothing to read; "" if there is something.
func (a *Arrived) Why() string {
	if len(a.Nothing) == 0 {
		return ""
	}
	return "no " + a.Main.String() + " file matches " + strings.Join(a.Nothing, ", ")
}
