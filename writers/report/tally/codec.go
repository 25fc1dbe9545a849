package tally

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Encode writes what was counted of the shards that are closed, and Add adds what it has written.
func (g *Gatherer) Encode(e *rows.Encoder) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.all.each(func(n *int64) { e.Signed(*n) })
	e.Signed(int64(g.all.late.Oldest))
	for _, l := range []*largest{&g.all.claims, &g.all.payouts} {
		e.Unsigned(uint64(l.size))
		for i := range l.kept[:l.size] {
			l.kept[i].encode(e)
		}
	}
}

func (g *Gatherer) Add(d *rows.Decoder) {
	t := newTally(len(g.codes))
	t.each(func(n *int64) { *n = d.Signed() })
	t.late.Oldest = int32(d.Signed())
	for _, l := range []*largest{&t.claims, &t.payouts} {
		for range d.Unsigned() {
			var large Large
			large.decode(d)
			l.insert(large)
		}
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.all.add(t)
}

func (l *Large) encode(e *rows.Encoder) {
	e.Signed(int64(l.Amount))
	e.Unsigned(uint64(l.Dossier.Number))
	e.Unsigned(uint64(l.Dossier.Shift))
	e.Unsigned(uint64(l.Dossier.Digits))
	e.Signed(int64(l.Year))
	e.Signed(int64(l.Version))
	e.Unsigned(uint64(l.Outcome))
}

func (l *Large) decode(d *rows.Decoder) {
	l.Amount = money.Cents(d.Signed())
	l.Dossier = pipeline.Dossier{Number: uint32(d.Unsigned()), Shift: uint8(d.Unsigned()), Digits: uint8(d.Unsigned())}
	l.Year, l.Version, l.Outcome = int(d.Signed()), int(d.Signed()), pipeline.Outcome(d.Unsigned())
}

// each visits every number that adds up, in an order that is always the same.
func (t *tally) each(visit func(*int64)) {
	for _, n := range []*int64{&t.affiliates, &t.notices, &t.withdrawn, &t.corrections.Rechecked, &t.corrections.Otherwise,
		&t.corrections.Interrupted, (*int64)(&t.corrections.Before)} {
		visit(n)
	}
	t.all.each(visit)
	for _, list := range [][]Sums{t.outcomes[:], t.categories, t.languages, t.versions[:]} {
		for i := range list {
			list[i].each(visit)
		}
	}
	for i := range t.years {
		t.years[i].each(visit)
		for j := range t.years[i].Outcomes {
			visit(&t.years[i].Outcomes[j])
		}
	}
	for _, list := range [][]Class{t.supplements[:], t.refunds[:], t.incomes[:], t.late.Ages[:]} {
		for i := range list {
			list[i].each(visit)
		}
	}
	t.late.OnTime.each(visit)
}

func (s *Sums) each(visit func(*int64)) {
	visit(&s.Rows)
	for _, amount := range []*money.Cents{&s.Definitive, &s.Called, &s.ToPay, &s.Cancelled, &s.Refund, &s.Offsets, &s.Surcharge, &s.Arrears,
		&s.Claim, &s.Payout} {
		visit((*int64)(amount))
	}
}

func (c *Class) each(visit func(*int64)) {
	visit(&c.Rows)
	visit((*int64)(&c.Amount))
}
