package report

import (
	"io"
	"testing"

	"regul/writers/report/tally"
)

func TestASettlementIsCountedWithoutMemory(t *testing.T) {
	list := settlements(t, 200, 6)
	shard, err := tally.NewGatherer(standardLaw(t).Codes()).Shard(0)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	if got := testing.AllocsPerRun(1000, func() { shard.Settlement(list[i%len(list)]); i++ }); got != 0 {
		t.Errorf("%v allocations a settlement", got)
	}
}

func BenchmarkSettlement(b *testing.B) {
	list := settlements(b, 10_000, 7)
	shard, err := tally.NewGatherer(standardLaw(b).Codes()).Shard(0)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		shard.Settlement(list[i%len(list)])
	}
}

// What a batch of 20 shards costs beside its settlements, and the page.
func BenchmarkMergeAndWrite(b *testing.B) {
	list := settlements(b, 10_000, 7)
	for b.Loop() {
		s := gather(b, list[:20], 20)
		if err := Write(io.Discard, batchOf(s), s); err != nil {
			b.Fatal(err)
		}
	}
}
