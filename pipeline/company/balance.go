package company

import (
	"cmp"
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// balance finds what stands between the fund and the company for a year, once the year is done: of a year that tonight or an earlier batch
// has settled. The rows of any other year are rejects, and told as such.
func (s *stage) balance(y *yearCase) {
	if y.settled == nil && len(y.versions) == 0 {
		return
	}
	l := s.books.Of(y.year)
	b := pipeline.Balance{NISS: pipeline.NISS(y.number()), Dossier: y.number().Dossier(), Year: int(y.year), Known: true,
		Refunded: l.Refunded, Unseen: l.Unseen, UnseenSince: l.UnseenSince, Unclear: l.Unclear, SurchargesPaid: l.SurchargesPaid,
		Later: y.later}
	var due pipeline.Date
	if r := y.settled; r != nil {
		b.Version, b.Called, b.Paid, b.Surcharges, due = r.Version, r.Definitive, r.Paid, r.SurchargeTotal, r.Due
		payout := s.year[0].Payout()
		b.Refunded += r.Refund
		b.SurchargesPaid -= s.year[0].SurchargeRefund()
		if payout > 0 {
			b.Unseen, b.UnseenSince = b.Unseen+payout, cmp.Or(b.UnseenSince, r.NotifiedOn)
		}
	} else {
		last := &y.versions[len(y.versions)-1]
		b.Called, due = last.Definitive, last.Due
		for i := range y.versions {
			b.Surcharges += y.versions[i].Surcharge
		}
		b.SurchargeCredit = max(0, s.paidOfSurcharge(y.year)-b.Surcharges)
		switch {
		case y.says:
			b.Paid = y.paid
		case !last.Recorded: // by a program that recorded no balances
			b.Paid = last.Paid
		default:
			if !s.hasNews(y.year) {
				s.stands(y.year)
				return
			}
			s.goesOn(&b, y)
		}
	}
	paid := b.Paid - b.Refunded
	if b.Open, b.Credit = max(0, b.Called-paid), max(0, paid-b.Called); b.Open > 0 {
		b.OldestDue = due
	}
	s.balanced = append(s.balanced, b)
}

// number is the company's, of a year that tonight or an earlier batch has settled.
func (y *yearCase) number() Number {
	if y.settled != nil {
		return y.settled.Number
	}
	return y.versions[0].Number
}

// stands lets the balance of a year stand as the last batch recorded it, if it did: there was nothing to tell else.
func (s *stage) stands(year int16) {
	for i := range s.recorded {
		if b := s.recorded[i].Balance; b.Year == int(year) {
			s.balanced = append(s.balanced, b)
		}
	}
}

// goesOn completes a balance of which the bank alone says something tonight: what the payments showed stands as it was recorded.
func (s *stage) goesOn(b *pipeline.Balance, y *yearCase) {
	recorded := pipeline.Balance{Paid: b.Called + refundedBy(y.versions)} // where nothing was to tell
	if at := slices.IndexFunc(s.recorded, func(r Recorded) bool { return r.Year == b.Year }); at >= 0 {
		recorded = s.recorded[at].Balance
	}
	b.Paid, b.Unclear, b.Later = recorded.Paid, recorded.Unclear, recorded.Later
	b.SurchargesPaid, b.SurchargeCredit = recorded.SurchargesPaid, recorded.SurchargeCredit
	if b.Unseen = min(b.Unseen, recorded.Unseen); b.Unseen == 0 {
		b.UnseenSince = 0
	}
}

// hasNews says whether the bank says something of the year that no earlier batch holds.
func (s *stage) hasNews(year int16) bool {
	return slices.ContainsFunc(pipeline.AppendNews(nil, s.ledger.Confirmations),
		func(c pipeline.ConfirmedTransfer) bool { return c.Year == year })
}

// balancesOfShard finds the balances of a shard, where nothing is settled.
func balancesOfShard(p *pipeline.Parameters, shard *rows.Shard, to pipeline.Results) {
	s := stage{parameters: p, out: to, looks: true}
	s.shard(shard)
}

// sumOf is what payments come to, in cents.
func sumOf(list []Payment) (sum money.Cents) {
	for i := range list {
		sum += list[i].Amount
	}
	return sum
}
