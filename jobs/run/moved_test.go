package run_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/jobs/intake"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// anInbox is a folder or a prefix of a bucket, by its place, of which patterns name the files.
type anInbox struct {
	storage.Storage
	place func(name string) string
}

func (i anInbox) put(t *testing.T, name, text string) {
	t.Helper()
	object := jobstest.Must[storage.Object](t)(i.Put(name))
	if _, err := io.WriteString(object, text); err != nil {
		t.Fatal(err)
	}
	if err := object.Commit(); err != nil {
		t.Fatal(err)
	}
}

// names are those of the files, sorted; the folder of the unfinished is none.
func (i anInbox) names(t *testing.T, folder string) []string {
	t.Helper()
	names := slices.DeleteFunc(jobstest.Must[[]string](t)(i.List(folder)), func(name string) bool { return name == storage.Unfinished })
	slices.Sort(names)
	return names
}

// inboxes are the two kinds of inboxes, and of places to which their files go.
func inboxes(t *testing.T) map[string]func(name string) anInbox {
	t.Helper()
	store := jobstest.NewObjectStore(t)
	return map[string]func(string) anInbox{
		"directory": func(string) anInbox {
			dir := t.TempDir()
			return anInbox{storage.Directory(dir), func(name string) string { return filepath.Join(dir, name) }}
		},
		"bucket": func(prefix string) anInbox {
			return anInbox{store.Bucket(t, prefix, 3), func(name string) string { return store.Place(strings.TrimSuffix(prefix+"/"+name, "/")) }}
		},
	}
}

// movedNight is a night on such an inbox with one good delivery, and what must stay there.
func movedNight(t *testing.T, inbox, to anInbox) (s *run.Settings, good string) {
	t.Helper()
	s, folder := inboxNight(t)
	good = string(jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(folder, "good.csv"))))
	inbox.put(t, "good.csv", good)
	inbox.put(t, "empty.csv", "")
	inbox.put(t, "later.csv.part", good)
	inbox.put(t, "notes.txt", "call them")
	s.Inputs["revenue"] = []string{inbox.place("*.csv")}
	s.MovedTo = to.place("")
	return s, good
}

// What a night has read and settled is moved, from a directory and from a bucket, to either: nothing else, nothing twice, and nothing is
// lost where it can't be.
func TestWhatIsSettledIsMoved(t *testing.T) {
	t.Parallel()
	kinds := inboxes(t)
	for from, makeInbox := range kinds {
		for target, makeTarget := range kinds {
			t.Run(from+" to "+target, func(t *testing.T) {
				inbox, to := makeInbox(from+"-to-"+target), makeTarget("settled-from-"+from)
				s, good := movedNight(t, inbox, to)
				result, _, err := nightOn(t, s)
				if err != nil || !result.Published || !slices.Equal(result.Moved, []string{inbox.place("good.csv")}) || len(result.Taken) > 0 ||
					len(result.Aside) != 1 {
					t.Fatalf("%+v, %v", result, err)
				}
				left := []string{"empty.csv", "later.csv.part", "notes.txt"}
				if got := inbox.names(t, "."); !slices.Equal(got, left) {
					t.Errorf("left %v", got)
				}
				day := s.AsOf
				if got := string(jobstest.Must[[]byte](t)(os.ReadFile(localCopy(t, to, day+"/good.csv")))); got != good {
					t.Errorf("moved %q", got)
				}

				// A name that is there stays, with what it holds; another is moved, also where nothing is new.
				inbox.put(t, "good.csv", good+"\n")
				inbox.put(t, "week-27.csv", good)
				result, _, err = nightOn(t, s)
				if err != nil || result.Published || !slices.Equal(result.Moved, []string{inbox.place("week-27.csv")}) {
					t.Errorf("%+v, %v", result, err)
				}
				if got := inbox.names(t, "."); !slices.Equal(got, append([]string{left[0], "good.csv"}, left[1:]...)) {
					t.Errorf("left %v", got)
				}
				if got := to.names(t, day); !slices.Equal(got, []string{"good.csv", "week-27.csv"}) {
					t.Errorf("moved %v", got)
				}
			})
		}
	}
}

// localCopy writes a file of a storage to the disk.
func localCopy(t *testing.T, from anInbox, name string) string {
	t.Helper()
	file := jobstest.Must[storage.ReadFile](t)(from.Open(name))
	defer file.Close()
	text := jobstest.Must[[]byte](t)(io.ReadAll(io.NewSectionReader(file, 0, file.Size())))
	return jobstest.WriteFile(t, t.TempDir(), filepath.Base(name), string(text))
}

// A draft, and a night that is refused, move nothing: what arrived is read again.
func TestNothingIsMovedBeforeItIsSettled(t *testing.T) {
	t.Parallel()
	for from, makeInbox := range inboxes(t) {
		for name, spoil := range map[string]func(s *run.Settings, inbox anInbox){
			"a draft": func(s *run.Settings, _ anInbox) { s.Draft = true },
			"a refused night": func(s *run.Settings, inbox anInbox) {
				inbox.put(t, "bad.csv", revenueHeader+"x,x,x,x,x,x,x\n")
				s.MaxRejects = "0"
			},
		} {
			inbox, to := makeInbox("inbox "+name), makeInbox("settled "+name)
			s, _ := movedNight(t, inbox, to)
			spoil(s, inbox)
			before := inbox.names(t, ".")
			if result, _, err := nightOn(t, s); result == nil || len(result.Moved) > 0 {
				t.Errorf("%s, %s: %+v, %v", from, name, result, err)
			}
			if got := inbox.names(t, "."); !slices.Equal(got, before) {
				t.Errorf("%s, %s: left %v, want %v", from, name, got, before)
			}
		}
	}
}

// A file that was replaced since it was read is not moved: nobody has read what is there now.
func TestAFileThatWasReplacedIsNotMoved(t *testing.T) {
	t.Parallel()
	for from, makeInbox := range inboxes(t) {
		inbox, to := makeInbox("replaced"), makeInbox("replaced-to")
		inbox.put(t, "a.csv", revenueHeader)
		inbox.put(t, "b.csv", revenueHeader)
		a, b := inbox.place("a.csv"), inbox.place("b.csv")
		in := jobstest.Must[*intake.Files](t)(intake.Open([pipeline.InputCount][]string{pipeline.Revenue: {a, b}}))
		defer in.Close()
		inbox.put(t, "b.csv", revenueHeader+"later\n")
		moved, stay := in.MoveTaken([]string{a, b}, to, "day")
		if !slices.Equal(moved, []string{a}) || len(stay) != 1 || stay[0].Path != b {
			t.Errorf("%s: moved %v, stay %v", from, moved, stay)
		}
		if got := inbox.names(t, "."); !slices.Equal(got, []string{"b.csv"}) {
			t.Errorf("%s: left %v", from, got)
		}
		if got := to.names(t, "day"); !slices.Equal(got, []string{"a.csv"}) {
			t.Errorf("%s: moved %v", from, got)
		}
	}
}

// With a fault at any request a delivery is in the inbox or among what was moved, whole: never nowhere.
func TestAFaultLosesNoDelivery(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	for _, fault := range jobstest.Faults() {
		for n := 1; ; n++ {
			prefix := "fault"
			inbox := anInbox{store.Bucket(t, prefix, 3), func(name string) string { return store.Place(prefix + "/" + name) }}
			to := store.Bucket(t, "gone-to", 3)
			if err := to.Remove("day"); err != nil {
				t.Fatal(err)
			}
			inbox.put(t, "a.csv", revenueHeader)
			in := jobstest.Must[*intake.Files](t)(intake.Open([pipeline.InputCount][]string{pipeline.Revenue: {inbox.place("a.csv")}}))
			store.Break(jobstest.At(n, false, fault))
			moved, stay := in.MoveTaken([]string{inbox.place("a.csv")}, to, "day")
			requests := store.Requests()
			store.Break(nil)
			in.Close()
			if len(moved)+len(stay) != 1 {
				t.Errorf("moved %v, stay %v", moved, stay)
			}
			whole := func(s storage.Storage, name string) bool {
				file, err := s.Open(name)
				return err == nil && file.Size() == int64(len(revenueHeader))
			}
			if there, gone := whole(store.Bucket(t, prefix, 3), "a.csv"), whole(to, "day/a.csv"); !there && !gone || len(moved) == 1 && !gone {
				t.Fatalf("%v at request %d: in the inbox %v, moved %v", fault, n, there, gone)
			}
			if n > requests {
				break
			}
		}
	}
}
