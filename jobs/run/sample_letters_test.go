package run_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/fixtures/readback"
	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
)

// sampleNight prepares the main job on the sample fund, with letters and payment files.
func sampleNight(t *testing.T, out string) run.Options {
	t.Helper()
	s := run.Settings{Inputs: map[string][]string{}, Out: out, NewLedger: true, AsOf: "2026-06-30", Fee: "3.05", MinimumPension: "60.00",
		Workers: 2}
	for _, input := range jobs.InputNames() {
		path := "../../fixtures/sample/" + input + ".csv"
		if _, err := os.Stat(path); err == nil || !jobs.Optional(input) {
			s.Inputs[input] = []string{path}
		}
	}
	o := jobstest.Must[run.Options](t)(s.Options())
	o.Log, o.Progress = slog.New(slog.DiscardHandler), jobstest.Quiet{}
	return o
}

// publishSample runs the main job on the sample fund.
func publishSample(t *testing.T) (folder string, result *run.Result) {
	t.Helper()
	out := t.TempDir()
	result = jobstest.Must[*run.Result](t)(run.Run(t.Context(), sampleNight(t, out)))
	return filepath.Join(out, result.Folder), result
}

// figures is a text without what groups digits in a language: 1 267,48 and 1.267,48 are 1267,48.
func figures(text string) string {
	return strings.NewReplacer(" ", "", ".", "", "\u00a0", "", "\u202f", "", "\n", "", "\f", "").Replace(text)
}

// Every amount of every regularisation of the sample stands in the letter of its affiliate.
func TestLettersHoldTheAmountsOfTheTables(t *testing.T) {
	t.Parallel()
	folder, result := publishSample(t)
	pages := map[string][]string{} // by file
	letters := map[string]string{} // by national number
	index := jobstest.Must[*readback.Table](t)(readback.Read(jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(folder, "notices",
		"index.parquet")))))
	for i := range index.Rows {
		row := index.Map(i)
		if pages[row["file"]] == nil {
			pages[row["file"]] = strings.Split(pdfcheck.Text(t, filepath.Join(folder, row["file"])), "\f")
		}
		first, count := jobstest.Must[int](t)(strconv.Atoi(row["first_page"])), jobstest.Must[int](t)(strconv.Atoi(row["pages"]))
		letters[row["niss"]] = figures(strings.Join(pages[row["file"]][first-1:first-1+count], ""))
	}
	if int64(len(letters)) != result.Manifest.ControlTotals.Notices || len(letters) < 250 {
		t.Errorf("%d letters, the manifest says %d", len(letters), result.Manifest.ControlTotals.Notices)
	}
	checked := 0
	table := jobstest.Must[*readback.Table](t)(readback.Folder(folder, "regularisations"))
	for i := range table.Rows {
		row := table.Map(i)
		letter, told := letters[row["niss"]]
		if !told {
			if row["outcome"] != "unchanged" {
				t.Errorf("row %d: %s, but no letter", i, row["outcome"])
			}
			continue
		}
		for _, column := range []string{"definitive", "called", "paid", "to_pay", "cancelled", "refund_gross", "refund", "surcharge",
			"surplus_applied"} {
			amount := strings.TrimPrefix(strings.Replace(row[column], ".", ",", 1), "-")
			if amount == "0,00" {
				continue
			}
			checked++
			if !strings.Contains(letter, amount) {
				t.Errorf("row %d, %s: %s %s is not in the letter", i, row["outcome"], column, row[column])
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d amounts were looked for", checked)
	}
}
