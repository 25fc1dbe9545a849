package pipeline

import (
	"fmt"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Settlements that leave the fund wait on disk until all shards are settled, since letters go out in the order of
// postcodes. This file holds the two directions of their compact form, side by side; it is never published.

// AppendSettlement appends the compact form of a settlement.
func AppendSettlement(dst []byte, s *Settlement) []byte {
	e := encoder{dst}
	a := s.Affiliate
	e.unsigned(uint64(a.NISS))
	e.affiliate(a)
	e.contact(&a.Contact, true)
	e.unsigned(uint64(len(s.Years)))
	for i := range s.Years {
		e.settledYear(&s.Years[i])
	}
	e.unsigned(uint64(len(s.Offsets)))
	for _, o := range s.Offsets {
		e.signed(int64(o.From))
		e.signed(int64(o.To))
		e.flag(o.Arrears)
		e.signed(int64(o.Amount))
	}
	e.unsigned(uint64(len(s.Withdrawn)))
	for i := range s.Withdrawn {
		e.withdrawnNotice(&s.Withdrawn[i])
	}
	return e.bytes
}

// SettlementReader reads settlements back. Its memory is used again for the next one.
type SettlementReader struct {
	settlement Settlement
	affiliate  Affiliate
	quarters   []QuarterResult
	terms      []SurchargeTerm
}

// Read reads a settlement that AppendSettlement has written. It is valid until the next call and as long as the bytes
// are. Damaged bytes are an error.
func (r *SettlementReader) Read(bytes []byte) (s *Settlement, err error) {
	defer func() {
		if damage := recover(); damage != nil { // the decoder trusts its bytes, which come from a file here
			s, err = nil, fmt.Errorf("a settlement can't be read back: %v", damage)
		}
	}()
	d := decoder{bytes: bytes}
	r.affiliate.NISS = d.niss()
	d.affiliateBody(&r.affiliate)
	d.contact(&r.affiliate.Contact)
	s = &r.settlement
	s.Affiliate, s.Years, s.Offsets, s.Withdrawn = &r.affiliate, s.Years[:0], s.Offsets[:0], s.Withdrawn[:0]
	r.quarters, r.terms = r.quarters[:0], r.terms[:0]
	for range d.unsigned() {
		s.Years = append(s.Years, SettledYear{})
		r.settledYear(&d, &s.Years[len(s.Years)-1])
	}
	s.slice(r.quarters, r.terms)
	for range d.unsigned() {
		s.Offsets = append(s.Offsets, Offset{From: int(d.signed()), To: int(d.signed()), Arrears: d.flag(), Amount: money.Cents(d.signed())})
	}
	for range d.unsigned() {
		w := WithdrawnNotice{NISS: r.affiliate.NISS}
		d.withdrawnNoticeBody(&w)
		s.Withdrawn = append(s.Withdrawn, w)
	}
	if len(d.bytes) > 0 {
		return nil, fmt.Errorf("a settlement can't be read back: %d bytes are left over", len(d.bytes))
	}
	return s, nil
}

func (e *encoder) flag(b bool) {
	if b {
		e.unsigned(1)
	} else {
		e.unsigned(0)
	}
}

func (d *decoder) flag() bool { return d.unsigned() != 0 }

// amounts are the amounts of a regularisation, in the order in which they are kept.
func (r *Regularisation) amounts() [21]*money.Cents {
	return [...]*money.Cents{&r.NetIncome, &r.AnnualIncome, &r.Contribution, &r.Fee, &r.Definitive, &r.Called, &r.Paid, &r.Supplement,
		&r.SurplusApplied, &r.ToPay, &r.Cancelled, &r.RefundGross, &r.Offset, &r.Refund, &r.OffsetReceived, &r.Arrears, &r.Surcharge,
		&r.LegalProvisional, &r.Reduced, &r.SurchargeTotal, &r.LateSurcharge}
}

// dates are the days of a regularisation, in the order in which they are kept.
func (r *Regularisation) dates() [5]*Date {
	return [...]*Date{&r.CommunicatedOn, &r.NotifiedOn, &r.DueDate, &r.SevenPercentOn, &r.StatementDeadline}
}

func (e *encoder) settledYear(y *SettledYear) {
	e.signed(int64(y.Year))
	e.unsigned(uint64(y.Version))
	e.signed(int64(y.IncomeYear - y.Year))
	e.unsigned(uint64(y.SubjectQuarters))
	e.unsigned(uint64(y.Outcome))
	e.flag(y.LateStatement)
	e.flag(y.Interrupted)
	e.flag(y.Rechecked)
	e.text(y.Communication)
	for _, amount := range y.amounts() {
		e.signed(int64(*amount))
	}
	for _, date := range y.dates() {
		e.signed(int64(*date))
	}
	e.text(y.Before.Communication)
	e.signed(int64(y.Before.NotifiedOn))
	e.signed(int64(y.Before.Income))
	e.signed(int64(y.Before.Definitive))
	e.unsigned(uint64(len(y.Quarters)))
	for i := range y.Quarters {
		e.quarter(&y.Quarters[i])
	}
	e.unsigned(uint64(len(y.Terms) + len(y.Late)))
	for i := range len(y.Terms) + len(y.Late) {
		t := y.term(i)
		e.unsigned(uint64(t.Basis))
		e.signed(int64(t.On))
		e.unsigned(uint64(t.Rate))
		e.signed(int64(t.Paid))
		e.signed(int64(t.Unpaid))
		e.signed(int64(t.Amount))
	}
}

// term is one of the terms of both kinds, those of art. 11bis first.
func (y *SettledYear) term(i int) *SurchargeTerm {
	if i < len(y.Terms) {
		return &y.Terms[i]
	}
	return &y.Late[i-len(y.Terms)]
}

func (r *SettlementReader) settledYear(d *decoder, y *SettledYear) {
	y.NISS, y.Dossier, y.Language = r.affiliate.NISS, r.affiliate.Dossier, r.affiliate.Language
	y.Year = int(d.signed())
	y.Version = int(d.unsigned())
	y.IncomeYear = y.Year + int(d.signed())
	y.SubjectQuarters = int(d.unsigned())
	y.Outcome = Outcome(d.unsigned())
	y.LateStatement = d.flag()
	y.Interrupted = d.flag()
	y.Rechecked = d.flag()
	y.Communication = d.text()
	for _, amount := range y.amounts() {
		*amount = money.Cents(d.signed())
	}
	for _, date := range y.dates() {
		*date = Date(d.signed())
	}
	y.Before = Before{Communication: d.text(), NotifiedOn: Date(d.signed()), Income: money.Cents(d.signed()), Definitive: money.Cents(d.signed())}
	for range d.unsigned() {
		q := QuarterResult{NISS: y.NISS, Year: y.Year, Version: y.Version}
		d.quarter(&q)
		r.quarters = append(r.quarters, q)
	}
	for range d.unsigned() {
		r.terms = append(r.terms, SurchargeTerm{NISS: y.NISS, Year: y.Year, Version: y.Version, Basis: SurchargeBasis(d.unsigned()), On: Date(d.signed()), Rate: money.Rate(d.unsigned()),
			Paid: money.Cents(d.signed()), Unpaid: money.Cents(d.signed()), Amount: money.Cents(d.signed())})
	}
}

// amounts are the amounts of a quarter, in the order in which they are kept.
func (q *QuarterResult) amounts() [10]*money.Cents {
	return [...]*money.Cents{&q.Band1, &q.Band2, &q.Annual, &q.Contribution.Quarter, &q.Fee, &q.Definitive, &q.Called, &q.CalledFee, &q.Legal, &q.LegalComputed}
}

func (e *encoder) quarter(q *QuarterResult) {
	e.unsigned(uint64(q.Quarter))
	e.unsigned(uint64(q.Category))
	e.unsigned(uint64(q.Declared)<<4 | uint64(q.Reason))
	e.unsigned(uint64(q.Standing))
	e.unsigned(uint64(q.Starter))
	e.unsigned(uint64(q.Article))
	for _, amount := range q.amounts() {
		e.signed(int64(*amount))
	}
}

func (d *decoder) quarter(q *QuarterResult) {
	q.Quarter = int(d.unsigned())
	q.Category = law.Category(d.unsigned())
	declared := d.unsigned()
	q.Declared, q.Reason = law.Category(declared>>4), StatusReason(declared&15)
	q.Standing = Standing(d.unsigned())
	q.Starter = uint8(d.unsigned())
	q.Article = int(d.unsigned())
	for _, amount := range q.amounts() {
		*amount = money.Cents(d.signed())
	}
}
