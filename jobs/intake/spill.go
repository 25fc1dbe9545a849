package intake

import (
	"fmt"
	"io"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline/rows"
)

// SpillFolder is where rows wait for which there is no memory. It is removed at the end of a run, or by the next one.
const SpillFolder = ".spill"

// Spill is the files of one reader. It implements rows.Disk.
type Spill struct {
	Storage storage.Storage
	Reader  int
}

func (s Spill) name(run int) string {
	return fmt.Sprintf("%s/reader-%d-run-%d", SpillFolder, s.Reader, run)
}

// Create starts a file.
func (s Spill) Create(run int) (io.WriteCloser, error) {
	return batch.CreateTemporary(s.Storage, s.name(run))
}

// Open opens a file that is complete.
func (s Spill) Open(run int) (rows.DiskRun, error) { return s.Storage.Open(s.name(run)) }
