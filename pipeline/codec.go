package pipeline

import (
	"cmp"
	"strings"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Rows wait for their shard as compact bytes: varints, about 17 bytes for a quarter of account instead
// of 48. This file holds the two directions, side by side; the order of fields is the same in both.
// The body of a row (without its place) is also what the digest of the inputs' content is made of.

// Codes share words with others, in so many bits: one code too many does not compile.
const (
	_ = uint(1<<4 - len(languages))
	_ = uint(1<<3 - len(standings))
	_ = uint(1<<3 - len(ifMains))
	_ = uint(1<<3 - len(natures))
	_ = uint(1<<8 - len(kinds))
	_ = uint(1<<4 - len(statusReasons))
)

func (a *Affiliate) encode(e *rows.Encoder) {
	e.Unsigned(uint64(a.Dossier.Number))
	e.Unsigned(uint64(a.Hold)<<8 | uint64(a.Dossier.Digits)<<4 | uint64(a.Language))
	e.Unsigned(a.Fingerprint)
}

func (a *Affiliate) decode(d *rows.Decoder) {
	a.NISS = NISS(d.Number())
	a.decodeBody(d)
	a.Place = d.Place()
	a.Contact.Decode(d)
}

func (a *Affiliate) decodeBody(d *rows.Decoder) {
	a.Dossier.Number = uint32(d.Unsigned())
	word := d.Unsigned()
	a.Dossier.Digits, a.Language, a.Hold = uint8(word>>4&15), Language(word&15), Hold(word>>8)
	a.Fingerprint = d.Unsigned()
}

// What a contact is, in its first word.
const (
	noContact uint64 = iota
	contactAlone
	contactAndCopy
)

// Encode writes the contact, where the run wants it. That of an affiliate comes after the place: it is in the digest by its fingerprint.
func (c *Contact) Encode(e *rows.Encoder, wanted bool) {
	if !wanted {
		e.Unsigned(noContact)
		return
	}
	form := contactAlone // the bytes of before copies were known
	if c.Copy != (Copy{}) {
		form = contactAndCopy
	}
	e.Unsigned(form)
	for _, text := range c.texts() {
		e.Text(*text)
	}
	e.Signed(int64(c.MandateSignedOn))
	if form == contactAndCopy {
		for _, text := range c.Copy.texts() {
			e.Text(*text)
		}
	}
}

// Decode reads what Encode has written.
func (c *Contact) Decode(d *rows.Decoder) {
	form := d.Unsigned()
	if form == noContact {
		*c = Contact{}
		return
	}
	for _, text := range c.texts() {
		*text = d.Text()
	}
	c.MandateSignedOn = Date(d.Signed())
	c.Copy = Copy{}
	if form == contactAndCopy {
		for _, text := range c.Copy.texts() {
			*text = d.Text()
		}
	}
}

// Compare orders contacts by everything they say.
func (c *Contact) Compare(o *Contact) int {
	mine, other := c.texts(), o.texts()
	for i := range mine {
		if order := strings.Compare(*mine[i], *other[i]); order != 0 {
			return order
		}
	}
	mineToo, otherToo := c.Copy.texts(), o.Copy.texts()
	for i := range mineToo {
		if order := strings.Compare(*mineToo[i], *otherToo[i]); order != 0 {
			return order
		}
	}
	return cmp.Compare(c.MandateSignedOn, o.MandateSignedOn)
}

func (c *Copy) texts() [5]*string {
	return [...]*string{&c.Name, &c.Street, &c.Postcode, &c.City, &c.Country}
}

func (c *Contact) texts() [9]*string {
	return [...]*string{&c.LastName, &c.FirstName, &c.Street, &c.Postcode, &c.City, &c.Country, &c.IBAN, &c.Mandate, &c.Addressee}
}

// yearBase and dayBase make the usual years and days small numbers.
const (
	yearBase = 2000
	dayBase  = Date(20_000) // 2024-10-04
)

// Few rows say what the optional columns hold. A row without them has the bytes, and so the digest, that it had before they were known.

// quarterAdded is a bit of the first word of a quarter: QuarterAdded comes at the end.
const quarterAdded = 1 << 17

func (a *AccountQuarter) encode(e *rows.Encoder) {
	word := uint64(a.Quarter-1) | uint64(a.Starter)<<2 | uint64(a.Reduction)<<4 | uint64(a.Standing)<<6 | uint64(a.Category)<<9
	added := a.QuarterAdded != QuarterAdded{}
	if added {
		word |= quarterAdded
	}
	e.Unsigned(word)
	e.Signed(int64(a.Year) - yearBase)
	e.Signed(int64(a.LegalProvisional))
	e.Signed(int64(a.Provisional - a.LegalProvisional)) // usually 0
	if added {
		e.Unsigned(uint64(a.IfMain) | uint64(a.LateAffiliation)<<3 | uint64(a.SurchargesWaived)<<5)
		e.Unsigned(uint64(a.RecoveredOn))
		e.Unsigned(uint64(a.DeferredTo))
	}
}

func (a *AccountQuarter) decode(d *rows.Decoder) {
	a.NISS = NISS(d.Number())
	word := d.Unsigned()
	a.Quarter, a.Starter = uint8(word&3)+1, uint8(word>>2&3)
	a.Reduction, a.Standing = Reduction(word>>4&3), Standing(word>>6&7)
	a.Category = law.Category(word >> 9 & 255)
	a.Year = int16(d.Signed() + yearBase)
	a.LegalProvisional = money.Cents(d.Signed())
	a.Provisional = a.LegalProvisional + money.Cents(d.Signed())
	a.QuarterAdded = QuarterAdded{}
	if word&quarterAdded != 0 {
		word := d.Unsigned()
		a.IfMain, a.LateAffiliation, a.SurchargesWaived = IfMain(word&7), Answer(word>>3&3), Answer(word>>5)
		a.RecoveredOn, a.DeferredTo = OptionalDate(d.Unsigned()), OptionalDate(d.Unsigned())
	}
	a.Place = d.Place()
}

// paymentAdded stands in place of a quarter: the quarter and PaymentAdded come at the end.
const paymentAdded = 7

func (p *Payment) encode(e *rows.Encoder) {
	quarter := int64(p.Quarter)
	added := p.PaymentAdded != PaymentAdded{}
	if added {
		quarter = paymentAdded
	}
	e.Signed((int64(p.Year)-yearBase)<<3 | quarter)
	e.Signed(int64(p.PaidOn - dayBase))
	e.Signed(int64(p.Amount))
	if added {
		e.Unsigned(uint64(p.Quarter) | uint64(p.Purpose)<<3)
		e.Text(p.Identifier)
		e.Text(p.EndToEnd)
	}
}

func (p *Payment) decode(d *rows.Decoder) {
	p.NISS = NISS(d.Number())
	word := d.Signed()
	p.Year, p.Quarter = int16(word>>3+yearBase), uint8(word&7)
	p.PaidOn = Date(d.Signed()) + dayBase
	p.Amount = money.Cents(d.Signed())
	p.PaymentAdded = PaymentAdded{}
	if p.Quarter == paymentAdded {
		word := d.Unsigned()
		p.Quarter, p.Purpose = uint8(word&7), Purpose(word>>3)
		p.Identifier, p.EndToEnd = d.Text(), d.Text()
	}
	p.Place = d.Place()
}

// componentAdded stands in place of a nature: the nature and ComponentAdded come at the end.
const componentAdded = 7

func (c *Component) encode(e *rows.Encoder) {
	nature := int64(c.Nature)
	if c.Contested {
		nature = componentAdded
	}
	e.Signed((int64(c.Year)-yearBase)<<3 | nature)
	e.Signed(int64(c.CommunicatedOn))
	e.Signed(int64(c.Income))
	e.Text(c.Communication)
	e.Text(c.Assessment)
	if c.Contested {
		e.Unsigned(uint64(c.Nature))
		e.Signed(int64(c.Admitted))
	}
}

func (c *Component) decode(d *rows.Decoder) {
	c.NISS = NISS(d.Number())
	word := d.Signed()
	c.Year, c.Nature = int16(word>>3+yearBase), Nature(word&7)
	c.CommunicatedOn = Date(d.Signed())
	c.Income = money.Cents(d.Signed())
	c.Communication = d.Text()
	c.Assessment = d.Text()
	c.ComponentAdded = ComponentAdded{}
	if c.Nature == componentAdded {
		c.Nature = Nature(d.Unsigned())
		c.ComponentAdded = ComponentAdded{Contested: true, Admitted: money.Cents(d.Signed())}
	}
	c.Place = d.Place()
}

func (f *Flaw) encode(e *rows.Encoder) {
	e.Unsigned(uint64(f.Input))
	e.Signed(int64(f.Year))
	e.Text(f.Communication)
	e.Signed(int64(f.CommunicatedOn))
}

func (f *Flaw) decode(d *rows.Decoder) {
	f.NISS = NISS(d.Number())
	f.Input = Input(d.Unsigned())
	f.Year = int16(d.Signed())
	f.Communication = d.Text()
	f.CommunicatedOn = Date(d.Signed())
}

func (i *Interruption) encode(e *rows.Encoder) { e.Signed(int64(i.Year)) }
func (i *Interruption) decode(d *rows.Decoder) {
	i.NISS = NISS(d.Number())
	i.Year = int16(d.Signed())
	i.Place = d.Place()
}

// evidenceAdded is a bit of the second word of an evidence: EvidenceAdded comes at the end.
const evidenceAdded = 1 << 14

func (v *Evidence) encode(e *rows.Encoder) {
	e.Signed(int64(v.Year) - yearBase)
	word := uint64(v.Quarter-1) | uint64(v.HalfTime)<<2 | uint64(v.PensionRights)<<4 | uint64(v.Kind)<<6
	added := v.EvidenceAdded != EvidenceAdded{}
	if added {
		word |= evidenceAdded
	}
	e.Unsigned(word)
	for _, number := range []int64{int64(v.Hours), int64(v.FullTime), int64(v.Days), int64(v.Months), int64(v.Fraction),
		int64(v.Incapacity), int64(v.Benefit)} {
		e.Signed(number)
	}
	if added {
		e.Unsigned(uint64(v.StartedOn))
		e.Unsigned(uint64(v.EndedOn))
	}
}

func (v *Evidence) decode(d *rows.Decoder) {
	v.NISS = NISS(d.Number())
	v.Year = int16(d.Signed() + yearBase)
	word := d.Unsigned()
	v.Quarter, v.HalfTime, v.PensionRights, v.Kind = uint8(word&3)+1, Answer(word>>2&3), Answer(word>>4&3), EvidenceKind(word>>6&255)
	v.Hours, v.FullTime, v.Days, v.Months = int32(d.Signed()), int32(d.Signed()), int16(d.Signed()), int16(d.Signed())
	v.Fraction, v.Incapacity, v.Benefit = int32(d.Signed()), int32(d.Signed()), money.Cents(d.Signed())
	v.EvidenceAdded = EvidenceAdded{}
	if word&evidenceAdded != 0 {
		v.StartedOn, v.EndedOn = OptionalDate(d.Unsigned()), OptionalDate(d.Unsigned())
	}
	v.Place = d.Place()
}

func (c *Confirmation) encode(e *rows.Encoder) {
	e.Unsigned(uint64(c.Status))
	e.Signed(int64(c.On))
	e.Signed(int64(c.Amount))
	e.Text(c.EndToEnd)
}

func (c *Confirmation) decode(d *rows.Decoder) {
	c.Status, c.On, c.Amount = ConfirmationStatus(d.Unsigned()), Date(d.Signed()), money.Cents(d.Signed())
	c.EndToEnd = d.Text()
}
