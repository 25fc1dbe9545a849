package law_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// eachSchedule calls try with every schedule in force: category, year, quarter and starter year.
func eachSchedule(t *testing.T, b both, try func(t *testing.T, year int, schedule *law.Schedule)) {
	t.Helper()
	for _, code := range b.kernel.Codes() {
		category, _ := b.kernel.Category(code)
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			for number, year := range b.years {
				for i := range 4 * 4 {
					if schedule := year.Schedule(category, 1+i/4, i%4); schedule != nil {
						try(t, number, schedule)
					}
				}
			}
		})
	}
}

// ladder is a set of ascending incomes for a year with n quarters: around every threshold, and random.
func ladder(t *testing.T, b both, rng *rand.Rand, year, n int) []money.Cents {
	t.Helper()
	steps := newIncomes(t, b.reference, []int{year})
	var found []money.Cents
	for _, threshold := range steps.thresholds[year] {
		for around := money.Cents(-1); around <= 2; around++ {
			found = append(found, atThreshold(threshold, n)+around)
		}
	}
	for range 60 {
		found = append(found, steps.draw(rng, year, n))
	}
	slices.Sort(found)
	return found
}

// No category is an exception: past a threshold a contribution may jump, but only upwards.
func TestContributionNeverFallsAsIncomeRises(t *testing.T) {
	b := loadBoth(t)
	eachSchedule(t, b, func(t *testing.T, year int, schedule *law.Schedule) {
		rng := rand.New(rand.NewPCG(1, uint64(year)))
		n := 1 + rng.IntN(4)
		var last law.Contribution
		for _, income := range ladder(t, b, rng, year, n) {
			got := schedule.Contribution(income, n, 30_500)
			if got.Band1 < last.Band1 || got.Band2 < last.Band2 || got.Annual < last.Annual ||
				got.Quarter < last.Quarter || got.Definitive < last.Definitive {
				t.Fatalf("%d, n %d, income %s: %+v after %+v", year, n, income, got, last)
			}
			last = got
		}
	})
}

func TestContributionIsNeverNegative(t *testing.T) {
	b := loadBoth(t)
	eachSchedule(t, b, func(t *testing.T, year int, schedule *law.Schedule) {
		for n := 1; n <= 4; n++ {
			for _, income := range []money.Cents{-largest, -1, 0, 1, 100} {
				got := schedule.Contribution(income, n, 30_500)
				if min(got.Band1, got.Band2, got.Annual, got.Quarter, got.Fee, got.Definitive) < 0 {
					t.Fatalf("%d, n %d, income %s: %+v", year, n, income, got)
				}
			}
		}
	})
}

func TestALossCountsAsNoIncome(t *testing.T) {
	b := loadBoth(t)
	eachSchedule(t, b, func(t *testing.T, year int, schedule *law.Schedule) {
		loss, nothing := schedule.Contribution(-123_45, 3, 30_500), schedule.Contribution(0, 3, 30_500)
		if loss != nothing {
			t.Fatalf("%d: %+v, without income %+v", year, loss, nothing)
		}
	})
}

// Band1 and Band2 are rounded apart from Annual, for printing: their sum is at most a cent away.
// Quarter + Fee is Definitive exactly.
func TestPartsAddUp(t *testing.T) {
	b := loadBoth(t)
	eachSchedule(t, b, func(t *testing.T, year int, schedule *law.Schedule) {
		rng := rand.New(rand.NewPCG(2, uint64(year)))
		for n := 1; n <= 4; n++ {
			for _, income := range ladder(t, b, rng, year, n) {
				fee := drawFee(rng)
				got := schedule.Contribution(income, n, fee)
				if apart := got.Band1 + got.Band2 - got.Annual; apart < -1 || apart > 1 {
					t.Fatalf("%d, n %d, income %s: bands of %+v", year, n, income, got)
				}
				if got.Quarter+got.Fee != got.Definitive {
					t.Fatalf("%d, n %d, income %s, fee %s: %+v", year, n, income, fee.Percent(), got)
				}
			}
		}
	})
}

// Above the ceiling nothing is due on more income.
func TestContributionStopsAtTheCeiling(t *testing.T) {
	b := loadBoth(t)
	eachSchedule(t, b, func(t *testing.T, year int, schedule *law.Schedule) {
		ceiling, beyond := schedule.Contribution(schedule.Top2, 4, 30_500), schedule.Contribution(largest, 4, 30_500)
		if ceiling != beyond {
			t.Fatalf("%d: %+v at the ceiling, %+v beyond", year, ceiling, beyond)
		}
	})
}

// A category has no schedule exactly where the reference says that it is not in force.
func TestCategoriesInForce(t *testing.T) {
	b := loadBoth(t)
	if got, want := slices.Sorted(slices.Values(b.kernel.Codes())),
		slices.Sorted(slices.Values(reference.Categories())); !slices.Equal(got, want) {
		t.Fatalf("categories %q, reference %q", got, want)
	}
	for _, code := range reference.Categories() {
		for _, year := range b.kernel.Years() {
			for quarter := 1; quarter <= 4; quarter++ {
				q := question{category: code, year: year, quarter: quarter, n: 4}
				if difference := b.check(q); difference != "" {
					t.Error(difference)
				}
			}
		}
	}
}

// AnnualIncome prints income x 4 / n, rounded half up.
func TestAnnualIncome(t *testing.T) {
	for _, c := range []struct {
		income money.Cents
		n      int
		want   money.Cents
	}{
		{100, 4, 100}, {100, 3, 133}, {101, 3, 135}, {1, 2, 2}, {25, 1, 100}, {0, 1, 0}, {-100, 3, 0},
	} {
		t.Run(fmt.Sprintf("%s over %d", c.income, c.n), func(t *testing.T) {
			if got := law.AnnualIncome(c.income, c.n); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
