package run

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/pipeline"
	"regul/pipeline/money"
)

// Brake holds a night that is unlike the nights before it: it becomes a draft, which a person releases or discards. It knows nothing of the
// law: a delivery may be valid and false. Each limit is off where it is 0.
type Brake struct {
	Payout   int64       // of the largest sum of refunds of the batches before, in percent
	Transfer int64       // of the largest refund of the batches before, in percent
	Share    int64       // by how many percentage points the share of regularisations with a refund may differ from all shares before
	Median   money.Cents // by how much the median change of what is owed may differ from all medians before, in cents
}

// BrakeSettings are the limits as text; "" is off.
type BrakeSettings struct{ Payout, Transfer, Share, Median string }

// The batches that the brake looks at: the last ones that count and settled something. With fewer there is no limit yet.
const (
	brakeBatches = 12
	brakeLeast   = 3
)

// parse reads the limits.
func (s *BrakeSettings) parse(say func(setting string, err error)) (b Brake) {
	percent := func(name, text string, least int64) (n int64) {
		if text == "" {
			return 0
		}
		n, err := strconv.ParseInt(strings.TrimSuffix(text, "%"), 10, 32)
		if err != nil || n < least {
			err = fmt.Errorf("%q is no whole percentage from %d on, such as %d%%", text, least, least)
		}
		say("brake."+name, err)
		return n
	}
	b.Payout, b.Transfer = percent("payout", s.Payout, 100), percent("transfer", s.Transfer, 100)
	b.Share = percent("share", s.Share, 1)
	if s.Median != "" {
		var err error
		if b.Median, err = money.Parse(s.Median); err == nil && (b.Median <= 0 || !pipeline.InRange(b.Median)) {
			err = fmt.Errorf("%q is no amount in EUR above 0", s.Median)
		}
		say("brake.median", err)
	}
	return b
}

// unusual says what of a night exceeds the limits.
func (b *Brake) unusual(m *batch.Manifest, h *ledger.History) (found []batch.Unusual) {
	if *b == (Brake{}) || m.Usual == nil || m.ControlTotals.Regularisations == 0 {
		return nil
	}
	before := slices.DeleteFunc(slices.Clone(h.InOrder()), func(m *batch.Manifest) bool { return m.ControlTotals.Regularisations == 0 })
	before = before[max(0, len(before)-brakeBatches):]
	most := func(percent int64, what string, of func(*batch.Manifest) (money.Cents, bool)) {
		known := values(before, of)
		if value, _ := of(m); percent > 0 && len(known) >= brakeLeast {
			if usual := slices.Max(known); int64(value) > int64(usual)*percent/100 {
				found = append(found, batch.Unusual{What: what, Found: value.String(), Usual: "at most " + usual.String(),
					Limit: fmt.Sprintf("%d%%", percent)})
			}
		}
	}
	most(b.Payout, "the refunds in all, EUR", func(m *batch.Manifest) (money.Cents, bool) { return m.ControlTotals.Payout, true })
	most(b.Transfer, "the largest refund, EUR", func(m *batch.Manifest) (money.Cents, bool) {
		if m.Usual == nil {
			return 0, false
		}
		return m.Usual.LargestRefund, true
	})
	beside := func(by int64, what, limit string, of func(*batch.Manifest) (money.Cents, bool)) {
		known := values(before, of)
		if value, _ := of(m); by > 0 && len(known) >= brakeLeast {
			least, most := slices.Min(known), slices.Max(known)
			if int64(value) > int64(most)+by || int64(value) < int64(least)-by {
				found = append(found, batch.Unusual{What: what, Found: value.String(), Usual: fmt.Sprintf("from %s to %s", least, most),
					Limit: limit})
			}
		}
	}
	beside(b.Share*100, "the share of regularisations with a refund, %", fmt.Sprintf("%d points", b.Share),
		func(m *batch.Manifest) (money.Cents, bool) { return refundShare(m), true })
	beside(int64(b.Median), "the median change of what is owed, EUR", b.Median.String(), func(m *batch.Manifest) (money.Cents, bool) {
		if m.Usual == nil {
			return 0, false
		}
		return m.Usual.MedianChange, true
	})
	return found
}

// values are what batches hold of something, of those that know it.
func values(batches []*batch.Manifest, of func(*batch.Manifest) (money.Cents, bool)) (known []money.Cents) {
	for _, m := range batches {
		if value, is := of(m); is {
			known = append(known, value)
		}
	}
	return known
}

// refundShare is the share of the regularisations that refund something, in hundredths of a percent.
func refundShare(m *batch.Manifest) money.Cents {
	return money.Cents(m.Outcomes[pipeline.Refund.String()] * 100_00 / m.ControlTotals.Regularisations)
}

// usual gathers what later nights are compared with. It implements pipeline.Sink.
type usual struct {
	mutex   sync.Mutex
	largest money.Cents
	changes map[int64]int64 // regularisations by how much more is owed than was called, in steps
}

// changeStep is how exactly the median change is known, in cents: a tenth of a percent of most contributions.
const changeStep = 5_00

// usualShard gathers what one shard holds. It belongs to one goroutine.
type usualShard struct {
	of      *usual
	largest money.Cents
	changes map[int64]int64
}

// Shard begins a shard.
func (u *usual) Shard(int) (pipeline.ShardResults, error) {
	return &usualShard{of: u, changes: map[int64]int64{}}, nil
}

// Settlement takes the years of a settlement.
func (s *usualShard) Settlement(settled *pipeline.Settlement) {
	for i := range settled.Years {
		r := &settled.Years[i].Regularisation
		s.largest = max(s.largest, r.Payout())
		step := int64(r.Definitive-r.Called) / changeStep
		s.changes[step]++
	}
}

// Balances are not needed.
func (s *usualShard) Balances([]pipeline.Balance) {}

// Close adds the shard to the night.
func (s *usualShard) Close() error {
	s.of.add(s.largest, s.changes)
	return nil
}

// add adds what other regularisations hold.
func (u *usual) add(largest money.Cents, changes map[int64]int64) {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.largest = max(u.largest, largest)
	if u.changes == nil {
		u.changes = map[int64]int64{}
	}
	for step, n := range changes {
		u.changes[step] += n
	}
}

// manifest is what the manifest says of it; nil where nothing was settled.
func (u *usual) manifest() *batch.Usual {
	type steps struct{ step, n int64 }
	var all []steps
	total := int64(0)
	for step, n := range u.changes {
		all = append(all, steps{step, n})
		total += n
	}
	if total == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b steps) int { return cmp.Compare(a.step, b.step) })
	median := int64(0)
	for before, i := int64(0), 0; before*2 < total; i++ {
		median = all[i].step
		before += all[i].n
	}
	return &batch.Usual{LargestRefund: u.largest, MedianChange: money.Cents(median * changeStep)}
}

// unusualText words what is unusual, in a line.
func unusualText(found []batch.Unusual) string {
	var parts []string
	for _, u := range found {
		parts = append(parts, fmt.Sprintf("%s: %s, before %s, limit %s", u.What, u.Found, u.Usual, u.Limit))
	}
	return strings.Join(parts, "; ")
}
