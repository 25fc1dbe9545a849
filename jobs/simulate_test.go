package jobs_test

import (
	"reflect"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// aReform raises the minimum and the rate of some quarters, and lowers a threshold of exemption.
func aReform(t *testing.T) *law.Reform {
	t.Helper()
	return &law.Reform{Bases: map[string]money.Cents{"MIN": 4000_00, "COMP": 200_00},
		Rates: []law.RateChange{must[law.RateChange](t)(law.ParseRateChange("b1", "2019Q1", "2022Q4", "20"))}}
}

func simulate(t *testing.T, n night, workers, shardRows int, reform *law.Reform) *jobs.Simulation {
	t.Helper()
	o := n.options(t, t.TempDir(), writeCSV(t, t.TempDir(), n.in, cases.Comma))
	o.Workers, o.ShardRows = workers, shardRows
	return must[*jobs.Simulation](t)(jobs.Simulate(t.Context(), o, reform))
}

// The differences are those of two nights, one under each law, read back from their tables.
func TestSimulationIsTheDifferenceOfTwoNights(t *testing.T) {
	t.Parallel()
	n := night{in: maker(t, 41, "2025-10-31", 10).Affiliates(*affiliates), asOf: "2025-10-31"}
	s := simulate(t, n, 2, manyShards, aReform(t))
	definitive := func(l *law.Law) (rows int64, sum map[string]money.Cents) {
		o := n.options(t, t.TempDir(), writeCSV(t, t.TempDir(), n.in, cases.Comma))
		o.Parameters.Law = l
		p := readBatch(t, string(o.Out.(jobs.Directory)), must[*jobs.RunResult](t)(jobs.Run(t.Context(), o)))
		sum = map[string]money.Cents{}
		for i := range p.regularisations.Rows {
			row := p.regularisations.Map(i)
			sum[row["niss"]+row["contribution_year"]] = must[money.Cents](t)(money.Parse(row["definitive"]))
			rows++
		}
		return rows, sum
	}
	rows, before := definitive(standardLaw())
	_, after := definitive(must[*law.Law](t)(standardLaw().With(aReform(t))))
	var want jobs.Effect
	for key, amount := range before {
		switch difference := after[key] - amount; {
		case difference < 0:
			want.Winners++
			want.Won -= difference
		case difference > 0:
			want.Losers++
			want.Lost += difference
		default:
			want.Unchanged++
		}
	}
	if s.All.Rows != rows || s.All.Winners != want.Winners || s.All.Losers != want.Losers || s.All.Unchanged != want.Unchanged ||
		s.All.Won != want.Won || s.All.Lost != want.Lost || s.All.Definitive != want.Lost-want.Won {
		t.Errorf("%+v\nof %d rows, want %+v", s.All, rows, want)
	}
	if want.Winners < 20 || want.Losers < 20 || want.Unchanged < 20 {
		t.Errorf("the reform does too little: %+v", want)
	}
}

// Each way of telling the effects adds up to the whole.
func TestEffectsAddUp(t *testing.T) {
	t.Parallel()
	s := simulate(t, night{in: maker(t, 42, "2025-10-31", 0).Affiliates(*affiliates / 4), asOf: "2025-10-31"}, 2, manyShards, aReform(t))
	for name, effects := range map[string][]jobs.Effect{"categories": s.Categories, "years": s.Years, "deciles": s.Deciles} {
		var rows int64
		var definitive, claim, payout money.Cents
		for _, e := range effects {
			rows += e.Winners + e.Losers + e.Unchanged
			definitive += e.Definitive
			claim += e.Claim
			payout += e.Payout
		}
		if rows != s.All.Rows || definitive != s.All.Definitive || claim != s.All.Claim || payout != s.All.Payout {
			t.Errorf("%s: %d rows, %s; all %d, %s", name, rows, definitive, s.All.Rows, s.All.Definitive)
		}
	}
}

func TestSimulationDoesNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	n := night{in: maker(t, 43, "2025-10-31", 10).Affiliates(*affiliates / 4), asOf: "2025-10-31"}
	want := simulate(t, n, 1, 0, aReform(t))
	if got := simulate(t, n, 5, manyShards, aReform(t)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
}

func TestReformThatChangesNothing(t *testing.T) {
	t.Parallel()
	s := simulate(t, night{in: maker(t, 44, "2025-10-31", 0).Affiliates(50), asOf: "2025-10-31"}, 2, 0, &law.Reform{})
	if s.All.Unchanged != s.All.Rows || s.All.Rows == 0 || s.All.Claim != 0 {
		t.Errorf("%+v", s.All)
	}
}
