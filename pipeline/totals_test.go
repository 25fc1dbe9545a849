package pipeline

import "testing"

// The oldest money is the oldest of all shards; a day that is none is not older than any.
func TestTheOldestMoneyOfAllShards(t *testing.T) {
	var all BalanceTotals
	for _, b := range []Balance{{}, {UnseenSince: june30, OldestDue: june30 - 5}, {UnseenSince: june30 - 9}, {}} {
		var shard BalanceTotals
		shard.balance(&b)
		all.add(&shard)
	}
	if all.OldestUnseen != june30-9 || all.OldestOpen != june30-5 {
		t.Errorf("unseen since %s, open since %s", all.OldestUnseen, all.OldestOpen)
	}
}
