package jobs

import (
	"fmt"
	"io"

	"regul/pipeline/rows"
)

// spillFolder is where rows wait for which there is no memory. It is removed at the end of a run, or by the next one.
const spillFolder = ".spill"

// spill is the files of one reader. It implements rows.Disk.
type spill struct {
	storage Storage
	reader  int
}

func (s spill) name(run int) string {
	return fmt.Sprintf("%s/reader-%d-run-%d", spillFolder, s.reader, run)
}

// Create starts a file.
func (s spill) Create(run int) (io.WriteCloser, error) {
	return createTemporary(s.storage, s.name(run))
}

// Open opens a file that is complete.
func (s spill) Open(run int) (rows.DiskRun, error) { return s.storage.Open(s.name(run)) }
