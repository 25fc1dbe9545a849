package run

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"regul/jobs/ledger"
	"regul/pipeline"
	"regul/pipeline/rows"
)

// nameFormat changes when the same content is to have another name.
const nameFormat = 1

// batchName is the identity of a batch: its day and eight digits of a digest over the content of the inputs (in any
// order, format and split into files), the parameters, the law, the batches it builds on and those that were
// withdrawn, and how the fund presents itself.
func batchName(o *Options, digests *[pipeline.InputCount]rows.Digest, strangers []uint64, history *ledger.History) string {
	hash := sha256.New()
	p := &o.Parameters
	fmt.Fprintf(hash, "format %d\nas of %s\nlaw %s\n", nameFormat, p.AsOf, o.Subject.Version(p))
	for _, year := range slices.Sorted(maps.Keys(p.Fees)) {
		fmt.Fprintf(hash, "fee %d %d\n", year, p.Fees[year])
	}
	for _, year := range slices.Sorted(maps.Keys(p.MinimumPension)) {
		fmt.Fprintf(hash, "minimum pension %d %d\n", year, p.MinimumPension[year])
	}
	if o.Corrects != nil {
		fmt.Fprintf(hash, "corrects %s\n", o.Corrects.Batch)
	}
	if p.Recheck != 0 {
		fmt.Fprintln(hash, strings.Join(append([]string{"recheck"}, recheckFor(p.Recheck)...), " "))
	}
	if o.Subject.Job != "" {
		fmt.Fprintf(hash, "job %s\n", o.Subject.Job)
	}
	for _, input := range o.Subject.Inputs {
		if input.CameLater() && digests[input].Rows == 0 {
			continue
		}
		fmt.Fprintf(hash, "%s ", input)
		digests[input].WriteTo(hash) // a hash never fails
	}
	history.AddTo(hash)
	for _, reference := range strangers {
		fmt.Fprintf(hash, "mandate of another job %016x\n", reference)
	}
	o.Outgoing.AddTo(hash)
	return p.AsOf.String() + "-" + hex.EncodeToString(hash.Sum(nil))[:8]
}
