package jobs

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/readers"
)

// inputFile is one file that comes in.
type inputFile struct {
	readers.File
	path     string
	file     localFile
	modified time.Time
	parts    []readers.Part
	sha256   string
	rows     atomic.Int64
}

// intake is all files that come in.
type intake struct {
	files   []*inputFile
	mutex   sync.Mutex
	unknown map[string][]string // columns that nobody asked for, by file
}

// openIntake opens the files and finds their formats. A missing file is an error of usage.
func openIntake(paths [pipeline.InputCount][]string) (*intake, error) {
	in := &intake{unknown: map[string][]string{}}
	for input := range pipeline.InputCount {
		for _, path := range paths[input] {
			f, err := openInput(input, path, len(in.files))
			if err != nil {
				in.close()
				return nil, err
			}
			in.files = append(in.files, f)
		}
	}
	return in.cut(readers.Parts)
}

// cut names the files and finds the parts of each. The files are closed if one has none.
func (in *intake) cut(partsOf func(*readers.File) ([]readers.Part, error)) (*intake, error) {
	in.nameSources()
	for _, f := range in.files {
		parts, err := partsOf(&f.File)
		if err != nil {
			in.close()
			return nil, err
		}
		f.parts = parts
	}
	return in, nil
}

func openInput(input pipeline.Input, path string, number int) (*inputFile, error) {
	f, err := openFile(input.String(), path, number)
	if err != nil {
		return nil, err
	}
	f.Input = input
	return f, nil
}

// openFile opens a file of an input, named for people.
func openFile(input, path string, number int) (*inputFile, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	opened, err := os.Open(path)
	if err != nil {
		return nil, UsageError("the %s file %s can't be opened: %w", input, path, cause(err))
	}
	info, err := opened.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("it is no regular file")
	}
	if err != nil {
		opened.Close()
		return nil, UsageError("the %s file %s can't be read: %w", input, path, err)
	}
	f := &inputFile{path: absolute, file: newLocalFile(opened, info.Size()), modified: info.ModTime()}
	f.File = readers.File{Number: int32(number), Name: path, Content: opened, Size: info.Size()}
	return f, nil
}

// nameSources names each file by its last element, or as it was given where two would have the same name.
func (in *intake) nameSources() {
	times := map[string]int{}
	for _, f := range in.files {
		times[filepath.Base(f.path)]++
	}
	for _, f := range in.files {
		if base := filepath.Base(f.path); times[base] == 1 {
			f.Name = base
		}
	}
}

func (in *intake) close() {
	for _, f := range in.files {
		f.file.Close()
	}
}

// sources are the reads of all parts, the digests last: they run while the last parts are still being read.
func (in *intake) sources(l *law.Law, progress readers.Progress) []pipeline.Source {
	var parts, digests []pipeline.Source
	for _, f := range in.files {
		for _, part := range f.parts {
			parts = append(parts, func(ctx context.Context, into *pipeline.Scatter) error {
				unknown, err := part.Read(ctx, into, l.Category, func(rows int) {
					f.rows.Add(int64(rows))
					progress(rows)
				})
				if len(unknown) > 0 {
					in.mutex.Lock()
					in.unknown[f.Name] = unknown
					in.mutex.Unlock()
				}
				return err
			})
		}
		digests = append(digests, func(context.Context, *pipeline.Scatter) (err error) {
			f.sha256, err = digest(f.file)
			return err
		})
	}
	return append(parts, digests...)
}

// unchanged makes sure that no file was replaced or written while it was read.
func (in *intake) unchanged() error {
	for _, f := range in.files {
		info, err := os.Stat(f.path)
		if err != nil {
			return fmt.Errorf("%s: the file is gone since the run began: %w", f.Name, err)
		}
		opened, err := f.file.Stat()
		if err != nil {
			return err
		}
		if !os.SameFile(info, opened) || info.Size() != f.Size || !info.ModTime().Equal(f.modified) {
			return fmt.Errorf("%s: the file changed while it was read: run again", f.Name)
		}
	}
	return nil
}

func (in *intake) manifest() []ManifestInput {
	var list []ManifestInput
	for _, f := range in.files {
		list = append(list, ManifestInput{f.Input.String(), f.path, f.Name, f.Size, f.sha256, f.rows.Load()})
	}
	return list
}
