package law_test

import (
	"slices"
	"testing"

	"regul/pipeline/law"
)

// bothLaws reads the law of the self-employed and that of companies.
func bothLaws(t *testing.T) (*law.Law, *law.CompanyLaw) {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	c, err := law.Companies()
	if err != nil {
		t.Fatal(err)
	}
	return l, c
}

func TestMissingNamesTheGaps(t *testing.T) {
	l, c := bothLaws(t)
	want := map[string][]int{
		"index":                            {2009, 2010, 2013},
		"provisional coefficient":          {2009, 2010, 2011, 2013, 2015},
		"companies: amounts and threshold": {2005, 2006, 2007, 2015, 2016},
	}
	gaps := law.Missing(l, c)
	for _, g := range gaps {
		if !slices.Equal(g.Years, want[g.Name]) {
			t.Errorf("%s: %v, want %v", g.Name, g.Years, want[g.Name])
		}
	}
	if len(gaps) != len(want) {
		t.Errorf("%d gaps, want %d", len(gaps), len(want))
	}
}

// What is listed as missing is refused, and nothing else is.
func TestAYearIsMissingOrKnown(t *testing.T) {
	l, c := bothLaws(t)
	years := l.Years()
	for year := years[0]; year <= years[len(years)-1]; year++ {
		_, err := l.Year(year)
		if missing := slices.Contains(law.Missing(l, c)[0].Years, year); missing != (err != nil) {
			t.Errorf("%d: missing %v, %v", year, missing, err)
		}
	}
}
