package law_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// incomes draws yearly incomes where mistakes would show: at the thresholds, on the half cents,
// and over the whole range of an input file.
type incomes struct {
	thresholds map[int][]money.Cents // by year
}

func newIncomes(t testing.TB, l *reference.Law, years []int) incomes {
	t.Helper()
	known := incomes{map[int][]money.Cents{}}
	for _, year := range years {
		for _, name := range reference.ThresholdNames() {
			amount, err := l.Threshold(name, year)
			if err != nil {
				t.Fatal(err)
			}
			known.thresholds[year] = append(known.thresholds[year], cents(amount))
		}
	}
	return known
}

// atThreshold is the highest income of a year with n quarters whose annual income is not above the
// threshold: exactly on it where threshold x n is a multiple of 4.
func atThreshold(threshold money.Cents, n int) money.Cents { return threshold * money.Cents(n) / 4 }

// largest is the largest income an input row may hold, in cents.
const largest = 1e11

// draw is an income in cents for a year with n quarters.
func (known incomes) draw(rng *rand.Rand, year, n int) money.Cents {
	switch rng.IntN(8) {
	case 0, 1: // at a threshold, or a cent or two beside it
		thresholds := known.thresholds[year]
		return atThreshold(thresholds[rng.IntN(len(thresholds))], n) + money.Cents(rng.IntN(5)-2)
	case 2: // a multiple of 4 EUR: 20.5 % of it is often a half cent a quarter
		return money.Cents(400 * rng.Int64N(40_000))
	case 3: // every order of magnitude up to the largest
		return money.Cents(math.Exp(rng.Float64() * math.Log(largest)))
	case 4: // small, nothing or a loss
		return money.Cents(rng.Int64N(400_000) - 100_000)
	default: // up to beyond the ceiling
		return money.Cents(rng.Int64N(13_000_000))
	}
}

// drawFee is a management fee in millionths: none, a published one, a whole number of percents
// (which often makes half cents), or any with four decimals up to 10 %.
func drawFee(rng *rand.Rand) money.Rate {
	published := []money.Rate{30_500, 35_000, 39_000, 39_500, 40_000, 40_500, 41_000, 42_000}
	switch rng.IntN(4) {
	case 0:
		return 0
	case 1:
		return published[rng.IntN(len(published))]
	case 2:
		return money.Rate(rng.IntN(11)) * 10_000
	default:
		return money.Rate(rng.IntN(100_001))
	}
}
