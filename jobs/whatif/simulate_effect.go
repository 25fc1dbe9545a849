package whatif

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// Effect is what a reform changes for some regularisations.
type Effect struct {
	Name      string      `json:"name"`
	Rows      int64       `json:"rows"`
	Winners   int64       `json:"winners"` // pay less
	Losers    int64       `json:"losers"`  // pay more
	Unchanged int64       `json:"unchanged"`
	Won       money.Cents `json:"won"`  // by the winners
	Lost      money.Cents `json:"lost"` // by the losers

	Incomes [2]money.Cents `json:"incomes,omitzero"` // the lowest and the highest annual income, of a decile

	Definitive money.Cents `json:"definitive"` // differences
	Fee        money.Cents `json:"fee"`
	ToPay      money.Cents `json:"to_pay"`
	Refund     money.Cents `json:"refund"`
	Surcharge  money.Cents `json:"surcharge"`
	Claim      money.Cents `json:"claim"`
	Payout     money.Cents `json:"payout"`
}

func (e *Effect) add(o *Effect) {
	e.Rows += o.Rows
	e.Winners += o.Winners
	e.Losers += o.Losers
	e.Unchanged += o.Unchanged
	e.Won += o.Won
	e.Lost += o.Lost
	e.Definitive += o.Definitive
	e.Fee += o.Fee
	e.ToPay += o.ToPay
	e.Refund += o.Refund
	e.Surcharge += o.Surcharge
	e.Claim += o.Claim
	e.Payout += o.Payout
}

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
