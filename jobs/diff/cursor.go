package diff

import (
	"regul/jobs/batch"
	"regul/jobs/storage"
)

// diffBatch is one of the batches that are compared. Its tables are as they were published.
type diffBatch struct {
	storage  storage.Storage
	manifest *batch.Manifest
}

// openDiff finds a batch and checks the tables that are read by their digests.
func openDiff(side *Side) (*diffBatch, error) {
	folder, err := batch.FolderOf(side.Out, side.Batch)
	if err != nil {
		return nil, err
	}
	m, err := batch.ReadManifest(side.Out, folder)
	if err != nil {
		return nil, err
	}
	of := subjectOf(m)
	for _, f := range append(m.Parts(of.about.Settled), m.Parts(of.parts)...) {
		file, err := batch.OpenVerified(side.Out, m, f)
		if err != nil {
			return nil, err
		}
		file.Close()
	}
	return &diffBatch{side.Out, m}, nil
}

// cursor goes through a table of a year.
func (b *diffBatch) cursor(name string, year int, columns batch.Fields[comparedRow]) *batch.Cursor[comparedRow] {
	return columns.Cursor(b.storage, b.manifest, b.manifest.PartsOf(name, year))
}
