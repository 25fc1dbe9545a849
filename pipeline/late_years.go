package pipeline

import (
	"context"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// LateYear is the running state of the surcharges of an affiliate's year: those for late payment on what was called so far, by the account
// and by the published regularisations, and what they claimed for an unjustified reduction. Amounts are cents.
type LateYear struct {
	NISS      NISS
	Year      int
	Due       money.Cents // called and due up to the day, as far as it is owed
	Paid      money.Cents // up to the day
	Reduction money.Cents // surcharges of AR 38 art. 11bis that notices claimed
	Terms     []SurchargeTerm
}

// Late goes through the years of the account on a day (Parameters.AsOf), shard by shard on so many workers. open gives what takes
// the years of a shard, by national number and year; a year is valid until it returns. Years of which a row was rejected are left out.
func Late(ctx context.Context, plan *rows.Plan, parameters Parameters, workers int, open func(shard int) func(*LateYear)) error {
	type state struct {
		debt yearDebt
		year LateYear
	}
	return eachShard(ctx, plan, workers, func() *state { return &state{} }, func(s *state, shard *rows.Shard) error {
		m, visit := matcher{parameters: parameters}, open(shard.Number)
		eachCase(shard, func(c *Case) {
			matched := m.match(c)
			m.rejects = m.rejects[:0]
			for i := range matched.Years {
				y := &matched.Years[i]
				s.debt.of(y, matched.Starts, nil, Unsaid)
				s.year.of(y, &s.debt, parameters.AsOf)
				s.year.NISS = c.NISS
				visit(&s.year)
			}
		})
		return nil
	})
}

// of is the state of a year on a day.
func (l *LateYear) of(y *MatchedYear, debt *yearDebt, on Date) {
	*l = LateYear{Year: y.Year, Due: debt.due(on), Paid: paidUpTo(y.Payments, on), Reduction: y.Prior.Surcharge, Terms: l.Terms[:0]}
	debt.terms(on, func(t SurchargeTerm) { l.Terms = append(l.Terms, t) })
}
