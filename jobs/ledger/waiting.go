package ledger

import (
	"context"
	"fmt"
	"path"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/tables"
)

// Communications that time, the register or the operator can make good wait in the batch that rejected them: in its rejects as CSV, which
// hold the rows in the columns of the revenue. Each run tries them again, also when their file is gone.

// rejectedRevenue is the path of the rejected rows of the revenue in a batch.
var rejectedRevenue = path.Join(tables.RejectsTable, pipeline.Revenue.String()+".csv")

// holdsWaiting says whether a batch rejected revenue that waits.
func holdsWaiting(m *batch.Manifest) bool {
	return slices.ContainsFunc(pipeline.CodeNames(), func(name string) bool { return heals(name) && m.Rejects[name] > 0 }) &&
		fileOf(m, rejectedRevenue) != nil
}

func heals(code string) bool { return pipeline.CodeOf(code).Heals() }

func fileOf(m *batch.Manifest, path string) *batch.ManifestFile {
	if i := slices.IndexFunc(m.Files, func(f batch.ManifestFile) bool { return f.Path == path }); i >= 0 {
		return &m.Files[i]
	}
	return nil
}

// waitingColumns are those of the revenue, and what the rejects add.
var waitingColumns = []table.Column{
	{Name: "niss", Kind: table.Text, Digits: 11}, {Name: "income_year", Kind: table.Integer}, {Name: "communication", Kind: table.Text},
	{Name: "communicated_on", Kind: table.Date}, {Name: "nature", Kind: table.Text}, {Name: "net_income", Kind: table.Amount},
	{Name: "assessment", Kind: table.Text}, {Name: "admitted_income", Kind: table.Amount, Optional: true},
	{Name: "code", Kind: table.Text}, {Name: "source", Kind: table.Text}, {Name: "row", Kind: table.Integer},
}

// rejected is one rejected row of the revenue.
type rejected struct {
	pipeline.Component
	code  string
	place batch.RejectPlace
}

// communication names the communication of a row.
type communication struct {
	niss pipeline.NISS
	year int16
	id   string
}

// waiting is the read that brings the revenue that waits in a batch into a scatter; nil if there is none. A communication of which a row
// could not be read does not wait: it must come again whole.
func (l *History) waiting(m *batch.Manifest) pipeline.Source {
	if !holdsWaiting(m) {
		return nil
	}
	return func(_ context.Context, into *pipeline.Scatter) error {
		list, err := l.thatWait(m)
		for i := range list {
			into.Waiting(&list[i].Component)
		}
		return err
	}
}

// WaitingPlaces are the rows of the revenue that wait in a batch: each run tries them again.
func (l *History) WaitingPlaces(m *batch.Manifest) (map[batch.RejectPlace]bool, error) {
	places := map[batch.RejectPlace]bool{}
	if !holdsWaiting(m) {
		return places, nil
	}
	list, err := l.thatWait(m)
	for i := range list {
		places[list[i].place] = true
	}
	return places, err
}

// thatWait are the rejected rows of a batch that wait: of whole communications that heal.
func (l *History) thatWait(m *batch.Manifest) ([]rejected, error) {
	list, err := l.rejectedRevenue(m)
	if err != nil {
		return nil, err
	}
	healing, torn := map[communication]bool{}, map[communication]bool{}
	for i := range list {
		switch r := &list[i]; {
		case heals(r.code):
			healing[communication{r.NISS, r.Year, r.Component.Communication}] = true
		case r.code != pipeline.IncompleteCommunication.String():
			torn[communication{niss: r.NISS, year: r.Year}] = true
		}
	}
	return slices.DeleteFunc(list, func(r rejected) bool {
		whole := !torn[communication{niss: r.NISS}] && !torn[communication{niss: r.NISS, year: r.Year}]
		return !whole || !healing[communication{r.NISS, r.Year, r.Component.Communication}]
	}), nil
}

// rejectedRevenue reads the rows of the revenue that a batch rejected, except those that were sent in corrected since.
func (l *History) rejectedRevenue(m *batch.Manifest) (list []rejected, err error) {
	at := fileOf(m, rejectedRevenue)
	file, err := batch.OpenVerified(l.Storage, m, at)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	corrected := l.corrected(m)
	f := &readers.File{Input: pipeline.Revenue, Name: m.Folder() + "/" + at.Path, Content: file, Size: at.Size}
	err = readers.Cells(f, waitingColumns, func(b *table.Block) error {
		for row := range b.Rows {
			place := batch.RejectPlace{Source: b.Columns[9].Text(row), Row: b.Columns[10].Int(row)}
			if corrected[place] {
				continue
			}
			r := rejectedAt(b, row)
			r.place = place
			list = append(list, r)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the revenue that waits: %w", err)
	}
	return list, nil
}

// rejectedAt reads a row as far as it can be read. Year is 0 where it has none, and in a bad row: there its columns may be shifted.
func rejectedAt(b *table.Block, row int) rejected {
	r := rejected{code: b.Columns[8].Text(row)}
	niss, ok := pipeline.ParseNISS([]byte(b.Columns[0].Text(row)))
	nature := slices.Index(pipeline.Natures(), b.Columns[4].Text(row))
	for i := range 6 {
		ok = ok && b.Columns[i].Is(row)
	}
	r.NISS = niss
	if year := b.Columns[1].Int(row); r.code != pipeline.BadRow.String() && b.Columns[1].Is(row) && year >= pipeline.FirstYear && year <= pipeline.LastYear {
		r.Year = int16(year)
	}
	if !ok || nature <= 0 || r.Year == 0 {
		return r
	}
	r.Component = pipeline.Component{
		NISS: niss, Year: int16(b.Columns[1].Int(row)), Communication: b.Columns[2].Text(row),
		CommunicatedOn: pipeline.Date(b.Columns[3].Int(row)), Nature: pipeline.Nature(nature), Assessment: b.Columns[6].Text(row),
		Income: money.Cents(b.Columns[5].Int(row)),
	}
	if b.Columns[7].Is(row) {
		r.Contested, r.Admitted = true, money.Cents(b.Columns[7].Int(row))
	}
	return r
}

// corrected are the rejects of a batch for which later batches took corrected rows.
func (l *History) corrected(m *batch.Manifest) map[batch.RejectPlace]bool {
	places := map[batch.RejectPlace]bool{}
	take := func(c *batch.Correction) {
		if c != nil && c.Batch == m.Batch {
			for _, place := range c.Rows {
				places[place] = true
			}
		}
	}
	for _, later := range l.Batches {
		take(later.Corrects)
	}
	return places
}
