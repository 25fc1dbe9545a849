package pipeline

import (
	"cmp"
	"context"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Balance is what stands between the fund and an affiliate or a company for a year, once a batch has done its work. Amounts in cents, with
// the fee. P of the year is Paid - Refunded + Offsets.
type Balance struct {
	NISS    NISS // of a company its enterprise number
	Dossier Dossier
	Year    int
	Version int  // of the regularisation, 0 where the batch does not settle the year
	Known   bool // the account has the year; else its money belongs nowhere

	Called         money.Cents // of all quarters
	Paid           money.Cents // contributions received, less what was taken back
	Refunded       money.Cents // ordered in all, less what came back
	Offsets        money.Cents // received less given
	Surcharges     money.Cents // of art. 11bis, claimed in all
	SurchargesPaid money.Cents // of any kind, less what was given back
	Open           money.Cents // called of the quarters that have ended, and not paid
	Credit         money.Cents // paid beyond what was called

	SurchargeCredit money.Cents // paid of a surcharge of art. 11bis beyond what is claimed, since a version lowered it

	OldestDue   Date        // the day on which the oldest part of Open fell due; 0: nothing is open
	Unseen      money.Cents // transfers that were ordered, and that the payments do not show
	UnseenSince Date        // of the oldest of them; 0: none
	Unclear     money.Cents // payments that do not count until their purpose is said
	Later       money.Cents // payments dated after the batch, which do not count yet
}

// YearLedger is what earlier batches ordered of a year, and what of it nobody has seen. Amounts in cents.
type YearLedger struct {
	Refunded           money.Cents
	Offsets            money.Cents // received less given
	Unseen             money.Cents
	UnseenSince        Date        // 0: nothing is unseen
	Unclear            money.Cents // payments that don't count until their purpose is said
	SurchargesPaid     money.Cents // of any kind, until the day of the batch, less what was given back
	LateSurchargesPaid money.Cents // of them, those that were told for late payment
	Reversed           money.Cents // of the movements, what was taken back on the day of the batch or later
}

// Orphan is a year with payments that the account does not have.
type Orphan struct {
	Year     int
	Payments []Payment // what moved, by day
	YearLedger
}

// SurchargesOpen is what was claimed of surcharges of art. 11bis and is not paid, in cents.
func (b *Balance) SurchargesOpen() money.Cents { return max(0, b.Surcharges-b.SurchargesPaid) }

// needsTelling says whether the row says something: a year that the batch does not settle is told where something is open, in credit,
// ordered and not seen, unclear, or to come.
func (b *Balance) needsTelling() bool {
	return b.Version > 0 || !b.Known || b.Open|b.Credit|b.SurchargeCredit|b.Unseen|b.Unclear|b.Later != 0
}

// balances hands the balances of an affiliate's years, once his years are settled.
func (s *settler) balances(m *Matched) {
	s.balanced = s.balanced[:0]
	settled := s.settlement.Years
	for i := range m.Years {
		y := &m.Years[i]
		b := s.balanceOf(m, y.Year, y.Payments, &y.YearLedger)
		b.Known, b.Surcharges = true, y.Prior.Surcharge
		due := money.Cents(0)
		if len(settled) > 0 && settled[0].Year == y.Year {
			r := &settled[0].Regularisation
			settled = settled[1:]
			b.Version, b.Called, b.Surcharges, due = r.Version, r.Definitive, r.SurchargeTotal, r.Definitive
			b.Refunded += r.Refund
			b.Offsets -= r.Offset
			b.SurchargesPaid -= r.SurchargeRefund()
			if r.Payout() > 0 {
				b.Unseen, b.UnseenSince = b.Unseen+r.Payout(), cmp.Or(b.UnseenSince, r.NotifiedOn)
			}
		} else {
			b.SurchargeCredit = max(0, y.paidOfSurcharge()-b.Surcharges)
			for q := range y.Quarters {
				called := y.Prior.Called(&y.Quarters[q])
				if b.Called += called; QuarterEnd(y.Year, int(y.Quarters[q].Quarter)) < s.parameters.AsOf {
					due += called
				}
			}
		}
		paid := b.Paid - b.Refunded + b.Offsets
		b.Open, b.Credit = max(0, due-paid), max(0, paid-b.Called)
		if b.Open > 0 {
			b.OldestDue = s.oldestDue(m, y, paid, b.Version > 0)
		}
		s.balanced = append(s.balanced, b)
	}
	for i := range m.Orphans {
		o := &m.Orphans[i]
		b := s.balanceOf(m, o.Year, o.Payments, &o.YearLedger)
		b.Credit = max(0, b.Paid-b.Refunded+b.Offsets)
		s.balanced = append(s.balanced, b)
	}
	s.voidCollections(m)
	s.balanced = append(s.balanced, m.Forgotten...)
	s.balanced = s.totals.Tell(s.out, s.balanced)
}

// Tell adds the balances of a party's years that must be told, and hands them on. It gives them.
func (t *Totals) Tell(out Results, balances []Balance) []Balance {
	told := balances[:0]
	for _, b := range balances {
		if b.needsTelling() {
			t.balance(&b)
			told = append(told, b)
		}
	}
	if len(told) > 0 {
		out.Balances(told)
	}
	return told
}

// voidCollections finds the collections of earlier batches that would collect what is not due any more: what this batch cancels, and what
// is paid or offset. Claims of this batch come after them.
func (s *settler) voidCollections(m *Matched) {
	if len(m.Pending) == 0 || len(s.settlement.Years) == 0 && !s.settlement.Notable() {
		return
	}
	for i := range s.balanced {
		b := &s.balanced[i]
		var all money.Cents
		for j := range m.Pending {
			if p := &m.Pending[j]; int(p.Year) == b.Year {
				all += p.Amount - p.Surcharge
			}
		}
		due, cancelled := min(all, b.Open), money.Cents(0)
		if r := s.settledYear(b.Year); r != nil {
			due, cancelled = min(all-r.Cancelled, b.Open-(r.ToPay-r.OffsetReceived)), r.SurchargeCancelled()
		}
		s.settlement.Void = AppendVoid(s.settlement.Void, m.Pending, int16(b.Year), due, cancelled, &s.totals.ControlTotals)
	}
}

// AppendVoid appends the collections of a year, of which some are left to make, that would collect more than what is due of their claims, or
// a surcharge that is cancelled, in cents.
func AppendVoid(void []VoidCollection, pending []PriorTransfer, year int16, due, cancelled money.Cents, t *ControlTotals) []VoidCollection {
	due = max(0, due)
	for i := range pending {
		p := &pending[i]
		if p.Year != year {
			continue
		}
		principal, lessened := p.Amount-p.Surcharge, min(cancelled, p.Surcharge)
		if principal <= due && lessened == 0 {
			due -= principal
			continue
		}
		still := min(principal, due)
		due -= still
		if cancelled -= lessened; lessened > 0 {
			still += p.Surcharge - lessened
		}
		void = append(void, VoidCollection{int(year), p.EndToEnd, p.Amount, still, p.DueOn})
		t.VoidCollections++
		t.Void += p.Amount
	}
	return void
}

// settledYear is the regularisation of a year; nil where this batch has none.
func (s *settler) settledYear(year int) *Regularisation {
	for i := range s.settlement.Years {
		if s.settlement.Years[i].Year == year {
			return &s.settlement.Years[i].Regularisation
		}
	}
	return nil
}

// balanceOf is a year with what moved on it, and what offsets of this batch bring into it.
func (s *settler) balanceOf(m *Matched, year int, payments []Payment, l *YearLedger) Balance {
	b := Balance{NISS: m.Affiliate.NISS, Dossier: m.Affiliate.Dossier, Year: year, Refunded: l.Refunded, Offsets: l.Offsets,
		Unseen: l.Unseen, UnseenSince: l.UnseenSince, Unclear: l.Unclear, SurchargesPaid: l.SurchargesPaid}
	moved := paidUpTo(payments, s.parameters.AsOf)
	b.Paid = moved + l.Refunded - l.Offsets
	for i := len(payments) - 1; i >= 0 && payments[i].PaidOn > s.parameters.AsOf; i-- {
		b.Later += payments[i].Amount
	}
	for i := range s.settlement.Offsets {
		if o := &s.settlement.Offsets[i]; o.To == year {
			b.Offsets += o.Amount
		}
	}
	return b
}

// oldestDue is the day on which the oldest amount that is not paid fell due, or falls due: payments go to the oldest debt.
func (s *settler) oldestDue(m *Matched, y *MatchedYear, paid money.Cents, settled bool) Date {
	s.debt.of(y, m.Starts, nil, Unsaid)
	if day, found := s.debt.oldest(s.parameters.AsOf, paid); found {
		return day
	}
	if settled {
		return s.dueDate
	}
	return QuarterEnd(y.Year, 4)
}

// Balances finds the balances of everybody on a day (Parameters.AsOf), shard by shard on so many workers, and settles nothing. open gives
// what takes those of a shard, by number; they are valid until it returns.
func Balances(ctx context.Context, of *Subject, plan *rows.Plan, parameters Parameters, workers int,
	open func(shard int) func([]Balance)) error {
	return eachShard(ctx, plan, workers, func() *Parameters { return &parameters }, func(p *Parameters, shard *rows.Shard) error {
		of.Balances(p, shard, balanceTaker(open(shard.Number)))
		return nil
	})
}

// balancesOfPeople finds those of a shard of the self-employed.
func balancesOfPeople(p *Parameters, shard *rows.Shard, to Results) {
	m := matcher{parameters: *p}
	s := newSettler(*p, to)
	eachCase(shard, func(c *Case) {
		matched := m.match(c)
		m.rejects = m.rejects[:0]
		for i := range matched.Years {
			matched.Years[i].Claim = nil
		}
		matched.Withdrawn, matched.Entries, matched.Held = nil, nil, nil
		s.settle(matched)
	})
}

// balanceTaker takes balances where nothing is settled.
type balanceTaker func([]Balance)

func (t balanceTaker) Balances(b []Balance) { t(b) }
func (balanceTaker) Settlement(*Settlement) {}
