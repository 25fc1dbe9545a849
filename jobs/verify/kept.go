package verify

import (
	"context"

	"regul/jobs/ledger"
)

// checkKept compares what nights read in place of older batches with these batches, where all of the ledger is checked: it is derived, and
// no manifest names it. What differs is deleted, and made again by the next run.
func (v *verifier) checkKept(ctx context.Context) error {
	if !v.options.Chain {
		return nil
	}
	c := v.add("kept", "files")
	found, err := ledger.CompareKept(ctx, v.options.Out, v.manifest.Job, v.options.Together)
	if err != nil {
		return err
	}
	c.Number = found.Files
	for _, path := range found.Differing {
		c.fail(path, 0, "it is not what the batches say: delete %s, the next run makes it again", ledger.KeptFolder)
	}
	return nil
}
