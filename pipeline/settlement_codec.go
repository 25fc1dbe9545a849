package pipeline

import (
	"fmt"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Settlements that leave the fund wait on disk until all shards are settled, since letters go out in the order of
// postcodes. This file holds the two directions of their compact form, side by side; it is never published.

// AppendSettlement appends the compact form of a settlement.
func AppendSettlement(dst []byte, s *Settlement) []byte {
	e := rows.Encoder{Bytes: dst}
	p := s.Party
	e.Unsigned(uint64(p.Number))
	e.Unsigned(uint64(p.Digits))
	e.Unsigned(uint64(p.Dossier.Number))
	e.Unsigned(uint64(p.Dossier.Shift)<<16 | uint64(p.Hold)<<8 | uint64(p.Dossier.Digits)<<4 | uint64(p.Language))
	p.Contact.Encode(&e, true)
	e.Flag(p.Contact.MandateShared)
	e.Flag(p.Contact.Former)
	e.Unsigned(uint64(len(s.Years)))
	for i := range s.Years {
		s.Years[i].encode(&e)
	}
	e.Unsigned(uint64(len(s.Offsets)))
	for _, o := range s.Offsets {
		e.Signed(int64(o.From))
		e.Signed(int64(o.To))
		e.Flag(o.Arrears)
		e.Signed(int64(o.Amount))
	}
	e.Unsigned(uint64(len(s.Void)))
	for i := range s.Void {
		v := &s.Void[i]
		e.Signed(int64(v.Year))
		e.Text(v.EndToEnd)
		e.Signed(int64(v.Amount))
		e.Signed(int64(v.StillDue))
		e.Signed(int64(v.DueOn))
	}
	e.Unsigned(uint64(len(s.Freed)))
	for i := range s.Freed {
		s.Freed[i].encode(&e)
	}
	e.Unsigned(uint64(len(s.Withdrawn)))
	for i := range s.Withdrawn {
		s.Withdrawn[i].Encode(&e)
	}
	e.Flag(s.Receipt != nil)
	if s.Receipt != nil {
		s.Receipt.encode(&e)
	}
	return e.Bytes
}

// SettlementReader reads settlements back. Its memory is used again for the next one.
type SettlementReader struct {
	settlement Settlement
	party      Party
	quarters   []QuarterResult
	terms      []SurchargeTerm
	components []Component // room for those of the next ones: who takes them keeps them as long as the bytes are there
	receipt    Receipt
}

// Read reads a settlement that AppendSettlement has written. It is valid until the next call and as long as the bytes
// are. Damaged bytes are an error.
func (r *SettlementReader) Read(bytes []byte) (s *Settlement, err error) {
	defer func() {
		if damage := recover(); damage != nil { // the decoder trusts its bytes, which come from a file here
			s, err = nil, fmt.Errorf("a settlement can't be read back: %v", damage)
		}
	}()
	d := rows.Decoder{Bytes: bytes}
	s = r.read(&d)
	if len(d.Bytes) > 0 {
		return nil, fmt.Errorf("a settlement can't be read back: %d bytes are left over", len(d.Bytes))
	}
	return s, nil
}

// read reads a settlement of which something may stand behind.
func (r *SettlementReader) read(d *rows.Decoder) *Settlement {
	r.readParty(d)
	s := &r.settlement
	s.Party, s.Years, s.Offsets, s.Withdrawn = &r.party, s.Years[:0], s.Offsets[:0], s.Withdrawn[:0]
	s.Void, s.Freed = s.Void[:0], s.Freed[:0]
	r.quarters, r.terms = r.quarters[:0], r.terms[:0]
	for range d.Unsigned() {
		s.Years = append(s.Years, SettledYear{})
		r.settledYear(d, &s.Years[len(s.Years)-1])
	}
	s.slice(r.quarters, r.terms)
	for range d.Unsigned() {
		s.Offsets = append(s.Offsets, Offset{From: int(d.Signed()), To: int(d.Signed()), Arrears: d.Flag(),
			Amount: money.Cents(d.Signed())})
	}
	for range d.Unsigned() {
		s.Void = append(s.Void, VoidCollection{Year: int(d.Signed()), EndToEnd: d.Text(), Amount: money.Cents(d.Signed()),
			StillDue: money.Cents(d.Signed()), DueOn: Date(d.Signed())})
	}
	for range d.Unsigned() {
		s.Freed = append(s.Freed, FreedTransfer{})
		s.Freed[len(s.Freed)-1].decode(d)
	}
	for range d.Unsigned() {
		w := WithdrawnNotice{NISS: NISS(r.party.Number)}
		w.decodeBody(d)
		s.Withdrawn = append(s.Withdrawn, w)
	}
	s.Receipt = nil
	if d.Flag() {
		r.receipt = Receipt{NISS: NISS(r.party.Number), Dossier: r.party.Dossier}
		r.receipt.decodeBody(d)
		s.Receipt = &r.receipt
	}
	return s
}

func (f *FreedTransfer) encode(e *rows.Encoder) {
	e.Signed(int64(f.Year))
	e.Text(f.Holder)
	e.Unsigned(uint64(f.Held))
	for _, amount := range []money.Cents{f.Limit, f.Amount, f.Surcharge} {
		e.Signed(int64(amount))
	}
}

func (f *FreedTransfer) decode(d *rows.Decoder) {
	f.Year, f.Holder, f.Held = int(d.Signed()), d.Text(), uint8(d.Unsigned())
	f.Limit, f.Amount, f.Surcharge = money.Cents(d.Signed()), money.Cents(d.Signed()), money.Cents(d.Signed())
}

// encode writes a receipt that is certified, without whose it is.
func (r *Receipt) encode(e *rows.Encoder) {
	for _, n := range [...]int64{int64(r.Year), r.Payments, int64(r.Received), int64(r.Returned), int64(r.Surcharges)} {
		e.Signed(n)
	}
}

func (r *Receipt) decodeBody(d *rows.Decoder) {
	r.Year, r.Payments = int(d.Signed()), d.Signed()
	r.Received, r.Returned, r.Surcharges = money.Cents(d.Signed()), money.Cents(d.Signed()), money.Cents(d.Signed())
}

func (r *SettlementReader) readParty(d *rows.Decoder) {
	p := &r.party
	p.Number, p.Digits = d.Number(), uint8(d.Unsigned())
	p.Dossier.Number = uint32(d.Unsigned())
	word := d.Unsigned()
	p.Dossier.Shift, p.Hold, p.Dossier.Digits, p.Language = uint8(word>>16), Hold(word>>8), uint8(word>>4&15), Language(word&15)
	p.Contact.Decode(d)
	p.Contact.MandateShared = d.Flag()
	p.Contact.Former = d.Flag()
}

// amounts are the amounts of a regularisation, in the order in which they are kept.
func (r *Regularisation) amounts() [28]*money.Cents {
	return [...]*money.Cents{&r.NetIncome, &r.CountedIncome, &r.ArrearsBarred, &r.AnnualIncome, &r.Contribution, &r.Fee, &r.Definitive,
		&r.Called, &r.Paid, &r.Supplement, &r.SurplusApplied, &r.ToPay, &r.Cancelled, &r.RefundGross, &r.Offset, &r.Refund,
		&r.OffsetReceived, &r.Arrears, &r.Surcharge, &r.LegalProvisional, &r.Reduced, &r.SurchargeTotal, &r.LateSurcharge, &r.Unclear,
		&r.Reversed, &r.SurchargesPaid, &r.PaidOfSurcharge, &r.LateToPay}
}

// dates are the days of a regularisation, in the order in which they are kept.
func (r *Regularisation) dates() [5]*Date {
	return [...]*Date{&r.CommunicatedOn, &r.NotifiedOn, &r.DueDate, &r.SevenPercentOn, &r.StatementDeadline}
}

func (y *SettledYear) encode(e *rows.Encoder) {
	e.Signed(int64(y.Year))
	e.Unsigned(uint64(y.Version))
	e.Signed(int64(y.IncomeYear - y.Year))
	e.Unsigned(uint64(y.SubjectQuarters))
	e.Unsigned(uint64(y.Outcome))
	e.Flag(y.LateStatement)
	e.Flag(y.Interrupted)
	e.Unsigned(uint64(y.Rechecked))
	e.Flag(y.Contested)
	e.Text(y.Communication)
	for _, amount := range y.amounts() {
		e.Signed(int64(*amount))
	}
	for _, date := range y.dates() {
		e.Signed(int64(*date))
	}
	e.Text(y.Before.Communication)
	e.Signed(int64(y.Before.NotifiedOn))
	e.Signed(int64(y.Before.Income))
	e.Signed(int64(y.Before.Definitive))
	e.Flag(y.Company != nil)
	if y.Company != nil {
		y.Company.encode(e)
	}
	e.Unsigned(uint64(len(y.Quarters)))
	for i := range y.Quarters {
		y.Quarters[i].encode(e)
	}
	e.Unsigned(uint64(len(y.Terms) + len(y.Late)))
	for i := range len(y.Terms) + len(y.Late) {
		t := y.term(i)
		e.Unsigned(uint64(t.Basis))
		e.Signed(int64(t.On))
		e.Unsigned(uint64(t.Rate))
		e.Signed(int64(t.Paid))
		e.Signed(int64(t.Unpaid))
		e.Signed(int64(t.Amount))
	}
}

// term is one of the terms of both kinds, those of art. 11bis first.
func (y *SettledYear) term(i int) *SurchargeTerm {
	if i < len(y.Terms) {
		return &y.Terms[i]
	}
	return &y.Late[i-len(y.Terms)]
}

func (r *SettlementReader) settledYear(d *rows.Decoder, y *SettledYear) {
	y.NISS, y.Dossier, y.Language = NISS(r.party.Number), r.party.Dossier, r.party.Language
	y.Year = int(d.Signed())
	y.Version = int(d.Unsigned())
	y.IncomeYear = y.Year + int(d.Signed())
	y.SubjectQuarters = int(d.Unsigned())
	y.Outcome = Outcome(d.Unsigned())
	y.LateStatement = d.Flag()
	y.Interrupted = d.Flag()
	y.Rechecked = Recheck(d.Unsigned())
	y.Contested = d.Flag()
	y.Communication = d.Text()
	for _, amount := range y.amounts() {
		*amount = money.Cents(d.Signed())
	}
	for _, date := range y.dates() {
		*date = Date(d.Signed())
	}
	y.Before = Before{Communication: d.Text(), NotifiedOn: Date(d.Signed()), Income: money.Cents(d.Signed()),
		Definitive: money.Cents(d.Signed())}
	if d.Flag() {
		y.Company = new(CompanyYear)
		y.Company.decode(d)
	}
	for range d.Unsigned() {
		q := QuarterResult{NISS: y.NISS, Year: y.Year, Version: y.Version}
		q.decode(d)
		r.quarters = append(r.quarters, q)
	}
	for range d.Unsigned() {
		r.terms = append(r.terms, SurchargeTerm{NISS: y.NISS, Year: y.Year, Version: y.Version, Basis: SurchargeBasis(d.Unsigned()),
			On: Date(d.Signed()), Rate: money.Rate(d.Unsigned()), Paid: money.Cents(d.Signed()), Unpaid: money.Cents(d.Signed()),
			Amount: money.Cents(d.Signed())})
	}
}

// amounts are the amounts of a quarter, in the order in which they are kept.
func (q *QuarterResult) amounts() [10]*money.Cents {
	return [...]*money.Cents{&q.Band1, &q.Band2, &q.Annual, &q.Contribution.Quarter, &q.Fee, &q.Definitive, &q.Called, &q.CalledFee,
		&q.Legal, &q.LegalComputed}
}

func (q *QuarterResult) encode(e *rows.Encoder) {
	e.Unsigned(uint64(q.Quarter))
	e.Unsigned(uint64(q.Category))
	e.Unsigned(uint64(q.Declared)<<4 | uint64(q.Reason))
	e.Unsigned(uint64(q.Standing))
	e.Unsigned(uint64(q.Starter))
	e.Flag(q.ToConfirm)
	e.Unsigned(uint64(q.Article))
	for _, amount := range q.amounts() {
		e.Signed(int64(*amount))
	}
}

func (q *QuarterResult) decode(d *rows.Decoder) {
	q.Quarter = int(d.Unsigned())
	q.Category = law.Category(d.Unsigned())
	declared := d.Unsigned()
	q.Declared, q.Reason = law.Category(declared>>4), StatusReason(declared&15)
	q.Standing = Standing(d.Unsigned())
	q.Starter = uint8(d.Unsigned())
	q.ToConfirm = d.Flag()
	q.Article = int(d.Unsigned())
	for _, amount := range q.amounts() {
		*amount = money.Cents(d.Signed())
	}
}

// amounts are the amounts of a company's year, in the order in which they are kept.
func (c *CompanyYear) amounts() [7]*money.Cents {
	return [...]*money.Cents{&c.Balance, &c.Threshold, &c.Contribution, &c.Reported, &c.RefundedBefore, &c.Unpaid, &c.PaidLate}
}

func (c *CompanyYear) encode(e *rows.Encoder) {
	for _, amount := range c.amounts() {
		e.Signed(int64(*amount))
	}
	e.Signed(c.Months)
	for _, date := range []Date{c.CreatedOn, c.Due, c.PayBy} {
		e.Signed(int64(date))
	}
	e.Unsigned(uint64(c.PaidOn))
	for _, code := range []uint8{c.Exemption, c.Size, c.Ground} {
		e.Unsigned(uint64(code))
	}
	e.Flag(c.Exempt)
}

func (c *CompanyYear) decode(d *rows.Decoder) {
	for _, amount := range c.amounts() {
		*amount = money.Cents(d.Signed())
	}
	c.Months = d.Signed()
	c.CreatedOn, c.Due, c.PayBy = Date(d.Signed()), Date(d.Signed()), Date(d.Signed())
	c.PaidOn = OptionalDate(d.Unsigned())
	c.Exemption, c.Size, c.Ground = uint8(d.Unsigned()), uint8(d.Unsigned()), uint8(d.Unsigned())
	c.Exempt = d.Flag()
}
