package wording

import (
	"testing"
	"time"

	"regul/pipeline"
	"regul/pipeline/money"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		amount     money.Cents
		fr, nl, de string
	}{
		{0, "0,00", "0,00", "0,00"},
		{5, "0,05", "0,05", "0,05"},
		{999_99, "999,99", "999,99", "999,99"},
		{1267_48, "1\u202f267,48", "1.267,48", "1.267,48"},
		{-1_000_000_07, "−1\u202f000\u202f000,07", "−1.000.000,07", "−1.000.000,07"},
		{-9223372036854775808, "−92\u202f233\u202f720\u202f368\u202f547\u202f758,08", "−92.233.720.368.547.758,08",
			"−92.233.720.368.547.758,08"},
	} {
		for language, want := range map[int]string{1: c.fr, 2: c.nl, 3: c.de} {
			if got := string(Styles[language].AppendNumber(nil, c.amount)); got != want {
				t.Errorf("%d in %d: %q, want %q", c.amount, language, got, want)
			}
		}
	}
	if got := string(Styles[2].AppendAmount(nil, 1267_48)); got != "€\u00a01.267,48" {
		t.Errorf("%q", got)
	}
	if got := string(Styles[1].AppendAmount(nil, 1)); got != "0,01\u00a0€" {
		t.Errorf("%q", got)
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		day  pipeline.Date
		want [3]string
	}{
		{pipeline.DateOf(2026, time.September, 30),
			[3]string{"30\u00a0septembre\u00a02026", "30\u00a0september\u00a02026", "30.\u00a0September\u00a02026"}},
		{pipeline.DateOf(2027, time.January, 1),
			[3]string{"1er\u00a0janvier\u00a02027", "1\u00a0januari\u00a02027", "1.\u00a0Januar\u00a02027"}},
	} {
		for i, want := range c.want {
			if got := string(Styles[i+1].AppendDate(nil, c.day)); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
	if got := string(Styles[1].AppendShortDate(nil, pipeline.DateOf(2023, time.March, 1))); got != "01/03/2023" {
		t.Errorf("%q", got)
	}
	if got := string(Styles[3].AppendShortDate(nil, pipeline.DateOf(2023, time.December, 31))); got != "31.12.2023" {
		t.Errorf("%q", got)
	}
}

func TestPercentages(t *testing.T) {
	for _, c := range []struct {
		rate     money.Rate
		decimals int
		want     string
	}{{205_000, 2, "20,50"}, {30_500, 2, "3,05"}, {70_000, 0, "7"}, {5_100, 2, "0,51"}, {12_345, 0, "1,2345"}, {125_000, 0, "12,5"},
		{0, 2, "0,00"}} {
		if got := string(AppendPercent(nil, c.rate, c.decimals)); got != c.want {
			t.Errorf("%d: %s, want %s", c.rate, got, c.want)
		}
	}
}

func TestYears(t *testing.T) {
	for _, c := range []struct {
		years []int
		want  string
	}{{nil, ""}, {[]int{2023}, "2023"}, {[]int{2022, 2023}, "2022 et 2023"}, {[]int{2020, 2022, 2023}, "2020, 2022 et 2023"},
		{[]int{2021, 2022, 2023}, "2021 à 2023"}, {[]int{2023, 2022, 2021}, "2023, 2022 et 2021"}} {
		if got := string(Styles[1].AppendYears(nil, c.years)); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestNumbersOfAccountsAndPayments(t *testing.T) {
	if got := string(AppendReference(nil, []byte("009000012331"))); got != "+++009/0000/12331+++" {
		t.Error(got)
	}
	if got := string(AppendIBAN(nil, "BE68539007547034")); got != "BE68\u00a05390\u00a00754\u00a07034" {
		t.Error(got)
	}
	if got := string(AppendMasked(nil, "BE68539007547034")); got != "BE68\u00a0••••\u00a0••••\u00a07034" {
		t.Error(got)
	}
	if got := string(AppendEnterprise(nil, "0123456749")); got != "0123.456.749" {
		t.Error(got)
	}
}

// The spaces of French typography, and those of the law's abbreviations, do not end a line.
func TestTypesetting(t *testing.T) {
	for _, c := range []struct {
		language  pipeline.Language
		raw, want string
	}{
		{1, "Quoi ? « Ceci » : 3 %, art. 11, § 5", "Quoi\u202f? «\u202fCeci\u202f»\u202f: 3\u00a0%, art.\u00a011, §\u00a05"},
		{2, "Wat? KB nr. 38: 3 %", "Wat? KB nr.\u00a038: 3\u00a0%"},
	} {
		if got := typeset(c.language, c.raw); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
