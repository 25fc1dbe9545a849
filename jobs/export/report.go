package export

import (
	"errors"
	"fmt"
	"io"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/writers/report"
)

// Report is the report of a batch for readers who must not look affiliates up: without dossiers.
func Report(storage storage.Storage, name string) ([]byte, error) {
	m, err := batch.Find(storage, name)
	if err != nil {
		return nil, err
	}
	for i := range m.Files {
		if m.Files[i].Path != batch.ReportName {
			continue
		}
		file, err := batch.OpenVerified(storage, m, &m.Files[i])
		if err != nil {
			return nil, err
		}
		page, err := io.ReadAll(file)
		if err = errors.Join(err, file.Close()); err != nil {
			return nil, err
		}
		if page, err = report.Shared(page); err != nil {
			return nil, fmt.Errorf("%s/%s: %w", m.Folder(), batch.ReportName, err)
		}
		return page, nil
	}
	return nil, jobs.UsageError("%s has no report", m.Batch)
}
