package money_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/money"
)

func TestStringHasAPointAndTwoDecimals(t *testing.T) {
	for cents, want := range map[money.Cents]string{
		0: "0.00", 1: "0.01", 10: "0.10", 100: "1.00", 1737408: "17374.08", -1: "-0.01", -1234: "-12.34", -100: "-1.00",
	} {
		if got := cents.String(); got != want {
			t.Errorf("%d cents is %q, want %q", int64(cents), got, want)
		}
	}
}

func TestStringOfTheExtremes(t *testing.T) {
	for cents, want := range map[money.Cents]string{
		math.MaxInt64: "92233720368547758.07", math.MinInt64: "-92233720368547758.08",
	} {
		if got := cents.String(); got != want {
			t.Errorf("%d cents is %q, want %q", int64(cents), got, want)
		}
	}
}

func TestStringEqualsDecimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for range 100_000 {
		cents := money.Cents(rng.Int64() >> rng.IntN(63))
		if rng.IntN(2) == 0 {
			cents = -cents
		}
		if got, want := cents.String(), decimal.New(int64(cents), -2).StringFixed(2); got != want {
			t.Fatalf("%d cents is %q, decimal %q", int64(cents), got, want)
		}
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	if got := string(money.Cents(-1234).Append([]byte("EUR "))); got != "EUR -12.34" {
		t.Errorf("%q", got)
	}
}

func TestAppendDoesNotAllocateInAFittingBuffer(t *testing.T) {
	buffer := make([]byte, 0, 32)
	if got := testing.AllocsPerRun(100, func() { money.Cents(math.MinInt64).Append(buffer) }); got != 0 {
		t.Errorf("%v allocations", got)
	}
}

func TestRoundHalfUpRoundsAHalfUpwards(t *testing.T) {
	for _, c := range [][3]int64{{1, 2, 1}, {3, 2, 2}, {5, 10, 1}, {25, 10, 3}, {35, 10, 4}, {50, 100, 1}} {
		if got := money.RoundHalfUp(c[0], c[1]); got != c[2] {
			t.Errorf("%d / %d is %d, want %d", c[0], c[1], got, c[2])
		}
	}
}

func TestRoundHalfUpRoundsToTheNearest(t *testing.T) {
	for _, c := range [][3]int64{{0, 7, 0}, {1, 3, 0}, {2, 3, 1}, {49, 100, 0}, {51, 100, 1}, {7, 1, 7}, {3, 7, 0}, {4, 7, 1}} {
		if got := money.RoundHalfUp(c[0], c[1]); got != c[2] {
			t.Errorf("%d / %d is %d, want %d", c[0], c[1], got, c[2])
		}
	}
}

// Odd denominators have no half to round; decimal's division rounds a half away from zero, which is
// upwards here.
func TestRoundHalfUpEqualsDecimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 0))
	for range 100_000 {
		numerator, denominator := rng.Int64N(1<<50)>>rng.IntN(50), 1+rng.Int64N(1<<40)>>rng.IntN(40)
		want := decimal.New(numerator, 0).DivRound(decimal.New(denominator, 0), 0).IntPart()
		if got := money.RoundHalfUp(numerator, denominator); got != want {
			t.Fatalf("%d / %d is %d, decimal %d", numerator, denominator, got, want)
		}
	}
}
