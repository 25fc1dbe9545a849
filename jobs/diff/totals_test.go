package diff

import (
	"testing"

	"regul/jobs/batch"
	"regul/pipeline"
)

// A total that a manifest leaves out where it is 0 is compared as soon as one of the two has it.
func TestATotalThatOnlyOneManifestHasIsCompared(t *testing.T) {
	var none, some batch.ControlTotals
	some.ControlTotals = pipeline.ControlTotals{CompletedIncome: 7, Quarters: 3}
	compared := func(a, b *batch.ControlTotals) (found []AmountDifference, quarters CountDifference) {
		counts, amounts := compareTotals(a, b)
		for _, d := range amounts {
			if d.Name == "completed_income" || d.Name == "waiting_income" {
				found = append(found, d)
			}
		}
		return found, counts[1]
	}
	if found, quarters := compared(&none, &some); len(found) != 1 || found[0] != (AmountDifference{"completed_income", 0, 7, 7}) ||
		quarters != (CountDifference{"quarters", 0, 3, 3}) {
		t.Errorf("%v, %v", found, quarters)
	}
	if found, _ := compared(&some, &none); len(found) != 1 || found[0].Difference != -7 {
		t.Errorf("%v", found)
	}
	if found, _ := compared(&none, &none); len(found) != 0 {
		t.Errorf("%v", found)
	}
}
