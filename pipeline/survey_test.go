package pipeline_test

import (
	"maps"
	"slices"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
)

// survey goes through the years of the file, by year.
func (f *file) survey(t *testing.T, more func(*pipeline.Scatter)) map[int]pipeline.AccountYear {
	t.Helper()
	s, parameters := f.scattered(t)
	if more != nil {
		more(s)
	}
	found := map[int]pipeline.AccountYear{}
	err := pipeline.Survey(t.Context(), pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{s}, pipeline.ShardRows), parameters, 2,
		func(int) func(*pipeline.AccountYear) {
			return func(y *pipeline.AccountYear) {
				if _, twice := found[y.Year]; twice {
					t.Errorf("%d is told twice", y.Year)
				}
				found[y.Year] = *y
			}
		})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func wantStates(t *testing.T, found map[int]pipeline.AccountYear, want map[int]pipeline.AccountState) {
	t.Helper()
	got := map[int]pipeline.AccountState{}
	for year, y := range found {
		got[year] = y.State
	}
	if !maps.Equal(got, want) {
		t.Errorf("states %v, want %v", got, want)
	}
}

// Each year of the account has one state.
func TestSurveySaysWhatEachYearWaitsFor(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2018, 1000_00, 1).called(2019, 1000_00, 1).called(2021, 1000_00, 1, 2, 3, 4).called(2022, 1000_00, 1)
	f.called(2023, 1000_00, 1).called(2024, 1000_00, 1).called(2026, 1000_00, 1, 2).called(2027, 1000_00, 1)
	f.account = append(f.account, pipeline.AccountQuarter{NISS: affiliate, Year: 2020, Quarter: 1, Standing: pipeline.Assimilated,
		Provisional: 1000_00})
	f.prior = append(f.prior, pipeline.PriorYear{NISS: affiliate, Year: 2021, Version: 1, Communication: "A",
		NotifiedOn: day(t, "2023-06-30"), Called: 4000_00})
	f.income(t, 2022, "2026-06-01", 40_000_00)
	f.account = append(f.account, pipeline.AccountQuarter{NISS: affiliate, Year: 2024, Quarter: 1, Standing: pipeline.Due,
		Provisional: 999_00}) // another row of the quarter
	found := f.survey(t, nil)
	wantStates(t, found, map[int]pipeline.AccountState{2018: pipeline.BarredYear, 2019: pipeline.OpenYear, 2020: pipeline.FinalYear,
		2021: pipeline.RegularisedYear, 2022: pipeline.ArrivedYear, 2023: pipeline.OpenYear, 2024: pipeline.HeldYear,
		2026: pipeline.OpenYear, 2027: pipeline.LaterYear})
	if y := found[2026]; y.Called != 2000_00 || len(y.Quarters) != 2 {
		t.Errorf("2026: %+v", y)
	}
}

// A regularised year tells what was called and paid before its first notice, and what is definitive after the last one.
func TestSurveyOfARegularisedYear(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2021, 900_00, 1, 2) // as the account has it today
	f.paid(t, 2021, "2021-12-31", 1700_00).paid(t, 2021, "2023-06-30", 50_00).paid(t, 2021, "2023-07-01", 300_00)
	f.prior = append(f.prior,
		pipeline.PriorYear{NISS: affiliate, Year: 2021, Version: 2, Communication: "B", NotifiedOn: day(t, "2024-06-30"), Called: 2100_00},
		pipeline.PriorYear{NISS: affiliate, Year: 2021, Version: 1, Communication: "A", NotifiedOn: day(t, "2023-06-30"), Called: 2000_00})
	for quarter := range uint8(2) {
		f.quarters = append(f.quarters,
			pipeline.PriorQuarter{NISS: affiliate, Year: 2021, Version: 1, Quarter: quarter + 1, Definitive: 1050_00},
			pipeline.PriorQuarter{NISS: affiliate, Year: 2021, Version: 2, Quarter: quarter + 1, Definitive: 1200_00})
	}
	y := f.survey(t, nil)[2021]
	if y.State != pipeline.RegularisedYear || y.Called != 2000_00 || y.Definitive != 2400_00 || y.Paid != 1750_00 {
		t.Errorf("%+v", y)
	}
}

// Before 2015 only starters wait for an income; an interruption keeps a year open.
func TestSurveyBefore2015(t *testing.T) {
	f := &file{asOf: "2022-06-30"}
	f.called(2014, 500_00, 1, 2, 3, 4)
	wantStates(t, f.survey(t, nil), map[int]pipeline.AccountState{2014: pipeline.BarredYear})
	interrupt := func(s *pipeline.Scatter) { s.Interruption(&pipeline.Interruption{NISS: affiliate, Year: 2014}) }
	wantStates(t, f.survey(t, interrupt), map[int]pipeline.AccountState{2014: pipeline.FinalYear})
	for i := range f.account {
		f.account[i].Starter = 1
	}
	wantStates(t, f.survey(t, interrupt), map[int]pipeline.AccountState{2014: pipeline.OpenYear})
}

// Whom the register does not know has no amounts.
func TestSurveyOfAStranger(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	found := f.survey(t, func(s *pipeline.Scatter) {
		s.Account(&pipeline.AccountQuarter{NISS: affiliate + 97, Year: 2023, Quarter: 1, Standing: pipeline.Due,
			Provisional: money.Cents(1000_00)})
	})
	if y := found[2023]; y.State != pipeline.HeldYear || y.Called != 0 || len(slices.Collect(maps.Keys(found))) != 1 {
		t.Errorf("%+v", found)
	}
}
