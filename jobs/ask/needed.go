package ask

import (
	"fmt"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
)

// Needed finds of which batches the letters, payment files or rejects are still needed, by name: why. Money that was ordered and not seen
// needs its payment file; revenue that waits is in the rejects, and is tried again each night.
func Needed(storage storage.Storage, on pipeline.Date) (map[string]string, error) {
	needed := map[string]string{}
	open, err := OpenRejects(storage, on, 0)
	if err != nil {
		return nil, err
	}
	waiting := map[string]int{}
	for _, r := range open.Rows {
		if r.Waiting {
			waiting[r.Batch]++
			needed[r.Batch] = fmt.Sprintf("communications wait in its rejects (rows: %d)", waiting[r.Batch])
		}
	}
	for _, about := range batch.Abouts() {
		money, err := OutstandingRecorded(storage, about, AllOfAKind)
		if err != nil {
			return nil, err
		}
		if money == nil {
			continue
		}
		for _, m := range money.Years {
			for _, o := range m.Orders {
				needed[o.Batch] = "money that it ordered was not seen: regul outstanding lists it"
			}
		}
	}
	return needed, nil
}
