package reference_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"regul/pipeline/law/reference"
)

func standard(t testing.TB) *reference.Law {
	t.Helper()
	l, err := reference.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func eur(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// said is a number that a row says.
func said(text string) decimal.NullDecimal {
	return decimal.NullDecimal{Decimal: eur(text), Valid: true}
}

// day reads an ISO date; "" is the zero time.
func day(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func wantEUR(t *testing.T, what string, got decimal.Decimal, want string) {
	t.Helper()
	if !got.Equal(eur(want)) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// definitive is that of a year of four quarters.
func definitive(t *testing.T, category string, year, quarter, starter int, income, fee string) decimal.Decimal {
	t.Helper()
	r, err := standard(t).Quarter(category, year, quarter, starter, reference.AnnualIncome(eur(income), 4), eur(fee))
	if err != nil {
		t.Fatal(err)
	}
	return r.Definitive
}

// Every amount that a fund or INASTI published, to the cent, with where it was read.
func TestPublishedContributions(t *testing.T) {
	rows := 0
	for _, name := range []string{"published.csv", "published_2.csv"} {
		file, err := os.Open("../../../fixtures/cases/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines[1:] {
			number := func(i int) int { n, _ := strconv.Atoi(line[i]); return n }
			wantEUR(t, line[0]+", "+line[9], definitive(t, line[3], number(1), number(2), number(4), line[5], line[6]), line[7])
			rows++
		}
	}
	if rows < 77 {
		t.Errorf("only %d amounts", rows)
	}
}

// The thresholds that funds and INASTI published, with the place where they were read.
func TestPublishedThresholds(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		year               int
		name, want, source string
	}{
		{2011, "COMP", "1341.96", "exemption threshold of 2011"},
		{2012, "MIN", "12597.43", "minimum income of 2012"},
		{2014, "MIN", "12870.43", "minimum income of 2014; INASTI coefficient"},
		{2015, "MIN", "12870.43", "attentia.be/nl/faq (minimum contribution 2015)"},
		{2015, "COMP", "1423.90", "gentrepreneur.gent, blog.xerius.be"},
		{2016, "MIN", "13010.66", "belfius.be kerncijfers sociale bijdragen 2016"},
		{2017, "MIN", "13296.25", "journalistenloket.be vademecum 2017"},
		{2017, "T1", "57415.67", "intermediate threshold of 2017"},
		{2017, "T2", "84612.53", "journalistenloket.be vademecum 2017"},
		{2017, "HALFMIN", "6648.13", "gentrepreneur.gent: half threshold of students"},
		{2018, "MIN", "13550.50", "blog.liantis.be 2018, sbb.be 2018"},
		{2018, "T1", "58513.59", "intermediate threshold of 2018"},
		{2018, "T2", "86230.52", "ceiling of 2018"},
		{2022, "Q1RED", "100.00", "reduction on a primostarter's first quarter"},
		{2024, "MIN", "16861.46", "mysavings.be, liantis.be"},
		{2024, "T1", "72810.95", "AR 38 art. 14, published for 2024"},
		{2024, "T2", "107300.30", "AR 38 art. 14, published for 2024"},
		{2026, "MIN", "17374.08", "minimum income of 2026"},
		{2026, "T1", "75024.54", "intermediate threshold of 2026"},
		{2026, "T2", "110562.42", "ceiling of 2026"},
	} {
		got, err := l.Threshold(c.name, c.year)
		if err != nil {
			t.Fatal(err)
		}
		wantEUR(t, c.name+" of "+strconv.Itoa(c.year)+" ("+c.source+")", got, c.want)
	}
}
