package pipeline

import (
	"context"
	"slices"
	"sync/atomic"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// A night with nothing new needs little of the ledger. A year is settled for a communication: nobody is settled of whom no income came, or
// waits, that is not settled already, unless a batch was withdrawn or a refund is held. And what becomes of the rows of the register, the
// account, the payments and the evidence does not depend on the ledger. So a night looks first: it takes the rows of the inputs through
// the first stage, with a glimpse of the settled years of those whose income came or waits. Of whom that says too little, the rest of the
// ledger is asked for. Where nothing is new, what the look decided is what the whole ledger would have decided; where something is, the
// look counts for nothing.

// Glimpse is what a look knows of a year that an earlier batch settled: enough to tell that a communication has come again.
type Glimpse struct {
	NISS          NISS
	Year          int16
	Version       int32
	Batch         int32 // position of its batch in the ledger
	Income        money.Cents
	On            Date    // it was communicated
	Communication []byte  // it lies in the memory of who reads it, as the next
	Components    []byte  // of it, see AppendComponents
	Dossier       Dossier // the zero value: it can't be read
}

func (g *Glimpse) encode(e *rows.Encoder) {
	e.Signed(int64(g.Year))
	e.Unsigned(uint64(g.Version))
	e.Unsigned(uint64(g.Batch))
	e.Signed(int64(g.Income))
	e.Signed(int64(g.On))
	for _, text := range [][]byte{g.Communication, g.Components} {
		e.Unsigned(uint64(len(text)))
		e.Bytes = append(e.Bytes, text...)
	}
}

// decodeGlimpse reads it back as the year of which it is all that is known.
func decodeGlimpse(p *PriorYear, d *rows.Decoder) {
	*p = PriorYear{NISS: NISS(d.Number()), Year: int16(d.Signed()), Version: int32(d.Unsigned()), Batch: int32(d.Unsigned()),
		Income: money.Cents(d.Signed()), CommunicatedOn: Date(d.Signed()), Communication: d.Text(), Components: d.Text()}
}

// Glimpse takes what a look knows of a settled year.
func (s *Scatter) Glimpse(g *Glimpse) {
	file(s, glimpseRows, &g.NISS, g.encode)
	if g.Dossier != (Dossier{}) {
		s.PriorDossier(g.Dossier, g.NISS)
	}
}

// Earners are those of whom a row of the revenue came, or waits: of whom a look takes glimpses.
func Earners(scatters []*Scatter) map[NISS]bool {
	all := map[NISS]bool{}
	for _, s := range scatters {
		for _, n := range s.earners {
			all[n] = true
		}
	}
	return all
}

// ZeroDossier says whether the dossier of somebody of the register is 0.
func ZeroDossier(scatters []*Scatter) bool {
	return slices.ContainsFunc(scatters, func(s *Scatter) bool {
		return slices.ContainsFunc(s.names.registered, func(word uint64) bool { return word>>nissBits == 0 })
	})
}

// Look is what a night decides where nothing is new. Decisions holds where nobody is asked for.
type Look struct {
	Decisions
	People int64  // of whom there is a row
	Asked  []NISS // of whom the whole ledger must be read before anything is certain, ascending
}

// Looking is what a look goes by.
type Looking struct {
	Parameters Parameters
	Workers    int
	Whole      map[NISS]bool          // of whom the plan holds all rows of the ledger
	Again      bool                   // those alone are looked at: the others were
	IsNews     func(*Settlement) bool // says whether a settlement is; several goroutines ask
	Done       func(*Decisions)       // is called as by Subject.Run
}

// LookAt looks through the shards of a plan that holds the rows of the inputs, glimpses, and of some people all rows of the ledger. It is
// nil where there is something new. What it decided leaves those out who are asked for.
func LookAt(ctx context.Context, plan *rows.Plan, l *Looking) (*Look, error) {
	var news atomic.Bool
	looks := make([]Look, plan.Shards())
	err := eachShard(ctx, plan, l.Workers, func() *Looking { return l }, func(_ *Looking, shard *rows.Shard) error {
		if !news.Load() {
			looks[shard.Number] = l.at(shard, &newsSink{l.IsNews, &news})
			l.Done(&looks[shard.Number].Decisions)
		}
		return nil
	})
	if err != nil || news.Load() {
		return nil, err
	}
	all := &Look{}
	for i := range looks {
		all.Add(&looks[i].Decisions)
		all.People += looks[i].People
		all.Asked = append(all.Asked, looks[i].Asked...)
	}
	return all, nil
}

// newsSink takes what is settled of those of whom the whole ledger is known.
type newsSink struct {
	is    func(*Settlement) bool
	found *atomic.Bool
}

// Balances are not needed.
func (s *newsSink) Balances([]Balance) {}

// Settlement notes whether it is news.
func (s *newsSink) Settlement(settled *Settlement) {
	if s.is(settled) {
		s.found.Store(true)
	}
}

// at looks at the people of a shard.
func (l *Looking) at(shard *rows.Shard, sink *newsSink) (seen Look) {
	match := matcher{parameters: l.Parameters}
	settle := newSettler(l.Parameters, sink)
	eachCase(shard, func(c *Case) {
		seen.People++
		switch {
		case sink.found.Load():
		case l.Whole[c.NISS]:
			settle.settle(match.matchAndQualify(c))
		case l.Again:
		default:
			fates, waiting, rejects := match.fates, match.waiting, len(match.rejects)
			switch claims, certain := match.glance(c); {
			case claims: // or so it seems: the whole ledger will say
				sink.found.Store(true)
			case !certain:
				seen.Asked = append(seen.Asked, c.NISS)
				match.fates, match.waiting, match.rejects = fates, waiting, match.rejects[:rejects]
			}
		}
	})
	seen.Decisions = Decisions{Fates: match.fates, Waiting: match.waiting, Rejects: match.rejects}
	return seen
}

// glance matches a case of which the ledger gave glimpses at most. claims: there is a year to settle. certain: what became of its rows is
// what the whole ledger would have said.
func (m *matcher) glance(c *Case) (claims, certain bool) {
	c.PriorYears = c.Glimpses
	m.glanced, m.unsure = c, false
	matched := m.match(c)
	m.glanced = nil
	return slices.ContainsFunc(matched.Years, func(y MatchedYear) bool { return y.Claim != nil }), !m.unsure
}

// glanceAt notes whether what became of a row of the revenue may depend on more of the ledger than glimpses. It does not where a settled
// communication has come again. Nor in a year that no batch settled and that can't be settled whatever the ledger says: since
// of the day, or of the account, which is not there or broken. It may where the year is not settled but could be.
func (m *matcher) glanceAt(r *Component, fate rows.Fate) {
	if fate == rows.AlreadySettled || fate == rows.Repeated || len(m.glanced.Glimpses) == 0 {
		return
	}
	known := slices.ContainsFunc(m.glanced.Glimpses, func(p PriorYear) bool { return p.Year == r.Year })
	code, _ := m.checkCalendar(m.glanced, r.Year)
	if known || code == Accepted && len(m.quartersOf(r.Year)) > 0 && !m.brokenAccount.has(r.Year) {
		m.unsure = true
	}
}
