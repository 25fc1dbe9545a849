package verify

import (
	"strconv"
	"strings"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// holdAmounts checks the settlement of a year, line by line, from what was definitive, called and paid (AR 38 art. 11 §5 and
// 15, RGS art. 44).
func holdAmounts(_ *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		c.Number++
		is := func(name string, found, want money.Cents) {
			if found != want {
				c.fail(r.file, r.row, "%s is %s, it must be %s", name, found, want)
			}
		}
		within := func(name string, found, most money.Cents) {
			if found < 0 || found > most {
				c.fail(r.file, r.row, "%s is %s, it must lie between 0.00 and %s", name, found, most)
			}
		}
		if r.components != "" {
			sum, ok := sumOfComponents(r.components)
			c.that(ok, r.file, r.row, "components can't be read")
			is("the sum of the components", sum, r.income)
		}
		is("definitive", r.definitive, r.contribution+r.fee)
		is("supplement", r.supplement, max(0, r.definitive-r.called))
		is("cancelled", r.cancelled, max(0, r.called-r.definitive))
		is("surplus_applied", r.surplus, min(r.supplement, max(0, r.paid-r.called)))
		is("to_pay", r.toPay, r.supplement-r.surplus)
		is("refund_gross", r.refundGross, max(0, r.paid-r.definitive))
		is("offset + refund", r.offset+r.refund, r.refundGross)
		is("arrears", r.arrears, max(0, min(r.called, r.definitive)-r.paid))
		within("offset", r.offset, r.refundGross)
		within("offset_received", r.received, r.toPay)
		if r.subject >= 1 && r.subject <= 4 {
			is("annual_income", r.annual, law.AnnualIncome(r.countedIncome(), r.subject))
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

// holdOutcome checks that the outcome follows from the amounts: the first that holds.
func holdOutcome(_ *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		want := "unchanged"
		switch {
		case r.toPay > 0:
			want = "supplement"
		case r.refundGross > 0:
			want = "refund"
		case r.cancelled > 0:
			want = "cancelled"
		case r.supplement > 0:
			want = "settled"
		}
		c.that(r.outcome == want, r.file, r.row, "the outcome of its amounts is %s", want)
	}
}
