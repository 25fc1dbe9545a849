package whatif_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/population"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/generate"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/whatif"
	"regul/pipeline"
	"regul/pipeline/money"
)

// fictitious writes the inputs of a fictitious fund and returns what a forecast of it works with, and its communications of income, which
// are about a year and, of some people, the year before.
func fictitious(t *testing.T, out, asOf string, people, year int) (o whatif.ForecastOptions, revenue []string) {
	t.Helper()
	dir := t.TempDir()
	on, ok := pipeline.ParseDate([]byte(asOf))
	if !ok {
		t.Fatalf("no date: %q", asOf)
	}
	jobstest.Must[[]string](t)(generate.Fund(generate.Options{
		Population: population.Options{Affiliates: people, Seed: 5, Year: year, AsOf: population.Day(on), BadRows: -1},
		Format:     "csv", Out: storage.Directory(dir), Workers: 2,
	}))
	var files [pipeline.InputCount][]string
	for _, input := range []pipeline.Input{pipeline.Affiliates, pipeline.Account, pipeline.Payments} {
		files[input] = []string{filepath.Join(dir, input.String()+".csv")}
	}
	return whatif.ForecastOptions{Options: jobstest.Night{AsOf: asOf}.Options(t, out, files)}, []string{filepath.Join(dir, "revenue.csv")}
}

// settle publishes a batch of what has arrived.
func settle(t *testing.T, o whatif.ForecastOptions, revenue []string) *jobstest.Published {
	t.Helper()
	asked := o.Options
	asked.Inputs[pipeline.Revenue] = revenue
	result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), asked))
	if !result.Published {
		t.Fatalf("nothing was published: %+v", result)
	}
	return jobstest.ReadBatch(t, string(o.Out.(storage.Directory)), result)
}

// The rows of a back-test, and what came, are those of the tables, except years in which no quarter owes.
func TestBackTestIsHeldAgainstThePublishedTables(t *testing.T) {
	t.Parallel()
	o, revenue := fictitious(t, t.TempDir(), "2026-06-30", 2000, 2023)
	p := settle(t, o, revenue)
	due := map[string]bool{}
	for i := range p.Quarters.Rows {
		if q := p.Quarters.Map(i); q["standing"] == "due" {
			due[q["niss"]+q["contribution_year"]] = true
		}
	}
	want := map[string]money.Cents{}
	var rows int64
	for i := range p.Regularisations.Rows {
		r := p.Regularisations.Map(i)
		if r["contribution_year"] != "2022" || !due[r["niss"]+r["contribution_year"]] {
			continue
		}
		rows++
		for _, column := range []string{"called", "supplement", "cancelled", "refund_gross"} {
			want[column] += jobstest.Must[money.Cents](t)(money.Parse(r[column]))
		}
	}
	tested := jobstest.Must[*whatif.Tested](t)(whatif.BackTest(t.Context(), o, 2022))
	got := map[string]money.Cents{"called": tested.All.Called, "supplement": tested.All.Errors.Supplement.Actual,
		"cancelled": tested.All.Errors.Cancelled.Actual, "refund_gross": tested.All.Errors.Refund.Actual}
	if !reflect.DeepEqual(got, want) || tested.All.Rows != rows || rows < 50 || tested.All.Without != 0 {
		t.Errorf("%v of %d rows (%d without history), want %v of %d", got, tested.All.Rows, tested.All.Without, want, rows)
	}
	if !slices.Equal(tested.History.Years, []int{2023}) {
		t.Errorf("learnt from %v", tested.History.Years)
	}
	var sum money.Cents
	for _, c := range tested.Categories {
		sum += c.Errors.Supplement.Actual
	}
	if sum != want["supplement"] {
		t.Errorf("the categories add up to %s of %s", sum, want["supplement"])
	}
}

// Years and categories of a forecast add up to the whole, within the rounding of each.
func TestForecastAddsUp(t *testing.T) {
	t.Parallel()
	o, revenue := fictitious(t, t.TempDir(), "2026-06-30", 2000, 2023)
	settle(t, o, revenue)
	e := jobstest.Must[*whatif.Expected](t)(whatif.Forecast(t.Context(), o))
	if e.All.Rows < 20 || e.All.Supplement.Expected == 0 || len(e.Years) < 3 {
		t.Errorf("too little is open: %+v", e)
	}
	for name, group := range map[string][]whatif.NamedExpectation{"years": e.Years, "categories": e.Categories} {
		var rows, without int64
		var called, refund money.Cents
		for _, g := range group {
			rows += g.Rows
			without += g.Without
			called += g.Called
			refund += g.Refund.Expected
		}
		if rows != e.All.Rows || without != e.All.Without || called != e.All.Called ||
			max(refund-e.All.Refund.Expected, e.All.Refund.Expected-refund) > 10 {
			t.Errorf("%s: %d rows, called %s, refund %s; all %+v", name, rows, called, refund, e.All)
		}
	}
}

// Every year of the account is expected, learnt from or told apart.
func TestForecastLeavesNoYearOut(t *testing.T) {
	t.Parallel()
	o, revenue := fictitious(t, t.TempDir(), "2026-06-30", 2000, 2023)
	settle(t, o, revenue)
	e := jobstest.Must[*whatif.Expected](t)(whatif.Forecast(t.Context(), o))
	got := e.All.Rows + e.History.Rows
	for _, a := range e.Apart {
		got += a.Rows
	}
	years := map[string]bool{}
	for line := range strings.Lines(string(jobstest.Must[[]byte](t)(os.ReadFile(o.Inputs[pipeline.Account][0])))) {
		cells := strings.Split(line, ",")
		years[cells[0]+cells[1]] = true
	}
	delete(years, "nissyear")
	if got != int64(len(years)) {
		t.Errorf("%d years, the account has %d", got, len(years))
	}
}

// Neither workers nor shards nor the order of rows change a forecast, and nothing is written.
func TestForecastDoesNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	o, revenue := fictitious(t, out, "2026-06-30", 1000, 2023)
	settle(t, o, revenue)
	before := tree(t, out)
	o.Workers, o.ShardRows = 1, 0
	want := jobstest.Must[*whatif.Expected](t)(whatif.Forecast(t.Context(), o))
	o.Workers, o.ShardRows, o.Waiting = 5, jobstest.ManyShards, 1
	for _, input := range []pipeline.Input{pipeline.Affiliates, pipeline.Account, pipeline.Payments} {
		lines := bytes.SplitAfter(jobstest.Must[[]byte](t)(os.ReadFile(o.Inputs[input][0])), []byte("\n"))
		slices.Reverse(lines[1 : len(lines)-1])
		o.Inputs[input] = []string{jobstest.WriteFile(t, t.TempDir(), input.String()+".csv", string(bytes.Join(lines, nil)))}
	}
	if got := jobstest.Must[*whatif.Expected](t)(whatif.Forecast(t.Context(), o)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
	if after := tree(t, out); !slices.Equal(before, after) {
		t.Errorf("a forecast leaves %v, there was %v", after, before)
	}
}

// tree lists the files below a folder.
func tree(t *testing.T, folder string) (names []string) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

// Years whose income is in the revenue are told apart: the next run settles them.
func TestForecastTellsArrivedYearsApart(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	o, revenue := fictitious(t, out, "2026-06-30", 1000, 2023)
	lines := strings.SplitAfter(string(jobstest.Must[[]byte](t)(os.ReadFile(revenue[0]))), "\n")
	settle(t, o, []string{jobstest.WriteFile(t, t.TempDir(), "half.csv", strings.Join(lines[:len(lines)/2], ""))})
	open := jobstest.Must[*whatif.Expected](t)(whatif.Forecast(t.Context(), o))
	o.Inputs[pipeline.Revenue] = revenue
	arrived := jobstest.Must[*whatif.Expected](t)(whatif.Forecast(t.Context(), o))
	at := slices.IndexFunc(arrived.Apart, func(a whatif.Apart) bool { return a.Reason == "arrived" })
	if at < 0 || arrived.Apart[at].Rows < 400 {
		t.Fatalf("%+v", arrived.Apart)
	}
	settled := settle(t, o, revenue)
	if n := int64(len(settled.Regularisations.Rows)); n != arrived.Apart[at].Rows {
		t.Errorf("%d years have arrived, the next run settles %d", arrived.Apart[at].Rows, n)
	}
	if slices.ContainsFunc(open.Apart, func(a whatif.Apart) bool { return a.Reason == "arrived" }) {
		t.Errorf("without the revenue some years have arrived: %+v", open.Apart)
	}
}

// A withdrawn batch is no history, and its years are open again.
func TestForecastForgetsAWithdrawnBatch(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	o, revenue := fictitious(t, out, "2026-06-30", 500, 2023)
	p := settle(t, o, revenue)
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(out), p.Result.Batch,
		ledger.Word{By: "tester", On: "2026-07-01", Why: "a trial"}))
	_, err := whatif.Forecast(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "published batches have regularised 0 years of this account") ||
		jobs.KindOf(err) != jobs.Failed {
		t.Errorf("%v", err)
	}
}

// A few regularisations are no history.
func TestForecastNeedsAHistory(t *testing.T) {
	t.Parallel()
	n := jobstest.Night{In: jobstest.Example(2023, jobstest.Revenue(2023, "A", "2026-06-01", "30000.00")), AsOf: "2026-06-30"}
	for quarter := 1; quarter <= 4; quarter++ {
		n.In["account"] = append(n.In["account"],
			[]string{jobstest.Someone, "2024", string(rune('0' + quarter)), "main", "due", "", "1000.00", "1000.00", "false"})
	}
	out := t.TempDir()
	n.Publish(t, out)
	o := whatif.ForecastOptions{Options: n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))}
	_, err := whatif.Forecast(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "have regularised 1 years of this account; a forecast takes 30") {
		t.Errorf("%v", err)
	}
}
