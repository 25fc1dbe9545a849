package pipeline

import (
	"encoding/binary"
	"unsafe"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Rows wait for their shard as compact bytes: varints, about 17 bytes for a quarter of account instead
// of 48. This file holds the two directions, side by side; the order of fields is the same in both.
// The body of a row (without its place) is also what the digest of the inputs' content is made of.

type encoder struct{ bytes []byte }

func (e *encoder) unsigned(v uint64) { e.bytes = binary.AppendUvarint(e.bytes, v) }
func (e *encoder) signed(v int64)    { e.bytes = binary.AppendVarint(e.bytes, v) }
func (e *encoder) text(s string) {
	e.unsigned(uint64(len(s)))
	e.bytes = append(e.bytes, s...)
}

type decoder struct {
	bytes []byte
	base  NISS  // of the bucket: numbers are kept relative to it
	last  Place // of the row before
}

// niss is the national number with which every row begins.
func (d *decoder) niss() NISS { return d.base + NISS(d.unsigned()) }

func (d *decoder) unsigned() uint64 {
	if b := d.bytes[0]; b < 0x80 {
		d.bytes = d.bytes[1:]
		return uint64(b)
	}
	v, n := binary.Uvarint(d.bytes)
	d.bytes = d.bytes[n:]
	return v
}

func (d *decoder) signed() int64 {
	v := d.unsigned()
	return int64(v>>1) ^ -int64(v&1)
}

// text is a string over the bytes themselves: they never change once written.
func (d *decoder) text() string {
	n := int(d.unsigned())
	if n == 0 {
		return ""
	}
	s := unsafe.String(&d.bytes[0], n)
	d.bytes = d.bytes[n:]
	return s
}

// place writes where a row stands, relative to the row before it in the same bucket: rows come in their order, mostly.
func (e *encoder) place(p Place, last *Place) {
	e.signed(p.Row - last.Row)
	e.signed(int64(p.File - last.File))
	*last = p
}

func (d *decoder) place() Place {
	d.last.Row += d.signed()
	d.last.File += int32(d.signed())
	return d.last
}

func (e *encoder) affiliate(a *Affiliate) {
	e.unsigned(uint64(a.Dossier.Number))
	e.unsigned(uint64(a.Dossier.Digits)<<4 | uint64(a.Language))
	e.unsigned(a.Fingerprint)
}

func (d *decoder) affiliate(a *Affiliate) {
	a.NISS = d.niss()
	d.affiliateBody(a)
	a.Place = d.place()
	d.contact(&a.Contact)
}

func (d *decoder) affiliateBody(a *Affiliate) {
	a.Dossier.Number = uint32(d.unsigned())
	word := d.unsigned()
	a.Dossier.Digits, a.Language = uint8(word>>4), Language(word&15)
	a.Fingerprint = d.unsigned()
}

// contact comes after the place, and only where the run wants it: it is in the digest by its fingerprint.
func (e *encoder) contact(c *Contact, wanted bool) {
	if !wanted {
		e.unsigned(0)
		return
	}
	e.unsigned(1)
	for _, text := range c.texts() {
		e.text(*text)
	}
	e.signed(int64(c.MandateSignedOn))
}

func (d *decoder) contact(c *Contact) {
	if d.unsigned() == 0 {
		*c = Contact{}
		return
	}
	for _, text := range c.texts() {
		*text = d.text()
	}
	c.MandateSignedOn = Date(d.signed())
}

func (c *Contact) texts() [8]*string {
	return [...]*string{&c.LastName, &c.FirstName, &c.Street, &c.Postcode, &c.City, &c.Country, &c.IBAN, &c.Mandate}
}

// yearBase and dayBase make the usual years and days small numbers.
const (
	yearBase = 2000
	dayBase  = Date(20_000) // 2024-10-04
)

func (e *encoder) account(a *AccountQuarter) {
	e.unsigned(uint64(a.Quarter-1) | uint64(a.Starter)<<2 | uint64(a.Reduction)<<4 | uint64(a.Standing)<<6 |
		uint64(a.Category)<<9)
	e.signed(int64(a.Year) - yearBase)
	e.signed(int64(a.LegalProvisional))
	e.signed(int64(a.Provisional - a.LegalProvisional)) // usually 0
}

func (d *decoder) account(a *AccountQuarter) {
	a.NISS = d.niss()
	word := d.unsigned()
	a.Quarter, a.Starter = uint8(word&3)+1, uint8(word>>2&3)
	a.Reduction, a.Standing = Reduction(word>>4&3), Standing(word>>6&7)
	a.Category = law.Category(word >> 9)
	a.Year = int16(d.signed() + yearBase)
	a.LegalProvisional = money.Cents(d.signed())
	a.Provisional = a.LegalProvisional + money.Cents(d.signed())
	a.Place = d.place()
}

func (e *encoder) payment(p *Payment) {
	e.signed((int64(p.Year)-yearBase)<<3 | int64(p.Quarter))
	e.signed(int64(p.PaidOn - dayBase))
	e.signed(int64(p.Amount))
}

func (d *decoder) payment(p *Payment) {
	p.NISS = d.niss()
	word := d.signed()
	p.Year, p.Quarter = int16(word>>3+yearBase), uint8(word&7)
	p.PaidOn = Date(d.signed()) + dayBase
	p.Amount = money.Cents(d.signed())
	p.Place = d.place()
}

func (e *encoder) component(c *Component) {
	e.signed((int64(c.Year)-yearBase)<<3 | int64(c.Nature))
	e.signed(int64(c.CommunicatedOn))
	e.signed(int64(c.Income))
	e.text(c.Communication)
	e.text(c.Assessment)
}

func (d *decoder) component(c *Component) {
	c.NISS = d.niss()
	word := d.signed()
	c.Year, c.Nature = int16(word>>3+yearBase), Nature(word&7)
	c.CommunicatedOn = Date(d.signed())
	c.Income = money.Cents(d.signed())
	c.Communication = d.text()
	c.Assessment = d.text()
	c.Place = d.place()
}

func (e *encoder) flaw(f *Flaw) {
	e.unsigned(uint64(f.Input))
	e.signed(int64(f.Year))
	e.text(f.Communication)
}

func (d *decoder) flaw(f *Flaw) {
	f.NISS = d.niss()
	f.Input = Input(d.unsigned())
	f.Year = int16(d.signed())
	f.Communication = d.text()
}

func (e *encoder) interruption(i *Interruption) { e.signed(int64(i.Year)) }
func (d *decoder) interruption(i *Interruption) {
	i.NISS = d.niss()
	i.Year = int16(d.signed())
	i.Place = d.place()
}

func (e *encoder) evidence(v *Evidence) {
	e.signed(int64(v.Year) - yearBase)
	e.unsigned(uint64(v.Quarter-1) | uint64(v.HalfTime)<<2 | uint64(v.PensionRights)<<4 | uint64(v.Kind)<<6)
	for _, number := range []int64{int64(v.Hours), int64(v.FullTime), int64(v.Days), int64(v.Months), int64(v.Fraction), int64(v.Incapacity), int64(v.Benefit)} {
		e.signed(number)
	}
}

func (d *decoder) evidence(v *Evidence) {
	v.NISS = d.niss()
	v.Year = int16(d.signed() + yearBase)
	word := d.unsigned()
	v.Quarter, v.HalfTime, v.PensionRights, v.Kind = uint8(word&3)+1, Answer(word>>2&3), Answer(word>>4&3), EvidenceKind(word>>6)
	v.Hours, v.FullTime, v.Days, v.Months = int32(d.signed()), int32(d.signed()), int16(d.signed()), int16(d.signed())
	v.Fraction, v.Incapacity, v.Benefit = int32(d.signed()), int32(d.signed()), money.Cents(d.signed())
	v.Place = d.place()
}

func (e *encoder) priorYear(p *PriorYear) {
	e.signed(int64(p.Year))
	e.unsigned(uint64(p.Version))
	e.signed(int64(p.CommunicatedOn))
	e.signed(int64(p.Income))
	e.signed(int64(p.Surcharge))
	e.signed(int64(p.NotifiedOn))
	e.signed(int64(p.Legal))
	e.signed(int64(p.Reduced))
	e.signed(int64(p.Definitive))
	e.signed(int64(p.Called))
	e.text(p.Communication)
}

func (d *decoder) priorYear(p *PriorYear) {
	p.NISS = d.niss()
	p.Year = int16(d.signed())
	p.Version = int32(d.unsigned())
	p.CommunicatedOn = Date(d.signed())
	p.Income = money.Cents(d.signed())
	p.Surcharge = money.Cents(d.signed())
	p.NotifiedOn = Date(d.signed())
	p.Legal = money.Cents(d.signed())
	p.Reduced = money.Cents(d.signed())
	p.Definitive = money.Cents(d.signed())
	p.Called = money.Cents(d.signed())
	p.Communication = d.text()
}

func (e *encoder) withdrawnNotice(w *WithdrawnNotice) {
	e.signed(int64(w.Year))
	e.signed(int64(w.NotifiedOn))
}

func (d *decoder) withdrawnNotice(w *WithdrawnNotice) {
	w.NISS = d.niss()
	d.withdrawnNoticeBody(w)
}

func (d *decoder) withdrawnNoticeBody(w *WithdrawnNotice) {
	w.Year = int16(d.signed())
	w.NotifiedOn = Date(d.signed())
}

func (e *encoder) priorQuarter(p *PriorQuarter) {
	e.signed(int64(p.Year))
	e.unsigned(uint64(p.Version)<<3 | uint64(p.Quarter))
	e.signed(int64(p.Definitive))
	e.signed(int64(p.Fee))
	e.unsigned(uint64(p.Category)<<3 | uint64(p.Standing))
	e.unsigned(uint64(p.Applied))
}

func (d *decoder) priorQuarter(p *PriorQuarter) {
	p.NISS = d.niss()
	p.Year = int16(d.signed())
	word := d.unsigned()
	p.Version, p.Quarter = int32(word>>3), uint8(word&7)
	p.Definitive = money.Cents(d.signed())
	p.Fee = money.Cents(d.signed())
	word = d.unsigned()
	p.Category, p.Standing = law.Category(word>>3), Standing(word&7)
	p.Applied = law.Category(d.unsigned())
}
