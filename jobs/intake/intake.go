package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/readers"
)

// File is one file that comes in.
type File struct {
	readers.File
	path     string
	given    string // the path as it was given
	inInput  int    // position among the files of its input
	file     *input
	parts    []readers.Part
	expected string // SHA-256 that came with it; "" if none did
	sha256   string // once it was read
	rows     atomic.Int64
}

// Path is where the file lies.
func (f *File) Path() string { return f.path }

// Rows is how many rows were read.
func (f *File) Rows() int64 { return f.rows.Load() }

// Copies says whether it is the same file as another, or, once both were read, one with the same content, also where one of them is
// compressed.
func (f *File) Copies(other *File) bool {
	if f.file.state.IsFile(other.file.state) || f.sha256 != "" && f.sha256 == other.sha256 {
		return true
	}
	if f.sha256 == "" || f.Rows() != other.Rows() || !f.IsPacked() && !other.IsPacked() {
		return false
	}
	same, err := readers.SameText(&f.File, &other.File)
	return err == nil && same // what can't be read was told when it was read
}

// Files is all files that come in.
type Files struct {
	List    []*File
	mutex   sync.Mutex
	open    descriptors
	Unknown map[string][]string // columns that nobody asked for, by file
	Doubled map[string]int64    // rows with a name or an address that seems to have been encoded twice, by file
}

// Open opens the files and finds their formats. A missing file is an error of usage.
func Open(paths [pipeline.InputCount][]string) (*Files, error) {
	in := &Files{Unknown: map[string][]string{}, Doubled: map[string]int64{}}
	for input := range pipeline.InputCount {
		for i, path := range paths[input] {
			if err := in.add(input, path, i); err != nil {
				in.Close()
				return nil, err
			}
		}
	}
	in.nameSources()
	for _, f := range in.List {
		parts, err := readers.Parts(&f.File)
		if err != nil {
			in.Close()
			return nil, ofContent(f, err)
		}
		f.parts = parts
	}
	return in, nil
}

// add opens a file of an input, of which it is the one at a position.
func (in *Files) add(of pipeline.Input, path string, at int) error {
	absolute, err := absolutePath(path)
	if err != nil {
		return err
	}
	state, err := storage.StateOf(absolute)
	if errors.Is(err, storage.ErrIrregular) {
		return jobs.UsageError("the %s file %s can't be read: %s", of, jobs.Printable(path), irregular(absolute))
	}
	content := &input{path: absolute, state: state, pool: &in.open}
	if err == nil {
		_, err = content.ReadAt(nil, 0)
	}
	if err != nil && err != io.EOF { // an empty object has no byte to begin with
		return jobs.UsageError("the %s file %s can't be opened: %w", of, jobs.Printable(path), jobs.Cause(err))
	}
	f := &File{path: absolute, given: path, inInput: at, file: content}
	f.File = readers.File{Input: of, Number: int32(len(in.List)), Name: jobs.Printable(path), Content: content, Size: state.Size}
	in.List = append(in.List, f)
	return nil
}

// irregular says what a path leads to that is no regular file.
func irregular(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "it is a folder: name the files in it, such as " + jobs.Printable(filepath.Join(filepath.Base(path), "*.parquet"))
	}
	return "it is no regular file"
}

// absolutePath is a path from the root; the URL of an object stays.
func absolutePath(path string) (string, error) {
	if storage.InBucket(path) {
		return path, nil
	}
	return filepath.Abs(path)
}

// Of lists the files of an input.
func (in *Files) Of(input pipeline.Input) []*File {
	return slices.DeleteFunc(slices.Clone(in.List), func(f *File) bool { return f.Input != input })
}

// nameSources names each file by its last element, or as it was given where two would have the same name.
func (in *Files) nameSources() {
	times := map[string]int{}
	for _, f := range in.List {
		times[filepath.Base(storage.Bare(f.path))]++
	}
	for _, f := range in.List {
		if base := filepath.Base(storage.Bare(f.path)); times[base] == 1 {
			f.Name = jobs.Printable(base)
		}
	}
}

func (in *Files) Close() {
	for _, f := range in.List {
		f.file.Close()
	}
}

// worthHelp is from how many bytes on a file is read by more than one, who take memory for its ranges each.
const worthHelp = 8 << 20

// Sources are the reads of all parts: first those that say whose rows the others are, then the others, and the digests, which run
// while the last parts are still being read. With more than one reader those who find nothing else to do help with these.
func (in *Files) Sources(l *law.Law, progress readers.Progress, readers int) (first, others []pipeline.Source) {
	var digests, help []pipeline.Source
	for _, f := range in.List {
		for _, part := range f.parts {
			source := func(ctx context.Context, into *pipeline.Scatter) error {
				remarks, err := part.Read(ctx, into, l.Category, func(rows int) {
					f.rows.Add(int64(rows))
					progress(rows)
				})
				in.remember(f.Name, remarks)
				if into.Err() != nil { // no fault of the file
					return err
				}
				return ofContent(f, err)
			}
			if f.Input.ReadFirst() {
				first = append(first, source)
				continue
			}
			if others = append(others, source); part.Together() && f.Size >= worthHelp {
				help = append(help, source)
			}
		}
		digests = append(digests, func(context.Context, *pipeline.Scatter) (err error) {
			f.sha256, err = batch.Digest(f.file)
			return err
		})
	}
	return first, slices.Concat(others, digests, slices.Repeat(help, readers-1))
}

// remember keeps what is to be told of a part of a file.
func (in *Files) remember(file string, remarks readers.Remarks) {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	if len(remarks.Unused) > 0 {
		in.Unknown[file] = unusedColumns(remarks.Unused)
	}
	if remarks.Doubled > 0 {
		in.Doubled[file] += remarks.Doubled
	}
}

// Unchanged makes sure that no file was replaced or written while it was read.
func (in *Files) Unchanged() error {
	for _, f := range in.List {
		state, err := storage.StateOf(f.path)
		if errors.Is(err, storage.ErrIrregular) {
			err = errChanged
		}
		if err != nil {
			return fmt.Errorf("%s: the file is gone since the run began: %w", f.Name, err)
		}
		if !state.Is(f.file.state) {
			return fmt.Errorf("%s: %w", f.Name, errChanged)
		}
	}
	return nil
}

func (in *Files) Manifest() []batch.ManifestInput {
	var list []batch.ManifestInput
	for _, f := range in.List {
		list = append(list, batch.NewManifestInput(f.Input.String(), f.path, f.Name, f.Size, f.sha256, f.rows.Load()))
	}
	return list
}
