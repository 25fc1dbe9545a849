package verify

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// verifiedConfirmation is a row of what the bank said.
type verifiedConfirmation struct {
	transaction, status, kind string
	amount                    money.Cents // pipeline.Unsaid where the bank says none
}

var confirmationColumns = []verifiedColumn[verifiedConfirmation]{
	textColumn("transaction", func(r *verifiedConfirmation) *string { return &r.transaction }),
	textColumn("status", func(r *verifiedConfirmation) *string { return &r.status }),
	textColumn("kind", func(r *verifiedConfirmation) *string { return &r.kind }),
	maybeAmountColumn("amount", func(r *verifiedConfirmation) *money.Cents { return &r.amount }),
}

// checkConfirmations counts what the bank said, and holds it against the manifest.
func (v *verifier) checkConfirmations() {
	if v.manifest.Confirmed == nil && len(v.manifest.File(v.subject.Money.Confirmations)) == 0 {
		return
	}
	c, counts := v.add("confirmations", "facts"), map[string]int64{}
	if len(v.manifest.File(v.subject.Money.Confirmations)) > 0 {
		err := eachRow(v, v.subject.Money.Confirmations, confirmationColumns, func(row int64, r *verifiedConfirmation) {
			counts[r.status]++
			leaves, own := pipeline.OwnTransfer(r.transaction)
			c.that(own && leaves == (r.kind == payments.Refund.String()), v.subject.Money.Confirmations, row,
				"its transaction is none of the fund's, or of the other kind")
			c.that(r.amount == pipeline.Unsaid || r.amount > 0, v.subject.Money.Confirmations, row, "its amount is not above 0")
		})
		if err != nil {
			c.fail(v.subject.Money.Confirmations, 0, "%v", withoutPath(err))
		}
	}
	for _, status := range pipeline.ConfirmationStatuses()[1:] {
		hold(c, batch.ManifestName, "the confirmations that are "+status, v.manifest.Confirmed[status], counts[status])
	}
}
