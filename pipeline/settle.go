package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// settler is the last stage: it holds the definitive contribution against what was called and paid,
// nets the years of an affiliate against each other, and writes the rows.
type settler struct {
	parameters     Parameters
	dueDate        Date
	sevenPercentOn Date
	out            Results
	totals         Totals

	// of the present affiliate
	settlement Settlement
	party      Party
	years      []int // position in the affiliate's years of each settled year
	quarters   []QuarterResult
	terms      []SurchargeTerm
	debt       yearDebt
	arrears    []debt
	entries    []Entry
	balanced   []Balance
}

// debt is what an affiliate owes for a year, as far as refunds of other years can pay it. Cents.
type debt struct {
	year   int
	amount money.Cents
}

func newSettler(p Parameters, out Results) *settler {
	return &settler{parameters: p, out: out, dueDate: DueDate(p.AsOf), sevenPercentOn: SevenPercentOn(p.AsOf)}
}

// settle writes the rows of an affiliate's years that carry a claim.
func (s *settler) settle(m *Matched) {
	rows := s.settlement.Years[:0]
	s.settlement = Settlement{Party: &s.party, AsOf: s.parameters.AsOf, Offsets: s.settlement.Offsets[:0], Void: s.settlement.Void[:0],
		Freed: s.settlement.Freed[:0], Withdrawn: m.Withdrawn, Entries: m.Entries}
	s.years, s.quarters, s.terms, s.arrears = s.years[:0], s.quarters[:0], s.terms[:0], s.arrears[:0]
	for i := range m.Years {
		y := &m.Years[i]
		if y.Claim == nil {
			s.arrears = append(s.arrears, debt{y.Year, s.unsettledArrears(y)})
			continue
		}
		var a Assessment
		assess(y, &a)
		row := SettledYear{Regularisation: s.settleYear(m.Affiliate, y, &a), Before: y.Prior.Last}
		s.debt.of(y, m.Starts, a.Quarters[:len(y.Quarters)], a.Definitive)
		s.addQuarters(y, &row, &a)
		s.arrears = append(s.arrears, debt{y.Year, row.Arrears - row.ArrearsBarred})
		rows, s.years = append(rows, row), append(s.years, i)
	}
	s.settlement.Years = rows
	s.offset()
	s.free(m)
	if m.Affiliate != nil {
		s.party = m.Affiliate.Party()
		s.balances(m)
	} else {
		s.booksAlone()
		s.balanced = s.totals.Tell(s.out, append(s.balanced[:0], m.Forgotten...))
	}
	if len(rows)+len(s.settlement.Withdrawn)+len(s.settlement.Entries)+len(s.settlement.Freed) == 0 {
		return
	}
	s.settlement.slice(s.quarters, s.terms)
	for i := range rows {
		rows[i].LateToPay, _ = rows[i].Running()
	}
	s.count()
	s.out.Settlement(&s.settlement)
}

// booksAlone leaves of the settlement of somebody whom the register does not have what his books take back: nobody knows where to write to.
func (s *settler) booksAlone() {
	s.settlement.Withdrawn, s.settlement.Freed = nil, nil
	if entries := s.settlement.Entries; len(entries) > 0 {
		s.party = Party{Number: int64(entries[0].NISS), Digits: NISSDigits, Dossier: entries[0].Dossier}
	}
}

// addQuarters adds the quarters of a year, and the terms of its surcharge, to those of the affiliate.
func (s *settler) addQuarters(y *MatchedYear, r *SettledYear, a *Assessment) {
	for i := range y.Quarters {
		q := &y.Quarters[i]
		s.quarters = append(s.quarters, QuarterResult{
			NISS: r.NISS, Year: r.Year, Quarter: int(q.Quarter), Version: r.Version,
			Declared: q.Category, Category: y.Applied[i].Category, Reason: y.Applied[i].Reason, ToConfirm: y.Applied[i].ToConfirm,
			Standing: q.Standing, Starter: q.Starter, Contribution: a.Quarters[i], Called: y.Prior.Called(q),
			CalledFee: y.Prior.CalledFee(q, y.Claim.Fee), Article: a.Articles[i], Legal: q.LegalProvisional,
			LegalComputed: y.legalProvisional(i),
		})
	}
	if r.LegalProvisional != 0 || r.Reduced != 0 {
		surchargeTerms(y, &r.Regularisation, func(t SurchargeTerm) { s.terms = append(s.terms, t) })
	}
	s.debt.terms(s.parameters.AsOf, func(t SurchargeTerm) {
		t.NISS, t.Version = r.NISS, r.Version
		r.LateSurcharge += t.Amount
		s.terms = append(s.terms, t)
	})
}

// slice gives each year its quarters and terms of those of the affiliate, once they have stopped to grow.
func (s *Settlement) slice(quarters []QuarterResult, terms []SurchargeTerm) {
	for i := range s.Years {
		r := &s.Years[i]
		r.Quarters = run(quarters, func(q *QuarterResult) bool { return q.Year == r.Year })
		r.Terms = run(terms, func(t *SurchargeTerm) bool { return t.Year == r.Year && t.Basis == UnjustifiedReduction })
		quarters, terms = quarters[len(r.Quarters):], terms[len(r.Terms):]
		r.Late = run(terms, func(t *SurchargeTerm) bool { return t.Year == r.Year && t.Basis == LatePayment })
		terms = terms[len(r.Late):]
	}
}

// settleYear is the settlement of one year before offsets (AR 38 art. 11 §5 and 15, RGS art. 44).
// The claim rests on what was called, the refund on what was paid; the quarters net inside the year.
func (s *settler) settleYear(affiliate *Affiliate, y *MatchedYear, a *Assessment) Regularisation {
	r := Regularisation{
		NISS:              affiliate.NISS,
		Dossier:           affiliate.Dossier,
		Language:          affiliate.Language,
		Year:              y.Year,
		Version:           y.Prior.Version + 1,
		Communication:     y.Claim.Communication,
		CommunicatedOn:    y.Claim.CommunicatedOn,
		Components:        y.Claim.Components,
		ComponentsBefore:  y.Claim.Before,
		NetIncome:         y.Claim.Income,
		CountedIncome:     y.Claim.Counted,
		Contested:         y.Claim.Contested,
		IncomeYear:        y.Claim.IncomeYear,
		SubjectQuarters:   a.SubjectQuarters,
		AnnualIncome:      law.AnnualIncome(y.Claim.Counted, a.SubjectQuarters),
		Contribution:      a.Contribution,
		Fee:               a.Fee,
		Definitive:        a.Definitive,
		Paid:              paidUpTo(y.Payments, s.parameters.AsOf),
		NotifiedOn:        s.parameters.AsOf,
		SevenPercentOn:    s.sevenPercentOn,
		StatementDeadline: StatementDeadline(y.Claim.CommunicatedOn),
		Interrupted:       y.Claim.Interrupted,
		Rechecked:         y.Claim.Rechecked,
		Unclear:           y.Unclear,
		SurchargesPaid:    y.SurchargesPaid,
		PaidOfSurcharge:   y.paidOfSurcharge(),
		Reversed:          y.Reversed,
	}
	var provisional money.Cents
	for i := range y.Quarters {
		r.Called += y.Prior.Called(&y.Quarters[i])
		provisional += y.Quarters[i].Called()
	}
	r.LateStatement = r.NotifiedOn > r.StatementDeadline
	r.Supplement = max(0, r.Definitive-r.Called)
	r.SurplusApplied = min(r.Supplement, max(0, r.Paid-r.Called))
	r.ToPay = r.Supplement - r.SurplusApplied
	r.Cancelled = max(0, r.Called-r.Definitive)
	r.RefundGross = max(0, r.Paid-r.Definitive)
	r.Arrears = max(0, min(r.Called, r.Definitive)-r.Paid)
	r.ArrearsBarred = s.barred(y, r.Arrears, min(r.Called, provisional)-r.Paid)
	r.Outcome = outcome(&r)
	if reductionGranted(y.Quarters) && !law.StartersOnly(y.Year) {
		r.LegalProvisional, r.Reduced = y.reduction()
		surchargeTerms(y, &r, func(t SurchargeTerm) { r.SurchargeTotal += t.Amount })
	}
	r.Surcharge = r.SurchargeTotal - y.Prior.Surcharge
	if r.ToPay > 0 || r.Surcharge > 0 {
		r.DueDate = s.dueDate
	}
	return r
}

func outcome(r *Regularisation) Outcome {
	switch {
	case r.ToPay > 0:
		return Supplement
	case r.RefundGross > 0:
		return Refund
	case r.Cancelled > 0:
		return Cancelled
	case r.Supplement > 0:
		return SettledBySurplus
	}
	return Unchanged
}

// paidUpTo is P(t): the payments of the year up to and including the day, in cents.
func paidUpTo(payments []Payment, day Date) money.Cents {
	var sum money.Cents
	for i := range payments {
		if payments[i].PaidOn > day {
			break // they are sorted by day
		}
		sum += payments[i].Amount
	}
	return sum
}

// unsettledArrears is what is owed for a year that the batch does not settle, without what is barred: what was called of the quarters that
// have ended at the notification date, less what was paid.
func (s *settler) unsettledArrears(y *MatchedYear) money.Cents {
	var called, provisional money.Cents
	for i := range y.Quarters {
		if q := &y.Quarters[i]; QuarterEnd(y.Year, int(q.Quarter)) < s.parameters.AsOf {
			called += y.Prior.Called(q)
			provisional += q.Called()
		}
	}
	paid := paidUpTo(y.Payments, s.parameters.AsOf)
	arrears := max(0, called-paid)
	return arrears - s.barred(y, arrears, min(called, provisional)-paid)
}

// barred is the part of a year's arrears that can no longer be claimed and takes no refund (AR 38 art. 16 §2): the provisional part from 1
// January of the sixth year after, the rest, which an earlier version claimed, from that of the eighth; nothing where the limitation was
// interrupted.
func (s *settler) barred(y *MatchedYear, arrears, provisional money.Cents) money.Cents {
	switch {
	case y.Interrupted || !BarredProvisional(y.Year, s.parameters.AsOf):
		return 0
	case Barred(y.Year, s.parameters.AsOf):
		return arrears
	}
	return min(arrears, max(0, provisional))
}

// offset pays, with each refund, first the arrears of other years, then the supplements of this batch;
// older years go first on both sides. What is left of it is refunded.
func (s *settler) offset() {
	rows := s.settlement.Years
	for i := range rows {
		from := &rows[i]
		left := from.RefundGross
		pay := func(to int, arrears bool, owed money.Cents) money.Cents {
			paid := min(left, owed)
			if paid > 0 {
				left -= paid
				s.settlement.Offsets = append(s.settlement.Offsets, Offset{From: from.Year, To: to, Arrears: arrears, Amount: paid})
			}
			return paid
		}
		for j := range s.arrears {
			if left == 0 {
				break
			}
			if owed := &s.arrears[j]; owed.year != from.Year {
				owed.amount -= pay(owed.year, true, owed.amount)
			}
		}
		for j := range rows {
			if to := &rows[j]; left > 0 && j != i {
				to.OffsetReceived += pay(to.Year, false, to.ToPay-to.OffsetReceived)
			}
		}
		from.Refund = left
		from.Offset = from.RefundGross - left
	}
}

// count adds the settlement to the totals.
func (s *settler) count() {
	s.totals.Quarters += int64(len(s.quarters))
	for i := range s.quarters {
		if q := &s.quarters[i]; q.LegalComputed != Unsaid && q.LegalComputed != q.Legal {
			s.totals.LegalDifferences++
		}
		if s.quarters[i].ToConfirm {
			s.totals.ToConfirm++
		}
	}
	s.totals.SurchargeTerms += int64(len(s.terms))
	s.entries = s.totals.Take(&s.settlement, s.entries)
}
