package intake_test

import (
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/pipeline"
)

// rejectsOf publishes a night and lists its rejects: input, row and code.
func rejectsOf(t *testing.T, n jobstest.Night) (list []string, p *jobstest.Published) {
	t.Helper()
	p = n.Publish(t, t.TempDir())
	for i := range p.Rejects.Rows {
		r := p.Rejects.Map(i)
		list = append(list, strings.TrimSuffix(r["source"], ".csv")+" "+r["row"]+" "+r["code"])
	}
	return list, p
}

func wantRejects(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("rejects %q, want %q", got, want)
	}
}

// twoYears is the example with a sound year beside the one that a test breaks.
func twoYears(broken ...[]string) jobstest.Night {
	in := jobstest.Example(2023, broken...)
	in["revenue"] = append(in["revenue"], jobstest.Revenue(2022, "Z", "2026-05-01", "40000.00"))
	in["account"] = append(in["account"], jobstest.Example(2022)["account"]...)
	return jobstest.Night{In: in, AsOf: jobstest.ScenarioDay, Fees: jobstest.NoFee}
}

// A partial sum would be a wrong bill. The other year is not concerned.
func TestCommunicationWithABadRowIsHeldBackWhole(t *testing.T) {
	t.Parallel()
	director := jobstest.Revenue(2023, "A", "2026-06-01", "1e3")
	director[4] = "director"
	list, p := rejectsOf(t, twoYears(jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"), director))
	wantRejects(t, list, "revenue 1 incomplete_communication", "revenue 2 bad_value")
	jobstest.Want(t, p.Only(t), "contribution_year", "2022")
}

// A row whose year can't be read may belong to any communication of that identifier.
func TestRowWithoutAYearHoldsBackItsCommunicationInEveryYear(t *testing.T) {
	t.Parallel()
	noYear := jobstest.Revenue(2023, "A", "2026-06-01", "1.00")
	noYear[1] = "MMXXIII"
	list, p := rejectsOf(t, twoYears(jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"), noYear))
	wantRejects(t, list, "revenue 1 incomplete_communication", "revenue 2 bad_value")
	jobstest.Want(t, p.Only(t), "contribution_year", "2022")
}

func TestYearWithABadQuarterIsHeldBackWhole(t *testing.T) {
	t.Parallel()
	n := twoYears(jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	n.In["account"][1][6] = "1,000.00"
	list, p := rejectsOf(t, n)
	wantRejects(t, list, "account 1 incomplete_account", "account 2 bad_value", "account 3 incomplete_account",
		"account 4 incomplete_account", "revenue 1 incomplete_account")
	jobstest.Want(t, p.Only(t), "contribution_year", "2022")
}

func TestYearWithABadPaymentIsHeldBack(t *testing.T) {
	t.Parallel()
	n := twoYears(jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	n.In["payments"] = [][]string{{jobstest.Someone, "2023", "1", "2023-03-31", "1000.00"},
		{jobstest.Someone, "2023", "2", "2023-06-31", "1000.00"}}
	list, p := rejectsOf(t, n)
	wantRejects(t, list, "payments 2 bad_value", "revenue 1 incomplete_account")
	jobstest.Want(t, p.Only(t), "contribution_year", "2022")
}

// A communication dated after the batch supersedes nothing yet, also where something else is wrong with it.
func TestFutureCommunicationSupersedesNothing(t *testing.T) {
	t.Parallel()
	sound := jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")
	future := jobstest.Revenue(2023, "B", "2026-07-01", "50000.00")
	conflict := jobstest.Revenue(2023, "B", "2026-07-01", "50000.01")
	list, p := rejectsOf(t, jobstest.ExampleNight("2026-06-30", sound, future))
	wantRejects(t, list, "revenue 2 future_communication")
	jobstest.Want(t, p.Only(t), "communication", "A")
	list, p = rejectsOf(t, jobstest.ExampleNight("2026-06-30", sound, future, conflict))
	wantRejects(t, list, "revenue 2 duplicate", "revenue 3 duplicate")
	jobstest.Want(t, p.Only(t), "communication", "A")
	huge := jobstest.Revenue(2023, "B", "2026-07-01", "1000000000.00")
	huge[4] = "director"
	list, p = rejectsOf(t, jobstest.ExampleNight("2026-06-30", sound, future, huge))
	wantRejects(t, list, "revenue 2 income_out_of_range", "revenue 3 income_out_of_range")
	jobstest.Want(t, p.Only(t), "communication", "A")
}

// A later communication that waits supersedes the earlier ones: their income is known to be stale.
func TestHeldBackCommunicationSupersedesEarlierOnes(t *testing.T) {
	t.Parallel()
	director := jobstest.Revenue(2023, "B", "2026-06-02", "x")
	director[4] = "director"
	n := twoYears(jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"), jobstest.Revenue(2023, "B", "2026-06-02", "50000.00"), director)
	list, p := rejectsOf(t, n)
	wantRejects(t, list, "revenue 2 incomplete_communication", "revenue 3 bad_value")
	jobstest.Want(t, p.Only(t), "contribution_year", "2022")
	if c := p.Result.Counts["revenue"]; c.Superseded != 1 {
		t.Errorf("counts %+v", c)
	}
}

// The place of a reject is its file and the data row in it, and its content the row as it stands there.
func TestRejectSaysItsPlace(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	dir, out := t.TempDir(), t.TempDir()
	files := jobstest.WriteCSV(t, dir, n.In, cases.Comma)
	bad := jobstest.Revenue(2022, "Ref, with a comma", "2026-06-01", "x")
	second := jobstest.WriteFile(t, dir, "late.csv", cases.Comma.CSV("revenue", [][]string{n.In["revenue"][0], bad}))
	files[pipeline.Revenue] = append(files[pipeline.Revenue], second)
	p := jobstest.ReadBatch(t, out, jobstest.Must[*run.Result](t)(run.Run(t.Context(), n.Options(t, out, files))))
	if len(p.Rejects.Rows) != 1 {
		t.Fatalf("rejects %v", p.Rejects.Rows)
	}
	jobstest.Want(t, p.Rejects.Map(0), "source", "late.csv", "row", "2", "niss", jobstest.Someone, "year", "2022", "code", "bad_value",
		"content", jobstest.Someone+`,2022,"Ref, with a comma",2026-06-01,trader,x,`)
}

// Every row of every file has one fate: nothing vanishes and nothing counts twice.
func TestEveryRowIsAccountedFor(t *testing.T) {
	t.Parallel()
	m := jobstest.Maker(t, 31, "2025-10-31", 40)
	in := m.Affiliates(*jobstest.Affiliates / 2)
	files := jobstest.WriteParts(t, in, func(rows [][]string) int { return m.Random.IntN(len(rows) + 1) })
	out := t.TempDir()
	p := jobstest.ReadBatch(t, out, jobstest.Must[*run.Result](t)(run.Run(t.Context(),
		jobstest.Night{AsOf: "2025-10-31"}.Options(t, out, files))))
	places, rejected := map[string]bool{}, map[string]int64{}
	for i := range p.Rejects.Rows {
		r := p.Rejects.Map(i)
		if place := r["source"] + ":" + r["row"]; places[place] {
			t.Errorf("%s was rejected twice", place)
		} else {
			places[place] = true
		}
		input, _, _ := strings.Cut(r["source"], "-")
		rejected[input]++
	}
	for _, input := range reference.InputNames() {
		c := p.Result.Counts[input]
		if c.Read != int64(len(in[input])) || c.Read != c.Settled+c.Superseded+c.AlreadySettled+c.Repeated+c.Rejected {
			t.Errorf("%s: %d rows were written, counts %+v", input, len(in[input]), c)
		}
		if c.Rejected != rejected[input] || c.Rejected == 0 {
			t.Errorf("%s: %d rejects are published, counts %+v", input, rejected[input], c)
		}
	}
	income := p.Result.Manifest.ControlTotals.Income
	if sum := income["settled"] + income["superseded"] + income["already_settled"] + income["repeated"] + income["rejected"]; sum != income["read"] || sum == 0 {
		t.Errorf("income: %v", income)
	}
}
