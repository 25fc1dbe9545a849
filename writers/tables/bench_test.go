package tables_test

import (
	"io"
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/tables"
)

type nowhere struct{ io.Writer }

func (nowhere) Close() error { return nil }

// A shard of 40 000 affiliates with a supplement: three entries each, with their share of a row of each other table.
func BenchmarkShard(b *testing.B) {
	const affiliates = 40_000
	l, err := law.Standard()
	if err != nil {
		b.Fatal(err)
	}
	w := tables.NewWriter(func(string) (io.WriteCloser, error) { return nowhere{io.Discard}, nil }, l, tables.DefaultChart())
	settlement := pipeline.Settlement{Party: &pipeline.Party{}, Years: make([]pipeline.SettledYear, 1)}
	y := &settlement.Years[0]
	*y = pipeline.SettledYear{Regularisation: pipeline.Regularisation{Year: 2023, Version: 1, NotifiedOn: 20_000,
		Outcome: pipeline.Supplement, Language: 1}}
	b.ReportAllocs()
	for b.Loop() {
		shard, err := w.Shard(0)
		if err != nil {
			b.Fatal(err)
		}
		for i := range affiliates {
			y.NISS, y.Dossier = pipeline.NISS(10_000_000_000+i*7919), pipeline.Dossier{Number: uint32(i * 2477 % 100_000_000), Digits: 8}
			y.Supplement = money.Cents(i*104_729%1_000_000 + 100)
			y.Fee = y.Supplement * 3 / 100
			shard.Settlement(&settlement)
		}
		if err := shard.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(3*affiliates*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
