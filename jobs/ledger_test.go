package jobs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/jobs"
)

// noFee makes amounts easy to follow: 20.5 % of the income, a fourth of it each quarter.
var noFee = map[int]string{2021: "0", 2022: "0", 2023: "0"}

// exampleNight is the example of 2023 with the given communications, on a day.
func exampleNight(asOf string, communications ...[]string) night {
	return night{in: example(2023, communications...), asOf: asOf, fees: noFee}
}

// unpublished runs a night that must find nothing new.
func (n night) unpublished(t *testing.T, out string) *jobs.RunResult {
	t.Helper()
	before := len(batches(t, out))
	result := must[*jobs.RunResult](t)(n.run(t, out))
	if result.Published || result.Manifest != nil || len(batches(t, out)) != before {
		t.Fatalf("there was nothing new to publish: %+v", result)
	}
	return result
}

func TestSameFilesTwiceGiveTheSameNoticesOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	n.publish(t, out)
	result := n.unpublished(t, out)
	want := jobs.Counts{Read: 1, AlreadySettled: 1}
	if result.Counts["revenue"] != want {
		t.Errorf("counts = %+v, want %+v", result.Counts["revenue"], want)
	}
}

func TestFileDeliveredTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	in := example(2023, revenue(2023, "A", "2026-06-01", "40000.00"))
	first, second := writeCSV(t, t.TempDir(), in, cases.Comma), writeCSV(t, t.TempDir(), in, cases.Comma)
	for input := range first {
		first[input] = append(first[input], second[input]...)
	}
	out := t.TempDir()
	n := night{asOf: "2026-06-30", fees: noFee}
	result := must[*jobs.RunResult](t)(jobs.Run(t.Context(), n.options(t, out, first)))
	for input, rows := range map[string]int64{"affiliates": 1, "account": 4, "revenue": 1} {
		if c := (jobs.Counts{Read: 2 * rows, Settled: rows, Repeated: rows}); result.Counts[input] != c {
			t.Errorf("%s: %+v, want %+v", input, result.Counts[input], c)
		}
	}
	want(t, readBatch(t, out, result).only(t), "net_income", "40000.00", "definitive", "8200.00", "called", "4000.00", "to_pay", "4200.00")
}

// The second notice claims the difference with the first, the third with the second.
func TestLaterCommunicationIsSettledAgainstTheLastVersion(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := revenue(2023, "A", "2026-06-01", "40000.00")
	second := revenue(2023, "B", "2026-07-01", "44000.00")
	third := revenue(2023, "C", "2026-08-01", "41000.00")
	want(t, exampleNight("2026-06-30", first).publish(t, out).only(t),
		"version", "1", "called", "4000.00", "definitive", "8200.00", "to_pay", "4200.00")
	p := exampleNight("2026-07-31", first, second).publish(t, out)
	want(t, p.only(t), "version", "2", "called", "8200.00", "definitive", "9020.00", "to_pay", "820.00", "communication", "B")
	want(t, p.quarters.Map(0), "version", "2", "called", "2050.00", "definitive", "2255.00")
	p = exampleNight("2026-08-31", third, first, second).publish(t, out)
	want(t, p.only(t), "version", "3", "called", "9020.00", "definitive", "8405.00", "to_pay", "0.00", "cancelled", "615.00", "outcome", "cancelled")
	if c := (jobs.Counts{Read: 3, Settled: 1, AlreadySettled: 2}); p.result.Counts["revenue"] != c {
		t.Errorf("counts = %+v, want %+v", p.result.Counts["revenue"], c)
	}
	if names := p.result.Manifest.Ledger; len(names) != 2 || !slices.IsSorted(names) {
		t.Errorf("the batch builds on %v", names)
	}
}

// Of two communications on one day the higher identifier is the later.
func TestIdentifierDecidesOnTheSameDay(t *testing.T) {
	t.Parallel()
	n := exampleNight("2026-06-30", revenue(2023, "B", "2026-06-01", "40000.00"), revenue(2023, "A", "2026-06-01", "44000.00"))
	want(t, n.publish(t, t.TempDir()).only(t), "communication", "B", "definitive", "8200.00")
}

func TestOlderCommunicationThatComesLaterIsSuperseded(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	exampleNight("2026-06-30", revenue(2023, "B", "2026-06-01", "40000.00")).publish(t, out)
	for _, older := range [][]string{revenue(2023, "A", "2026-06-01", "50000.00"), revenue(2023, "C", "2026-05-31", "50000.00")} {
		result := exampleNight("2026-07-31", older).unpublished(t, out)
		if c := (jobs.Counts{Read: 1, Superseded: 1}); result.Counts["revenue"] != c {
			t.Errorf("%v: %+v, want %+v", older, result.Counts["revenue"], c)
		}
	}
}

// A settled communication with another income is no correction but a contradiction.
func TestSettledCommunicationWithAnotherIncomeIsRejected(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00")).publish(t, out)
	p := exampleNight("2026-07-31", revenue(2023, "A", "2026-06-01", "40000.01")).publish(t, out)
	if len(p.regularisations.Rows) != 0 || len(p.rejects.Rows) != 1 {
		t.Fatalf("regularisations %v, rejects %v", p.regularisations.Rows, p.rejects.Rows)
	}
	want(t, p.rejects.Map(0), "code", "duplicate", "source", "revenue.csv", "row", "1", "niss", someone, "year", "2023")
}

func TestRejectIsPublishedOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	bad := revenue(2023, "A", "2026-06-01", "40.000,00")
	n := exampleNight("2026-06-30", bad)
	n.publish(t, out)
	n.unpublished(t, out)
	n.asOf = "2026-07-31"
	n.unpublished(t, out)
	n.in["revenue"] = append(n.in["revenue"], revenue(2022, "B", "2026-06-01", "12.345"))
	if p := n.publish(t, out); len(p.rejects.Rows) != 2 {
		t.Errorf("the batch with a new reject holds the old one too: %v", p.rejects.Rows)
	}
}

func TestRejectedCommunicationSettlesOnceCorrected(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "forty")).publish(t, out)
	p := exampleNight("2026-07-31", revenue(2023, "A", "2026-06-01", "40000.00")).publish(t, out)
	want(t, p.only(t), "version", "1", "communication", "A", "to_pay", "4200.00", "late_statement", "false")
}

// What was held back for its account settles once the account is whole.
func TestHeldBackYearSettlesOnceItsAccountIsCorrected(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	n.in["account"][2][3] = "freelance"
	n.publish(t, out)
	n.in["account"][2][3] = "main"
	want(t, n.publish(t, out).only(t), "version", "1", "called", "4000.00")
}

// Only the year of the correction gets another version.
func TestOtherYearsKeepTheirVersion(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	in := example(2022, revenue(2022, "A", "2026-06-01", "40000.00"), revenue(2023, "B", "2026-06-01", "40000.00"))
	in["account"] = append(in["account"], example(2023)["account"]...)
	n := night{in: in, asOf: "2026-06-30", fees: noFee}
	n.publish(t, out)
	n.in["revenue"] = append(n.in["revenue"], revenue(2022, "C", "2026-06-20", "50000.00"))
	want(t, n.publish(t, out).only(t), "contribution_year", "2022", "version", "2")
}

// A published file that was changed since makes the next run fail, and is named.
func TestChangedBatchIsNotBuiltOn(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	p := n.publish(t, out)
	const part = "regularisations/year=2023/part-00000.parquet"
	path := filepath.Join(p.folder, filepath.FromSlash(part))
	content := must[[]byte](t)(os.ReadFile(path))
	content[len(content)/2] ^= 1
	writeFile(t, filepath.Dir(path), filepath.Base(path), string(content))
	n.in["revenue"] = append(n.in["revenue"], revenue(2023, "B", "2026-06-20", "50000.00"))
	_, err := n.run(t, out)
	if err == nil || !strings.Contains(err.Error(), part) || jobs.KindOf(err) != jobs.Failed {
		t.Errorf("error: %v", err)
	}
	if len(batches(t, out)) != 1 {
		t.Errorf("batches: %v", batches(t, out))
	}
}

// Without a batch that a later one builds on, its affiliates would be billed anew.
func TestGapInTheLedgerIsAnError(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	first := n.publish(t, out)
	n.in["revenue"] = append(n.in["revenue"], revenue(2023, "B", "2026-06-20", "50000.00"))
	n.publish(t, out)
	if err := os.RemoveAll(first.folder); err != nil {
		t.Fatal(err)
	}
	n.in["revenue"] = append(n.in["revenue"], revenue(2023, "C", "2026-06-21", "60000.00"))
	if _, err := n.run(t, out); err == nil || !strings.Contains(err.Error(), filepath.Base(first.folder)) {
		t.Errorf("error: %v", err)
	}
}

// The quarter that the first batch did not know is called at its provisional amount, the others at their definitive one.
func TestQuarterThatJoinsTheAccountLater(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	whole := example(2023)["account"]
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "30000.00"))
	n.in["account"] = whole[:3]
	want(t, n.publish(t, out).only(t), "subject_quarters", "3", "definitive", "6150.00", "called", "3000.00")
	n.in = reference.Inputs{"affiliates": n.in["affiliates"], "account": whole, "revenue": {revenue(2023, "B", "2026-06-02", "40000.00")}}
	want(t, n.publish(t, out).only(t), "subject_quarters", "4", "definitive", "8200.00", "called", "7150.00", "to_pay", "1050.00")
}

// The manifest of an earlier batch is held to the digest that later ones keep of it.
func TestChangedManifestIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00")).publish(t, out)
	exampleNight("2026-07-31", revenue(2023, "B", "2026-07-01", "44000.00")).publish(t, out)
	path := filepath.Join(first.folder, "manifest.json")
	text := string(must[[]byte](t)(os.ReadFile(path)))
	changed := strings.Replace(text, `"max_rejects": "100%"`, `"max_rejects": "10%"`, 1)
	if changed == text {
		t.Fatal("the manifest has no limit of rejects")
	}
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := exampleNight("2026-08-31", revenue(2023, "C", "2026-08-01", "45000.00")).run(t, out)
	if err == nil || !strings.Contains(err.Error(), "was changed since") {
		t.Errorf("%v, want an error", err)
	}
}
