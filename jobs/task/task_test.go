package task_test

import (
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/task"
	"regul/pipeline"
)

// night are the settings of a night on files, with letters and payments of the specimen.
func night(t *testing.T, n jobstest.Night) *run.Settings {
	t.Helper()
	files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
	s := &run.Settings{Inputs: map[string][]string{}, Out: "unused", NewLedger: true, AsOf: n.AsOf, Fee: "3.05", MinimumPension: "61.50",
		MaxRejects: "100%", Workers: 2, Insist: []string{"earlier-date", "empty-input", "shrunk-input"}, ShardRows: 4 * jobstest.ManyShards,
		Outgoing: outgoing.Settings{Without: []string{outgoing.WithoutCurrent}}}
	for input, paths := range files {
		s.Inputs[pipeline.Input(input).String()] = paths
	}
	return s
}

func setup(out storage.Storage) *task.Setup {
	return &task.Setup{Out: out, Workers: 2, Log: slog.New(slog.DiscardHandler), Progress: jobstest.Quiet{}}
}

// runNight runs a night in one process.
func runNight(t *testing.T, s *run.Settings, out storage.Storage) *run.Result {
	t.Helper()
	o := jobstest.Must[run.Options](t)(s.Options())
	o.Out, o.Log, o.Progress = out, slog.New(slog.DiscardHandler), jobstest.Quiet{}
	return jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
}

// planned plans a night, and scatters it in so many tasks.
func planned(t *testing.T, s *run.Settings, out storage.Storage, tasks int) {
	t.Helper()
	if p := jobstest.Must[*task.Planned](t)(task.Make(t.Context(), s, setup(out))); !p.Planned || p.Parts < tasks {
		t.Fatalf("planned %+v", p)
	}
	for number := range tasks {
		if !jobstest.Must[bool](t)(task.Scatter(t.Context(), setup(out), task.Share{Number: number, Of: tasks})) {
			t.Fatalf("share %d was scattered before", number)
		}
	}
}

// nights are two nights of one fund, with rejects of every kind.
func nights(t *testing.T, seed uint64, affiliates int) [2]*run.Settings {
	t.Helper()
	m := jobstest.Maker(t, seed, "2025-12-31", 10)
	in := m.Affiliates(affiliates)
	first := night(t, jobstest.Night{In: in, AsOf: "2025-12-31"})
	return [2]*run.Settings{first, night(t, jobstest.Night{In: m.Night(in, jobstest.IsoDay(t, "2026-03-31")), AsOf: "2026-03-31"})}
}

// same checks that two storages show the same batches, byte for byte.
func same(t *testing.T, got, want *jobstest.Memory) {
	t.Helper()
	a, b := got.Published(), want.Published()
	if !slices.Equal(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b))) {
		t.Errorf("files %v, want %v", slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)))
	}
	for name, content := range b {
		if a[name] != content {
			t.Errorf("%s: other bytes", name)
		}
	}
}

// Two nights as tasks, some done twice, some by nobody but the publication, give the batches of a run, byte for byte.
func TestTasksPublishWhatARunPublishes(t *testing.T) {
	t.Parallel()
	wanted, got := jobstest.NewMemory(), jobstest.NewMemory()
	for i, s := range nights(t, 71, *jobstest.Affiliates) {
		want := runNight(t, s, wanted)
		tasks := 3 - i
		planned(t, s, got, tasks)
		if p := jobstest.Must[*task.Planned](t)(task.Make(t.Context(), s, setup(got))); !p.Same {
			t.Error("a plan that says the same replaces the first")
		}
		if jobstest.Must[bool](t)(task.Scatter(t.Context(), setup(got), task.Share{Number: 1, Of: tasks})) {
			t.Error("a share is scattered twice")
		}
		settled := jobstest.Must[*task.Settled](t)(task.SettleShare(t.Context(), setup(got), task.Share{Number: 0, Of: 2}))
		if settled.Shards < 3 || settled.Settled != (settled.Shards+1)/2 {
			t.Fatalf("settled %+v", settled)
		}
		for _, number := range []int{0, 1, settled.Shards} {
			again := jobstest.Must[*task.Settled](t)(task.Settle(t.Context(), setup(got), number))
			if want := map[bool]int{true: 1}[number == 1]; again.Settled != want {
				t.Errorf("shard %d: %d settled, want %d", number, again.Settled, want)
			}
		}
		if i == 0 { // the second night's shards are settled, and its letters printed, by the publication
			share := task.Share{Number: 1, Of: 2}
			if files := jobstest.Must[int](t)(task.Print(t.Context(), setup(got), share)); files == 0 {
				t.Error("nothing is printed")
			}
			if files := jobstest.Must[int](t)(task.Print(t.Context(), setup(got), share)); files != 0 {
				t.Error("letters are printed twice")
			}
		}
		for range 2 {
			result := jobstest.Must[*run.Result](t)(task.Publish(t.Context(), setup(got)))
			if !result.Published || result.Batch != want.Batch || result.Rejected != want.Rejected ||
				!maps.Equal(result.Counts, want.Counts) {
				t.Errorf("published %+v, want %+v", result, want)
			}
		}
		same(t, got, wanted)
	}
	for _, folder := range []string{"scatter", "result", "tables", "post", "letters", "work"} {
		if left := jobstest.Must[[]string](t)(got.List(task.Folder + "/" + folder)); len(left) > 0 {
			t.Errorf("left in %s: %v", folder, left)
		}
	}
}

// Rejects for which the publication has no room are counted to the last one, whether a task that read or one that settled found them; and
// nothing is published.
func TestTasksKeepRejectsWithinTheMemory(t *testing.T) {
	t.Parallel()
	s := nights(t, 71, *jobstest.Affiliates)[0]
	want := runNight(t, s, jobstest.NewMemory())
	if want.Rejected < 50 {
		t.Fatalf("%d rejects", want.Rejected)
	}
	got := jobstest.NewMemory()
	planned(t, s, got, 3)
	small := setup(got)
	small.Memory = fmt.Sprintf("%dKiB", want.Rejected-1) // a quarter of it for rejects of pipeline.RejectBytes
	result, err := task.Publish(t.Context(), small)
	if err == nil || !strings.Contains(err.Error(), "that --memory makes room for: nothing was published") || result.Published ||
		!maps.Equal(result.Rejects, want.Rejects) {
		t.Errorf("%+v, %v", result, err)
	}
	if len(got.Published()) > 0 {
		t.Error("a batch is published")
	}
}

// Companies are cut into tasks as people are.
func TestCompaniesAsTasks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := jobstest.CompanyText(jobstest.ManyCompanies(5, 200))
	s := &run.Settings{Subject: run.Companies,
		Inputs: map[string][]string{"companies": {jobstest.WriteFile(t, dir, "companies.csv", text)}}, Out: "unused", NewLedger: true,
		AsOf: "2025-03-15", MaxRejects: "100%", Workers: 2}
	wanted, got := jobstest.NewMemory(), jobstest.NewMemory()
	want := runNight(t, s, wanted)
	planned(t, s, got, 1)
	if result := jobstest.Must[*run.Result](t)(task.Publish(t.Context(), setup(got))); result.Batch != want.Batch {
		t.Errorf("published %+v, want %+v", result, want)
	}
	same(t, got, wanted)
}

// Whatever call of whichever task fails: the task says so, nothing half is published, and the tasks that come again publish what a run
// does.
func TestFaultOfATaskLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x"))
	s := night(t, n)
	after := jobstest.NewMemory()
	runNight(t, s, after)
	steps := map[string]func(out storage.Storage) error{
		"plan": func(out storage.Storage) error { _, err := task.Make(t.Context(), s, setup(out)); return err },
		"scatter": func(out storage.Storage) error {
			_, err := task.Scatter(t.Context(), setup(out), task.Share{Of: 1})
			return err
		},
		"settle": func(out storage.Storage) error { _, err := task.Settle(t.Context(), setup(out), 0); return err },
		"print": func(out storage.Storage) error {
			_, err := task.Print(t.Context(), setup(out), task.Share{Of: 1})
			return err
		},
		"publish": func(out storage.Storage) error { _, err := task.Publish(t.Context(), setup(out)); return err },
	}
	order := []string{"plan", "scatter", "settle", "print", "publish"}
	before := jobstest.NewMemory()
	for i, name := range order {
		start := before.Clone()
		if err := steps[name](before); err != nil {
			t.Fatal(err)
		}
		end := before.Clone()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failing := 1
			for ; ; failing++ {
				out := start.Clone()
				faults := &jobstest.Faulty{To: out, Failing: failing}
				err := steps[name](faults)
				if !faults.Failed() {
					if err != nil {
						t.Errorf("no call failed: %v", err)
					}
					break
				}
				if published := out.Published(); len(published) > 0 && !maps.Equal(published, after.Published()) || len(published) == 0 &&
					err == nil && name == "publish" {
					t.Fatalf("call %d failed (%v), and %d files are there", failing, err, len(published))
				}
				if out.Equals(start) || out.Equals(end) {
					continue // the tasks that come would be those that nothing disturbs
				}
				for _, again := range order[i:] {
					if err := steps[again](out); err != nil {
						t.Fatalf("call %d failed, then %s: %v", failing, again, err)
					}
				}
				same(t, out, after)
				if name == "publish" || name == "settle" {
					failing += 2 // they make hundreds of calls
				}
			}
			if failing < 5 {
				t.Errorf("the task made only %d calls", failing-1)
			}
		})
	}
	same(t, before, after)
}

// What the plan has pinned must be as it was.
func TestAPlanThatNoLongerHoldsIsRefused(t *testing.T) {
	t.Parallel()
	s := nights(t, 72, 20)
	for name, change := range map[string]func(out *jobstest.Memory){
		"an input file changed": func(*jobstest.Memory) {
			path := s[0].Inputs["revenue"][0]
			text := jobstest.Must[[]byte](t)(os.ReadFile(path))
			t.Cleanup(func() { os.WriteFile(path, text, 0o600) })
			if err := os.WriteFile(path, append(slices.Clone(text), "\n"...), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"another version of regul made it": func(out *jobstest.Memory) {
			again := setup(out)
			again.Program = "the next version"
			jobstest.Must[*task.Planned](t)(task.Make(t.Context(), s[0], again))
		},
		"the ledger changed": func(out *jobstest.Memory) { runNight(t, s[1], out) },
	} {
		t.Run(name, func(t *testing.T) {
			out := jobstest.NewMemory()
			planned(t, s[0], out, 1)
			change(out)
			before := len(out.Published())
			_, err := task.Publish(t.Context(), setup(out))
			if err == nil || !strings.Contains(err.Error(), "the plan no longer holds, "+name) {
				t.Errorf("published: %v", err)
			}
			if _, err := task.Settle(t.Context(), setup(out), 0); err == nil {
				t.Error("settled")
			}
			if len(out.Published()) != before {
				t.Error("something was published")
			}
		})
	}
}

// Objects of a task that are damaged are told by their name, and nothing is settled of them.
func TestDamagedObjectsAreRefused(t *testing.T) {
	t.Parallel()
	s := nights(t, 73, 20)[0]
	whole := jobstest.NewMemory()
	planned(t, s, whole, 2)
	jobstest.Must[*task.Settled](t)(task.SettleShare(t.Context(), setup(whole), task.Share{Of: 1}))
	batchName := jobstest.Must[[]string](t)(whole.List(task.Folder + "/tables"))[0]
	quarters := "tables/" + batchName + "/quarters"
	year := jobstest.Must[[]string](t)(whole.List(task.Folder + "/" + quarters))[0]
	part := jobstest.Must[[]string](t)(whole.List(task.Folder + "/" + quarters + "/" + year))[0]
	for _, name := range []string{"scatter/00000-of-00002", "scatter/00001-of-00002", "result/00000", "cut", "identities",
		"post/shard-00000", "post/shard-00000.places", quarters + "/" + year + "/" + part} {
		file := jobstest.Must[storage.ReadFile](t)(whole.Open(task.Folder + "/" + name))
		content := make([]byte, file.Size())
		jobstest.Must[int](t)(file.ReadAt(content, 0))
		for at := 0; at < len(content); at += 1 + len(content)/7 {
			out := whole.Clone()
			changed := slices.Clone(content)
			changed[at] ^= 1
			if err := batch.PutBytes(out, task.Folder+"/"+name, changed); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(name, "scatter") { // else nobody looks at it any more
				if err := out.Remove(task.Folder+"/result", task.Folder+"/cut"); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := task.Publish(t.Context(), setup(out)); err == nil || len(out.Published()) > 0 {
				t.Errorf("%s: byte %d of %d changed, and it is published: %v", name, at, len(content), err)
			}
		}
	}
}

// What a task of an earlier plan has settled meanwhile is not taken: it is settled again.
func TestResultOfAnotherPlanIsNotTaken(t *testing.T) {
	t.Parallel()
	both := nights(t, 75, 20)
	wanted, other, out := jobstest.NewMemory(), jobstest.NewMemory(), jobstest.NewMemory()
	runNight(t, both[0], wanted)
	planned(t, both[1], other, 1)
	jobstest.Must[*task.Settled](t)(task.Settle(t.Context(), setup(other), 0))
	planned(t, both[0], out, 1)
	late := jobstest.Must[[]byte](t)(batch.ReadBytes(other, task.Folder+"/result/00000"))
	if err := batch.PutBytes(out, task.Folder+"/result/00000", late); err != nil {
		t.Fatal(err)
	}
	jobstest.Must[*run.Result](t)(task.Publish(t.Context(), setup(out)))
	same(t, out, wanted)
}

// Before everything is scattered there is nothing to settle, and the task that is missing is told.
func TestWhatIsMissingIsTold(t *testing.T) {
	t.Parallel()
	s := nights(t, 74, 10)[0]
	out := jobstest.NewMemory()
	want := func(text string) {
		t.Helper()
		if _, err := task.Publish(t.Context(), setup(out)); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%v, want %q", err, text)
		}
	}
	want("there is no plan")
	jobstest.Must[*task.Planned](t)(task.Make(t.Context(), s, setup(out)))
	want("nothing is scattered")
	for _, number := range []int{0, 2} {
		jobstest.Must[bool](t)(task.Scatter(t.Context(), setup(out), task.Share{Number: number, Of: 3}))
	}
	want("regul task scatter 1/3 has not ended")
	jobstest.Must[bool](t)(task.Scatter(t.Context(), setup(out), task.Share{Number: 0, Of: 1})) // cut otherwise: all of it
	if result := jobstest.Must[*run.Result](t)(task.Publish(t.Context(), setup(out))); !result.Published {
		t.Errorf("%+v", result)
	}
	if err := batch.PutBytes(out, task.Folder+"/plan.json", []byte(`{"format": 99}`)); err != nil {
		t.Fatal(err)
	}
	want("another version")
}
