package company

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// The tables of rows that wait for their shard. This file holds the two directions of each row, side by side.
var (
	companyRows = &rows.Table[Row]{Weighs: true, Number: func(r *Row) int64 { return int64(r.Number) }, Decode: (*Row).decode}
	paymentRows = &rows.Table[Payment]{Weighs: true, Number: func(p *Payment) int64 { return int64(p.Number) }, Decode: (*Payment).decode}
	flawRows    = &rows.Table[Flaw]{Number: func(f *Flaw) int64 { return int64(f.Number) }, Decode: (*Flaw).decode}
	priorRows   = &rows.Table[Prior]{Number: func(p *Prior) int64 { return int64(p.Number) }, Decode: (*Prior).decode}

	// Of these the number of a company stands where people have their national number.
	transferRows = &rows.Table[pipeline.PriorTransfer]{Number: func(t *pipeline.PriorTransfer) int64 { return int64(t.NISS) },
		Decode: (*pipeline.PriorTransfer).Decode}
	confirmationRows = &rows.Table[pipeline.ConfirmedTransfer]{Number: func(c *pipeline.ConfirmedTransfer) int64 { return int64(c.NISS) },
		Decode: (*pipeline.ConfirmedTransfer).Decode}

	conflictRows = &rows.Table[pipeline.Conflict]{Number: func(c *pipeline.Conflict) int64 { return int64(c.NISS) },
		Decode: (*pipeline.Conflict).Decode}

	recordedRows = &rows.Table[Recorded]{Number: func(r *Recorded) int64 { return int64(r.NISS) }, Decode: (*Recorded).decode}

	withdrawnRows = &rows.Table[pipeline.WithdrawnNotice]{Number: func(w *pipeline.WithdrawnNotice) int64 { return int64(w.NISS) },
		Decode: (*pipeline.WithdrawnNotice).Decode}
	entryRows = &rows.Table[pipeline.PriorEntry]{Number: func(e *pipeline.PriorEntry) int64 { return int64(e.NISS) },
		Decode: (*pipeline.PriorEntry).Decode}

	waiting = rows.NewTables(maxNumber, companyRows, paymentRows, flawRows, priorRows, transferRows, confirmationRows, conflictRows,
		recordedRows, withdrawnRows, entryRows)
)

// Subject is companies, as a run settles them.
var Subject = &pipeline.Subject{
	Inputs: []pipeline.Input{pipeline.CompaniesInput, pipeline.CompanyPayments, pipeline.ConfirmationsInput},
	Main:   pipeline.CompaniesInput, Register: pipeline.CompaniesInput,
	Codes: []pipeline.Code{pipeline.BadRow, pipeline.BadValue, pipeline.BadEnterprise, pipeline.Duplicate, pipeline.NotYetBegun,
		pipeline.BeforeCreation, pipeline.YearNotSupported, pipeline.UnknownCompany, pipeline.IncompleteAccount},
	Tables: waiting,
	Settle: settleShard, Balances: balancesOfShard,

	Version:  func(p *pipeline.Parameters) string { return p.Companies.Version() },
	Conflict: takeConflict,
}

// TakeRow takes a row of the companies.
func TakeRow(s *pipeline.Scatter, r *Row) {
	companyRows.Begin(&s.Scatter, int64(r.Number), r.encode)
	s.Take(pipeline.CompaniesInput, r.Place)
	s.Mandate(r.Contact.Mandate, pipeline.NISS(r.Number), r.Contact.IBAN)
}

// TakePayment takes a row of the payments of companies.
func TakePayment(s *pipeline.Scatter, p *Payment) {
	paymentRows.Begin(&s.Scatter, int64(p.Number), p.encode)
	s.Take(pipeline.CompanyPayments, p.Place)
	s.Identify(p.Identifier, pipeline.NISS(p.Number))
}

// TakeFlaw takes note of a row that could not be read.
func TakeFlaw(s *pipeline.Scatter, f Flaw) {
	flawRows.Begin(&s.Scatter, int64(f.Number), f.encode)
	s.End()
}

// TakePrior takes a version that a published batch holds.
func TakePrior(s *pipeline.Scatter, p *Prior) {
	priorRows.Begin(&s.Scatter, int64(p.Number), p.encode)
	s.End()
}

// TakeRecorded takes a balance that the last batch holds.
func TakeRecorded(s *pipeline.Scatter, r *Recorded) {
	recordedRows.Begin(&s.Scatter, int64(r.NISS), r.Encode)
	s.End()
}

// TakeTransfer takes a refund or a claim of the payment index of a published batch, and what the bank says of it tonight.
func TakeTransfer(s *pipeline.Scatter, t *pipeline.PriorTransfer) {
	transferRows.Begin(&s.Scatter, int64(t.NISS), t.Encode)
	s.End()
	s.Confirming.EachOf(t, func(c *pipeline.ConfirmedTransfer) { takeConfirmed(s, c) })
}

// TakeConfirmed takes a confirmation that a published batch holds.
func TakeConfirmed(s *pipeline.Scatter, c *pipeline.ConfirmedTransfer) {
	c.OfEarlier()
	takeConfirmed(s, c)
}

// takeConflict files what a company shares with another one.
func takeConflict(s *pipeline.Scatter, c *pipeline.Conflict) {
	conflictRows.Begin(&s.Scatter, int64(c.NISS), c.Encode)
	s.End()
}

func takeConfirmed(s *pipeline.Scatter, c *pipeline.ConfirmedTransfer) {
	confirmationRows.Begin(&s.Scatter, int64(c.NISS), c.Encode)
	s.End()
}

// dayBase makes the usual days small numbers; yearBase the usual years.
const (
	dayBase  = pipeline.Date(20_000) // 2024-10-04
	yearBase = 2020
)

func (f *Facts) encode(e *rows.Encoder) {
	e.Signed(int64(f.Balance))
	e.Signed(int64(f.CreatedOn))
	e.Unsigned(uint64(f.Exemption))
	e.Signed(int64(f.Called))
	e.Signed(int64(f.Paid))
	e.Unsigned(uint64(f.PaidOn))
	e.Signed(int64(f.PaidLate))
}

func (f *Facts) decode(d *rows.Decoder) {
	f.Balance, f.CreatedOn, f.Exemption = money.Cents(d.Signed()), pipeline.Date(d.Signed()), Exemption(d.Unsigned())
	f.Called, f.Paid = money.Cents(d.Signed()), money.Cents(d.Signed())
	f.PaidOn, f.PaidLate = pipeline.OptionalDate(d.Unsigned()), money.Cents(d.Signed())
}

func (r *Row) encode(e *rows.Encoder) {
	e.Signed(int64(r.Year) - yearBase)
	e.Unsigned(uint64(r.Language))
	r.Facts.encode(e)
	r.Contact.Encode(e, true)
}

func (r *Row) decode(d *rows.Decoder) {
	r.Number, r.Year = Number(d.Number()), int16(d.Signed()+yearBase)
	r.Language = pipeline.Language(d.Unsigned())
	r.Facts.decode(d)
	r.Contact.Decode(d)
	r.Place = d.Place()
}

func (p *Payment) encode(e *rows.Encoder) {
	e.Signed(int64(p.Year) - yearBase)
	e.Signed(int64(p.PaidOn - dayBase))
	e.Signed(int64(p.Amount))
	word := uint64(p.Purpose)
	if p.EndToEnd != "" {
		word |= hasEndToEnd
	}
	e.Unsigned(word)
	e.Text(p.Identifier)
	if p.EndToEnd != "" {
		e.Text(p.EndToEnd)
	}
}

// hasEndToEnd stands beside the purpose of a payment that names a transaction: one that names none has the digest of before the column
// came.
const hasEndToEnd = 1 << 3

func (p *Payment) decode(d *rows.Decoder) {
	p.Number, p.Year = Number(d.Number()), int16(d.Signed()+yearBase)
	p.PaidOn, p.Amount = pipeline.Date(d.Signed())+dayBase, money.Cents(d.Signed())
	word := d.Unsigned()
	p.Purpose, p.Identifier = pipeline.Purpose(word&^hasEndToEnd), d.Text()
	if word&hasEndToEnd != 0 {
		p.EndToEnd = d.Text()
	}
	p.Place = d.Place()
}

func (f *Flaw) encode(e *rows.Encoder) { e.Signed(int64(f.Year)) }

func (f *Flaw) decode(d *rows.Decoder) { f.Number, f.Year = Number(d.Number()), int16(d.Signed()) }

func (p *Prior) encode(e *rows.Encoder) {
	e.Signed(int64(p.Year) - yearBase)
	e.Unsigned(uint64(p.Version))
	p.Facts.encode(e)
	e.Signed(int64(p.Definitive))
	e.Signed(int64(p.Refund))
	e.Signed(int64(p.Surcharge))
	e.Signed(int64(p.Asked))
	e.Signed(int64(p.Back))
	e.Signed(p.Months)
	e.Signed(int64(p.NotifiedOn - dayBase))
	e.Signed(int64(p.Claim))
	e.Signed(int64(p.Owing))
	e.Signed(int64(p.Refunded))
	e.Signed(int64(p.SurchargePaid))
	e.Unsigned(uint64(p.Batch))
	e.Signed(int64(p.Due - dayBase))
	e.Flag(p.Recorded)
}

func (p *Prior) decode(d *rows.Decoder) {
	p.Number, p.Year, p.Version = Number(d.Number()), int16(d.Signed()+yearBase), int32(d.Unsigned())
	p.Facts.decode(d)
	for _, amount := range []*money.Cents{&p.Definitive, &p.Refund, &p.Surcharge, &p.Asked, &p.Back} {
		*amount = money.Cents(d.Signed())
	}
	p.Months, p.NotifiedOn = d.Signed(), pipeline.Date(d.Signed())+dayBase
	p.Claim, p.Owing, p.Refunded = money.Cents(d.Signed()), money.Cents(d.Signed()), money.Cents(d.Signed())
	p.SurchargePaid, p.Batch = money.Cents(d.Signed()), int32(d.Unsigned())
	p.Due, p.Recorded = pipeline.Date(d.Signed())+dayBase, d.Flag()
}

func (r *Recorded) decode(d *rows.Decoder) { r.Balance.Decode(d) }

// Everything loads the one shard of a plan and gives its rows and flaws, in the order in which they were taken.
func Everything(plan *rows.Plan) ([]Row, []Flaw, error) {
	s := plan.NewShard()
	err := plan.Load(0, s)
	return companyRows.Of(s, rows.Ungrouped), flawRows.Of(s, rows.Ungrouped), err
}
