package run_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// nightsOf publishes nights of ten affiliates each, who owe some more or less than was called; the last one has the given incomes.
func nightsOf(t *testing.T, brake run.Brake, nights int, last func(affiliate int) string) (results []*run.Result, out string) {
	t.Helper()
	out = t.TempDir()
	in := reference.Inputs{}
	for night := range nights {
		in["revenue"] = nil
		for i := range 10 {
			niss := nissOf(night*10 + i)
			in["affiliates"] = append(in["affiliates"],
				[]string{niss, fmt.Sprint(night*10 + i + 1), "fr", "A", "B", "Rue Haute 1", "1000", "Bruxelles", "BE", "BE71096123456769",
					"", ""})
			for quarter := 1; quarter <= 4; quarter++ {
				in["account"] = append(in["account"],
					[]string{niss, "2023", fmt.Sprint(quarter), "main", "due", "", "1500.00", "1500.00", "false"})
			}
			in["payments"] = append(in["payments"], []string{niss, "2023", "1", "2023-03-31", "6000.00"})
			income := fmt.Sprintf("%d.00", 27_000+500*i)
			if night == nights-1 {
				income = last(i)
			}
			in["revenue"] = append(in["revenue"], []string{niss, "2023", "C", "2026-06-01", "trader", income, ""})
		}
		n := jobstest.Night{In: in, AsOf: fmt.Sprintf("2026-06-%02d", 10+night), Fees: jobstest.NoFee}
		o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma))
		o.Brake = brake
		results = append(results, jobstest.Must[*run.Result](t)(run.Run(context.Background(), o)))
	}
	return results, out
}

// nissOf is a national number of somebody born in 1980.
func nissOf(serial int) string {
	number := 800101_001 + serial*2
	return fmt.Sprintf("%09d%02d", number, 97-number%97)
}

var allBrakes = run.Brake{Payout: 200, Transfer: 200, Share: 30, Median: 1000_00}

// A valid delivery in which everybody earned nothing pays out a multiple: no night pays it by itself.
func TestNightUnlikeThoseBeforeBecomesADraft(t *testing.T) {
	t.Parallel()
	results, out := nightsOf(t, allBrakes, 4, func(int) string { return "0.00" })
	for _, r := range results[:3] {
		if r.Draft || len(r.Manifest.Unusual) > 0 {
			t.Fatalf("%+v", r.Manifest.Unusual)
		}
	}
	last := results[3]
	var what []string
	for _, u := range last.Manifest.Unusual {
		what = append(what, u.What)
	}
	want := "the refunds in all, EUR|the largest refund, EUR|the share of regularisations with a refund, %|the median change of " +
		"what is owed, EUR"
	if !last.Draft || strings.Join(what, "|") != want || len(jobstest.Batches(t, out)) != 3 {
		t.Fatalf("draft %v: %q", last.Draft, what)
	}
	m, err := ledger.Release(storage.Directory(out),
		ledger.Order{Draft: last.Batch, Word: ledger.Word{By: "A", On: "2026-06-20", Why: "looked at"},
			Verify: func(*batch.Manifest) error { return nil }})
	if err != nil || len(jobstest.Batches(t, out)) != 4 || len(m.Unusual) != 4 {
		t.Errorf("%v", err)
	}
}

// A night like the others is published, and so is any night of a fund with less than three, or without limits.
func TestBrakeLeavesOtherNightsAlone(t *testing.T) {
	t.Parallel()
	nothing := func(int) string { return "0.00" }
	like := func(i int) string { return fmt.Sprintf("%d.00", 27_200+500*i) }
	for name, c := range map[string]struct {
		brake  run.Brake
		nights int
		last   func(int) string
	}{"like the others": {allBrakes, 4, like}, "too early": {allBrakes, 3, nothing}, "no limit": {run.Brake{}, 4, nothing}} {
		results, _ := nightsOf(t, c.brake, c.nights, c.last)
		if last := results[len(results)-1]; last.Draft || !last.Published || last.Manifest.Unusual != nil {
			t.Errorf("%s: %+v", name, last.Manifest.Unusual)
		}
	}
}
