package verify

import (
	"maps"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline/money"
)

// usualStep is the step in which changes of what is owed are counted.
const usualStep money.Cents = 5_00

// usual is what is typical of a batch: its largest transfer to an affiliate for a year, and the changes of what is owed, by step.
type usual struct {
	largest money.Cents
	changes map[money.Cents]int64
}

// take adds a year: what is transferred for it, and by how much more is owed than was called.
func (u *usual) take(payout, change money.Cents) {
	if u.changes == nil {
		u.changes = map[money.Cents]int64{}
	}
	u.largest = max(u.largest, payout)
	u.changes[change/usualStep]++
}

func (u *usual) add(o *usual) {
	if u.changes == nil {
		u.changes = map[money.Cents]int64{}
	}
	u.largest = max(u.largest, o.largest)
	for step, n := range o.changes {
		u.changes[step] += n
	}
}

// median is the change that half of the years do not exceed.
func (u *usual) median() money.Cents {
	var years, counted int64
	for _, n := range u.changes {
		years += n
	}
	for _, step := range slices.Sorted(maps.Keys(u.changes)) {
		if counted += u.changes[step]; counted*2 >= years {
			return step * usualStep
		}
	}
	return 0
}

// checkUsual compares what the manifest says is typical of the batch. Batches from before say nothing of it.
func (v *verifier) checkUsual(c *Check) {
	if said := v.manifest.Usual; said != nil {
		hold(c, batch.ManifestName, "largest_refund", said.LargestRefund, v.sums.usual.largest)
		hold(c, batch.ManifestName, "median_change", said.MedianChange, v.sums.usual.median())
	}
}
