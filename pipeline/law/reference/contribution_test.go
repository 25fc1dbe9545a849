package reference_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"regul/pipeline/law/data"
	"regul/pipeline/law/reference"
)

// The articles, each at the places where its rule changes, without fee. The year's amounts in EUR, 2023: minimum 16 409.20, bands to
// 70 857.99 and 104 422.24, spouse 7 208.56, complementary 1 815.41, article 37 8 595.81; 2025: minimum 17 008.88, pensioner
// 3 763.51, spouse 7 472.00. Rate 20.5 %.
func TestCategories(t *testing.T) {
	for _, c := range []struct {
		category      string
		year, quarter int
		income, want  string
	}{
		{"main", 2023, 1, "16409.21", "840.97"},
		{"main", 2023, 1, "-5000.00", "840.97"},     // a loss counts as 0
		{"main", 2023, 1, "900000.00", "4819.65"},   // (70857.99 x 20.5 % + 33564.25 x 14.16 %) / 4
		{"spouse_mini", 2023, 1, "0.00", "32.41"},   // 16409.20 x 0.79 % / 4
		{"spouse_mini", 2023, 1, "80000", "151.60"}, // (70857.99 x 0.79 % + 9142.01 x 0.51 %) / 4
		{"complementary", 2023, 1, "1815.40", "0.00"},
		{"complementary", 2023, 1, "1815.41", "93.04"},
		{"article37", 2023, 1, "1815.40", "0.00"},
		{"article37", 2023, 1, "1815.41", "93.04"},
		{"article37", 2023, 1, "8595.80", "440.53"},
		{"article37", 2023, 1, "8595.81", "840.97"}, // as main
		{"article37_mandate", 2023, 1, "1815.40", "0.00"},
		{"article37_mandate", 2023, 1, "1815.41", "840.97"}, // as main
		{"student", 2023, 1, "8204.60", "0.00"},             // half of the minimum
		{"student", 2023, 1, "10000.00", "92.01"},           // 1795.40 x 20.5 % / 4
		{"student", 2023, 1, "16409.19", "420.49"},          // 8204.59 x 20.5 % / 4
		{"student", 2023, 1, "16409.20", "840.97"},          // as main
		{"pension_paid", 2025, 4, "3763.50", "0.00"},
		{"pension_paid", 2025, 4, "10000.00", "367.50"}, // 14.70 %
		{"pension_optout_survivor", 2025, 4, "3763.50", "0.00"},
		{"pension_optout_survivor", 2025, 4, "10000.00", "367.50"},
		{"pension_age", 2025, 3, "3763.50", "0.00"},
		{"pension_age", 2025, 3, "4000.00", "205.00"},
		{"pension_age", 2025, 4, "3763.50", "871.71"}, // as main from 2025Q4
		{"pension_age_spouse", 2025, 4, "0.00", "382.94"},
		{"pension_age_spouse", 2026, 1, "0.00", "391.16"},       // as published for the spouse
		{"pension_age_primostarter", 2026, 1, "0.00", "459.82"}, // as published for the primostarter
		{"pension_suspended", 2025, 4, "3763.50", "0.00"},
		{"pension_suspended", 2025, 4, "4000.00", "205.00"},
		{"pension_optout", 2025, 4, "3763.50", "0.00"},
		{"pension_optout", 2025, 4, "4000.00", "205.00"},
		{"primostarter", 2022, 1, "0.00", "387.95"},       // 7569.70 x 20.5 % / 4
		{"primostarter_first", 2022, 1, "0.00", "387.95"}, // before the reduction
		{"primostarter_first", 2022, 2, "0.00", "287.95"}, // less 100.00
	} {
		wantEUR(t, c.category+" on "+c.income, definitive(t, c.category, c.year, c.quarter, 0, c.income, "0"), c.want)
	}
}

// Worked out in LAW.md: 5 000.00 in 2023 with a fee of 3.05 %.
func TestFirstQuarterOfAPrimostarterIsLoweredBeforeTheFee(t *testing.T) {
	wantEUR(t, "as main", definitive(t, "main", 2023, 2, 0, "5000.00", "3.05"), "866.62")
	wantEUR(t, "primostarter", definitive(t, "primostarter", 2023, 2, 0, "5000.00", "3.05"), "447.53")
	wantEUR(t, "first quarter", definitive(t, "primostarter_first", 2023, 2, 0, "5000.00", "3.05"), "332.17")
}

// Three quarters: 40000.01 x 4 / 3 has no decimal form; the quarter is a third of the year's
// contribution, 0.205 x 40000.01 / 3 = 2733.334016...
func TestAnnualIncomeIsExactWithThreeQuarters(t *testing.T) {
	got, err := standard(t).Quarter("main", 2024, 1, 0, reference.AnnualIncome(eur("40000.01"), 3), eur("3.05"))
	if err != nil {
		t.Fatal(err)
	}
	wantEUR(t, "band 1", got.Band1, "10933.34")
	wantEUR(t, "quarter", got.Quarter, "2733.33")
	wantEUR(t, "fee", got.Fee, "83.37")
	wantEUR(t, "definitive", got.Definitive, "2816.70")
	wantEUR(t, "annual income", reference.AnnualIncome(eur("40000.01"), 3).Rounded(), "53333.35")
}

// Thresholds are tested against the exact income: 1361.55 x 4 / 3 = 1815.40 is below 1815.41, and 1361.56 is not.
func TestThresholdIsTestedExactly(t *testing.T) {
	for income, want := range map[string]string{"1361.55": "0", "1361.56": "93.04"} {
		got, err := standard(t).Quarter("complementary", 2023, 1, 0, reference.AnnualIncome(eur(income), 3), eur("0"))
		if err != nil {
			t.Fatal(err)
		}
		wantEUR(t, "on "+income, got.Definitive, want)
	}
}

func TestStartersRateIsNeverAboveTheRateOfTheYear(t *testing.T) {
	for _, c := range []struct {
		year, starter int
		want          string
	}{{2016, 1, "666.80"}, {2016, 2, "683.06"}, {2016, 3, "699.32"}, {2017, 3, "698.05"}, {2018, 1, "694.46"}} {
		wantEUR(t, "minimum", definitive(t, "main", c.year, 1, c.starter, "0", "0"), c.want)
	}
}

// 871.7051 is rounded before the fee: 871.71 x 1.0405 = 907.014.
func TestFeeIsTakenOfTheRoundedQuarter(t *testing.T) {
	r, err := standard(t).Quarter("main", 2025, 1, 0, reference.AnnualIncome(eur("0"), 4), eur("4.05"))
	if err != nil {
		t.Fatal(err)
	}
	wantEUR(t, "quarter", r.Quarter, "871.71")
	wantEUR(t, "fee", r.Fee, "35.30")
	wantEUR(t, "definitive", r.Definitive, "907.01")
}

// A quarter of which the supplement was dispensed is capped: 500.00 called, of which 500 / 1.0305 = 485.201... is the contribution.
func TestCappedQuarter(t *testing.T) {
	r, err := standard(t).Quarter("main", 2023, 1, 0, reference.AnnualIncome(eur("0"), 4), eur("3.05"))
	if err != nil {
		t.Fatal(err)
	}
	capped := r.Capped(eur("500.00"), eur("3.05"))
	wantEUR(t, "definitive", capped.Definitive, "500.00")
	wantEUR(t, "contribution", capped.Quarter, "485.20")
	wantEUR(t, "fee", capped.Fee, "14.80")
	wantEUR(t, "more was called", r.Capped(eur("900.00"), eur("3.05")).Definitive, "866.62")
}

func TestWhatCanNotBeComputedIsAnError(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		category         string
		year, quarter, n int
		want             error
	}{
		{"main", 2013, 1, 4, reference.ErrYear}, {"main", 2010, 1, 4, reference.ErrYear}, {"mayor", 2023, 1, 4, reference.ErrArgument},
		{"main", 2023, 5, 4, reference.ErrArgument}, {"main", 2023, 1, 0, reference.ErrArgument},
		{"primostarter", 2018, 1, 4, reference.ErrNotInForce}, {"student", 2016, 4, 4, reference.ErrNotInForce},
		{"pension_age_spouse", 2025, 3, 4, reference.ErrNotInForce}, {"pension_optout", 2025, 3, 4, reference.ErrNotInForce},
	} {
		if _, err := l.Quarter(c.category, c.year, c.quarter, 0, reference.AnnualIncome(eur("1"), c.n), eur("0")); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, category := range reference.Categories() {
		if _, err := l.Quarter(category, 2025, 4, 0, reference.AnnualIncome(eur("1"), 4), eur("0")); err != nil {
			t.Errorf("%s: %v", category, err)
		}
	}
}

// A parameter that the tables do not hold is an error, never a guess.
func TestMissingParameterIsAnError(t *testing.T) {
	tables := fstest.MapFS{}
	for _, name := range []string{"indices.csv", "bases.csv", "rates.csv", "categories.csv", "companies.csv"} {
		content, err := data.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tables[name] = &fstest.MapFile{Data: content}
	}
	if _, err := reference.Load(tables); err != nil {
		t.Fatal(err)
	}
	tables["rates.csv"] = &fstest.MapFile{Data: []byte("name,from,to,percent,article\nb1,2008Q1,,22.00,x\n")}
	if _, err := reference.Load(tables); !errors.Is(err, reference.ErrMissing) {
		t.Errorf("without rates: %v", err)
	}
	tables["bases.csv"] = &fstest.MapFile{Data: []byte("name,base_at_142_75,valid_from,valid_to\nMIN,x,,\n")}
	if _, err := reference.Load(tables); err == nil {
		t.Error("a base that is no number is taken")
	}
}

// Published, student with fee: 82.76 (2021, fee 3.95), 99.33 (2024, fee 3.90). Without fee, 2024: main and primostarter 864.15,
// primostarter_first 749.12. The others: the first rate on the fixed base of art. 13bis §2.
func TestLegalProvisionalOfStarters(t *testing.T) {
	for _, c := range []struct {
		category               string
		year, quarter, starter int
		fee, want              string
	}{
		{"student", 2021, 1, 1, "3.95", "82.76"}, {"student", 2024, 1, 1, "3.90", "99.33"}, {"student", 2024, 1, 2, "0", "95.60"},
		{"main", 2024, 1, 1, "0", "864.15"}, {"primostarter", 2024, 1, 1, "0", "864.15"}, {"primostarter_first", 2024, 1, 1, "0", "749.12"},
		{"main", 2024, 1, 3, "0", "864.15"}, // no subjection in N-3
		{"spouse_maxi", 2023, 1, 1, "0", "369.44"}, {"complementary", 2024, 1, 1, "3.95", "99.38"},
		{"article37", 2024, 1, 1, "0", "95.60"}, {"article37_mandate", 2024, 1, 1, "0", "95.60"},
		{"pension_paid", 2025, 1, 1, "0", "138.31"}, {"pension_suspended", 2025, 1, 1, "0", "192.88"},
		{"pension_age", 2025, 3, 1, "0", "192.88"}, {"pension_age", 2025, 4, 1, "0", "871.71"},
		{"pension_age_primostarter", 2025, 4, 1, "0", "871.71"}, {"pension_age_spouse", 2025, 4, 1, "0", "382.94"},
		{"pension_optout", 2025, 4, 1, "0", "192.88"}, {"pension_optout_survivor", 2025, 4, 1, "0", "138.31"},
		{"spouse_mini", 2025, 1, 1, "0", "33.59"}, {"main", 2016, 1, 1, "0", "666.80"},
	} {
		got, err := standard(t).Provisional(c.category, c.year, c.quarter, c.starter, nil, eur(c.fee))
		if err != nil {
			t.Fatal(err)
		}
		wantEUR(t, c.category, got, c.want)
	}
}

// The income of three years before, indexed and annualised, not rounded: 30000 x 638.93 / 540.03 = 35494.1392...; x 20.5 % / 4 =
// 1819.0746; 1819.07 x 1.0305 = 1874.55. Two quarters of reference double it: above the first band.
func TestLegalProvisionalOnAnEarlierIncome(t *testing.T) {
	provisional := func(known *reference.ReferenceIncome) (string, error) {
		got, err := standard(t).Provisional("main", 2023, 1, 0, known, eur("3.05"))
		return got.StringFixed(2), err
	}
	for want, known := range map[string]*reference.ReferenceIncome{
		"1874.55": {Year: 2020, Income: eur("30000"), Quarters: 4},
		"3746.98": {Year: 2020, Income: eur("30000"), Quarters: 2},
		"1888.44": {Year: 2019, Income: eur("30000"), Quarters: 4}, // the latest year before that was known
	} {
		if got, err := provisional(known); got != want || err != nil {
			t.Errorf("%+v: %s, %v, want %s", known, got, err, want)
		}
	}
	for _, known := range []*reference.ReferenceIncome{nil, {Year: 2010, Income: eur("1"), Quarters: 4},
		{Year: 2020, Income: eur("1"), Quarters: 0}} {
		if _, err := provisional(known); !errors.Is(err, reference.ErrMissing) {
			t.Errorf("%+v: %v", known, err)
		}
	}
}
