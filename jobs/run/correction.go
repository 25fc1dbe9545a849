package run

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers"
)

// CorrectSettings are what an operator asks who sends in corrected rows.
type CorrectSettings struct {
	Settings  // as for a run: register, account, payments and the others are those of today
	Batch     string
	Search    []string // folders in which to look for inputs that are no longer where they were
	Corrected []string // the corrected rows: of the revenue, or of the companies
}

// Correct settles the corrected rows of what a batch rejected, on the register, the account and the payments of today, and publishes them
// as a batch of its own: what was paid since the batch counts. A row closes the reject that its columns source and row name, as the export of the rejects has them.
func Correct(ctx context.Context, s *CorrectSettings, log *slog.Logger, progress jobs.Progress) (*Result, error) {
	m, err := batch.Find(storage.Directory(s.Out), s.Batch)
	if err != nil {
		return nil, err
	}
	run := s.Settings
	run.Subject = SubjectOf(m)
	corrected := run.Subject.Main
	if run.Inputs, err = s.today(m, corrected); err != nil {
		return nil, err
	}
	run.MaxRejects = "100%" // a few rows, made by hand: none of them need hold the others up
	if run.Fee == "" && len(run.Fees) == 0 {
		if run.Fees, err = m.Fees(); err != nil {
			return nil, err
		}
	}
	o, err := run.Options()
	if err != nil {
		return nil, err
	}
	o.Log, o.Progress, o.Corrects = log, progress, &batch.Correction{Batch: m.Batch}
	for _, path := range o.Inputs[corrected] {
		if o.Corrects.Rows, err = appendPlaces(o.Corrects.Rows, corrected, path, log); err != nil {
			return nil, err
		}
	}
	return Run(ctx, o)
}

// today finds the inputs of a correction: those of the settings; where they name none, the files of the batch as they are now; a file that
// is gone, by its content.
func (s *CorrectSettings) today(m *batch.Manifest, corrected pipeline.Input) (map[string][]string, error) {
	inputs := map[string][]string{corrected.String(): s.Corrected}
	var missing []error
	for i := range m.Inputs {
		f := &m.Inputs[i]
		if f.Input == corrected.String() || len(s.Inputs[f.Input]) > 0 {
			continue
		}
		path := f.Path
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			if path, err = findRecorded(f, s.Search); err != nil {
				missing = append(missing, err)
			}
		}
		inputs[f.Input] = append(inputs[f.Input], path)
	}
	for _, input := range jobs.InputNames() {
		if input != corrected.String() && len(s.Inputs[input]) > 0 {
			inputs[input] = s.Inputs[input]
		}
	}
	if len(missing) > 0 {
		return nil, jobs.UsageError("%w", errors.Join(missing...))
	}
	return inputs, nil
}

var correctedFields = batch.Fields[batch.RejectPlace]{
	batch.TextField("source", func(p *batch.RejectPlace) *string { return &p.Source }),
	batch.WholeField("row", func(p *batch.RejectPlace) *int64 { return &p.Row }),
}

// appendPlaces reads which rejects the rows of a file correct; none where it has no such columns.
func appendPlaces(places []batch.RejectPlace, of pipeline.Input, path string, log *slog.Logger) ([]batch.RejectPlace, error) {
	file, err := storage.OpenRegular(path)
	if err != nil {
		return nil, jobs.UsageError("the %s file %s can't be opened: %w", of, path, jobs.Cause(err))
	}
	defer file.Close()
	f := &readers.File{Input: of, Name: path, Content: file, Size: file.Size()}
	err = correctedFields.EachOf(f, func(p *batch.RejectPlace) error {
		if p.Source != "" && p.Row != 0 {
			places = append(places, *p)
		}
		return nil
	})
	if err != nil {
		log.Warn("the rows do not say which rejects they correct: the columns source and row of the exported rejects do", "file", filepath.Base(path))
	}
	return places, nil
}
