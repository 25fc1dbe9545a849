package whatif

import (
	"regul/pipeline"
	"regul/writers/report"
)

// Effect is what a reform changes for some regularisations.
type Effect = report.Effect

// effectOf is what changes between two settlements of one year.
func effectOf(before, after *pipeline.Regularisation) Effect {
	e := Effect{Rows: 1, Definitive: after.Definitive - before.Definitive, Fee: after.Fee - before.Fee, ToPay: after.ToPay - before.ToPay,
		Refund: after.Refund - before.Refund, Surcharge: after.Surcharge - before.Surcharge, Claim: after.Claim() - before.Claim(),
		Payout: after.Payout() - before.Payout()}
	switch {
	case e.Definitive < 0:
		e.Winners, e.Won = 1, -e.Definitive
	case e.Definitive > 0:
		e.Losers, e.Lost = 1, e.Definitive
	default:
		e.Unchanged = 1
	}
	return e
}
