package ledger

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/kept"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
	"regul/writers/tables"
)

// glimpseTable is a few columns of the settled years: what a look needs, see pipeline.Glimpse.
var glimpseTable = &tableOf[pipeline.Glimpse]{settledName(batch.RunJob), partsOf(tables.RegularisationsTable), always(glimpseFields),
	func(at int, _ *batch.Manifest) func(*pipeline.Scatter, *pipeline.Glimpse) {
		return func(s *pipeline.Scatter, g *pipeline.Glimpse) {
			g.Batch = int32(at)
			s.Glimpse(g)
		}
	}}

var glimpseFields = batch.Fields[pipeline.Glimpse]{
	batch.NISSField(func(g *pipeline.Glimpse) *pipeline.NISS { return &g.NISS }),
	batch.WholeField("contribution_year", func(g *pipeline.Glimpse) *int16 { return &g.Year }),
	batch.WholeField("version", func(g *pipeline.Glimpse) *int32 { return &g.Version }),
	batch.DayField("communicated_on", func(g *pipeline.Glimpse) *pipeline.Date { return &g.On }),
	batch.BorrowedField("communication", func(g *pipeline.Glimpse) *[]byte { return &g.Communication }),
	batch.BorrowedField("components", func(g *pipeline.Glimpse) *[]byte { return &g.Components }).AddedLater(),
	batch.AmountField("net_income", func(g *pipeline.Glimpse) *money.Cents { return &g.Income }),
	batch.CodeField("dossier", func(g *pipeline.Glimpse, text []byte) bool { g.Dossier, _ = pipeline.ParseDossier(text); return true }),
}

// Glimpses are the reads that bring what a look needs of the settled years into scatters: under which dossiers the batches settled
// everybody, and a few columns of the years of those who earn. What is kept of older batches tells the dossiers, and which batches acted
// for whom: where they did for nobody who earns, no settled year is read. It does not tell the dossier 0: with all, all years are read.
func (l *History) Glimpses(earns func(number uint64) bool, all bool) (sources []pipeline.Source) {
	if all {
		return glimpseTable.sources(l)
	}
	for _, s := range l.older().Segments {
		sources = append(sources, func(ctx context.Context, into *pipeline.Scatter) error { return l.glimpse(ctx, into, s, earns) })
	}
	return append(sources, glimpseTable.sourcesIn(l, l.apart)...)
}

// ownGlimpses is of which part of the batches of a segment their own files are read at most: of more, what is kept is read sooner.
const ownGlimpses = 4

// glimpse reads what a look needs of the batches of a segment. The holders do not tell of which batches a dossier is: where some count for
// a part of their people alone, all settled years are read.
func (l *History) glimpse(ctx context.Context, into *pipeline.Scatter, s *kept.Segment, earns func(number uint64) bool) error {
	acting := map[int]bool{}
	var err error
	told := !slices.ContainsFunc(s.Batches, (*batch.Manifest).InPart)
	if told {
		err = s.EachHolder(func(h *kept.Holder) {
			for _, number := range h.Dossiers {
				into.PriorDossier(pipeline.Dossier{Number: number}, pipeline.NISS(h.Number))
			}
			if earns(h.Number) {
				h.EachActing(func(at int) { acting[at] = true })
			}
		})
		told = !errors.Is(err, kept.ErrDamaged)
	}
	var wanted func(*pipeline.Glimpse) bool
	if told {
		if err != nil || len(acting) == 0 {
			return err
		}
		wanted = func(g *pipeline.Glimpse) bool { return earns(uint64(g.NISS)) }
		if len(acting) <= len(s.Batches)/ownGlimpses {
			if read, err := l.ownGlimpses(into, s, acting, wanted); read || err != nil {
				return err
			}
		}
	}
	takes := glimpseTable.takesOf(l, s)
	return eachWanted(l, glimpseTable, s, wanted, func(at int, g *pipeline.Glimpse) error { takes[at](into, g); return ctx.Err() })
}

// ownGlimpses takes what is wanted of some batches of a segment from their own files. Where one is damaged it takes nothing: what is kept
// of it is not.
func (l *History) ownGlimpses(into *pipeline.Scatter, s *kept.Segment, of map[int]bool, wanted func(*pipeline.Glimpse) bool) (read bool,
	err error) {
	found := make([][]pipeline.Glimpse, len(s.Batches))
	for at := range of {
		err := eachOwn(l, glimpseTable, s.Batches[at], func(g *pipeline.Glimpse) error {
			if wanted(g) {
				own := *g
				own.Communication, own.Components = slices.Clone(g.Communication), slices.Clone(g.Components)
				found[at] = append(found[at], own)
			}
			return nil
		})
		if errors.Is(err, batch.ErrNotAsPublished) || errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	for at, take := range glimpseTable.takesOf(l, s) {
		for i := range found[at] {
			take(into, &found[at][i])
		}
	}
	return true, nil
}

// Waiting are the reads that bring the revenue that waits into scatters.
func (l *History) Waiting() []pipeline.Source { return l.waitingSources() }

// Settled are the reads that bring what the batches settled and ordered into scatters: Sources without what waits and what was withdrawn.
func (l *History) Settled(p *pipeline.Parameters) []pipeline.Source {
	return l.sourcesOf(peopleTables(p))
}

// SettledOf is Settled of some people: of the batches alone that settled or ordered something of them, as far as what is kept tells it.
// Where these are so many that what is kept of all is read sooner, there are no reads.
func (l *History) SettledOf(p *pipeline.Parameters, whose func(number uint64) bool) (sources []pipeline.Source, err error) {
	holds, err := l.holding(whose, (*kept.Holder).EachActing)
	if err != nil {
		return nil, err
	}
	held := 0
	for _, m := range l.Batches {
		if holds(m) {
			held++
		}
	}
	if held > len(l.Batches)/2 {
		return nil, nil
	}
	for _, t := range peopleTables(p) {
		sources = append(sources, t.sourcesIn(l, holds)...)
	}
	return sources, nil
}

// Look says whether a night may look before it reads the ledger: no affiliate of a withdrawn batch is still to be told. held are the
// national numbers of those of whom a refund is held: a look must know everything of them.
func (l *History) Look() (may bool, held map[pipeline.NISS]bool, err error) {
	if len(l.Batches) == 0 || len(l.open) > 0 {
		return false, nil, nil
	}
	held, err = l.heldRefunds()
	return err == nil, held, err
}

// heldRefund names a refund that a batch held. The dossier keeps when the national number changes.
type heldRefund struct {
	Batch, Whose string
	Year         int64
	Amount       money.Cents
}

// heldRefunds are the national numbers, as they were then, of the people of whom a refund is held that no later batch has sent.
func (l *History) heldRefunds() (map[pipeline.NISS]bool, error) {
	held := map[heldRefund][]pipeline.NISS{}
	for _, m := range l.Batches {
		if err := l.countHeld(m, held); err != nil {
			return nil, err
		}
	}
	whose := map[pipeline.NISS]bool{}
	for _, numbers := range held {
		for _, n := range numbers {
			whose[n] = true
		}
	}
	return whose, nil
}

// countHeld counts the refunds that a batch held, by whose they are, and takes those off that it sent.
func (l *History) countHeld(m *batch.Manifest, held map[heldRefund][]pipeline.NISS) error {
	index := payments.PeopleIndex
	type row struct {
		heldRefund
		number       pipeline.NISS
		kind, reason string
	}
	fields := batch.Fields[row]{
		batch.NISSField(func(r *row) *pipeline.NISS { return &r.number }),
		batch.TextField("dossier", func(r *row) *string { return &r.Whose }),
		batch.WholeField("contribution_year", func(r *row) *int64 { return &r.Year }),
		batch.AmountField("amount", func(r *row) *money.Cents { return &r.Amount }),
		batch.TextField("kind", func(r *row) *string { return &r.kind }),
		batch.TextField("reason", func(r *row) *string { return &r.reason }),
	}
	if len(m.Held) > 0 {
		err := fields.Each(l.Storage, m, m.File(index.File), func(r *row) error {
			if r.kind == payments.Refund.String() && m.WaitsFor(r.reason) != nil {
				r.Batch, r.Whose = m.Batch, strings.TrimLeft(r.Whose, "0")
				held[r.heldRefund] = append(held[r.heldRefund], r.number)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	fields = append(slices.Clone(fields), batch.TextField("held_in", func(r *row) *string { return &r.Batch }))
	return fields.Each(l.Storage, m, m.File(index.Freed), func(r *row) error {
		r.Whose = strings.TrimLeft(r.Whose, "0")
		if left := len(held[r.heldRefund]) - 1; left > 0 {
			held[r.heldRefund] = held[r.heldRefund][:left]
		} else {
			delete(held, r.heldRefund)
		}
		return nil
	})
}
