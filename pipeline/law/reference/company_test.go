package reference_test

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"regul/pipeline/law/reference"
)

func TestCompanySize(t *testing.T) {
	for _, c := range []struct {
		what, balance, created string
		year                   int
		want                   string
		small                  bool
	}{
		{"at the threshold", "746410.17", "", 2022, "347.50", true},
		{"above it", "746410.18", "", 2022, "868.00", false},
		{"new", "9000000.00", "2022-05-01", 2022, "347.50", true},
		{"a year old", "9000000.00", "2021-05-01", 2022, "868.00", false},
		{"no penultimate year", "", "2021-05-01", 2022, "347.50", true},
		{"2025", "858605.73", "", 2025, "998.47", false},
	} {
		company := reference.Company{Year: c.year, CreatedOn: day(c.created)}
		if c.balance != "" {
			company.Balance = said(c.balance)
		}
		got, small, err := standard(t).CompanyAmount(company)
		if err != nil {
			t.Fatal(err)
		}
		wantEUR(t, c.what, got, c.want)
		if small != c.small {
			t.Errorf("%s: small is %t", c.what, small)
		}
	}
	for _, year := range []int{2007, 2015, 2016} {
		if _, _, err := standard(t).CompanyAmount(reference.Company{Year: year}); !errors.Is(err, reference.ErrYear) {
			t.Errorf("%d: %v", year, err)
		}
	}
}

func TestCompanyExemptions(t *testing.T) {
	for _, c := range []struct{ exemption, created, paid, want string }{
		{"", "2020-05-01", "0", "868"}, {"starter", "2020-05-01", "100", "0"}, {"starter", "2019-12-31", "0", "868"},
		{"inactive", "", "100", "0"}, {"bankruptcy", "", "100", "100"}, {"liquidation", "", "900", "868"}, {"bankruptcy", "", "-5", "0"},
	} {
		company := reference.Company{Year: 2022, CreatedOn: day(c.created), Exemption: c.exemption}
		wantEUR(t, c.exemption+" created "+c.created, company.Definitive(eur("868"), eur(c.paid)), c.want)
	}
}

func TestCompanyDueDays(t *testing.T) {
	for _, c := range []struct {
		year          int
		created, want string
	}{
		{2019, "", "2019-06-30"}, {2020, "", "2020-12-31"}, {2019, "2019-05-10", "2019-08-31"}, {2022, "2022-10-31", "2023-01-31"},
		{2022, "2022-09-01", "2022-12-31"},
	} {
		company := reference.Company{Year: c.year, CreatedOn: day(c.created)}
		if got := company.DueOn().Format(time.DateOnly); got != c.want {
			t.Errorf("%d, created %s: due on %s, want %s", c.year, c.created, got, c.want)
		}
	}
}

// Worked out in LAW.md: 868.00 due 31-12-2022, paid on 10-04-2023: 4 % = 34.72.
func TestCompanyInterest(t *testing.T) {
	due := day("2022-12-31")
	interest := func(notified string, payments ...reference.Payment) decimal.Decimal {
		return reference.LateInterest(eur("868.00"), due, payments, day(notified))
	}
	paid := func(on, amount string) reference.Payment {
		return reference.Payment{PaidOn: day(on), Amount: eur(amount)}
	}
	wantEUR(t, "paid in April", interest("2024-06-15", paid("2023-04-10", "868.00")), "34.72")
	wantEUR(t, "paid in time", interest("2024-06-15", paid("2022-12-31", "868.00")), "0")
	wantEUR(t, "on no day", interest("2024-06-15", paid("", "868.00")), "0")
	wantEUR(t, "nothing paid", interest("2023-01-01"), "8.68")
	// 8.00 + 16.00 + 68.00 x 6 %
	wantEUR(t, "in parts", interest("2023-06-30", paid("2023-02-01", "400.00"), paid("2023-04-10", "400.00")), "28.08")
	// 4.3333 + 434.67 x 2 %
	wantEUR(t, "rounded once", interest("2023-02-15", paid("2023-01-15", "433.33")), "13.03")
	wantEUR(t, "more than is due", interest("2024-06-15", paid("2023-01-31", "900.00")), "8.68")
	wantEUR(t, "before it is due", interest("2022-12-31"), "0")
}

// Thresholds of confirmed years from the published index of November (base 1996): 2004 stands on 113.32, 2022 on 162.66.
func TestCompanyIndex(t *testing.T) {
	for _, c := range []struct {
		year                           int
		index, small, large, threshold string
	}{
		{2004, "113.32", "0", "0", "520000.00"}, {2022, "162.66", "0", "0", "746410.17"},
		{2026, "191.59", "409.30", "1022.38", "879163.44"},
	} {
		small, large, threshold := reference.IndexedCompany(c.year, eur(c.index))
		wantEUR(t, "large", large, c.large)
		wantEUR(t, "threshold", threshold, c.threshold)
		wantEUR(t, "small", small, c.small)
	}
	got, err := standard(t).CompanyThreshold(2022)
	if err != nil {
		t.Fatal(err)
	}
	wantEUR(t, "as the tables have it", got, "746410.17")
}
