package verify

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// holdEntries checks the books of an affiliate's year: debit = credit, and each role has what the regularisation says. The
// year may be one that the batch does not settle: a refund of another pays its arrears.
func holdEntries(v *verifier, y *verifiedCase, c *Check) {
	if len(y.entries) == 0 && (len(y.settled) == 0 || !v.keepsBooks) {
		return
	}
	c.Number += int64(len(y.entries))
	var debit, credit money.Cents
	for i := range y.entries {
		e := &y.entries[i]
		debit += e.debit
		credit += e.credit
		if e.debit < 0 || e.credit < 0 || (e.debit > 0) == (e.credit > 0) {
			c.fail(e.file, e.row, "one of debit and credit must be positive, the other 0")
		}
		if e.booked != v.asOf {
			c.fail(e.file, e.row, "booked_on is not the day of the batch")
		}
		if e.reference != referenceText(e.dossier, e.year) {
			c.fail(e.file, e.row, "its reference is not the one of its dossier and year")
		}
		version, dossier := 0, y.entries[0].dossier
		if len(y.settled) > 0 {
			version, dossier = y.settled[0].version, y.settled[0].dossier
		}
		if e.reverses == 0 && e.version != version || e.dossier != dossier {
			c.fail(e.file, e.row, "its version or dossier is not that of its regularisation")
		}
		if e.account == "" {
			c.fail(e.file, e.row, "it has no account")
		}
		if (e.role == pipeline.OffsetRole.String()) != (e.fromYear != 0) && e.role != pipeline.ReceivableRole.String() {
			c.fail(e.file, e.row, "from_year is that of an offset, and of nothing else")
		}
	}
	place := y.firstPlace()
	if debit != credit {
		c.fail(place.file, place.row, "the entries of the year: debit is %s, credit %s", debit, credit)
	}
	for _, booked := range y.mustBeBooked() {
		if booked.found != booked.want {
			c.fail(place.file, place.row, "the entries of the year: %s is %s, it must be %s", booked.name, booked.found, booked.want)
		}
	}
}

// firstPlace is where the year stands: its regularisation, or its first entry.
func (y *verifiedCase) firstPlace() rowPlace {
	if len(y.settled) > 0 {
		return y.settled[0].rowPlace
	}
	return y.entries[0].rowPlace
}

// bookedSum is what was booked, debit - credit, and what should have been. Cents.
type bookedSum struct {
	name        string
	found, want money.Cents
}

// mustBeBooked lists what the entries of a year add up to.
func (y *verifiedCase) mustBeBooked() []bookedSum {
	net := func(of func(*verifiedEntry) bool) (sum money.Cents) {
		for i := range y.entries {
			if e := &y.entries[i]; e.reverses == 0 && of(e) {
				sum += e.debit - e.credit
			}
		}
		return sum
	}
	role := func(r pipeline.Role) money.Cents {
		return net(func(e *verifiedEntry) bool { return e.role == r.String() })
	}
	received := net(func(e *verifiedEntry) bool { return e.role == pipeline.OffsetRole.String() && e.fromYear != y.year })
	var r verifiedYear
	if len(y.settled) > 0 {
		r = y.settled[0]
	}
	return []bookedSum{
		{"receivable", role(pipeline.ReceivableRole), r.supplement - r.cancelled + r.refundGross + r.surcharge + r.surchargeBack() - received},
		{"contributions and fees", role(pipeline.ContributionsRole) + role(pipeline.FeesRole), r.cancelled - r.supplement},
		{"surcharges", role(pipeline.SurchargesRole), -r.surcharge},
		{"refund payable", role(pipeline.RefundPayableRole), -r.payout()},
		{"offsets that leave the year", role(pipeline.OffsetRole) - received, -r.offset},
		{"offsets that come, of them for what is to pay", min(received, r.received), r.received},
	}
}
