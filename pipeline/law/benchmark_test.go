package law_test

import (
	"math/rand/v2"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// One operation is one quarter: over incomes drawn beforehand and every category in force in 2025Q4, so
// that no branch is learnt by heart.
//
//	go test ./pipeline/law -run NONE -bench Contribution
func BenchmarkContribution(b *testing.B) {
	const size = 1 << 14
	l := loadBoth(b)
	year := l.years[2025]
	drawn := newIncomes(b, l.reference, []int{2025})
	rng := rand.New(rand.NewPCG(3, 0))
	type input struct {
		schedule *law.Schedule
		income   money.Cents
		n        int
	}
	inputs := make([]input, size)
	for i := range inputs {
		n := 1 + rng.IntN(4)
		category := law.Category(rng.IntN(len(l.kernel.Codes())))
		inputs[i] = input{year.Schedule(category, 4, 0), drawn.draw(rng, 2025, n), n}
	}
	b.ReportAllocs()
	var sum money.Cents
	i := 0
	for b.Loop() {
		in := &inputs[i&(size-1)]
		sum += in.schedule.Contribution(in.income, in.n, 30_500).Definitive
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "quarters/s")
	if sum == 0 {
		b.Error("nothing was computed")
	}
}

func TestContributionAllocatesNothing(t *testing.T) {
	b := loadBoth(t)
	main, _ := b.kernel.Category("main")
	schedule := b.years[2025].Schedule(main, 1, 0)
	if got := testing.AllocsPerRun(1000, func() { schedule.Contribution(4_000_000, 3, 30_500) }); got != 0 {
		t.Errorf("%v allocations", got)
	}
}
