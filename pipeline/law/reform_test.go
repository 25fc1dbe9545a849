package law_test

import (
	"strings"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

func standard(t *testing.T) *law.Law {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// threshold is an amount of a year by its name.
func threshold(t *testing.T, l *law.Law, year int, name string) money.Cents {
	t.Helper()
	y, err := l.Year(year)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range y.Thresholds {
		if found.Name == name {
			return found.Amount
		}
	}
	t.Fatalf("%d has no %s", year, name)
	return 0
}

func reformed(t *testing.T, r *law.Reform) *law.Law {
	t.Helper()
	l, err := standard(t).With(r)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A base of 4000.00 is 17 903.47 in 2023: 4000 x 638.93 / 142.75. What is not named stays, and so does the law in force.
func TestReformOfABase(t *testing.T) {
	l := reformed(t, &law.Reform{Bases: map[string]money.Cents{"MIN": 4000_00}})
	for name, want := range map[string]money.Cents{"MIN": 17_903_47, "HALFMIN": 8_951_74, "T1": 70_857_99} {
		if got := threshold(t, l, 2023, name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if got := threshold(t, standard(t), 2023, "MIN"); got != 16_409_20 {
		t.Errorf("the law in force has changed: MIN %s", got)
	}
	if l.Version() == standard(t).Version() {
		t.Error("the reform has the version of the law in force")
	}
}

// A threshold goes before base and index, in its year alone.
func TestReformOfAThreshold(t *testing.T) {
	l := reformed(t, &law.Reform{Thresholds: map[int]map[string]money.Cents{2023: {"MIN": 17_000_00}},
		Indices: map[int]money.Cents{2023: 700_00}})
	for _, want := range []struct {
		year   int
		name   string
		amount money.Cents
	}{{2023, "MIN", 17_000_00}, {2023, "HALFMIN", 8_500_00}, {2023, "T1", 77_630_71}, {2024, "MIN", 16_861_46}} {
		if got := threshold(t, l, want.year, want.name); got != want.amount {
			t.Errorf("%s of %d is %s, want %s", want.name, want.year, got, want.amount)
		}
	}
}

// A rate holds in its quarters alone.
func TestReformOfARate(t *testing.T) {
	change, err := law.ParseRateChange("b1", "2023Q2", "2023Q3", "21")
	if err != nil {
		t.Fatal(err)
	}
	l := reformed(t, &law.Reform{Rates: []law.RateChange{change}})
	main, _ := l.Category("main")
	year, err := l.Year(2023)
	if err != nil {
		t.Fatal(err)
	}
	for quarter, want := range map[int]money.Cents{1: 1537_50, 2: 1575_00, 3: 1575_00, 4: 1537_50} {
		if got := year.Schedule(main, quarter, 0).Contribution(30_000_00, 4, 0).Quarter; got != want {
			t.Errorf("quarter %d: %s, want %s", quarter, got, want)
		}
	}
}

func TestReformThatTheLawDoesNotKnow(t *testing.T) {
	_, err := standard(t).With(&law.Reform{Bases: map[string]money.Cents{"X": 1}, Indices: map[int]money.Cents{2014: 1},
		Thresholds: map[int]map[string]money.Cents{1990: {"MIN": 1}}, Rates: []law.RateChange{{Name: "y"}}})
	if err == nil {
		t.Fatal("it is taken")
	}
	for _, want := range []string{`"X"`, "2014", "1990", `"y"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %s", err, want)
		}
	}
}
