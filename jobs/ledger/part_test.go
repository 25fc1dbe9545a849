package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/readback"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// first and second are two affiliates: of the example, and another one.
const first, second = "85010112387", "70052004188"

var mistake = ledger.Word{By: "tester", On: "2026-07-01", Why: "a trial"}

// twoAffiliates is a night that settles both.
func twoAffiliates(asOf string, revenue ...[]string) jobstest.Night {
	n := jobstest.ExampleNight(asOf, revenue...)
	for _, input := range []string{"affiliates", "account", "payments"} {
		for _, row := range slices.Clone(n.In[input]) {
			row = slices.Clone(row)
			if row[0] = second; input == "affiliates" {
				row[1] = "900002"
			}
			n.In[input] = append(n.In[input], row)
		}
	}
	return n
}

func ofSecond(row []string) []string {
	row[0] = second
	return row
}

// settled are the regularisations of a batch: number and version.
func settled(p *jobstest.Published) (rows []string) {
	for i := range p.Regularisations.Rows {
		row := p.Regularisations.Map(i)
		rows = append(rows, row["niss"]+" "+row["version"])
	}
	return rows
}

// A night that is killed anywhere in a partial withdrawal leaves it done or not done. Whoever does it again finds it done, with its act.
func TestKilledPartIsWithdrawnOnceOrNot(t *testing.T) {
	t.Parallel()
	n := twoAffiliates("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		ofSecond(jobstest.Revenue(2023, "B", "2026-06-01", "41000.00")))
	memory := jobstest.NewMemory()
	o := n.Options(t, "", jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Out = memory
	name := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)).Batch
	for failing, ended := 1, false; !ended; failing += 2 {
		out := memory.Clone()
		_, err := ledger.WithdrawOnly(&jobstest.Faulty{To: out, Failing: failing, Forever: true}, name, []string{first}, mistake)
		ended = err == nil
		_, err = ledger.WithdrawOnly(out, name, []string{first}, mistake)
		if err != nil && !strings.Contains(err.Error(), "it settled nothing that counts of 1") {
			t.Fatalf("call %d fails: then %v", failing, err)
		}
		parts := jobstest.Must[[]*batch.WithdrawnPart](t)(batch.WithdrawnParts(out))
		acts := jobstest.Must[[]ledger.Act](t)(ledger.Audit(out))
		if len(parts) != 1 || len(acts) != 1 || acts[0].Record != parts[0].Digest() || acts[0].By != "tester" {
			t.Errorf("call %d fails: %d parts, acts %+v", failing, len(parts), acts)
		}
		list := jobstest.Must[[]ledger.Listed](t)(ledger.List(out))
		if len(list) != 1 || list[0].State != ledger.Published || list[0].WithdrawnFor != 1 {
			t.Errorf("call %d fails: %+v", failing, list)
		}
	}
}

// Whom a batch was withdrawn for is told once, also where that batch was the one that told of a withdrawal before.
func TestAnswerThatIsWithdrawnForSomeIsGivenToThemAgain(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := twoAffiliates("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		ofSecond(jobstest.Revenue(2023, "B", "2026-06-01", "41000.00")))
	withdraw(t, out, n.Publish(t, out).Result.Batch)
	n.AsOf = "2026-07-31"
	answer := n.Publish(t, out)
	if got := settled(answer); !slices.Equal(got, []string{second + " 1", first + " 1"}) {
		t.Fatalf("settled %v", got)
	}
	jobstest.Must[*ledger.PartWithdrawn](t)(ledger.WithdrawOnly(storage.Directory(out), answer.Result.Batch, []string{first}, mistake))
	n.AsOf = "2026-08-31"
	again := n.Publish(t, out)
	if got := settled(again); !slices.Equal(got, []string{first + " 1"}) {
		t.Errorf("settled %v", got)
	}
	reverses := map[string]int{}
	entries := jobstest.Must[*readback.Table](t)(readback.Folder(again.Folder, "entries"))
	for i := range entries.Rows {
		row := entries.Map(i)
		reverses[row["niss"]+" "+row["reverses"]]++
	}
	want := map[string]int{first + " ": 2, first + " 2026-06-30": 2, first + " 2026-07-31": 4} // the last take back two that took back
	if fmt.Sprint(reverses) != fmt.Sprint(want) {
		t.Errorf("lines %v, want %v", reverses, want)
	}
	n.Unpublished(t, out)
}

// What a batch rejected of somebody for whom it was withdrawn it holds no more, and nothing of it waits.
func TestRejectsOfWithdrawnAffiliates(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := twoAffiliates("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		ofSecond(jobstest.Revenue(2023, "B", "2026-06-01", "41000.00")),
		jobstest.Revenue(2021, "bad", "2026-06-01", "12.345"), ofSecond(jobstest.Revenue(2021, "bad", "2026-06-01", "12.345")),
		jobstest.Revenue(2022, "soon", "2026-07-01", "1000.00"), ofSecond(jobstest.Revenue(2022, "soon", "2026-07-01", "1000.00")))
	name := n.Publish(t, out).Result.Batch
	for _, want := range []int{2, 1} { // of each kind
		l := jobstest.Must[*ledger.History](t)(ledger.Open(storage.Directory(out)))
		held := jobstest.Must[map[batch.RejectKey]bool](t)(l.HeldRejects())
		waiting := jobstest.Must[map[string]map[batch.RejectPlace]bool](t)(l.WaitingPlaces())
		if len(held) != 2*want || len(waiting[name]) != want {
			t.Errorf("%d rejects are held, %d wait; want %d of each kind", len(held), len(waiting[name]), want)
		}
		if want == 2 {
			jobstest.Must[*ledger.PartWithdrawn](t)(ledger.WithdrawOnly(storage.Directory(out), name, []string{second}, mistake))
		}
	}
}

// Several nights and parts of them, as the ledger reads older batches together: each affiliate's versions are those of the batches that count
// for them.
func TestPartsOfOlderBatches(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	var names []string
	for i := range 5 {
		id, day := string(rune('A'+i)), fmt.Sprintf("2026-%02d-01", 6+i)
		n := twoAffiliates(fmt.Sprintf("2026-%02d-28", 6+i), jobstest.Revenue(2023, id, day, fmt.Sprintf("4%d000.00", i)))
		if i < 2 {
			n.In["revenue"] = append(n.In["revenue"], ofSecond(jobstest.Revenue(2023, id, day, "41000.00")))
		}
		names = append(names, n.Publish(t, out).Result.Batch)
	}
	store := storage.Directory(out)
	if _, err := ledger.WithdrawOnly(store, names[0], []string{second}, mistake); jobs.KindOf(err) != jobs.Usage {
		t.Fatalf("a later batch builds on it: %v", err)
	}
	jobstest.Must[*ledger.PartWithdrawn](t)(ledger.WithdrawOnly(store, names[1], []string{second}, mistake))
	n := twoAffiliates("2026-11-28", jobstest.Revenue(2023, "Z", "2026-11-01", "60000.00"),
		ofSecond(jobstest.Revenue(2023, "Z", "2026-11-01", "60000.00")))
	if got := settled(n.Publish(t, out)); !slices.Equal(got, []string{second + " 2", first + " 6"}) {
		t.Errorf("settled %v", got)
	}
	numbers := jobstest.Must[*ledger.History](t)(ledger.Open(store))
	if of := jobstest.Must[[]string](t)(numbers.NumbersOf(second)); !slices.Equal(of, []string{second}) {
		t.Errorf("numbers %v", of)
	}
	for _, numbers := range [][]string{nil, {"1"}, {second, "85010112388"}} {
		if _, err := ledger.WithdrawOnly(store, names[4], numbers, mistake); jobs.KindOf(err) != jobs.Usage {
			t.Errorf("%v: %v", numbers, err)
		}
	}
}
