package run

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers"
	"regul/readers/table"
)

// CorrectSettings are what an operator asks who sends in corrected rows.
type CorrectSettings struct {
	Settings // as for a run; the inputs are those of the batch but for the revenue
	Batch    string
	Search   []string // folders in which to look for inputs that are no longer where they were
	Revenue  []string // the corrected rows
}

// Correct settles the corrected rows of what a batch rejected, on the other inputs of that batch, and publishes them as a
// batch of its own. A row closes the reject that its columns source and row name, as the export of the rejects has them.
func Correct(ctx context.Context, s *CorrectSettings, log *slog.Logger, progress jobs.Progress) (*Result, error) {
	m, err := batch.Find(storage.Directory(s.Out), s.Batch)
	if err != nil {
		return nil, err
	}
	run := s.Settings
	if run.Inputs, err = recorded(m, s.Search, pipeline.Revenue.String()); err != nil {
		return nil, err
	}
	run.Inputs[pipeline.Revenue.String()] = s.Revenue
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
	for _, path := range o.Inputs[pipeline.Revenue] {
		if o.Corrects.Rows, err = appendPlaces(o.Corrects.Rows, path, log); err != nil {
			return nil, err
		}
	}
	return Run(ctx, o)
}

// appendPlaces reads which rejects the rows of a file correct; none where it has no such columns.
func appendPlaces(places []batch.RejectPlace, path string, log *slog.Logger) ([]batch.RejectPlace, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, jobs.UsageError("the revenue file %s can't be opened: %w", path, jobs.Cause(err))
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	f := &readers.File{Input: pipeline.Revenue, Name: path, Content: file, Size: info.Size()}
	err = readers.Cells(f, []table.Column{{Name: "source", Kind: table.Text}, {Name: "row", Kind: table.Integer}}, func(b *table.Block) error {
		for row := range b.Rows {
			if b.Columns[0].States[row] == table.Value && b.Columns[1].States[row] == table.Value {
				places = append(places, batch.RejectPlace{Source: string(b.Columns[0].Texts[row]), Row: b.Columns[1].Ints[row]})
			}
		}
		return nil
	})
	if err != nil {
		log.Warn("the rows do not say which rejects they correct: the columns source and row of the exported rejects do", "file", filepath.Base(path))
	}
	return places, nil
}
