package whatif_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/whatif"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// aReform raises the minimum and the rate of some quarters, and lowers a threshold of exemption.
func aReform(t *testing.T) *law.Reform {
	t.Helper()
	return &law.Reform{Bases: map[string]money.Cents{"MIN": 4000_00, "COMP": 200_00},
		Rates: []law.RateChange{jobstest.Must[law.RateChange](t)(law.ParseRateChange("b1", "2019Q1", "2022Q4", "20"))}}
}

func simulate(t *testing.T, n jobstest.Night, workers, shardRows int, reform *law.Reform) *whatif.Simulation {
	t.Helper()
	o := n.Options(t, t.TempDir(), jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Workers, o.ShardRows = workers, shardRows
	return jobstest.Must[*whatif.Simulation](t)(whatif.Simulate(t.Context(), o, reform))
}

// The differences are those of two nights, one under each law, read back from their tables.
func TestSimulationIsTheDifferenceOfTwoNights(t *testing.T) {
	t.Parallel()
	n := jobstest.Night{In: jobstest.Maker(t, 41, "2025-10-31", 10).Affiliates(*jobstest.Affiliates), AsOf: "2025-10-31"}
	s := simulate(t, n, 2, jobstest.ManyShards, aReform(t))
	definitive := func(l *law.Law) (rows int64, sum map[string]money.Cents) {
		o := n.Options(t, t.TempDir(), jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
		o.Parameters.Law = l
		p := jobstest.ReadBatch(t, string(o.Out.(storage.Directory)), jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)))
		sum = map[string]money.Cents{}
		for i := range p.Regularisations.Rows {
			row := p.Regularisations.Map(i)
			sum[row["niss"]+row["contribution_year"]] = jobstest.Must[money.Cents](t)(money.Parse(row["definitive"]))
			rows++
		}
		return rows, sum
	}
	rows, before := definitive(jobstest.StandardLaw())
	_, after := definitive(jobstest.Must[*law.Law](t)(jobstest.StandardLaw().With(aReform(t))))
	var want whatif.Effect
	for key, amount := range before {
		switch difference := after[key] - amount; {
		case difference < 0:
			want.Winners++
			want.Won -= difference
		case difference > 0:
			want.Losers++
			want.Lost += difference
		default:
			want.Unchanged++
		}
	}
	if s.All.Rows != rows || s.All.Winners != want.Winners || s.All.Losers != want.Losers || s.All.Unchanged != want.Unchanged ||
		s.All.Won != want.Won || s.All.Lost != want.Lost || s.All.Definitive != want.Lost-want.Won {
		t.Errorf("%+v\nof %d rows, want %+v", s.All, rows, want)
	}
	if want.Winners < 20 || want.Losers < 20 || want.Unchanged < 20 {
		t.Errorf("the reform does too little: %+v", want)
	}
}

// Each way of telling the effects adds up to the whole.
func TestEffectsAddUp(t *testing.T) {
	t.Parallel()
	s := simulate(t, jobstest.Night{In: jobstest.Maker(t, 42, "2025-10-31", 0).Affiliates(*jobstest.Affiliates / 4), AsOf: "2025-10-31"}, 2,
		jobstest.ManyShards, aReform(t))
	for name, effects := range map[string][]whatif.Effect{"categories": s.Categories, "years": s.Years, "deciles": s.Deciles} {
		var rows int64
		var definitive, claim, payout money.Cents
		for _, e := range effects {
			rows += e.Winners + e.Losers + e.Unchanged
			definitive += e.Definitive
			claim += e.Claim
			payout += e.Payout
		}
		if rows != s.All.Rows || definitive != s.All.Definitive || claim != s.All.Claim || payout != s.All.Payout {
			t.Errorf("%s: %d rows, %s; all %d, %s", name, rows, definitive, s.All.Rows, s.All.Definitive)
		}
	}
}

func TestSimulationDoesNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	n := jobstest.Night{In: jobstest.Maker(t, 43, "2025-10-31", 10).Affiliates(*jobstest.Affiliates / 4), AsOf: "2025-10-31"}
	want := simulate(t, n, 1, 0, aReform(t))
	if got := simulate(t, n, 5, jobstest.ManyShards, aReform(t)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
}

func TestReformThatChangesNothing(t *testing.T) {
	t.Parallel()
	s := simulate(t, jobstest.Night{In: jobstest.Maker(t, 44, "2025-10-31", 0).Affiliates(50), AsOf: "2025-10-31"}, 2, 0, &law.Reform{})
	if s.All.Unchanged != s.All.Rows || s.All.Rows == 0 || s.All.Claim != 0 {
		t.Errorf("%+v", s.All)
	}
}

// page writes the report of a simulation into a file.
func page(t *testing.T, s *whatif.Simulation, file string) []byte {
	t.Helper()
	if err := s.WriteReport(file, ""); err != nil {
		t.Fatal(err)
	}
	return jobstest.Must[[]byte](t)(os.ReadFile(file))
}

// The page has what the simulation found, names nobody, and does not depend on the workers.
func TestReportOfASimulation(t *testing.T) {
	t.Parallel()
	n := jobstest.Night{In: jobstest.Maker(t, 45, "2025-10-31", 10).Affiliates(*jobstest.Affiliates / 4), AsOf: "2025-10-31"}
	file := filepath.Join(t.TempDir(), "page.html")
	want := page(t, simulate(t, n, 1, 0, aReform(t)), file)
	if got := page(t, simulate(t, n, 5, jobstest.ManyShards, aReform(t)), file); !bytes.Equal(got, want) {
		t.Error("the page depends on the workers")
	}
	for _, text := range []string{"MIN, minimum income of the main occupation", "rate b1", "AR 38 art. 12 §1 al. 2", "20.00 %",
		"By annual income", "Management fees", "</html>"} {
		if !strings.Contains(plain(want), text) {
			t.Errorf("the page lacks %q", text)
		}
	}
	if found := regexp.MustCompile(`[0-9]{11}`).Find(want); found != nil {
		t.Errorf("the page holds %s", found)
	}
	if info := jobstest.Must[os.FileInfo](t)(os.Stat(file)); info.Mode().Perm() != 0o600 {
		t.Errorf("the page is %s", info.Mode())
	}
	if left := jobstest.Must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(file))); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
}

// plain is a page with ordinary spaces.
func plain(html []byte) string { return strings.ReplaceAll(string(html), "\u00a0", " ") }

// A reform of the index changes every threshold of its year; the rates that follow each other stand on one line.
func TestReportListsWhatAReformChanges(t *testing.T) {
	t.Parallel()
	n := jobstest.Night{In: jobstest.Maker(t, 46, "2025-10-31", 0).Affiliates(100), AsOf: "2025-10-31"}
	reform := &law.Reform{Indices: map[int]money.Cents{2022: 700_00},
		Rates: []law.RateChange{jobstest.Must[law.RateChange](t)(law.ParseRateChange("b1", "", "", "20"))}}
	text := plain(page(t, simulate(t, n, 2, 0, reform), filepath.Join(t.TempDir(), "page.html")))
	_, text, _ = strings.Cut(text, `<h2 id="changes">`)
	text, _, _ = strings.Cut(text, "</section>")
	for _, want := range []string{"MIN, ", "T1, ", "T2, ", "COMP, ", "PENS, ", "HALFMIN, "} {
		if strings.Count(text, ">"+want) != 1 {
			t.Errorf("%sstands %d times", want, strings.Count(text, ">"+want))
		}
	}
	if strings.Contains(text, ">rate b2<") {
		t.Error("a rate that stays is listed")
	}
	_, text, _ = strings.Cut(text, ">rate b1<")
	for _, want := range []string{"2014Q1 to 2015Q4", "22.00 %", "20.00 %", "AR 38 art. 12 §1", "2016Q1 to 2016Q4", "21.50 %",
		"law of 26-12-2015", "2018Q1 to 2024Q4", "20.50 %"} {
		var found bool
		if _, text, found = strings.Cut(text, ">"+want+"<"); !found {
			t.Errorf("the rates lack %s", want)
		}
	}
}

// What can't be written is an error of usage, and leaves nothing behind.
func TestReportThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, path := range []string{filepath.Join(folder, "none", "page.html"), folder} {
		var fault *jobs.Error
		if err := whatif.CheckReport(path); !errors.As(err, &fault) || fault.Kind != jobs.Usage {
			t.Errorf("%v", err)
		}
	}
	if err := whatif.CheckReport(filepath.Join(folder, "page.html")); err != nil {
		t.Error(err)
	}
	if left := jobstest.Must[[]os.DirEntry](t)(os.ReadDir(folder)); len(left) != 0 {
		t.Errorf("%d files are left", len(left))
	}
}
