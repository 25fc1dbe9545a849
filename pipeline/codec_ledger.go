package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// What the ledger brings waits as the rows of the inputs do.

func (p *PriorYear) encode(e *rows.Encoder) {
	e.Signed(int64(p.Year))
	e.Unsigned(uint64(p.Version))
	e.Signed(int64(p.CommunicatedOn))
	e.Signed(int64(p.Income))
	if e.Flag(p.Contested); p.Contested {
		e.Signed(int64(p.Counted))
	}
	e.Signed(int64(p.Surcharge))
	e.Signed(int64(p.NotifiedOn))
	e.Signed(int64(p.Legal))
	e.Signed(int64(p.Reduced))
	e.Signed(int64(p.Definitive))
	e.Signed(int64(p.Called))
	e.Unsigned(uint64(p.Batch))
	e.Flag(p.Trusting)
	e.Flag(p.Repriced)
	e.Signed(int64(p.Refund))
	e.Signed(int64(p.Back))
	e.Signed(int64(p.Asked))
	e.Signed(int64(p.Claim))
	e.Signed(int64(p.Given))
	e.Signed(int64(p.Reversed))
	e.Signed(int64(p.Paid))
	e.Signed(int64(p.Owing))
	e.Signed(int64(p.Late))
	e.Text(p.Communication)
	e.Text(p.Components)
	p.Dossier.encode(e)
}

func (p *PriorYear) decode(d *rows.Decoder) {
	p.NISS = NISS(d.Number())
	p.Year = int16(d.Signed())
	p.Version = int32(d.Unsigned())
	p.CommunicatedOn = Date(d.Signed())
	p.Income = money.Cents(d.Signed())
	p.Counted = p.Income
	if p.Contested = d.Flag(); p.Contested {
		p.Counted = money.Cents(d.Signed())
	}
	p.Surcharge = money.Cents(d.Signed())
	p.NotifiedOn = Date(d.Signed())
	p.Legal = money.Cents(d.Signed())
	p.Reduced = money.Cents(d.Signed())
	p.Definitive = money.Cents(d.Signed())
	p.Called = money.Cents(d.Signed())
	p.Batch, p.Trusting, p.Repriced = int32(d.Unsigned()), d.Flag(), d.Flag()
	for _, amount := range []*money.Cents{&p.Refund, &p.Back, &p.Asked, &p.Claim, &p.Given, &p.Reversed, &p.Paid} {
		*amount = money.Cents(d.Signed())
	}
	p.Owing, p.Late = money.Cents(d.Signed()), money.Cents(d.Signed())
	p.Communication = d.Text()
	p.Components = d.Text()
	p.Dossier.decode(d)
}

// Encode writes everything but whose it is.
func (c *Conflict) Encode(e *rows.Encoder) {
	e.Unsigned(uint64(c.Kind))
	e.Unsigned(c.Payment)
}

// Decode reads whose it is and what Encode has written.
func (c *Conflict) Decode(d *rows.Decoder) {
	c.NISS = NISS(d.Number())
	c.Kind, c.Payment = ConflictKind(d.Unsigned()), d.Unsigned()
}

func (o *PriorOffset) encode(e *rows.Encoder) {
	e.Signed(int64(o.From))
	e.Signed(int64(o.To))
	e.Signed(int64(o.On))
	e.Signed(int64(o.Amount))
}

func (o *PriorOffset) decode(d *rows.Decoder) {
	o.NISS = NISS(d.Number())
	o.From, o.To = int16(d.Signed()), int16(d.Signed())
	o.On, o.Amount = Date(d.Signed()), money.Cents(d.Signed())
}

// Encode writes everything but whose it is.
func (p *PriorEntry) Encode(e *rows.Encoder) {
	e.Signed(int64(p.Year))
	e.Unsigned(uint64(p.Version))
	e.Unsigned(uint64(p.Line))
	e.Signed(int64(p.BookedOn))
	e.Unsigned(uint64(p.Role))
	e.Signed(int64(p.Debit))
	e.Signed(int64(p.Credit))
	e.Signed(int64(p.FromYear))
	p.Dossier.encode(e)
}

// Decode reads whose it is and what Encode has written.
func (p *PriorEntry) Decode(d *rows.Decoder) {
	p.NISS = NISS(d.Number())
	p.Year, p.Version, p.Line = int16(d.Signed()), int32(d.Unsigned()), int32(d.Unsigned())
	p.BookedOn, p.Role = Date(d.Signed()), Role(d.Unsigned())
	p.Debit, p.Credit, p.FromYear = money.Cents(d.Signed()), money.Cents(d.Signed()), int16(d.Signed())
	p.Dossier.decode(d)
}

// Encode writes everything but whose it is.
func (t *PriorTransfer) Encode(e *rows.Encoder) {
	e.Signed(int64(t.Year))
	e.Unsigned(uint64(t.Batch))
	e.Flag(t.Leaves)
	e.Flag(t.Sent)
	e.Signed(int64(t.Amount))
	e.Signed(int64(t.Surcharge))
	e.Signed(int64(t.DueOn))
	e.Flag(t.Void)
	e.Text(t.EndToEnd)
	e.Unsigned(uint64(t.Held))
	e.Flag(t.Freed)
	if t.Held != 0 || t.Freed {
		e.Signed(int64(t.Limit))
		e.Text(t.Holder)
	}
}

// Decode reads whose it is and what Encode has written.
func (t *PriorTransfer) Decode(d *rows.Decoder) {
	t.NISS = NISS(d.Number())
	t.Year, t.Batch = int16(d.Signed()), int32(d.Unsigned())
	t.Leaves, t.Sent = d.Flag(), d.Flag()
	t.Amount, t.Surcharge, t.DueOn, t.Void = money.Cents(d.Signed()), money.Cents(d.Signed()), Date(d.Signed()), d.Flag()
	t.EndToEnd = d.Text()
	t.Held, t.Freed = uint8(d.Unsigned()), d.Flag()
	if t.Held != 0 || t.Freed {
		t.Limit, t.Holder = money.Cents(d.Signed()), d.Text()
	}
}

// Encode writes everything but whose it is.
func (t *ConfirmedTransfer) Encode(e *rows.Encoder) {
	e.Signed(int64(t.Year))
	e.Flag(t.Leaves)
	e.Signed(int64(t.Entry))
	t.Confirmation.encode(e)
}

// Decode reads whose it is and what Encode has written.
func (t *ConfirmedTransfer) Decode(d *rows.Decoder) {
	t.NISS = NISS(d.Number())
	t.Year, t.Leaves, t.Entry = int16(d.Signed()), d.Flag(), int32(d.Signed())
	t.Confirmation.decode(d)
}

// Encode writes everything but whose it is.
func (w *WithdrawnNotice) Encode(e *rows.Encoder) {
	e.Signed(int64(w.Year))
	e.Signed(int64(w.NotifiedOn))
	e.Signed(int64(w.Claim))
	e.Signed(int64(w.Payout))
	e.Signed(int64(w.Again))
}

// Decode reads whose it is and what Encode has written.
func (w *WithdrawnNotice) Decode(d *rows.Decoder) {
	w.NISS = NISS(d.Number())
	w.decodeBody(d)
}

func (w *WithdrawnNotice) decodeBody(d *rows.Decoder) {
	w.Year = int16(d.Signed())
	w.NotifiedOn = Date(d.Signed())
	w.Claim, w.Payout = money.Cents(d.Signed()), money.Cents(d.Signed())
	w.Again = Date(d.Signed())
}

func (p *PriorQuarter) encode(e *rows.Encoder) {
	e.Signed(int64(p.Year))
	e.Unsigned(uint64(p.Version)<<3 | uint64(p.Quarter))
	e.Unsigned(uint64(p.Batch))
	e.Signed(int64(p.Definitive))
	e.Signed(int64(p.Fee))
	e.Signed(int64(p.Called))
	e.Unsigned(uint64(p.Category)<<3 | uint64(p.Standing))
	e.Unsigned(uint64(p.Applied))
}

func (p *PriorQuarter) decode(d *rows.Decoder) {
	p.NISS = NISS(d.Number())
	p.Year = int16(d.Signed())
	word := d.Unsigned()
	p.Version, p.Quarter = int32(word>>3), uint8(word&7)
	p.Batch = int32(d.Unsigned())
	p.Definitive = money.Cents(d.Signed())
	p.Fee = money.Cents(d.Signed())
	p.Called = money.Cents(d.Signed())
	word = d.Unsigned()
	p.Category, p.Standing = law.Category(word>>3), Standing(word&7)
	p.Applied = law.Category(d.Unsigned())
}
