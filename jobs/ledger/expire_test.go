package ledger_test

import (
	"context"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/pipeline"
)

// expiration removes what is older than a day, on a day years later.
func expiration(before string) *ledger.Expiration {
	day, _ := pipeline.ParseDate([]byte(before))
	return &ledger.Expiration{Before: day, Word: ledger.Word{By: "tester", On: "2032-01-15", Why: "a trial"},
		Needed: func() (map[string]string, error) { return nil, nil }}
}

// withReject is a batch in memory with one row that was rejected.
func withReject(t *testing.T) (*jobstest.Memory, string) {
	t.Helper()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "lots"))
	memory := jobstest.NewMemory()
	o := n.Options(t, "", jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Out = memory
	return memory, jobstest.Must[*run.Result](t)(run.Run(context.Background(), o)).Batch
}

// Whatever call to the storage fails, the ledger is never broken, and the next try leaves what an undisturbed one leaves.
func TestAFaultWhileExpiringBreaksNothing(t *testing.T) {
	t.Parallel()
	before, name := withReject(t)
	undisturbed := before.Clone()
	if removed := jobstest.Must[[]*batch.Expiry](t)(ledger.Expire(undisturbed, expiration("2027-01-01"))); len(removed) != 1 ||
		len(removed[0].Files) != 2 {
		t.Fatalf("removed: %v", removed)
	}
	for _, forever := range []bool{false, true} {
		for failing := 1; ; failing += 1 + failing/30 { // of the many calls that make current/ again, some
			memory := before.Clone()
			faults := &jobstest.Faulty{To: memory, Failing: failing, Forever: forever}
			_, err := ledger.Expire(faults, expiration("2027-01-01"))
			if !faults.Failed() {
				break
			}
			if _, opened := ledger.Open(memory); opened != nil {
				t.Fatalf("after a fault of call %d the ledger can't be opened: %v", failing, opened)
			}
			if _, again := ledger.Expire(memory, expiration("2027-01-01")); again != nil {
				t.Fatalf("after a fault of call %d: %v", failing, again)
			}
			for path := range memory.Published() {
				if strings.Contains(path, name+"/rejects") || strings.Contains(path, "current/rejects_open") &&
					!same(memory, undisturbed, path) {
					t.Fatalf("after a fault of call %d (%v) there is still %s", failing, err, path)
				}
			}
			m := jobstest.Must[*batch.Manifest](t)(batch.Find(memory, name))
			if err := ledger.Expired(memory, m); err != nil || len(m.Removed()) != 2 {
				t.Fatalf("after a fault of call %d: %v, removed %v", failing, err, m.Removed())
			}
		}
	}
}

func same(a, b *jobstest.Memory, path string) bool { return a.Published()[path] == b.Published()[path] }

// Young batches are kept, and those of which something is needed; who insists can remove them.
func TestWhatIsNeededIsKept(t *testing.T) {
	t.Parallel()
	memory, name := withReject(t)
	young, needed := expiration("2027-01-01"), expiration("2027-01-01")
	young.Word.On = "2028-01-31" // 13 months before is 31 December 2026
	needed.Needed = func() (map[string]string, error) { return map[string]string{name: "money was not seen"}, nil }
	for what, e := range map[string]*ledger.Expiration{"13 months": young, "money was not seen": needed} {
		_, err := ledger.Expire(memory, e)
		if jobs.KindOf(err) != jobs.Usage || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
		if m := jobstest.Must[*batch.Manifest](t)(batch.Find(memory, name)); m.Expiry != nil {
			t.Fatalf("%s: it was removed", what)
		}
	}
	needed.Insist = true
	if removed := jobstest.Must[[]*batch.Expiry](t)(ledger.Expire(memory, needed)); len(removed) != 1 {
		t.Errorf("who insists removes %d batches", len(removed))
	}
}
