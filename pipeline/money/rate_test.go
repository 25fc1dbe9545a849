package money_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/money"
)

func acceptsPercent(t *testing.T, want map[string]money.Rate) {
	t.Helper()
	for text, rate := range want {
		got, err := money.ParsePercent(text)
		if err != nil || got != rate {
			t.Errorf("%q is %d (%v), want %d millionths", text, got, err, rate)
		}
	}
}

func refusesPercent(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if got, err := money.ParsePercent(text); err == nil {
			t.Errorf("%q is %d millionths, want an error", text, got)
		}
	}
}

func TestParsePercentReadsUpToFourDecimals(t *testing.T) {
	acceptsPercent(t, map[string]money.Rate{
		"20.5": 205_000, "3.05": 30_500, "0.0001": 1, "14.16": 141_600, "0.79": 7_900, "4": 40_000,
	})
}

func TestParsePercentReadsADecimalComma(t *testing.T) {
	acceptsPercent(t, map[string]money.Rate{"3,05": 30_500, "20,5": 205_000})
}

func TestParsePercentAcceptsZeroToAHundred(t *testing.T) {
	acceptsPercent(t, map[string]money.Rate{"0": 0, "0.00": 0, "100": money.One, "100.0000": money.One, "99.9999": 999_999})
}

func TestParsePercentRefusesMoreThanAHundred(t *testing.T) {
	refusesPercent(t, "100.0001", "101", "305", "999", "1000")
}

func TestParsePercentRefusesNegatives(t *testing.T) { refusesPercent(t, "-1", "-0", "-0.5") }

func TestParsePercentRefusesFiveDecimals(t *testing.T) { refusesPercent(t, "3.00001", "0.00000") }

func TestParsePercentRefusesASeparatorWithoutDecimals(t *testing.T) { refusesPercent(t, "3.", "3,") }

func TestParsePercentRefusesWhatIsNotAPercentage(t *testing.T) {
	refusesPercent(t, "", ".", ",", ".5", ",5", "3 %", "3%", " 3", "3 ", "+3", "1e1", "3.0.5", "3,0,5", "3.0,5", "3,.5", "NaN", "٣", "3.٣")
}

func TestPercentHasAtLeastTwoDecimals(t *testing.T) {
	for rate, want := range map[money.Rate]string{
		0: "0.00", 205_000: "20.50", 30_500: "3.05", 1: "0.0001", 30_510: "3.051", money.One: "100.00", 10_000: "1.00",
	} {
		if got := rate.Percent(); got != want {
			t.Errorf("%d millionths is %q, want %q", rate, got, want)
		}
	}
}

func TestPercentReadsBack(t *testing.T) {
	for rate := money.Rate(0); rate <= money.One; rate++ {
		if got, err := money.ParsePercent(rate.Percent()); err != nil || got != rate {
			t.Fatalf("%d millionths is %q, read back %d (%v)", rate, rate.Percent(), got, err)
		}
	}
}

func TestOfRoundsHalfUpToTheCent(t *testing.T) {
	for _, c := range []struct {
		percent string
		amount  money.Cents
		want    money.Cents
	}{
		{"7", 50, 4},          // 0.035 EUR
		{"3", 50, 2},          // 0.015 EUR
		{"3", 49, 1},          // 0.0147 EUR
		{"4.05", 87171, 3530}, // 35.304255 EUR
		{"100", 12345, 12345},
		{"0", 12345, 0},
	} {
		rate, err := money.ParsePercent(c.percent)
		if got := rate.Of(c.amount); err != nil || got != c.want {
			t.Errorf("%s %% of %s is %s (%v), want %s", c.percent, c.amount, got, err, c.want)
		}
	}
}

func TestOfEqualsDecimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	for range 100_000 {
		rate, amount := money.Rate(rng.Int64N(int64(money.One)+1)), money.Cents(rng.Int64N(1e12))
		want := decimal.New(int64(amount), -2).Mul(decimal.New(int64(rate), -6)).Round(2) // half away from zero
		if got := rate.Of(amount); !decimal.New(int64(got), -2).Equal(want) {
			t.Fatalf("%s %% of %s is %s, decimal %s", rate.Percent(), amount, got, want)
		}
	}
}

// FuzzParsePercent holds ParsePercent against decimal: what it accepts is the same number, within 0 to 100.
func FuzzParsePercent(f *testing.F) {
	for _, text := range []string{"0", "3,05", "100.0000", "100.0001", "3.", "3,", "0003", "1e2", "-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := money.ParsePercent(text)
		if err != nil {
			return
		}
		want, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
		if err != nil || !decimal.New(int64(got), -4).Equal(want) || got < 0 || got > money.One {
			t.Fatalf("%q is %d millionths, decimal %s (%v)", text, got, want, err)
		}
	})
}
