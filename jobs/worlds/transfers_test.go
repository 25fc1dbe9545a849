package worlds_test

import (
	"slices"

	"github.com/shopspring/decimal"

	"regul/fixtures/reference"
	"regul/pipeline/money"
)

func eur(c money.Cents) decimal.Decimal { return decimal.New(int64(c), -2) }

// limitsOf are those of tonight's settings.
func limitsOf(transfer, night string) (l reference.Limits) {
	if transfer != "" {
		l.Transfer = decimal.RequireFromString(transfer)
	}
	if night != "" {
		l.Night = decimal.RequireFromString(night)
	}
	return l
}

// checkTransfers holds what leaves tonight, and what is held, against a second hand. p is nil where nothing was published.
func (w *world) checkTransfers(p *published, companies bool) {
	var refunds []reference.Refund
	var got []string
	if p != nil {
		for _, o := range p.orders {
			if o.leaves && o.held == nil {
				refunds, got = append(refunds, w.refund(o)), append(got, statusOf(o))
			}
		}
	}
	for _, o := range w.waiting(p, companies) {
		r := w.refund(o)
		r.HeldFor, r.HeldBy = o.reason, o.batch.limits.Night
		owes, asked := w.rests(o)
		r.Owes, r.Asked = eur(owes), eur(asked)
		r.Waits = !w.given(o.party) || o.party.year(o.year).bad
		fate := reference.RefundStays
		if p != nil && slices.ContainsFunc(p.orders, func(sent *order) bool { return sent.held == o }) {
			fate = reference.RefundSent
		}
		r.Seen = o.byHand || w.mayBeSeen(o) && fate == reference.RefundStays // nobody but the program can say
		refunds, got = append(refunds, r), append(got, fate)
	}
	if want := reference.Transfers(refunds, w.limits); !slices.Equal(got, want) {
		for i := range got {
			if got[i] != want[i] {
				w.fail("a refund is %s, and should be %s: %+v; the limits are %+v", got[i], want[i], refunds[i], w.limits)
			}
		}
	}
}

// statusOf is the status of a refund that the batch orders itself, or why it is held.
func statusOf(o *order) string {
	if o.status == "held" {
		return o.reason
	}
	return o.status
}

// refund is a refund as the second hand knows one.
func (w *world) refund(o *order) reference.Refund {
	return reference.Refund{Number: o.number, Year: o.year, Amount: eur(o.whole()), Hold: o.hold, Account: o.iban != ""}
}

// waiting are the refunds that earlier batches hold, and those that tonight's sends.
func (w *world) waiting(p *published, companies bool) (held []*order) {
	for _, b := range w.batches {
		for _, o := range b.orders {
			sent := p != nil && slices.ContainsFunc(p.orders, func(s *order) bool { return s.held == o })
			if b != p && b.companies == companies && o.leaves && o.status == "held" && (sent || o.byHand || !o.gone) {
				held = append(held, o)
			}
		}
	}
	return held
}

// rests is what the year of a held refund owes tonight, and what later versions asked for that nobody paid.
func (w *world) rests(o *order) (owes, asked money.Cents) {
	owes = max(0, w.before(nil, o.key).money["definitive"]-w.truly(o.key))
	for _, b := range w.batches {
		for _, claim := range b.orders {
			if claim.key != o.key || claim.leaves || !later(b, o.batch) {
				continue
			}
			asked += w.principalLeft(claim)
		}
	}
	return owes, asked
}

// later says whether a batch came after another one.
func later(b, other *published) bool { return b.night > other.night }

// mayBeSeen says whether the books hold a row, without a transaction, that may be taken for a part of a held refund.
func (w *world) mayBeSeen(o *order) bool {
	return slices.ContainsFunc(w.books, func(r *row) bool {
		return r.key == o.key && r.from <= w.night && r.endToEnd == "" &&
			(r.amount < 0 || r.purpose != "" || r.amount == o.refund || r.amount == o.whole())
	})
}
