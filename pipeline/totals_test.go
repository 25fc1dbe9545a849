package pipeline

import (
	"reflect"
	"testing"
)

// The oldest money is the oldest of all shards; a day that is none is not older than any.
func TestTheOldestMoneyOfAllShards(t *testing.T) {
	var all Totals
	for _, b := range []Balance{{}, {UnseenSince: june30, OldestDue: june30 - 5}, {UnseenSince: june30 - 9}, {}} {
		var shard Totals
		shard.balance(&b)
		all.Add(&shard)
	}
	if all.OldestUnseen != june30-9 || all.OldestOpen != june30-5 {
		t.Errorf("unseen since %s, open since %s", all.OldestUnseen, all.OldestOpen)
	}
}

// Each total has one name, is added, and is told where its declaration says.
func TestEveryControlTotalIsAdded(t *testing.T) {
	var one, all ControlTotals
	names := map[string]bool{}
	value := reflect.ValueOf(&one).Elem()
	for i, kind := range ControlTotalKinds() {
		if kind.Name == "" || names[kind.Name] {
			t.Errorf("%d is called %q, and so is another", i, kind.Name)
		}
		if names[kind.Name] = true; (kind.Summary || kind.Metrics) && !kind.IsAmount {
			t.Errorf("%s is told as an amount", kind.Name)
		}
		value.Field(i).SetInt(int64(i + 1))
	}
	all.add(&one)
	all.add(&one)
	n := int64(0)
	for kind, sum := range all.All() {
		if n++; sum != 2*n {
			t.Errorf("%s is %d, not %d", kind.Name, sum, 2*n)
		}
	}
	if amount, known := all.Amount("definitive"); amount != all.Definitive || !known {
		t.Errorf("definitive is %d", amount)
	}
	if _, known := all.Amount("quarters"); known {
		t.Error("quarters are no amount")
	}
}
