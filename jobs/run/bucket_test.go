package run_test

import (
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/current"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// filesIn is the content of the files below a folder that counts.
func filesIn(t *testing.T, s storage.Storage, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range jobstest.Must[[]string](t)(s.List(folder)) {
		at := path.Join(folder, name)
		if strings.HasPrefix(name, ".") || name == "withdrawn" || name == "audit" {
			continue
		}
		if content, err := batch.ReadBytes(s, at); err == nil {
			files[at] = string(content)
		} else {
			maps.Copy(files, filesIn(t, s, at))
		}
	}
	return files
}

// quietly is a run with a storage, whose log nobody reads.
func quietly(t *testing.T, o run.Options, out storage.Storage) (*run.Result, error) {
	o.Out, o.Log = out, slog.New(slog.DiscardHandler)
	return run.Run(t.Context(), o)
}

// Two nights in a bucket give the files of two nights in a directory, byte for byte: batches, current/ and what lies beside.
func TestABucketHoldsWhatADirectoryHolds(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	store := jobstest.NewObjectStore(t)
	directory, bucket := storage.Directory(t.TempDir()), store.Bucket(t, "fund/2026", 10)
	for i, n := range nights {
		o := n.Options(t, "", files[i])
		o.Current, o.Waiting = true, 1 // rows wait on the local disk
		for _, out := range []storage.Storage{directory, bucket} {
			if result := jobstest.Must[*run.Result](t)(quietly(t, o, out)); !result.Published {
				t.Fatal("nothing was published")
			}
		}
	}
	same := func(when string) {
		t.Helper()
		want, got := filesIn(t, directory, "."), filesIn(t, bucket, ".")
		if len(want) < 20 {
			t.Errorf("%s: only %d files", when, len(want))
		}
		for name := range want {
			if name != current.OverviewName && got[name] != want[name] {
				t.Errorf("%s: %s is not the same", when, name)
			}
			delete(got, name)
		}
		if len(got) > 0 {
			t.Errorf("%s: there is more in the bucket: %v", when, slices.Sorted(maps.Keys(got)))
		}
	}
	same("published")
	last := jobstest.Must[*batch.Manifest](t)(batch.Find(bucket, batch.Latest)).Batch
	for _, out := range []storage.Storage{directory, bucket} {
		jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(out, last, ledger.Word{By: "tester", On: "2026-08-01", Why: "a trial"}))
	}
	same("withdrawn")
	if list := jobstest.Must[[]ledger.Listed](t)(ledger.List(store.Bucket(t, "fund/2026", 1))); len(list) != 2 ||
		list[1].State != ledger.Withdrawn {
		t.Errorf("the list: %+v", list)
	}
}

// Whatever request of a night fails, once or from then on as if the run was killed: no half batch and no doubled one is there, and the
// next run leaves what an undisturbed one leaves.
func TestFaultOfARequestLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	for _, c := range []struct {
		name           string
		killed, follow bool
		step           int
	}{{"once", false, false, 1}, {"killed", true, false, 2}, {"once, with current/", false, true, 5},
		{"killed, with current/", true, true, 7}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := nights[0].Options(t, "", files[0])
			o.Workers, o.Current = 1, c.follow // the requests come in one order
			undisturbed := jobstest.NewObjectStore(t)
			jobstest.Must[*run.Result](t)(quietly(t, o, undisturbed.Bucket(t, "", 1)))
			requests := undisturbed.Requests()
			want := filesIn(t, undisturbed.Bucket(t, "", 1), ".")
			if requests < 60 {
				t.Errorf("the night made only %d requests", requests)
			}
			for n := 1; n <= requests; n += c.step {
				fault := jobstest.Faults()[n%len(jobstest.Faults())]
				if c.killed {
					fault = jobstest.Gone
				}
				failRequest(t, o, jobstest.At(n, c.killed, fault), want)
				if t.Failed() {
					t.Fatalf("at request %d", n)
				}
			}
		})
	}
}

// failRequest runs a night with a fault, then another one without, which must leave the wanted files.
func failRequest(t *testing.T, o run.Options, fault func(int, *http.Request) jobstest.Fault, want map[string]string) {
	t.Helper()
	store := jobstest.NewObjectStore(t)
	store.Break(fault)
	result, err := quietly(t, o, store.Bucket(t, "", 1))
	store.Break(nil)
	store.Wait(2 * time.Minute) // a lease that was not given back runs out
	after := store.Bucket(t, "", 1)
	there := published(t, after)
	if len(there) > 1 || len(there) == 1 && !maps.Equal(there[0], under(want, "batch=")) {
		t.Error("what is published is not the batch")
	}
	if err == nil && result.Published != (len(there) == 1) {
		t.Errorf("%d batches are there, and the run says published: %t", len(there), result.Published)
	}
	if _, err := quietly(t, o, after); err != nil {
		t.Errorf("the run after it: %v", err)
	}
	if o.Current { // what the fault has left of it was told in the log
		jobstest.Must[*current.Made](t)(current.Rebuild(after, 1))
	}
	if got := filesIn(t, after, "."); !maps.Equal(got, want) {
		t.Errorf("the run after it leaves other files: %v", slices.Sorted(maps.Keys(got)))
	}
	left := jobstest.Must[[]string](t)(after.List("."))
	if slices.ContainsFunc(left, func(name string) bool {
		return strings.HasPrefix(name, ".") && name != ".lock"
	}) {
		t.Errorf("left behind: %v", left)
	}
}

// published are the files of each batch that is there.
func published(t *testing.T, s storage.Storage) (batches []map[string]string) {
	t.Helper()
	for _, m := range jobstest.Must[[]*batch.Manifest](t)(batch.All(s)) {
		batches = append(batches, filesIn(t, s, m.Folder()))
	}
	return batches
}

func under(files map[string]string, prefix string) map[string]string {
	found := map[string]string{}
	for name, content := range files {
		if strings.HasPrefix(name, prefix) {
			found[name] = content
		}
	}
	return found
}

// Two runs at once on a bucket: one is told to wait.
func TestSecondRunAtOnceOnABucketIsLocked(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	store := jobstest.NewObjectStore(t)
	o := nights[0].Options(t, "", files[0])
	var second error
	o.Progress = duringStage{"settle", func() {
		_, second = quietly(t, nights[1].Options(t, "", files[1]), store.Bucket(t, "", 1))
	}}
	if result, err := quietly(t, o, store.Bucket(t, "", 1)); err != nil || !result.Published {
		t.Fatalf("the first run: %v", err)
	}
	if jobs.KindOf(second) != jobs.Locked {
		t.Errorf("the second run: %v", second)
	}
}

// Who was paused so long that another one has the lease publishes nothing, though he knows nothing of it.
func TestAPausedRunPublishesNothing(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	store := jobstest.NewObjectStore(t)
	o := nights[0].Options(t, "", files[0])
	o.Progress = duringStage{"publish", func() {
		store.Wait(2 * time.Minute)
		if result, err := quietly(t, nights[1].Options(t, "", files[1]), store.Bucket(t, "", 1)); err != nil || !result.Published {
			t.Errorf("the other run: %v", err)
		}
	}}
	if _, err := quietly(t, o, store.Bucket(t, "", 1)); jobs.KindOf(err) != jobs.Failed {
		t.Errorf("the paused run: %v", err)
	}
	if there := published(t, store.Bucket(t, "", 1)); len(there) != 1 {
		t.Errorf("%d batches are there", len(there))
	}
}

// A store that ignores conditions gets no batch.
func TestAStoreThatIgnoresConditionsGetsNoBatch(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	store := jobstest.NewObjectStore(t)
	store.Break(func(int, *http.Request) jobstest.Fault { return jobstest.Heedless })
	_, err := quietly(t, nights[0].Options(t, "", files[0]), store.Bucket(t, "", 1))
	if jobs.KindOf(err) != jobs.Usage || !strings.Contains(err.Error(), "ignores If-None-Match") {
		t.Errorf("error: %v", err)
	}
	if there := published(t, store.Bucket(t, "", 1)); len(there) != 0 {
		t.Errorf("%d batches are there", len(there))
	}
}

// An object that is replaced while the run reads it can't be trusted, even if it keeps its size.
func TestAnInputInABucketThatChangesIsRefused(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	for name, change := range map[string]func(text string) (string, bool){
		"of the same size": func(text string) (string, bool) { return strings.Replace(text, "40000", "50000", 1), true },
		"shorter":          func(text string) (string, bool) { return text[:len(text)/2], true },
		"gone":             func(string) (string, bool) { return "", false },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := jobstest.NewObjectStore(t)
			inputs := store.Bucket(t, "in", 1)
			text := string(jobstest.Must[[]byte](t)(os.ReadFile(files[0][pipeline.Revenue][0])))
			put := func(content string) {
				if err := batch.PutBytes(inputs, "revenue.csv", []byte(content)); err != nil {
					t.Error(err)
				}
			}
			put(text)
			o := nights[0].Options(t, t.TempDir(), files[0])
			o.Inputs[pipeline.Revenue] = []string{store.Place("in/revenue.csv")}
			o.Progress = duringStage{"settle", func() {
				if changed, stays := change(text); stays {
					put(changed)
				} else if err := inputs.Remove("revenue.csv"); err != nil {
					t.Error(err)
				}
			}}
			if _, err := run.Run(t.Context(), o); jobs.KindOf(err) != jobs.Failed || !strings.Contains(err.Error(), "revenue.csv") {
				t.Errorf("error: %v", err)
			}
			put(text)
			o.Progress = jobstest.Quiet{}
			if result, err := run.Run(t.Context(), o); err != nil || !result.Published {
				t.Errorf("once it stays as it is: %v", err)
			}
		})
	}
}
