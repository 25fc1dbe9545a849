package jobs

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"regul/pipeline"
)

// batchName is the identity of a batch: its day and eight digits of a digest over the content of the inputs (whatever
// their order, format and split into files), the parameters, the law and the batches it builds on.
func batchName(p *pipeline.Parameters, digests *[pipeline.InputCount]pipeline.Digest, ledger []string) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "format %d\nas of %s\nlaw %s\n", manifestFormat, p.AsOf, p.Law.Version())
	for _, year := range slices.Sorted(maps.Keys(p.Fees)) {
		fmt.Fprintf(hash, "fee %d %d\n", year, p.Fees[year])
	}
	for input, digest := range digests {
		fmt.Fprintf(hash, "%s ", pipeline.Input(input))
		digest.WriteTo(hash) // a hash never fails
	}
	for _, batch := range slices.Sorted(slices.Values(ledger)) {
		fmt.Fprintf(hash, "ledger %s\n", batch)
	}
	return p.AsOf.String() + "-" + hex.EncodeToString(hash.Sum(nil))[:8]
}
