package run_test

import (
	"slices"
	"testing"

	"regul/jobs/jobstest"
	"regul/pipeline"
)

// A quarter that became dispensed after the notice lowers the contribution on the income that is known: version 2.
func TestChangedAccountIsSettledAnew(t *testing.T) {
	t.Parallel()
	for _, change := range []struct {
		name          string
		column        int
		value         string
		definitive    string
		communication string
	}{
		{"standing", 4, "dispensed", "6150.00", "A"},
		{"category", 3, "pension_paid", "7620.00", "A"}, // 14.70 % of 40 000.00 a year, 1470.00 in the quarter
		{"reduction", 8, "true", "8200.00", "A"},
	} {
		t.Run(change.name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
			n.Publish(t, out)
			n.AsOf, n.In["revenue"] = "2026-09-30", nil
			if n.Recheck(t, out).Published {
				t.Fatal("nothing has changed yet")
			}
			n.In["account"][2][change.column] = change.value
			n.Unpublished(t, out) // without being asked, a run settles only what comes with a communication
			p := jobstest.ReadBatch(t, out, n.Recheck(t, out))
			jobstest.Want(t, p.Only(t), "version", "2", "called", "8200.00", "definitive", change.definitive, "net_income", "40000.00",
				"communication", change.communication, "rechecked", "true")
			if totals := p.Result.Manifest.ControlTotals; totals.Rechecked != 1 || totals.RecheckedIncome != 4_000_000 {
				t.Errorf("%d are rechecked, with the income %s", totals.Rechecked, totals.RecheckedIncome)
			}
			if n.Recheck(t, out).Published {
				t.Error("a second recheck finds the same change again")
			}
		})
	}
}

// A year of which a communication comes, good or bad, is left to it.
func TestCommunicationComesBeforeRecheck(t *testing.T) {
	t.Parallel()
	for _, later := range [][]string{jobstest.Revenue(2023, "B", "2026-09-01", "44000.00"),
		jobstest.Revenue(2023, "B", "2026-09-01", "many")} {
		out := t.TempDir()
		n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
		n.Publish(t, out)
		n.AsOf, n.In["revenue"] = "2026-09-30", [][]string{later}
		n.In["account"][2][4] = "dispensed"
		p := jobstest.ReadBatch(t, out, n.Recheck(t, out))
		if totals := p.Result.Manifest.ControlTotals; totals.Rechecked != 0 {
			t.Errorf("%v: the year is rechecked on an income that is stale", later)
		}
	}
}

// A barred year stays as it is.
func TestBarredYearIsNotRechecked(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2030-12-31", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	n.Publish(t, out)
	n.AsOf, n.In["revenue"] = "2031-01-01", nil
	n.In["account"][2][4] = "dispensed"
	if n.Recheck(t, out).Published {
		t.Error("a year is settled that is barred")
	}
}

// Evidence that comes after the notice changes the category that applies: version 2. Who leaves the file out later changes nothing.
func TestEvidenceThatComesLaterIsSettledAnew(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "10000.00"))
	for i := range n.In["account"] {
		n.In["account"][i] = slices.Clone(n.In["account"][i])
		n.In["account"][i][3] = "complementary"
	}
	n.Publish(t, out)
	n.AsOf, n.In["revenue"] = "2026-09-30", nil
	n.In["evidence"] = [][]string{{jobstest.Someone, "2023", "4", "employee", "100", "38", "", "", "", "", "", "", ""}}
	p := jobstest.ReadBatch(t, out, n.Recheck(t, out))
	jobstest.Want(t, p.Only(t), "version", "2", "rechecked", "true")
	jobstest.Want(t, p.Quarters.Map(3), "category_declared", "complementary", "category", "main", "reason", "hours_below_half_time")
	n.In["evidence"] = nil
	if n.Recheck(t, out).Published {
		t.Error("a recheck without the evidence settles the year again")
	}
}

// A recheck of the fees leaves a year that rested on evidence which is not given: the declared category would hold again. It says so.
func TestFeesAreRecheckedWithTheEvidence(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "10000.00"))
	for i := range n.In["account"] {
		n.In["account"][i] = slices.Clone(n.In["account"][i])
		n.In["account"][i][3] = "complementary"
	}
	n.In["evidence"] = [][]string{{jobstest.Someone, "2023", "4", "employee", "100", "38", "", "", "", "", "", "", ""}}
	n.Publish(t, out)
	n.AsOf, n.In["revenue"], n.Fees = "2026-09-30", nil, map[int]string{2023: "4"}
	evidence := n.In["evidence"]
	n.In["evidence"] = nil
	if r := n.Recheck(t, out, pipeline.RecheckFees); r.Published || r.Recheck.Left != 1 {
		t.Errorf("without the evidence: published %v, %d left", r.Published, r.Recheck.Left)
	}
	n.In["evidence"] = evidence
	p := jobstest.ReadBatch(t, out, n.Recheck(t, out, pipeline.RecheckFees))
	jobstest.Want(t, p.Only(t), "version", "2", "rechecked", "true")
	jobstest.Want(t, p.Quarters.Map(3), "category", "main", "reason", "hours_below_half_time")
}
