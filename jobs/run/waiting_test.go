package run_test

import (
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/jobstest"
	"regul/pipeline"
)

// A row that can't be read keeps nothing of another year from waiting: not knowing the nature of an income of 2021 says nothing of 2023.
func TestABadRowOfAnotherYearKeepsNothingFromWaiting(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		bad     []string
		settled int
	}{
		"the nature of another year":            {[]string{jobstest.Someone, "2021", "B", "2023-01-15", "gardener", "7000.00", ""}, 1},
		"no identifier, of another year":        {[]string{jobstest.Someone, "2021", "", "2023-01-15", "trader", "7000.00", ""}, 1},
		"the same year":                         {[]string{jobstest.Someone, "2023", "B", "2023-01-15", "gardener", "7000.00", ""}, 0},
		"a year that no one can read":           {[]string{jobstest.Someone, "20x1", "B", "2023-01-15", "trader", "7000.00", ""}, 0},
		"a year out of range":                   {[]string{jobstest.Someone, "67557", "B", "2023-01-15", "trader", "7000.00", ""}, 0},
		"too few columns, which may be shifted": {[]string{jobstest.Someone, "2021", "B", "2023-01-15"}, 0},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			n := jobstest.ExampleNight("2023-12-31", jobstest.Revenue(2023, "A", "2023-12-01", "40000.00"), test.bad)
			n.Publish(t, out)
			n.AsOf, n.In["revenue"] = "2024-01-01", nil
			files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
			if test.settled == 0 {
				n.Unpublished(t, out)
				return
			}
			if row := n.PublishFiles(t, out, files).Only(t); row["communication"] != "A" {
				t.Errorf("the next night settles %q, want A", row["communication"])
			}
			n.AsOf = "2024-01-02"
			n.Unpublished(t, out) // what waited is settled once
		})
	}
}

// A contested income waits with what is admitted of it, any amount: the same row in the file of the next night is the one that waits.
func TestAContestedIncomeWaitsWithWhatIsAdmitted(t *testing.T) {
	t.Parallel()
	for _, admitted := range []string{"-0.01", "0.00", "20000.00", ""} {
		t.Run(admitted, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			n := jobstest.ExampleNight("2023-12-31")
			files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
			files[pipeline.Revenue] = []string{jobstest.WriteFile(t, t.TempDir(), "revenue.csv",
				"niss,income_year,communication,communicated_on,nature,net_income,assessment,admitted_income\n"+
					jobstest.Someone+",2023,A,2023-12-01,trader,40000.00,,"+admitted+"\n")}
			n.PublishFiles(t, out, files)
			n.AsOf = "2024-01-01"
			if row := n.PublishFiles(t, out, files).Only(t); row["communication"] != "A" {
				t.Errorf("the next night settles %q, want A", row["communication"])
			}
		})
	}
}
