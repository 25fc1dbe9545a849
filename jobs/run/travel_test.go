package run_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

func TestMain(m *testing.M) {
	jobstest.WorkIfAsked()
	os.Exit(m.Run())
}

// everyFile reads the files of the batches of an output directory, by path. The manifest names the paths of the inputs, which are the same
// here.
func everyFile(t *testing.T, out string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range jobstest.Batches(t, out) {
		err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				files[strings.TrimPrefix(path, out)] = string(jobstest.Must[[]byte](t)(os.ReadFile(path)))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Whole nights, wherever their shards are worked, give the same bytes: of people over three nights with a withdrawal and
// rejects of every kind, of the sample fund with letters and payments, and of companies.
func TestNightsAreTheSameWhereverShardsAreWorked(t *testing.T) {
	t.Parallel()
	m := jobstest.Maker(t, 61, "2025-12-31", 10)
	nights := []jobstest.Night{{In: m.Affiliates(*jobstest.Affiliates / 2), AsOf: "2025-12-31", Pension: "61.50"}}
	for _, asOf := range []string{"2026-01-15", "2026-03-31"} {
		nights = append(nights, jobstest.Night{In: m.Night(nights[len(nights)-1].In, jobstest.IsoDay(t, asOf)), AsOf: asOf,
			Pension: "61.50"})
	}
	var files [][pipeline.InputCount][]string
	for _, n := range nights {
		files = append(files, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	}
	dir := t.TempDir()
	companies := jobstest.CompaniesJob(t, dir, "2025-03-15", jobstest.CompanyText(jobstest.ManyCompanies(3, 200)))
	all := func(where string) (people, company map[string]string) {
		out := t.TempDir()
		for i, n := range nights {
			o := n.Options(t, out, files[i])
			o.ShardRows, o.Elsewhere = 4*jobstest.ManyShards, jobstest.Elsewhere(t, where)
			if i == 2 {
				o.Parameters.Recheck = pipeline.RecheckAccount
			}
			result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
			if i == 1 {
				jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(out), result.Batch,
					ledger.Word{By: "tester", On: "2026-02-01", Why: "a trial"}))
			}
		}
		people = everyFile(t, out)
		sample := sampleNight(t, t.TempDir())
		sample.ShardRows, sample.Elsewhere = jobstest.ManyShards, jobstest.Elsewhere(t, where)
		jobstest.Must[*run.Result](t)(run.Run(t.Context(), sample))
		maps.Copy(people, everyFile(t, string(sample.Out.(storage.Directory))))
		companies.Out, companies.Elsewhere, companies.ShardRows = storage.Directory(t.TempDir()), jobstest.Elsewhere(t, where), 100
		jobstest.RunCompanies(t, companies)
		return people, everyFile(t, string(companies.Out.(storage.Directory)))
	}
	wantPeople, wantCompanies := all("here")
	if names := strings.Join(slices.Sorted(maps.Keys(wantPeople)), " "); !strings.Contains(names, "part-00002") ||
		!strings.Contains(names, "rejects/") || !strings.Contains(names, ".pdf") || !strings.Contains(names, ".xml") {
		t.Fatalf("the nights show too little: %s", names)
	}
	for _, where := range []string{"bytes", "process"} {
		t.Run(where, func(t *testing.T) {
			people, companies := all(where)
			sameFiles(t, people, wantPeople)
			sameFiles(t, companies, wantCompanies)
		})
	}
}

func sameFiles(t *testing.T, got, want map[string]string) {
	t.Helper()
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, slices.Sorted(maps.Keys(want))) {
		t.Errorf("other files: %v", names)
	}
	for name, content := range want {
		if got[name] != content {
			t.Errorf("%s: other bytes", name)
		}
	}
}
