package jobs

import (
	"fmt"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// ledger is the history of the fund: its published batches.
type ledger struct {
	storage Storage
	batches []*Manifest
}

// openLedger lists the batches that count.
func openLedger(storage Storage) (*ledger, error) {
	batches, err := Batches(storage)
	if err != nil {
		return nil, err
	}
	l := &ledger{storage, batches}
	names := l.names()
	for _, m := range batches {
		for _, earlier := range m.Ledger {
			if !slices.Contains(names, earlier) {
				return nil, fmt.Errorf("%s builds on %s%s, which is gone: restore it from a copy, or its affiliates would be billed anew", m.Folder(), batchPrefix, earlier)
			}
		}
	}
	return l, nil
}

// names lists the batches, for the identity of the next one.
func (l *ledger) names() []string {
	names := []string{}
	for _, m := range l.batches {
		names = append(names, m.Batch)
	}
	return names
}

// The columns that the ledger needs of the tables.
var (
	priorYearColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
		{Name: "communication", Kind: table.Text}, {Name: "communicated_on", Kind: table.Date}, {Name: "net_income", Kind: table.Amount},
		{Name: "surcharge", Kind: table.Amount}, {Name: "notified_on", Kind: table.Date},
	}
	priorQuarterColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
		{Name: "quarter", Kind: table.Integer}, {Name: "definitive", Kind: table.Amount}, {Name: "fee", Kind: table.Amount},
	}
)

// tasks are the reads that bring the ledger into scatters, one for each file.
func (l *ledger) tasks() []task {
	var tasks []task
	for _, m := range l.batches {
		for i := range m.Files {
			f := &m.Files[i]
			switch name, _, _ := strings.Cut(f.Path, "/"); name {
			case tables.RegularisationsTable:
				tasks = append(tasks, l.task(m, f, priorYearColumns, takePriorYear))
			case tables.QuartersTable:
				tasks = append(tasks, l.task(m, f, priorQuarterColumns, takePriorQuarter))
			}
		}
	}
	return tasks
}

func (l *ledger) task(m *Manifest, f *ManifestFile, columns []table.Column, take func(*table.Block, int, pipeline.NISS, *pipeline.Scatter)) task {
	return func(r *reading) error {
		file, err := verified(l.storage, m, f)
		if err != nil {
			return err
		}
		defer file.Close()
		err = eachBlock(file, columns, func(b *table.Block) error {
			for row := range b.Rows {
				niss, ok := pipeline.ParseNISS(b.Columns[0].Texts[row])
				if !ok {
					return fmt.Errorf("row %d: no national number", b.First+int64(row))
				}
				take(b, row, niss, r.scatter)
			}
			return r.context.Err()
		})
		if err != nil {
			return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
		}
		return nil
	}
}

func takePriorYear(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	s.PriorYear(&pipeline.PriorYear{
		NISS: niss, Year: int16(b.Columns[1].Ints[row]), Version: int32(b.Columns[2].Ints[row]),
		Communication: string(b.Columns[3].Texts[row]), CommunicatedOn: pipeline.Date(b.Columns[4].Ints[row]),
		Income: money.Cents(b.Columns[5].Ints[row]), Surcharge: money.Cents(b.Columns[6].Ints[row]),
		NotifiedOn: pipeline.Date(b.Columns[7].Ints[row]),
	})
}

func takePriorQuarter(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	s.PriorQuarter(&pipeline.PriorQuarter{
		NISS: niss, Year: int16(b.Columns[1].Ints[row]), Version: int32(b.Columns[2].Ints[row]),
		Quarter: uint8(b.Columns[3].Ints[row]), Definitive: money.Cents(b.Columns[4].Ints[row]), Fee: money.Cents(b.Columns[5].Ints[row]),
	})
}

// holds reads the rejects of every batch and says which of the given ones are there already, by their key.
func (l *ledger) heldRejects() (map[string]bool, error) {
	held := map[string]bool{}
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "code", Kind: table.Text}, {Name: "content", Kind: table.Text}}
	for _, m := range l.batches {
		for i := range m.Files {
			f := &m.Files[i]
			if f.Path != tables.RejectsPart() {
				continue
			}
			file, err := verified(l.storage, m, f)
			if err != nil {
				return nil, err
			}
			err = eachBlock(file, columns, func(b *table.Block) error {
				for row := range b.Rows {
					held[rejectKey(string(b.Columns[1].Texts[row]), string(b.Columns[2].Texts[row]))] = true
				}
				return nil
			})
			file.Close()
			if err != nil {
				return nil, fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
			}
		}
	}
	return held, nil
}

// rejectKey tells rejects apart whatever file and row they came in.
func rejectKey(code, content string) string { return code + "\x00" + content }
