package jobs_test

import (
	"slices"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs"
)

// recheck runs a night that also settles years anew whose account changed.
func (n night) recheck(t *testing.T, out string) *jobs.RunResult {
	t.Helper()
	o := n.options(t, out, writeCSV(t, t.TempDir(), n.in, cases.Comma))
	o.Parameters.Recheck = true
	return must[*jobs.RunResult](t)(jobs.Run(t.Context(), o))
}

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
			n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
			n.publish(t, out)
			n.asOf, n.in["revenue"] = "2026-09-30", nil
			if n.recheck(t, out).Published {
				t.Fatal("nothing has changed yet")
			}
			n.in["account"][2][change.column] = change.value
			n.unpublished(t, out) // without being asked, a run settles only what comes with a communication
			p := readBatch(t, out, n.recheck(t, out))
			want(t, p.only(t), "version", "2", "called", "8200.00", "definitive", change.definitive, "net_income", "40000.00",
				"communication", change.communication, "rechecked", "true")
			if totals := p.result.Manifest.ControlTotals; totals.Rechecked != 1 || totals.RecheckedIncome != 4_000_000 {
				t.Errorf("%d are rechecked, with the income %s", totals.Rechecked, totals.RecheckedIncome)
			}
			if n.recheck(t, out).Published {
				t.Error("a second recheck finds the same change again")
			}
		})
	}
}

// A year of which a communication comes, good or bad, is left to it.
func TestCommunicationComesBeforeRecheck(t *testing.T) {
	t.Parallel()
	for _, later := range [][]string{revenue(2023, "B", "2026-09-01", "44000.00"), revenue(2023, "B", "2026-09-01", "many")} {
		out := t.TempDir()
		n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
		n.publish(t, out)
		n.asOf, n.in["revenue"] = "2026-09-30", [][]string{later}
		n.in["account"][2][4] = "dispensed"
		p := readBatch(t, out, n.recheck(t, out))
		if totals := p.result.Manifest.ControlTotals; totals.Rechecked != 0 {
			t.Errorf("%v: the year is rechecked on an income that is stale", later)
		}
	}
}

// A barred year stays as it is.
func TestBarredYearIsNotRechecked(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2030-12-31", revenue(2023, "A", "2026-06-01", "40000.00"))
	n.publish(t, out)
	n.asOf, n.in["revenue"] = "2031-01-01", nil
	n.in["account"][2][4] = "dispensed"
	if n.recheck(t, out).Published {
		t.Error("a year is settled that is barred")
	}
}

// Evidence that comes after the notice changes the category that applies: version 2. Who leaves the file out later changes nothing.
func TestEvidenceThatComesLaterIsSettledAnew(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "10000.00"))
	for i := range n.in["account"] {
		n.in["account"][i] = slices.Clone(n.in["account"][i])
		n.in["account"][i][3] = "complementary"
	}
	n.publish(t, out)
	n.asOf, n.in["revenue"] = "2026-09-30", nil
	n.in["evidence"] = [][]string{{someone, "2023", "4", "employee", "100", "38", "", "", "", "", "", "", ""}}
	p := readBatch(t, out, n.recheck(t, out))
	want(t, p.only(t), "version", "2", "rechecked", "true")
	want(t, p.quarters.Map(3), "category_declared", "complementary", "category", "main", "reason", "hours_below_half_time")
	n.in["evidence"] = nil
	if n.recheck(t, out).Published {
		t.Error("a recheck without the evidence settles the year anew")
	}
}
