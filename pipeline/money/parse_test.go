package money_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/money"
)

// accepts holds texts against the cents they must be read as.
func accepts(t *testing.T, want map[string]money.Cents) {
	t.Helper()
	for text, cents := range want {
		got, err := money.Parse(text)
		if err != nil || got != cents {
			t.Errorf("%q is %d (%v), want %d cents", text, got, err, cents)
		}
	}
}

// refuses holds that every text is not an amount.
func refuses(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if got, err := money.Parse(text); !errors.Is(err, money.ErrNotAnAmount) {
			t.Errorf("%q is %d (%v), want ErrNotAnAmount", text, got, err)
		}
	}
}

func TestParseReadsWholeEuros(t *testing.T) {
	accepts(t, map[string]money.Cents{"0": 0, "7": 700, "17374": 1737400, "007": 700})
}

func TestParseReadsOneAndTwoDecimals(t *testing.T) {
	accepts(t, map[string]money.Cents{"0.01": 1, "0.1": 10, "17374.08": 1737408, "1.20": 120})
}

func TestParseReadsADecimalComma(t *testing.T) {
	accepts(t, map[string]money.Cents{"0,01": 1, "17374,08": 1737408, "-3,5": -350})
}

func TestParseReadsNegativeAmounts(t *testing.T) {
	accepts(t, map[string]money.Cents{"-1": -100, "-0.01": -1, "-17374.08": -1737408})
}

func TestParseReadsMinusZeroAsZero(t *testing.T) {
	accepts(t, map[string]money.Cents{"-0": 0, "-0.00": 0})
}

func TestParseReadsFifteenDigits(t *testing.T) {
	accepts(t, map[string]money.Cents{"999999999999999.99": 99999999999999999, "-999999999999999.99": -99999999999999999})
}

func TestParseReadsBytesLikeText(t *testing.T) {
	got, err := money.Parse([]byte("12,34"))
	if err != nil || got != 1234 {
		t.Errorf("%d (%v), want 1234", got, err)
	}
}

func TestParseRefusesWhatHasNoDigits(t *testing.T) {
	refuses(t, "", "-", ".", ",", "-.", ".5", "-.5", "abc")
}

func TestParseRefusesASeparatorWithoutDecimals(t *testing.T) { refuses(t, "5.", "5,", "-5.") }

func TestParseRefusesThreeDecimals(t *testing.T) { refuses(t, "1.234", "1,000", "0.001", "1.000") }

func TestParseRefusesThousandsSeparators(t *testing.T) {
	refuses(t, "1.234,56", "1,234.56", "1 234.56", "1'234.56", "1\u00a0234,56", "1_234")
}

func TestParseRefusesExponentsAndOtherNumbers(t *testing.T) {
	refuses(t, "1e3", "1E3", "++5", "+-5", "--5", "5-", "0x10", "NaN", "Inf", "1/2", "٣")
}

func TestParseReadsAPlus(t *testing.T) { accepts(t, map[string]money.Cents{"+5": 500, "+0,05": 5}) }

func TestParseRefusesSpacesAndSigns(t *testing.T) {
	refuses(t, " 5", "5 ", "5\n", "- 5", "5 EUR", "€5", "\ufeff5", "−5", "5\x00")
}

// tooLarge is what 10^15 EUR and more is read as, in cents: out of every range of the contract, so
// that the row is refused for its amount, not for its writing.
const tooLarge money.Cents = 100_000_000_000_000_000

func TestParseReadsWhatWouldOverflowAsTooLarge(t *testing.T) {
	accepts(t, map[string]money.Cents{
		"1000000000000000": tooLarge, "1000000000000000.01": tooLarge, "9223372036854775808": tooLarge,
		"92233720368547758.08": tooLarge, "99999999999999999.9": tooLarge, strings.Repeat("9", 100): tooLarge,
		"-1000000000000000": -tooLarge, "-9223372036854775809": -tooLarge, "-" + strings.Repeat("9", 100): -tooLarge,
	})
}

func TestParseReadsLeadingZerosOfAnyNumber(t *testing.T) {
	accepts(t, map[string]money.Cents{strings.Repeat("0", 40) + "1.05": 105})
}

// grammar is what an amount looks like: at most two decimals.
var grammar = regexp.MustCompile(`\A[+-]?[0-9]+([.,][0-9]{1,2})?\z`)

func euros(c money.Cents) decimal.Decimal { return decimal.New(int64(c), -2) }

// FuzzParse holds Parse against decimal: it accepts the grammar and nothing else, and reads the same
// number, up to 10^15 EUR; what it read is printed and read back the same.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"0", "-0.01", "17374,08", "1e3", "1.234", "5.", ".5", "999999999999999.99", "1000000000000000", "+1",
		"\xff", "00.1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := money.Parse(text)
		if accepted := err == nil; accepted != grammar.MatchString(text) {
			t.Fatalf("%q: %d, %v", text, got, err)
		}
		if err != nil {
			return
		}
		want := decimal.RequireFromString(strings.Replace(text, ",", ".", 1))
		want = decimal.Max(euros(-tooLarge), decimal.Min(euros(tooLarge), want))
		if !euros(got).Equal(want) {
			t.Fatalf("%q is %d cents, decimal %s", text, got, want)
		}
		if again, err := money.Parse(got.String()); err != nil || again != got {
			t.Fatalf("%q is %d cents, printed %s, read back %d (%v)", text, got, got, again, err)
		}
	})
}
