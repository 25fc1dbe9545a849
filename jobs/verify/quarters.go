package verify

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

var categories = reference.Categories()

// holdQuarters checks that the quarters belong to a regularisation and add up to it.
func holdQuarters(_ *verifier, y *verifiedCase, c *Check) {
	c.Number += int64(len(y.quarters))
	var contribution, fee, definitive, called money.Cents
	subject := 0
	for i := range y.quarters {
		q := &y.quarters[i]
		contribution += q.contribution
		fee += q.fee
		definitive += q.definitive
		called += q.called
		counts, known := reference.CountsAsSubject(q.standing)
		if counts {
			subject++
		}
		if !known {
			c.fail(q.file, q.row, "its standing is none of the list")
		}
		if q.definitive != q.contribution+q.fee {
			c.fail(q.file, q.row, "definitive is %s, contribution and fee are %s", q.definitive, q.contribution+q.fee)
		}
		if !reference.Owes(q.standing) && q.definitive != 0 {
			c.fail(q.file, q.row, "its standing owes nothing, definitive is %s", q.definitive)
		}
		if !slices.Contains(categories, q.category) || !slices.Contains(categories, q.declared) {
			c.fail(q.file, q.row, "its category is none of the law")
		}
		if (q.reason == "") != (q.category == q.declared) || q.reason != "" && !slices.Contains(pipeline.StatusReasons(), q.reason) {
			c.fail(q.file, q.row, "its reason is not why its category is not the declared one")
		}
		if len(y.settled) == 0 {
			c.fail(q.file, q.row, "there is no regularisation of the same affiliate and year")
		} else if q.version != y.settled[0].version {
			c.fail(q.file, q.row, "its version is not that of its regularisation")
		}
	}
	if len(y.settled) == 0 {
		return
	}
	r := &y.settled[0]
	for _, sum := range []struct {
		name        string
		found, want money.Cents
	}{
		{"contribution", contribution, r.contribution}, {"fee", fee, r.fee}, {"definitive", definitive, r.definitive},
		{"called", called, r.called},
	} {
		if sum.found != sum.want {
			c.fail(r.file, r.row, "%s is %s, its quarters add up to %s", sum.name, sum.want, sum.found)
		}
	}
	if subject != r.subject && !r.borrows() {
		c.fail(r.file, r.row, "subject_quarters is %d, its quarters are %d", r.subject, subject)
	}
}
