package ask

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/readers/table"
	"regul/writers/tables"
)

// OpenRejects counts the rejects of a batch, by code, that no later batch has closed: by a corrected row, or by settling
// that affiliate's year after all.
func OpenRejects(storage storage.Storage, m *batch.Manifest) (map[string]int64, error) {
	history, err := ledger.Open(storage)
	if err != nil {
		return nil, err
	}
	corrected := map[batch.RejectPlace]bool{}
	later := slices.DeleteFunc(slices.Clone(history.Batches), func(other *batch.Manifest) bool { return !slices.Contains(other.Ledger, m.Batch) })
	for _, other := range later {
		if c := other.Corrects; c != nil && c.Batch == m.Batch {
			for _, place := range c.Rows {
				corrected[place] = true
			}
		}
	}
	open := map[affiliateYear]map[string]int64{}
	if err := eachRejectOf(storage, m, func(place batch.RejectPlace, of affiliateYear, code string) {
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

func eachRejectOf(storage storage.Storage, m *batch.Manifest, visit func(batch.RejectPlace, affiliateYear, string)) error {
	columns := []table.Column{{Name: "source", Kind: table.Text}, {Name: "row", Kind: table.Integer}, {Name: "niss", Kind: table.Text},
		{Name: "year", Kind: table.Integer}, {Name: "code", Kind: table.Text}}
	return batch.EachRow(storage, m, tables.RejectsTable, columns, func(b *table.Block, row int) {
		of := affiliateYear{niss: string(b.Columns[2].Texts[row])}
		if b.Columns[3].States[row] == table.Value {
			of.year = b.Columns[3].Ints[row]
		}
		visit(batch.RejectPlace{Source: string(b.Columns[0].Texts[row]), Row: b.Columns[1].Ints[row]}, of, string(b.Columns[4].Texts[row]))
	})
}

func eachSettled(storage storage.Storage, m *batch.Manifest, visit func(affiliateYear)) error {
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}}
	return batch.EachRow(storage, m, tables.RegularisationsTable, columns, func(b *table.Block, row int) {
		visit(affiliateYear{string(b.Columns[0].Texts[row]), b.Columns[1].Ints[row]})
	})
}
