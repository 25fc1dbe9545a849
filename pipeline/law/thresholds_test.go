package law_test

import (
	"slices"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// thresholdOf is a threshold of a year by name.
func thresholdOf(t *testing.T, l *law.Law, name string, year int) money.Cents {
	t.Helper()
	y, err := l.Year(year)
	if err != nil {
		t.Fatal(err)
	}
	for _, threshold := range y.Thresholds {
		if threshold.Name == name {
			return threshold.Amount
		}
	}
	t.Fatalf("no threshold %s in %d", name, year)
	return 0
}

// The thresholds that funds and INASTI published, with the place where they were read. Those of
// 2011, 2012 and 2014 are held by the reference's own tests: the kernel starts in 2015.
func TestPublishedThresholds(t *testing.T) {
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		year   int
		name   string
		want   money.Cents
		source string
	}{
		{2015, "MIN", 12870_43, "attentia.be/nl/faq (minimum contribution 2015)"},
		{2015, "COMP", 1423_90, "gentrepreneur.gent, blog.xerius.be"},
		{2016, "MIN", 13010_66, "belfius.be kerncijfers sociale bijdragen 2016"},
		{2016, "COMP", 1439_42, "belfius.be kerncijfers sociale bijdragen 2016"},
		{2016, "MAXI", 5715_58, "belfius.be kerncijfers sociale bijdragen 2016"},
		{2017, "MIN", 13296_25, "journalistenloket.be vademecum 2017"},
		{2017, "T1", 57415_67, "indices.csv: intermediate threshold of 2017"},
		{2017, "T2", 84612_53, "journalistenloket.be vademecum 2017"},
		{2017, "HALFMIN", 6648_13, "gentrepreneur.gent: half threshold of students"},
		{2018, "MIN", 13550_50, "blog.liantis.be 2018, sbb.be 2018"},
		{2018, "T1", 58513_59, "indices.csv: intermediate threshold of 2018"},
		{2018, "T2", 86230_52, "indices.csv: ceiling of 2018"},
		{2022, "Q1RED", 100_00, "bases.csv: reduction on a primostarter's first quarter"},
		{2024, "MIN", 16861_46, "mysavings.be, liantis.be"},
		{2024, "T1", 72810_95, "AR 38 art. 14, published for 2024"},
		{2024, "T2", 107300_30, "AR 38 art. 14, published for 2024"},
		{2026, "MIN", 17374_08, "indices.csv: minimum income of 2026"},
		{2026, "T1", 75024_54, "indices.csv: intermediate threshold of 2026"},
		{2026, "T2", 110562_42, "indices.csv: ceiling of 2026"},
	} {
		if got := thresholdOf(t, l, c.name, c.year); got != c.want {
			t.Errorf("%s of %d = %s, published %s (%s)", c.name, c.year, got, c.want, c.source)
		}
	}
}

func TestThresholdsOfEveryYearEqualTheReference(t *testing.T) {
	b := loadBoth(t)
	names := append(reference.ThresholdNames(), "Q1RED")
	for number, year := range b.years {
		if len(year.Thresholds) != len(names) {
			t.Errorf("%d has %d thresholds, the reference %d", number, len(year.Thresholds), len(names))
		}
		for _, threshold := range year.Thresholds {
			want, err := b.reference.Threshold(threshold.Name, number)
			if err != nil || !slices.Contains(names, threshold.Name) || threshold.Amount != cents(want) {
				t.Errorf("%s of %d = %s, reference %s (%v)", threshold.Name, number, threshold.Amount, want, err)
			}
		}
	}
}

// From 2015 every year is covered up to the last one in the data, 2026 or later; before and after, a
// year is an error and never a guess.
func TestYearsCovered(t *testing.T) {
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{2008, 2011, 2012, 2014, 2015, 2020, 2026} {
		if _, err := l.Year(year); err != nil {
			t.Error(err)
		}
	}
	for _, year := range []int{2007, 2009, 2010, 2013, slices.Max(l.Years()) + 1} {
		if _, err := l.Year(year); err == nil {
			t.Errorf("%d is covered", year)
		}
	}
}
