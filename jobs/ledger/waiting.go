package ledger

import (
	"context"
	"fmt"
	"math"
	"path"
	"slices"
	"sync"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// Communications that time, the register or the operator can make good wait in the batch that rejected them: in its rejects as CSV, which
// hold the rows in the columns of the revenue. Each run tries them again, also when their file is gone.
//
// One that a later batch found contradicted waits no longer: of two amounts nobody knows which is right, whether they come in one night or
// in two. What then comes again is settled.

// rejectedRevenue is the path of the rejected rows of the revenue in a batch.
var rejectedRevenue = path.Join(tables.RejectsTable, pipeline.Revenue.String()+".csv")

// holdsWaiting says whether a batch rejected revenue that waits.
func holdsWaiting(m *batch.Manifest) bool {
	return slices.ContainsFunc(pipeline.CodeNames(), func(name string) bool { return heals(name) && m.Rejects[name] > 0 }) &&
		fileOf(m, rejectedRevenue) != nil
}

// holdsContradicted says whether a batch rejected a row of the revenue that contradicts another one.
func holdsContradicted(m *batch.Manifest) bool {
	return m.Rejects[pipeline.Duplicate.String()] > 0 && fileOf(m, rejectedRevenue) != nil
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

// waitingTable is the revenue that batches rejected, as far as some of it waits, or contradicts what does.
var waitingTable = &tableOf[rejected]{name: "rejected_revenue", fields: always(waitingFields),
	files: func(m *batch.Manifest) []*batch.ManifestFile {
		if !holdsWaiting(m) && !holdsContradicted(m) {
			return nil
		}
		return m.File(rejectedRevenue)
	}}

// waitingSources are the reads that bring the revenue that waits into scatters. A communication of which a row could not be read does not
// wait: it must come again whole.
func (l *History) waitingSources() (sources []pipeline.Source) {
	over := sync.OnceValues(l.waitOver)
	source := func(each func(visit func(*batch.Manifest, *rejected) error) error) {
		sources = append(sources, func(_ context.Context, into *pipeline.Scatter) error {
			over, err := over()
			if err != nil {
				return err
			}
			return over.thatWait(each, func(_ *batch.Manifest, r *rejected) { into.Waiting(&r.Component) })
		})
	}
	for _, s := range l.older().Segments {
		source(func(visit func(*batch.Manifest, *rejected) error) error {
			return eachKept(l, waitingTable, s, func(at int, r *rejected) error { return visit(s.Batches[at], r) })
		})
	}
	for _, m := range l.Batches {
		if l.older().Of(m) == nil && holdsWaiting(m) {
			source(func(visit func(*batch.Manifest, *rejected) error) error {
				return eachOwn(l, waitingTable, m, func(r *rejected) error { return visit(m, r) })
			})
		}
	}
	return sources
}

// WaitingPlaces are the rows of the revenue that wait, by the name of their batch: each run tries them again.
func (l *History) WaitingPlaces() (map[string]map[batch.RejectPlace]bool, error) {
	places := map[string]map[batch.RejectPlace]bool{}
	each := func(visit func(*batch.Manifest, *rejected) error) error { return eachRow(l, waitingTable, visit) }
	over, err := l.waitOver()
	if err != nil {
		return nil, err
	}
	return places, over.thatWait(each, func(m *batch.Manifest, r *rejected) {
		if places[m.Batch] == nil {
			places[m.Batch] = map[batch.RejectPlace]bool{}
		}
		places[m.Batch][r.place] = true
	})
}

// waitOver says which rejected rows wait no longer.
type waitOver struct {
	corrected    corrections           // those that were sent in corrected since
	contradicted map[communication]int // the position in the ledger of the last batch that found it so, from 1 on
	position     map[string]int        // of each batch, from 1 on
}

func (l *History) waitOver() (*waitOver, error) {
	over := &waitOver{corrected: l.correcting(), contradicted: map[communication]int{}, position: map[string]int{}}
	for i, m := range l.Batches {
		over.position[m.Batch] = i + 1
	}
	if !slices.ContainsFunc(l.Batches, holdsContradicted) {
		return over, nil
	}
	return over, eachRow(l, waitingTable, func(m *batch.Manifest, r *rejected) error {
		if r.code == pipeline.Duplicate.String() && !over.corrected.hold(m, r.place, r.NISS) {
			read := r.asFarAsRead()
			over.contradicted[read.of()] = max(over.contradicted[read.of()], over.position[m.Batch])
		}
		return nil
	})
}

// of is the communication of the row.
func (r *rejected) of() communication {
	return communication{r.NISS, r.Year, r.Component.Communication}
}

// thatWait visits the rejected rows that wait, of those that each gives batch by batch: of whole communications that heal, but not those
// that were sent in corrected, or contradicted, since.
func (o *waitOver) thatWait(each func(visit func(*batch.Manifest, *rejected) error) error, visit func(*batch.Manifest, *rejected)) error {
	var of *batch.Manifest
	var list []rejected
	end := func() {
		for _, r := range waitingOf(list) {
			if o.contradicted[r.of()] <= o.position[of.Batch] {
				visit(of, &r)
			}
		}
		list = list[:0]
	}
	err := each(func(m *batch.Manifest, r *rejected) error {
		if m != of {
			end()
			of = m
		}
		if !o.corrected.hold(m, r.place, r.NISS) {
			list = append(list, r.asFarAsRead())
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("the revenue that waits: %w", err)
	}
	end()
	return nil
}

// waitingOf are the rows of a batch's rejected ones that wait.
func waitingOf(list []rejected) []rejected {
	healing, torn := map[communication]bool{}, map[communication]bool{}
	for i := range list {
		switch r := &list[i]; {
		case heals(r.code):
			healing[r.of()] = true
		case r.code == pipeline.Duplicate.String():
			torn[r.of()] = true
		case r.code != pipeline.IncompleteCommunication.String():
			torn[communication{niss: r.NISS, year: r.Year}] = true
		}
	}
	return slices.DeleteFunc(list, func(r rejected) bool {
		whole := !torn[communication{niss: r.NISS}] && !torn[communication{niss: r.NISS, year: r.Year}] && !torn[r.of()]
		return !whole || !healing[r.of()]
	})
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

// corrections are the rejects for which later batches took corrected rows, by the name of their batch: and which batches those are.
type corrections map[string]map[batch.RejectPlace][]*batch.Manifest

// hold says whether a reject of somebody was corrected by a batch that counts for them.
func (c corrections) hold(m *batch.Manifest, place batch.RejectPlace, number pipeline.NISS) bool {
	return slices.ContainsFunc(c[m.Batch][place], func(by *batch.Manifest) bool { return by.CountsFor(uint64(number)) })
}

// correcting are the corrections of the batches that count.
func (l *History) correcting() corrections {
	of := corrections{}
	for _, m := range l.Batches {
		c := m.Corrects
		if c == nil {
			continue
		}
		if of[c.Batch] == nil {
			of[c.Batch] = map[batch.RejectPlace][]*batch.Manifest{}
		}
		for _, place := range c.Rows {
			of[c.Batch][place] = append(of[c.Batch][place], m)
		}
	}
	return of
}
