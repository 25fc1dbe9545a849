package verify

import (
	"path"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/second"
	"regul/writers/payments"
)

// paid is what a payment file holds, or should hold.
type paid struct {
	count int64
	sum   money.Cents
}

// checkPayments holds the payment files against their index, and the index against the regularisations.
func (v *verifier) checkPayments() {
	files := v.files(payments.Folder, ".xml")
	if len(files) == 0 && len(v.files(path.Dir(v.subject.payments), ".parquet")) == 0 {
		return
	}
	c := v.add("payments", "payments")
	sent, kinds := map[string]paid{}, map[string]money.Cents{}
	err := v.eachRow(v.subject.payments, []string{"kind", "amount", "status", "file"}, func(row int64, cells []*second.Cells, at int) {
		kind, status, file := cells[0].Texts[at], cells[2].Texts[at], cells[3].Texts[at]
		amount := money.Cents(cells[1].Ints[at])
		kinds[kind] += amount
		c.that(amount > 0, v.subject.payments, row, "its amount is not positive")
		if (status == payments.Sent.String()) != (file != "") {
			c.fail(v.subject.payments, row, "what is sent is in a file, and nothing else")
		}
		if file != "" {
			sent[file] = paid{sent[file].count + 1, sent[file].sum + amount}
		}
	})
	if err != nil {
		c.fail(v.subject.payments, 0, "%v", withoutPath(err))
		return
	}
	messages, faults := v.readAllPayments(files)
	for i, f := range files {
		if faults[i] != nil {
			c.fail(f.Path, 0, "it can't be read as XML: %v", withoutPath(faults[i]))
		} else {
			holdPayments(c, f.Path, messages[i], sent[f.Path])
		}
		delete(sent, f.Path)
	}
	if len(sent) > 0 {
		c.fail(v.subject.payments, 0, "it names %d files that are not there", len(sent))
	}
	if c.Note = v.incomplete(); c.Note == "" {
		hold(c, v.subject.payments, "the sum of the refunds", kinds[payments.Refund.String()], v.sums.amount("payout"))
		hold(c, v.subject.payments, "the sum of the claims", kinds[payments.Claim.String()], v.sums.amount("claim"))
	}
}

// holdCancellations checks the collections that the batch makes void, days to come of which something is not due, and adds them up.
func (v *verifier) holdCancellations(c *Check) (number int64, sum money.Cents) {
	if len(v.files(payments.Folder, "cancellations.parquet")) == 0 {
		return 0, 0
	}
	err := v.eachRow(payments.CancellationsFile, []string{"amount", "still_due", "due_on"}, func(row int64, cells []*second.Cells, at int) {
		amount, due := money.Cents(cells[0].Ints[at]), money.Cents(cells[1].Ints[at])
		number++
		sum += amount
		c.that(amount > 0 && due >= 0 && due < amount && pipeline.Date(cells[2].Ints[at]).String() > v.manifest.AsOf, payments.CancellationsFile, row,
			"it is no collection to come of which something is not due")
	})
	if err != nil {
		c.fail(payments.CancellationsFile, 0, "%v", withoutPath(err))
	}
	return number, sum
}

// holdPayments holds a payment file against its own sums and the index.
func holdPayments(c *Check, name string, message *paymentMessage, indexed paid) {
	for _, of := range message.groups {
		if of.said != of.found {
			c.fail(name, 0, "%s says %d transactions of %s, it has %d of %s", of.name, of.said.count, of.said.sum, of.found.count, of.found.sum)
		}
	}
	if message.all != indexed {
		c.fail(name, 0, "it has %d transactions of %s, the index says %d of %s", message.all.count, message.all.sum, indexed.count, indexed.sum)
	}
}
