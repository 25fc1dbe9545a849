package run_test

import (
	"testing"

	"regul/jobs/jobstest"
)

// The name of a batch is its day and a digest of all that it is made of: another input, parameter or ledger, another
// name; what can't change the rows does not change it.
func TestBatchNameFollowsFromWhatTheBatchIsMadeOf(t *testing.T) {
	t.Parallel()
	name := func(n jobstest.Night, history ...jobstest.Night) string {
		out := t.TempDir()
		for _, earlier := range history {
			earlier.Publish(t, out)
		}
		return n.Publish(t, out).Result.Manifest.Batch
	}
	fresh := func() jobstest.Night {
		return jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	}
	seen := map[string]string{name(fresh()): "the batch"}
	for change, do := range map[string]func(*jobstest.Night){
		"another day":            func(n *jobstest.Night) { n.AsOf = "2026-07-01" },
		"another fee":            func(n *jobstest.Night) { n.Fees = map[int]string{2022: "0", 2023: "0.01"} },
		"a fee more":             func(n *jobstest.Night) { n.Fees = map[int]string{2021: "0", 2022: "0", 2023: "0", 2024: "0"} },
		"another income":         func(n *jobstest.Night) { n.In["revenue"][0][5] = "40000.01" },
		"another language":       func(n *jobstest.Night) { n.In["affiliates"][0][2] = "fr" },
		"another address":        func(n *jobstest.Night) { n.In["affiliates"][0][5] = "Kerkstraat 2" },
		"another category":       func(n *jobstest.Night) { n.In["account"][0][3] = "complementary" },
		"no word of a reduction": func(n *jobstest.Night) { n.In["account"][0][8] = "" },
		"a payment": func(n *jobstest.Night) {
			n.In["payments"] = [][]string{{jobstest.Someone, "2023", "1", "2026-12-31", "1.00"}}
		},
		"an interruption": func(n *jobstest.Night) { n.In["interruptions"] = [][]string{{jobstest.Someone, "2023"}} },
		"a row twice":     func(n *jobstest.Night) { n.In["revenue"] = append(n.In["revenue"], n.In["revenue"][0]) },
		"an unreadable row": func(n *jobstest.Night) {
			n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, "B", "2026-06-01", "x"))
		},
		"other unreadable": func(n *jobstest.Night) {
			n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, "B", "2026-06-01", "y"))
		},
	} {
		n := fresh()
		do(&n)
		changed := name(n)
		if other, known := seen[changed]; known {
			t.Errorf("%s: the name of %s", change, other)
		}
		seen[changed] = change
	}
	earlier := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2021, "Z", "2026-06-01", "x"))
	if other, known := seen[name(fresh(), earlier)]; known {
		t.Errorf("after another batch: the name of %s", other)
	}
	for same, do := range map[string]func(*jobstest.Night){
		"another limit of rejects": func(n *jobstest.Night) { n.MaxRejects = "7" },
		"other workers":            func(n *jobstest.Night) { n.Workers = 5 },
		"another order":            func(n *jobstest.Night) { a := n.In["account"]; a[0], a[3] = a[3], a[0] },
	} {
		n := fresh()
		do(&n)
		if changed := name(n); seen[changed] != "the batch" {
			t.Errorf("%s: the batch has the name %s", same, changed)
		}
	}
}
