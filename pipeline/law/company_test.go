package law

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

func TestCompanyYearsWithoutParametersAreMissing(t *testing.T) {
	l, err := Companies()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := l.Missing(2027), []int{2005, 2006, 2007, 2015, 2016, 2027}; !slices.Equal(got, want) {
		t.Errorf("missing are %v, want %v", got, want)
	}
	if _, known := l.Year(2015); known {
		t.Error("2015 has parameters, though nobody knows them")
	}
}

func TestCompanyAmountsAreThosePublished(t *testing.T) {
	l, err := Companies()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []CompanyYear{
		{Year: 2004, Small: 347_50, Large: 840_00, Threshold: 520_000_00, DueMonth: time.June, DueDay: 30},
		{Year: 2019, Small: 347_50, Large: 868_00, Threshold: 700_247_09, DueMonth: time.June, DueDay: 30},
		{Year: 2020, Small: 347_50, Large: 868_00, Threshold: 702_954_47, DueMonth: time.December, DueDay: 31},
		{Year: 2025, Small: 399_73, Large: 998_47, Threshold: 858_605_72, DueMonth: time.December, DueDay: 31},
	} {
		got, _ := l.Year(want.Year)
		got.Status, got.Source = "", ""
		if got != want {
			t.Errorf("%d: %+v, want %+v", want.Year, got, want)
		}
	}
}

func TestCompanyLawHasAVersionOfItsOwn(t *testing.T) {
	header := "year,small,large,balance_threshold,due,status,source\n"
	load := func(rows string) *CompanyLaw {
		l, err := LoadCompanies(fstest.MapFS{"companies.csv": {Data: []byte(header + rows)}})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if load("2024,1.00,2.00,3.00,12-31,,\n").Version() == load("2024,1.00,2.01,3.00,12-31,,\n").Version() {
		t.Error("another amount leaves the version as it was")
	}
	if _, err := LoadCompanies(fstest.MapFS{"companies.csv": {Data: []byte(header +
		"2024,1,2,3,12-31,,\n2024,1,2,3,12-31,,\n")}}); err == nil {
		t.Error("a year twice is accepted")
	}
}
