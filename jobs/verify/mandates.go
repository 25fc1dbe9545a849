package verify

import (
	"cmp"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/pipeline"
	"regul/writers/payments"
)

// collected is a collection of the batch: by which mandate, of whom.
type collected struct {
	mandate uint64 // as pipeline.MandateReference tells it
	number  pipeline.NISS
	row     int64 // of the index
}

// checkMandates makes sure that no mandate collects from two debtors; with the whole ledger, also that none does by which a batch of
// another job collected, as far as the batch rests on them.
func (v *verifier) checkMandates(c *Check, list []collected) error {
	slices.SortFunc(list, func(a, b collected) int { return cmp.Or(cmp.Compare(a.mandate, b.mandate), cmp.Compare(a.row, b.row)) })
	for i := range list {
		if i > 0 && list[i].mandate == list[i-1].mandate && list[i].number != list[i-1].number {
			c.fail(v.subject.Money.File, list[i].row, "its mandate is also that of row %d, which is somebody else's", list[i-1].row)
		}
	}
	if !v.options.Chain || len(list) == 0 {
		return nil
	}
	history, err := ledger.HistoryOf(v.options.Out, v.manifest)
	if err != nil {
		return err
	}
	told := map[int64]bool{}
	return history.Collected(func(reference uint64, number pipeline.NISS) {
		at, _ := slices.BinarySearchFunc(list, reference, func(of collected, r uint64) int { return cmp.Compare(of.mandate, r) })
		for ; at < len(list) && list[at].mandate == reference && number == 0; at++ {
			if !told[list[at].row] {
				told[list[at].row] = true
				c.fail(v.subject.Money.File, list[at].row, "a batch of another job, on which this one rests, collected by its mandate")
			}
		}
	})
}

// collectedBy is a row of the index as a collection; false where nothing is collected.
func (s *subject) collectedBy(r *indexRow) (of collected, is bool) {
	if r.Kind != payments.Claim.String() || r.Target.Mandate == "" {
		return of, false
	}
	of.number, _ = s.Parse([]byte(r.number))
	of.mandate, of.row = pipeline.MandateReference(r.Target.Mandate), r.Place
	return of, true
}

// checkBeside makes sure of the ledgers of other jobs on which the batch rests.
func (v *verifier) checkBeside(c *Check) {
	for i := range v.manifest.Beside {
		b := &v.manifest.Beside[i]
		if batch.AboutOf(b.Job) == nil || b.Job == v.manifest.Job {
			c.fail(batch.ManifestName, 0, "it rests on a job that is no other")
			continue
		}
		earlier, err := batch.Before(v.options.Out, b.OnIt(v.manifest.Batch))
		if c.Number += int64(len(earlier)); err != nil {
			c.fail(batch.ManifestName, 0, "%v", err)
		}
	}
}
