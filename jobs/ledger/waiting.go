package ledger

import (
	"context"
	"fmt"
	"math"
	"path"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers"
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

// rejected is one rejected row of the revenue.
type rejected struct {
	pipeline.Component
	code    string
	place   batch.RejectPlace
	year    int64
	partial bool // it lacks what every row must have
}

// notContested stands for an admitted income that is not given, which may be any amount of a file.
const notContested = money.Cents(math.MinInt64)

// waitingFields are the columns of the revenue, and what the rejects add.
var waitingFields = func() batch.Fields[rejected] {
	partial := func(r *rejected) { r.partial = true }
	fields := batch.Fields[rejected]{
		batch.CodeField("niss", func(r *rejected, text []byte) bool {
			var ok bool
			r.NISS, ok = pipeline.ParseNISS(text)
			r.partial = r.partial || !ok
			return true
		}).OfDigits(pipeline.NISSDigits),
		batch.WholeField("income_year", func(r *rejected) *int64 { return &r.year }),
		batch.TextField("communication", func(r *rejected) *string { return &r.Component.Communication }),
		batch.DayField("communicated_on", func(r *rejected) *pipeline.Date { return &r.CommunicatedOn }),
		batch.CodeField("nature", func(r *rejected, text []byte) bool {
			nature := slices.Index(pipeline.Natures(), string(text))
			r.Nature, r.partial = pipeline.Nature(max(0, nature)), r.partial || nature <= 0
			return true
		}),
		batch.AmountField("net_income", func(r *rejected) *money.Cents { return &r.Income }),
	}
	for i := range fields {
		fields[i] = fields[i].OrElse(partial)
	}
	return append(fields,
		batch.TextField("assessment", func(r *rejected) *string { return &r.Assessment }),
		batch.AmountField("admitted_income", func(r *rejected) *money.Cents { return &r.Admitted }).
			OrElse(func(r *rejected) { r.Admitted = notContested }).AddedLater(),
		batch.TextField("code", func(r *rejected) *string { return &r.code }),
		batch.TextField("source", func(r *rejected) *string { return &r.place.Source }),
		batch.WholeField("row", func(r *rejected) *int64 { return &r.place.Row }))
}()

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
	err = waitingFields.EachOf(f, func(r *rejected) error {
		if !corrected[r.place] {
			list = append(list, r.asFarAsRead())
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the revenue that waits: %w", err)
	}
	return list, nil
}

// asFarAsRead is the row as far as it can be read. Year is 0 where it has none, and in a bad row: there its columns may be shifted.
func (r *rejected) asFarAsRead() rejected {
	read := *r
	if r.code != pipeline.BadRow.String() && r.year >= pipeline.FirstYear && r.year <= pipeline.LastYear {
		read.Year = int16(r.year)
	}
	if r.partial || read.Year == 0 {
		read.Component = pipeline.Component{NISS: r.NISS, Year: read.Year}
		return read
	}
	if read.Contested = r.Admitted != notContested; !read.Contested {
		read.Admitted = 0
	}
	return read
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
