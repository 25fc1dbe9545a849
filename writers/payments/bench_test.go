package payments_test

import (
	"io"
	"testing"

	"regul/pipeline"
	"regul/writers/payments"
)

// BenchmarkPayments measures transactions a second, on one core, with their rows of the index.
func BenchmarkPayments(b *testing.B) {
	s := settings(store{})
	s.Create = func(string) (io.WriteCloser, error) { return closing{io.Discard}, nil }
	a := of(1, func(c *pipeline.Contact) { c.FirstName = "Éloïse" })
	settled := settle(a, refund(2022, 1478_80), claim(2023, 1267_48))
	for b.Loop() {
		w, err := payments.NewWriter(s)
		if err != nil {
			b.Fatal(err)
		}
		for range 100_000 {
			if err := w.Settlement(&settled); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(200_000*float64(b.N)/b.Elapsed().Seconds(), "transactions/s")
}
