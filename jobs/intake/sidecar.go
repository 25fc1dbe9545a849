package intake

import (
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"regul/jobs"
	"regul/jobs/minisig"
	"regul/jobs/storage"
	"regul/pipeline"
)

// Sidecar ends the name of the file that holds the SHA-256 of another, as sha256sum writes it. signedSidecar ends that of its signature:
// who signs the digest signs the file, and the file need be read only once.
const (
	Sidecar       = ".sha256"
	signedSidecar = Sidecar + minisig.Ending
)

// maxSidecar bounds such a file, in bytes.
const maxSidecar = 4 << 10

var sidecarForm = regexp.MustCompile(`^\\?([0-9a-fA-F]{64})(?:\s+\*?(.*))?\s*$`)

// beside is the place of a file that lies beside another, under its name with an ending.
func beside(path, ending string) string {
	bare := storage.Bare(path)
	return bare + ending + strings.TrimPrefix(path, bare)
}

// readBeside reads a small file beside another.
func readBeside(path, ending string) ([]byte, error) {
	file, err := storage.OpenFile(beside(path, ending))
	var text []byte
	if err == nil {
		defer file.Close()
		text, err = io.ReadAll(io.LimitReader(file, maxSidecar))
	}
	if err != nil {
		return nil, fmt.Errorf("its %s file can't be read: %w", ending, jobs.Cause(err))
	}
	return text, nil
}

// readSidecar reads the SHA-256 that came with a file: signed by the owner of one of the keys, if there are any. Where it is signed it must
// name the file, so that a file that was signed once does not pass for another one.
func readSidecar(file string, keys []*minisig.Key) (sha256 string, err error) {
	text, err := readBeside(file, Sidecar)
	if err != nil {
		return "", err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	found := sidecarForm.FindStringSubmatch(first)
	if found == nil {
		return "", fmt.Errorf("its %s file does not begin with a SHA-256", Sidecar)
	}
	if len(keys) == 0 {
		return strings.ToLower(found[1]), nil
	}
	signature, err := readBeside(file, signedSidecar)
	if err != nil {
		return "", err
	}
	err = errors.New("no key")
	for i := 0; i < len(keys) && err != nil; i++ {
		_, err = keys[i].Check(text, signature)
	}
	if err != nil {
		return "", fmt.Errorf("its %s file is no signature of its %s file by the owner of a key in delivery_keys", signedSidecar, Sidecar)
	}
	if of := strings.TrimSpace(found[2]); path.Base(filepath.ToSlash(of)) != path.Base(filepath.ToSlash(storage.Bare(file))) {
		return "", fmt.Errorf("its signed %s file names another file, or none", Sidecar)
	}
	return strings.ToLower(found[1]), nil
}

// Demand asks that every file comes with its SHA-256, and with a signature of it if there are keys. One of the input that is settled that
// does not is set aside, another is wrong.
func (a *Arrived) Demand(keys []*minisig.Key) (wrong []error) {
	a.Sums = map[string]string{}
	var aside []error
	for input, files := range a.Files {
		input := pipeline.Input(input)
		a.Files[input] = nil
		for _, file := range files {
			sum, err := readSidecar(file, keys)
			if err == nil {
				a.Sums[file] = sum
				a.Files[input] = append(a.Files[input], file)
				a.takeSidecars(file, len(keys) > 0)
				continue
			}
			fault := &jobs.SettingError{Setting: "inputs." + input.String(), Text: file,
				Err: fmt.Errorf("the %s file %s: %w", input, jobs.Printable(file), err)}
			if input == a.Main && a.isTaken(file) {
				a.Aside, aside = append(a.Aside, Aside{file, err.Error()}), append(aside, fault)
				a.Taken = without(a.Taken, file)
				continue
			}
			wrong = append(wrong, fault)
		}
	}
	if len(a.Files[a.Main]) == 0 {
		wrong = append(wrong, aside...)
	}
	return wrong
}

// takeSidecars notes that what lies beside a file that a pattern found may be moved with it.
func (a *Arrived) takeSidecars(file string, signed bool) {
	if !a.isTaken(file) {
		return
	}
	a.Taken = append(a.Taken, beside(file, Sidecar))
	if signed {
		a.Taken = append(a.Taken, beside(file, signedSidecar))
	}
}

// withoutSidecar is the name of the file that a sidecar, or its signature, lies beside.
func withoutSidecar(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, minisig.Ending), Sidecar)
}

// Expect makes the SHA-256 of each file that came with one the one it must have.
func (in *Files) Expect(sums map[string]string) {
	for _, f := range in.List {
		f.expected = sums[f.given]
	}
}

// AsExpected makes sure, once all files were read, that each is the one that was sent.
func (in *Files) AsExpected() error {
	for _, f := range in.List {
		if f.expected != "" && f.expected != f.sha256 {
			return &FileError{f, fmt.Errorf("%s: its SHA-256 is not the one that came with it: it was changed on its way, or is not whole",
				f.Name)}
		}
	}
	return nil
}
