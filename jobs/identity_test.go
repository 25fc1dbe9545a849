package jobs_test

import "testing"

// The name of a batch is its day and a digest of all that it is made of: another input, parameter or ledger, another
// name; what can't change the rows does not change it.
func TestBatchNameFollowsFromWhatTheBatchIsMadeOf(t *testing.T) {
	t.Parallel()
	name := func(n night, history ...night) string {
		out := t.TempDir()
		for _, earlier := range history {
			earlier.publish(t, out)
		}
		return n.publish(t, out).result.Manifest.Batch
	}
	fresh := func() night { return exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00")) }
	seen := map[string]string{name(fresh()): "the batch"}
	for change, do := range map[string]func(*night){
		"another day":            func(n *night) { n.asOf = "2026-07-01" },
		"another fee":            func(n *night) { n.fees = map[int]string{2022: "0", 2023: "0.01"} },
		"a fee more":             func(n *night) { n.fees = map[int]string{2021: "0", 2022: "0", 2023: "0", 2024: "0"} },
		"another income":         func(n *night) { n.in["revenue"][0][5] = "40000.01" },
		"another language":       func(n *night) { n.in["affiliates"][0][2] = "fr" },
		"another address":        func(n *night) { n.in["affiliates"][0][5] = "Kerkstraat 2" },
		"another category":       func(n *night) { n.in["account"][0][3] = "complementary" },
		"no word of a reduction": func(n *night) { n.in["account"][0][8] = "" },
		"a payment":              func(n *night) { n.in["payments"] = [][]string{{someone, "2023", "1", "2026-12-31", "1.00"}} },
		"an interruption":        func(n *night) { n.in["interruptions"] = [][]string{{someone, "2023"}} },
		"a row twice":            func(n *night) { n.in["revenue"] = append(n.in["revenue"], n.in["revenue"][0]) },
		"an unreadable row":      func(n *night) { n.in["revenue"] = append(n.in["revenue"], revenue(2022, "B", "2026-06-01", "x")) },
		"other unreadable":       func(n *night) { n.in["revenue"] = append(n.in["revenue"], revenue(2022, "B", "2026-06-01", "y")) },
	} {
		n := fresh()
		do(&n)
		changed := name(n)
		if other, known := seen[changed]; known {
			t.Errorf("%s: the name of %s", change, other)
		}
		seen[changed] = change
	}
	earlier := exampleNight("2026-06-30", revenue(2021, "Z", "2026-06-01", "x"))
	if other, known := seen[name(fresh(), earlier)]; known {
		t.Errorf("after another batch: the name of %s", other)
	}
	for same, do := range map[string]func(*night){
		"another limit of rejects": func(n *night) { n.maxRejects = "7" },
		"other workers":            func(n *night) { n.workers = 5 },
		"another order":            func(n *night) { a := n.in["account"]; a[0], a[3] = a[3], a[0] },
	} {
		n := fresh()
		do(&n)
		if changed := name(n); seen[changed] != "the batch" {
			t.Errorf("%s: the batch has the name %s", same, changed)
		}
	}
}
