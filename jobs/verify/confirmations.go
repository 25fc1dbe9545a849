package verify

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/readers/second"
	"regul/writers/payments"
)

// checkConfirmations counts what the bank said, and holds it against the manifest.
func (v *verifier) checkConfirmations() {
	if v.manifest.Confirmed == nil && len(v.files(payments.Folder, "confirmations.parquet")) == 0 {
		return
	}
	c, counts := v.add("confirmations", "facts"), map[string]int64{}
	if len(v.files(payments.Folder, "confirmations.parquet")) > 0 {
		columns := []string{"transaction", "status", "kind", "amount"}
		err := v.eachRow(payments.ConfirmationsFile, columns, func(row int64, cells []*second.Cells, at int) {
			counts[cells[1].Texts[at]]++
			leaves, own := pipeline.OwnTransfer(cells[0].Texts[at])
			c.that(own && leaves == (cells[2].Texts[at] == payments.Refund.String()), payments.ConfirmationsFile, row,
				"its transaction is none of the fund's, or of the other kind")
			c.that(cells[3].Nulls[at] || cells[3].Ints[at] > 0, payments.ConfirmationsFile, row, "its amount is not above 0")
		})
		if err != nil {
			c.fail(payments.ConfirmationsFile, 0, "%v", withoutPath(err))
		}
	}
	for _, status := range pipeline.ConfirmationStatuses()[1:] {
		hold(c, batch.ManifestName, "the confirmations that are "+status, v.manifest.Confirmed[status], counts[status])
	}
}
