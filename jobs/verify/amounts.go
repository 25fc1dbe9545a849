package verify

import (
	"strconv"
	"strings"

	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// holdAmounts settles a year a second time, from what was definitive, called and paid.
func holdAmounts(v *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		c.Number++
		is := func(name string, found, want money.Cents) { c.is(&r.rowPlace, name, found, want) }
		within := func(name string, found, most money.Cents) {
			if found < 0 || found > most {
				c.fail(r.file, r.row, "%s is %s, it must lie between 0.00 and %s", name, found, most)
			}
		}
		if r.components != "" {
			sum, ok := sumOfComponents(r.components)
			if !ok {
				c.fail(r.file, r.row, "components can't be read")
			}
			is("the sum of the components", sum, r.income)
		}
		b := reference.Settle(eur(r.definitive), eur(r.called), eur(r.paid))
		is("definitive", r.definitive, r.contribution+r.fee)
		is("supplement", r.supplement, cents(b.Supplement))
		is("cancelled", r.cancelled, cents(b.Cancelled))
		is("surplus_applied", r.surplus, cents(b.SurplusApplied))
		is("to_pay", r.toPay, cents(b.ToPay))
		is("refund_gross", r.refundGross, cents(b.RefundGross))
		is("offset + refund", r.offset+r.refund, r.refundGross)
		is("arrears", r.arrears, cents(b.Arrears))
		if r.tellsBarred {
			v.holdBarred(r, is, within)
		}
		within("offset", r.offset, r.refundGross)
		within("offset_received", r.received, r.toPay)
		if r.unclear < 0 || r.reversed < 0 {
			c.fail(r.file, r.row, "unclear and reversed can't be negative")
		}
		if r.subject >= 1 && r.subject <= 4 {
			is("annual_income", r.annual, cents(reference.AnnualIncome(eur(r.countedIncome()), r.subject).Rounded()))
		} else {
			c.fail(r.file, r.row, "subject_quarters is %d, it must be 1 to 4", r.subject)
		}
	}
}

// sumOfComponents adds up the incomes of a list such as `trader 10000.00 "A"; director 5000.00 ""`.
func sumOfComponents(list string) (sum money.Cents, ok bool) {
	for list != "" {
		_, rest, _ := strings.Cut(list, " ")
		amount, rest, _ := strings.Cut(rest, " ")
		income, err := money.Parse(amount)
		if err != nil {
			return 0, false
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return 0, false
		}
		sum += income
		list = strings.TrimPrefix(rest[len(quoted):], "; ")
	}
	return sum, true
}

// holdBarred checks how much of the arrears is barred. What of them is provisional a first version says, since it calls nothing else.
func (v *verifier) holdBarred(r *verifiedYear, is, within func(name string, found, want money.Cents)) {
	on := calendar(v.asOf)
	old := !r.interrupted && !on.Before(reference.ProvisionalBarredFrom(r.year))
	if old && r.version > 1 && on.Before(reference.TimeBarredFrom(r.year)) {
		within("arrears_barred", r.barred, r.arrears)
		return
	}
	ofProvisional := reference.OpenArrears(eur(r.called), eur(r.paid))
	is("arrears_barred", r.barred, cents(reference.BarredArrears(r.year, eur(r.arrears), ofProvisional, r.interrupted, on)))
}

// holdOutcome checks that the outcome is that of the amounts which the row says.
func holdOutcome(_ *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		said := reference.Balance{Supplement: eur(r.supplement), SurplusApplied: eur(r.surplus), ToPay: eur(r.toPay),
			Cancelled: eur(r.cancelled), RefundGross: eur(r.refundGross), Arrears: eur(r.arrears)}
		want := said.Outcome()
		c.that(r.outcome == want, r.file, r.row, "the outcome of its amounts is %s", want)
	}
}
