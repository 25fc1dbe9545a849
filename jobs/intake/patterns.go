package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/storage"
)

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
