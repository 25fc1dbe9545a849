package verify

import (
	"regul/jobs/batch"
	"regul/jobs/ledger"
)

// checkRemoved tells which files regul expire has removed, and makes sure that the audit tells it too: else anybody could take a payment
// file away and say that its time was over.
func (v *verifier) checkRemoved() error {
	e := v.manifest.Expiry
	if e == nil {
		return nil
	}
	c := v.add("removed", "files")
	c.Number = int64(len(e.Files))
	c.Note = "on " + e.On + " by " + e.By
	if err := ledger.Expired(v.options.Out, v.manifest); err != nil {
		c.fail(batch.ExpiredName(e.Batch), 0, "%v", err)
	}
	return nil
}
