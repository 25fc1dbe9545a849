package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"regul/pipeline"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/tables"
)

// Correction says that a batch took corrected rows of what another one had rejected.
type Correction struct {
	Batch string        `json:"batch"`
	Rows  []RejectPlace `json:"rows"` // that came corrected, as the rejects of that batch name them
}

// RejectPlace names a rejected row of a batch.
type RejectPlace struct {
	Source string `json:"source"`
	Row    int64  `json:"row"`
}

// CorrectSettings are what an operator asks who sends in corrected rows.
type CorrectSettings struct {
	RunSettings // as for a run; the inputs are those of the batch but for the revenue
	Batch       string
	Search      []string // folders in which to look for inputs that are no longer where they were
	Revenue     []string // the corrected rows
}

// Correct settles the corrected rows of what a batch rejected, on the other inputs of that batch, and publishes them as a
// batch of its own. A row closes the reject that its columns source and row name, as the export of the rejects has them.
func Correct(ctx context.Context, s *CorrectSettings, log *slog.Logger, progress Progress) (*RunResult, error) {
	m, err := Batch(Directory(s.Out), s.Batch)
	if err != nil {
		return nil, err
	}
	run := s.RunSettings
	if run.Inputs, err = recorded(m, s.Search, pipeline.Revenue.String()); err != nil {
		return nil, err
	}
	run.Inputs[pipeline.Revenue.String()] = s.Revenue
	run.MaxRejects = "100%" // a few rows, made by hand: none of them need hold the others up
	if run.Fee == "" && len(run.Fees) == 0 {
		if run.Fees, err = m.fees(); err != nil {
			return nil, err
		}
	}
	o, err := run.Options()
	if err != nil {
		return nil, err
	}
	o.Log, o.Progress, o.Corrects = log, progress, &Correction{Batch: m.Batch}
	for _, path := range o.Inputs[pipeline.Revenue] {
		if o.Corrects.Rows, err = appendPlaces(o.Corrects.Rows, path, log); err != nil {
			return nil, err
		}
	}
	return Run(ctx, o)
}

// appendPlaces reads which rejects the rows of a file correct; none where it has no such columns.
func appendPlaces(places []RejectPlace, path string, log *slog.Logger) ([]RejectPlace, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, UsageError("the revenue file %s can't be opened: %w", path, cause(err))
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
				places = append(places, RejectPlace{string(b.Columns[0].Texts[row]), b.Columns[1].Ints[row]})
			}
		}
		return nil
	})
	if err != nil {
		log.Warn("the rows do not say which rejects they correct: the columns source and row of the exported rejects do", "file", filepath.Base(path))
	}
	return places, nil
}

// OpenRejects counts the rejects of a batch, by code, that no later batch has closed: by a corrected row, or by settling
// that affiliate's year after all.
func OpenRejects(storage Storage, m *Manifest) (map[string]int64, error) {
	history, err := openLedger(storage)
	if err != nil {
		return nil, err
	}
	corrected := map[RejectPlace]bool{}
	later := slices.DeleteFunc(slices.Clone(history.batches), func(other *Manifest) bool { return !slices.Contains(other.Ledger, m.Batch) })
	for _, other := range later {
		if c := other.Corrects; c != nil && c.Batch == m.Batch {
			for _, place := range c.Rows {
				corrected[place] = true
			}
		}
	}
	open := map[affiliateYear]map[string]int64{}
	if err := eachRejectOf(storage, m, func(place RejectPlace, of affiliateYear, code string) {
		if corrected[place] {
			return
		}
		if open[of] == nil {
			open[of] = map[string]int64{}
		}
		open[of][code]++
	}); err != nil {
		return nil, err
	}
	for _, other := range later {
		if err := eachSettled(storage, other, func(of affiliateYear) { delete(open, of) }); err != nil {
			return nil, err
		}
	}
	counts := map[string]int64{}
	for _, codes := range open {
		for code, rows := range codes {
			counts[code] += rows
		}
	}
	return counts, nil
}

// affiliateYear is an affiliate's year as the tables write it; year 0 where a reject has none.
type affiliateYear struct {
	niss string
	year int64
}

func eachRejectOf(storage Storage, m *Manifest, visit func(RejectPlace, affiliateYear, string)) error {
	columns := []table.Column{{Name: "source", Kind: table.Text}, {Name: "row", Kind: table.Integer}, {Name: "niss", Kind: table.Text},
		{Name: "year", Kind: table.Integer}, {Name: "code", Kind: table.Text}}
	return eachFileOf(storage, m, tables.RejectsTable, columns, func(b *table.Block, row int) {
		of := affiliateYear{niss: string(b.Columns[2].Texts[row])}
		if b.Columns[3].States[row] == table.Value {
			of.year = b.Columns[3].Ints[row]
		}
		visit(RejectPlace{string(b.Columns[0].Texts[row]), b.Columns[1].Ints[row]}, of, string(b.Columns[4].Texts[row]))
	})
}

func eachSettled(storage Storage, m *Manifest, visit func(affiliateYear)) error {
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}}
	return eachFileOf(storage, m, tables.RegularisationsTable, columns, func(b *table.Block, row int) {
		visit(affiliateYear{string(b.Columns[0].Texts[row]), b.Columns[1].Ints[row]})
	})
}

// eachFileOf visits the rows of a table of a batch.
func eachFileOf(storage Storage, m *Manifest, name string, columns []table.Column, visit func(*table.Block, int)) error {
	for i := range m.Files {
		f := &m.Files[i]
		if !f.isPartOf(name) {
			continue
		}
		file, err := verified(storage, m, f)
		if err != nil {
			return err
		}
		err = eachBlock(file, columns, func(b *table.Block) error {
			for row := range b.Rows {
				visit(b, row)
			}
			return nil
		})
		file.Close()
		if err != nil {
			return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
		}
	}
	return nil
}
