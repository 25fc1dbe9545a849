package run

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
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
// as another batch: what was paid since the batch counts. A row closes the reject that its columns source and row name, as the export
// of the rejects has them.
func Correct(ctx context.Context, s *CorrectSettings, log *slog.Logger, progress jobs.Progress) (*Result, error) {
	store, err := storage.At(s.Out)
	if err != nil {
		return nil, jobs.UsageError("--out: %w", err)
	}
	m, err := batch.Find(store, s.Batch)
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
	inputs, err := asTheyAreNow(m, s.Search, func(input string) bool { return input != corrected.String() && len(s.Inputs[input]) == 0 })
	if err != nil {
		return nil, err
	}
	inputs[corrected.String()] = s.Corrected
	for _, input := range jobs.InputNames() {
		if input != corrected.String() && len(s.Inputs[input]) > 0 {
			inputs[input] = s.Inputs[input]
		}
	}
	return inputs, nil
}

// asTheyAreNow finds the files of the inputs of a batch that are wanted. They may hold something else today; one that is gone is found by
// its content.
func asTheyAreNow(m *batch.Manifest, search []string, wanted func(input string) bool) (map[string][]string, error) {
	inputs := map[string][]string{}
	var missing []error
	for i := range m.Inputs {
		f := &m.Inputs[i]
		if !wanted(f.Input) {
			continue
		}
		path := f.Path
		if _, err := storage.StateOf(path); err != nil {
			if path, err = findRecorded(f, search); err != nil {
				missing = append(missing, err)
			}
		}
		inputs[f.Input] = append(inputs[f.Input], path)
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

// Recorded finds the inputs but the revenue of the last batch of affiliates that counts, as the files are now: for whoever asks about
// accounts and names no more than the directory of the batches. The name of the batch is "" where there is none.
func Recorded(out storage.Storage, search []string) (of string, inputs map[string][]string, err error) {
	history, err := ledger.Open(out)
	if err != nil {
		return "", nil, err
	}
	m := history.Last()
	if m == nil {
		return "", nil, nil
	}
	inputs, err = asTheyAreNow(m, search, func(input string) bool { return input != pipeline.Revenue.String() })
	return m.Batch, inputs, err
}

// appendPlaces reads which rejects the rows of a file correct; none where it has no such columns.
func appendPlaces(places []batch.RejectPlace, of pipeline.Input, path string, log *slog.Logger) ([]batch.RejectPlace, error) {
	file, err := storage.OpenFile(path)
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
		log.Warn("the rows do not say which rejects they correct: the columns source and row of the exported rejects do", "file",
			filepath.Base(path))
	}
	return places, nil
}
