package intake

import (
	"fmt"
	"slices"

	"regul/jobs"
	"regul/jobs/storage"
)

// Pin says which state of a file a run works on, before anything of it was read.
type Pin struct {
	Input    string `json:"input"`
	Path     string `json:"path"`
	Size     int64  `json:"size"`
	Modified int64  `json:"modified"` // nanoseconds of the clock of the file system, or of the object store
}

// Pins are those of all files, in their order.
func (in *Files) Pins() ([]Pin, error) {
	var pins []Pin
	for _, f := range in.List {
		state, err := storage.StateOf(f.path)
		if err != nil {
			return nil, fmt.Errorf("%s: the file is gone: %w", f.Name, jobs.Cause(err))
		}
		pins = append(pins, Pin{Input: f.Input.String(), Path: f.path, Size: state.Size, Modified: state.Modified.UnixNano()})
	}
	return pins, nil
}

// Counted is what was found of a file while parts of it were read.
type Counted struct {
	File    int    // in the list
	Rows    int64  // of the parts that were read
	SHA256  string // "": not read as a whole
	Unknown []string
	Doubled int64 // rows, see Files
}

// Counted is what was found of the files of which anything was read.
func (in *Files) Counted() []Counted {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	var found []Counted
	for i, f := range in.List {
		c := Counted{File: i, Rows: f.rows.Load(), SHA256: f.sha256, Unknown: in.Unknown[f.Name], Doubled: in.Doubled[f.Name]}
		if c.Rows > 0 || c.SHA256 != "" || c.Unknown != nil {
			found = append(found, c)
		}
	}
	return found
}

// Count adds what another process found of a file.
func (in *Files) Count(c Counted) {
	f := in.List[c.File]
	f.rows.Add(c.Rows)
	if c.SHA256 != "" {
		f.sha256 = c.SHA256
	}
	if c.Unknown != nil {
		in.Unknown[f.Name] = slices.Clone(c.Unknown)
	}
	if c.Doubled > 0 {
		in.Doubled[f.Name] += c.Doubled
	}
}
