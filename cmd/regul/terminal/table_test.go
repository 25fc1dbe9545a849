package terminal

import (
	"testing"

	"regul/jobs"
)

func TestAmount(t *testing.T) {
	for cents, want := range map[jobs.Cents]string{
		0: "0.00", -5: "-0.05", 99_999: "999.99", 100_000: "1 000.00", -123_456_789: "-1 234 567.89", -99_900: "-999.00",
	} {
		if got := Amount(cents); got != want {
			t.Errorf("Amount(%d) = %q, want %q", cents, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1 000", -1000: "-1 000", 12_345_678: "12 345 678"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for want, years := range map[string][]int{
		"": nil, "2023": {2023}, "2015-2017": {2015, 2016, 2017}, "2015, 2022-2023, 2026": {2015, 2022, 2023, 2026},
	} {
		if got := Span(years); got != want {
			t.Errorf("Span(%d) = %q, want %q", years, got, want)
		}
	}
}

func TestLineUp(t *testing.T) {
	got := Table("lrl", [][]string{{"a", "EUR", "article"}, {"§ bb", "1.00", ""}, {"c"}})
	want := "a      EUR  article\n§ bb  1.00\nc\n"
	if got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// Amounts in a text have the gaps of those in a column; days and short numbers stay.
func TestGapped(t *testing.T) {
	for text, want := range map[string]string{
		"2: 690.00 to 13337.28": "2: 690.00 to 13 337.28", "1250.32": "1 250.32", "-1234567.89": "-1 234 567.89", "on 2024-12-31": "on 2024-12-31",
	} {
		if got := Gapped(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
