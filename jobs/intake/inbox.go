package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
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
// that rechecks needs no new income. What is wrong is added to the list.
func Find(of *pipeline.Subject, inputs map[string][]string, recheck bool, wrong *[]error) (a Arrived) {
	a.Main = of.Main
	var aside []error
	for _, input := range of.Inputs {
		name := input.String()
		var patterns []string
		for _, given := range inputs[name] {
			say := func(err error) {
				*wrong = append(*wrong, &jobs.SettingError{Setting: "inputs." + name, Text: given, Err: err})
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
		*wrong = append(*wrong, aside...)
	}
	a.leave()
	return a
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

// isPattern says whether a path stands for several files. A file of exactly this name goes first.
func isPattern(given string) bool {
	if storage.InBucket(given) {
		return strings.ContainsAny(storage.Bare(given), "*[")
	}
	if !strings.ContainsAny(given, "*?[") {
		return false
	}
	_, err := os.Lstat(given)
	return err != nil
}

// match lists the files that match a pattern, sorted, but those that were given before. It is an error when one is a symbolic link out
// of the folder in which the pattern begins.
func (a *Arrived) match(pattern string, before []string) (found []string, bad []Aside, err error) {
	if strings.Contains(pattern, "**") {
		return nil, nil, errors.New("** is not known: * stands for any name in one folder")
	}
	if storage.InBucket(pattern) {
		found, err = a.matchObjects(pattern, before)
		return found, nil, err
	}
	folder, rest := splitPattern(filepath.ToSlash(pattern))
	if err := checkPattern(rest); err != nil {
		return nil, nil, err
	}
	inside, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("the folder %s can't be read: %w", folder, jobs.Cause(err))
	}
	matching, err := expand(folder, rest)
	if err != nil {
		return nil, nil, err
	}
	if len(rest) == 1 {
		a.folders = append(a.folders, folder)
	}
	for _, file := range matching {
		a.folders = append(a.folders, filepath.Dir(file))
	}
	taken := map[string]bool{}
	for _, file := range before {
		taken[real(file)] = true
	}
	for _, file := range matching {
		if unfinished(filepath.Base(file)) {
			a.Skipped = append(a.Skipped, file)
			continue
		}
		target, err := filepath.EvalSymlinks(file)
		if err != nil {
			bad = append(bad, Aside{file, fmt.Sprintf("can't be followed: %v", jobs.Cause(err))})
			continue
		}
		if relative, err := filepath.Rel(inside, target); err != nil || !filepath.IsLocal(relative) {
			return nil, nil, fmt.Errorf("%s is a symbolic link out of %s: copy the file", jobs.Printable(file), folder)
		}
		info, err := os.Stat(target)
		switch {
		case err != nil:
			bad = append(bad, Aside{file, fmt.Sprintf("can't be read: %v", jobs.Cause(err))})
		case info.IsDir():
		case !info.Mode().IsRegular():
			bad = append(bad, Aside{file, "is no regular file"})
		case taken[real(file)]:
			a.Skipped = append(a.Skipped, file)
		default:
			taken[real(file)] = true
			found = append(found, file)
		}
	}
	return found, bad, nil
}

// checkPattern makes sure that each element of a pattern is one.
func checkPattern(elements []string) error {
	for _, element := range elements {
		if _, err := path.Match(element, ""); err != nil {
			return fmt.Errorf("%s is no pattern: a [ has no ]", element)
		}
	}
	return nil
}

// matchObjects is match of a pattern of objects in a bucket: s3://BUCKET/FOLDER/*.csv. What else lies there is not looked at.
func (a *Arrived) matchObjects(pattern string, before []string) (found []string, err error) {
	bare := storage.Bare(pattern)
	folder, rest := splitPattern(bare)
	if err := checkPattern(rest); err != nil {
		return nil, err
	}
	matching, err := expandObjects(folder+strings.TrimPrefix(pattern, bare), rest)
	if err != nil {
		return nil, err
	}
	for _, object := range matching {
		if unfinished(path.Base(storage.Bare(object))) || slices.Contains(before, object) {
			a.Skipped = append(a.Skipped, object)
		} else {
			found = append(found, object)
		}
	}
	return found, nil
}

// expandObjects is expand of a folder of a bucket.
func expandObjects(folder string, elements []string) ([]string, error) {
	objects, folders, err := storage.Entries(folder)
	if err != nil {
		return nil, err
	}
	matches := func(place string) bool {
		is, _ := path.Match(elements[0], finishedName(path.Base(storage.Bare(place))))
		return is
	}
	if len(elements) == 1 {
		return slices.DeleteFunc(objects, func(place string) bool { return !matches(place) }), nil
	}
	var found []string
	for _, below := range folders {
		if !matches(below) || strings.HasPrefix(path.Base(storage.Bare(below)), ".") {
			continue
		}
		deeper, err := expandObjects(below, elements[1:])
		if err != nil {
			return nil, err
		}
		found = append(found, deeper...)
	}
	return found, nil
}

// real is the path of a file without symbolic links.
func real(file string) string {
	if storage.InBucket(file) {
		return file
	}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	absolute, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	return absolute
}

// splitPattern cuts a pattern before its first element with a wildcard.
func splitPattern(pattern string) (folder string, rest []string) {
	elements := strings.Split(pattern, "/")
	first := slices.IndexFunc(elements, func(e string) bool { return strings.ContainsAny(e, "*?[") })
	folder = strings.Join(elements[:first], "/")
	switch {
	case first == 0:
		folder = "."
	case folder == "":
		folder = "/"
	}
	return folder, elements[first:]
}

// expand lists what matches the elements of a pattern below a folder, sorted. Unlike filepath.Glob it says when a folder can't be
// read: it would look like one in which nothing has arrived.
func expand(folder string, elements []string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("the folder %s can't be read: %w", folder, jobs.Cause(err))
	}
	var found []string
	for _, entry := range entries {
		matches, _ := path.Match(elements[0], finishedName(entry.Name()))
		below := filepath.Join(folder, entry.Name())
		switch {
		case !matches:
		case len(elements) == 1:
			found = append(found, below)
		case isFolder(below, entry):
			deeper, err := expand(below, elements[1:])
			if err != nil {
				return nil, err
			}
			found = append(found, deeper...)
		}
	}
	return found, nil
}

// isFolder says whether an entry is a folder, also behind a symbolic link; a hidden one is none of ours.
func isFolder(path string, entry fs.DirEntry) bool {
	if strings.HasPrefix(entry.Name(), ".") {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// unfinished says whether the name of a file is that of one that is hidden or still being written.
func unfinished(name string) bool {
	return strings.HasPrefix(name, ".") || finishedName(name) != name
}

// finishedName is the name that a file has once it is written.
func finishedName(name string) string {
	for _, suffix := range []string{".part", ".tmp", "~"} {
		name = strings.TrimSuffix(name, suffix)
	}
	return name
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
