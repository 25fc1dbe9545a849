package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

func TestSameFilesTwiceGiveTheSameNoticesOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	n.Publish(t, out)
	result := n.Unpublished(t, out)
	want := batch.Counts{Read: 1, AlreadySettled: 1}
	if result.Counts["revenue"] != want {
		t.Errorf("counts = %+v, want %+v", result.Counts["revenue"], want)
	}
}

func TestFileDeliveredTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	in := jobstest.Example(2023, jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	first, second := jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma), jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma)
	for input := range first {
		if pipeline.Input(input) != pipeline.Payments { // of which a copy is refused
			first[input] = append(first[input], second[input]...)
		}
	}
	out := t.TempDir()
	n := jobstest.Night{AsOf: "2026-06-30", Fees: jobstest.NoFee}
	result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), n.Options(t, out, first)))
	for input, rows := range map[string]int64{"affiliates": 1, "account": 4, "revenue": 1} {
		if c := (batch.Counts{Read: 2 * rows, Settled: rows, Repeated: rows}); result.Counts[input] != c {
			t.Errorf("%s: %+v, want %+v", input, result.Counts[input], c)
		}
	}
	jobstest.Want(t, jobstest.ReadBatch(t, out, result).Only(t), "net_income", "40000.00", "definitive", "8200.00", "called", "4000.00",
		"to_pay", "4200.00")
}

// The second notice claims the difference with the first, the third with the second.
func TestLaterCommunicationIsSettledAgainstTheLastVersion(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")
	second := jobstest.Revenue(2023, "B", "2026-07-01", "44000.00")
	third := jobstest.Revenue(2023, "C", "2026-08-01", "41000.00")
	jobstest.Want(t, jobstest.ExampleNight("2026-06-30", first).Publish(t, out).Only(t),
		"version", "1", "called", "4000.00", "definitive", "8200.00", "to_pay", "4200.00")
	p := jobstest.ExampleNight("2026-07-31", first, second).Publish(t, out)
	jobstest.Want(t, p.Only(t), "version", "2", "called", "8200.00", "definitive", "9020.00", "to_pay", "820.00", "communication", "B")
	jobstest.Want(t, p.Quarters.Map(0), "version", "2", "called", "2050.00", "definitive", "2255.00")
	p = jobstest.ExampleNight("2026-08-31", third, first, second).Publish(t, out)
	jobstest.Want(t, p.Only(t), "version", "3", "called", "9020.00", "definitive", "8405.00", "to_pay", "0.00", "cancelled", "615.00",
		"outcome", "cancelled")
	if c := (batch.Counts{Read: 3, Settled: 1, AlreadySettled: 2}); p.Result.Counts["revenue"] != c {
		t.Errorf("counts = %+v, want %+v", p.Result.Counts["revenue"], c)
	}
	m := p.Result.Manifest
	before, err := batch.Before(storage.Directory(out), m)
	if err != nil || m.Earlier != 2 || len(before) != 2 || *m.Previous != *batch.LinkTo(before[1]) || before[1].Earlier != 1 {
		t.Errorf("the batch builds on %d batches, the last of them %v: %v", m.Earlier, m.Previous, err)
	}
}

// Of two communications on one day the higher identifier is the later.
func TestIdentifierDecidesOnTheSameDay(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "B", "2026-06-01", "40000.00"),
		jobstest.Revenue(2023, "A", "2026-06-01", "44000.00"))
	jobstest.Want(t, n.Publish(t, t.TempDir()).Only(t), "communication", "B", "definitive", "8200.00")
}

func TestOlderCommunicationThatComesLaterIsSuperseded(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "B", "2026-06-01", "40000.00")).Publish(t, out)
	for _, older := range [][]string{jobstest.Revenue(2023, "A", "2026-06-01", "50000.00"),
		jobstest.Revenue(2023, "C", "2026-05-31", "50000.00")} {
		result := jobstest.ExampleNight("2026-07-31", older).Unpublished(t, out)
		if c := (batch.Counts{Read: 1, Superseded: 1}); result.Counts["revenue"] != c {
			t.Errorf("%v: %+v, want %+v", older, result.Counts["revenue"], c)
		}
	}
}

// A settled communication with another income is no correction but a contradiction.
func TestSettledCommunicationWithAnotherIncomeIsRejected(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out)
	p := jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "A", "2026-06-01", "40000.01")).Publish(t, out)
	if len(p.Regularisations.Rows) != 0 || len(p.Rejects.Rows) != 1 {
		t.Fatalf("regularisations %v, rejects %v", p.Regularisations.Rows, p.Rejects.Rows)
	}
	jobstest.Want(t, p.Rejects.Map(0), "code", "duplicate", "source", "revenue.csv", "row", "1", "niss", jobstest.Someone, "year", "2023")
}

func TestRejectIsPublishedOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	bad := jobstest.Revenue(2023, "A", "2026-06-01", "40.000,00")
	n := jobstest.ExampleNight("2026-06-30", bad)
	n.Publish(t, out)
	n.Unpublished(t, out)
	n.AsOf = "2026-07-31"
	n.Unpublished(t, out)
	n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, "B", "2026-06-01", "12.345"))
	if p := n.Publish(t, out); len(p.Rejects.Rows) != 2 {
		t.Errorf("the batch with a new reject holds the old one too: %v", p.Rejects.Rows)
	}
}

func TestRejectedCommunicationSettlesOnceCorrected(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "forty")).Publish(t, out)
	p := jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out)
	jobstest.Want(t, p.Only(t), "version", "1", "communication", "A", "to_pay", "4200.00", "late_statement", "false")
}

// What waited for its account settles once the account is whole.
func TestHeldBackYearSettlesOnceItsAccountIsCorrected(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	n.In["account"][2][3] = "freelance"
	n.Publish(t, out)
	n.In["account"][2][3] = "main"
	jobstest.Want(t, n.Publish(t, out).Only(t), "version", "1", "called", "4000.00")
}

// Only the year of the correction gets another version.
func TestOtherYearsKeepTheirVersion(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	in := jobstest.Example(2022, jobstest.Revenue(2022, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2023, "B", "2026-06-01", "40000.00"))
	in["account"] = append(in["account"], jobstest.Example(2023)["account"]...)
	n := jobstest.Night{In: in, AsOf: "2026-06-30", Fees: jobstest.NoFee}
	n.Publish(t, out)
	n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, "C", "2026-06-20", "50000.00"))
	jobstest.Want(t, n.Publish(t, out).Only(t), "contribution_year", "2022", "version", "2")
}

// A published file that was changed since makes the next run fail, and is named.
func TestChangedBatchIsNotBuiltOn(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	p := n.Publish(t, out)
	const part = "regularisations/year=2023/part-00000.parquet"
	path := filepath.Join(p.Folder, filepath.FromSlash(part))
	content := jobstest.Must[[]byte](t)(os.ReadFile(path))
	content[len(content)/2] ^= 1
	jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), string(content))
	n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2023, "B", "2026-06-20", "50000.00"))
	_, err := n.Run(t, out)
	if err == nil || !strings.Contains(err.Error(), part) || jobs.KindOf(err) != jobs.Failed {
		t.Errorf("error: %v", err)
	}
	if len(jobstest.Batches(t, out)) != 1 {
		t.Errorf("batches: %v", jobstest.Batches(t, out))
	}
}

// Without a batch that a later one builds on, its affiliates would be billed again.
func TestGapInTheLedgerIsAnError(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	first := n.Publish(t, out)
	n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2023, "B", "2026-06-20", "50000.00"))
	n.Publish(t, out)
	if err := os.RemoveAll(first.Folder); err != nil {
		t.Fatal(err)
	}
	n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2023, "C", "2026-06-21", "60000.00"))
	if _, err := n.Run(t, out); err == nil || !strings.Contains(err.Error(), filepath.Base(first.Folder)) {
		t.Errorf("error: %v", err)
	}
}

// The quarter that the first batch did not know is called at its provisional amount, the others at their definitive one.
func TestQuarterThatJoinsTheAccountLater(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	whole := jobstest.Example(2023)["account"]
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "30000.00"))
	n.In["account"] = whole[:3]
	jobstest.Want(t, n.Publish(t, out).Only(t), "subject_quarters", "3", "definitive", "6150.00", "called", "3000.00")
	n.In = reference.Inputs{"affiliates": n.In["affiliates"], "account": whole,
		"revenue": {jobstest.Revenue(2023, "B", "2026-06-02", "40000.00")}}
	jobstest.Want(t, n.Publish(t, out).Only(t), "subject_quarters", "4", "definitive", "8200.00", "called", "7150.00", "to_pay", "1050.00")
}

// The manifest of an earlier batch is held to the digest that later ones keep of it.
func TestChangedManifestIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out)
	jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "B", "2026-07-01", "44000.00")).Publish(t, out)
	path := filepath.Join(first.Folder, "manifest.json")
	text := string(jobstest.Must[[]byte](t)(os.ReadFile(path)))
	changed := strings.Replace(text, `"max_rejects": "100%"`, `"max_rejects": "10%"`, 1)
	if changed == text {
		t.Fatal("the manifest has no limit of rejects")
	}
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := jobstest.ExampleNight("2026-08-31", jobstest.Revenue(2023, "C", "2026-08-01", "45000.00")).Run(t, out)
	if err == nil || !strings.Contains(err.Error(), "was changed since") {
		t.Errorf("%v, want an error", err)
	}
}
