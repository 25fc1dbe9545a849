package storage_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"regul/jobs/jobstest"
	"regul/jobs/storage"
)

// server is a bucket of a real server, on which the suite runs too: see fixtures/bucket.sh.
var server = flag.String("bucket", "", "s3://BUCKET/PREFIX of a real server, on which the suite runs too")

// storages are all that must behave alike, each empty.
func storages(t *testing.T) map[string]storage.Storage {
	t.Helper()
	all := map[string]storage.Storage{
		"directory": storage.Directory(t.TempDir()),
		"subfolder": storage.Subfolder{Storage: storage.Directory(t.TempDir()), Folder: "below/it"},
		"memory":    jobstest.NewMemory(),
		"bucket":    jobstest.NewObjectStore(t).Bucket(t, "", 10),
		"prefix":    jobstest.NewObjectStore(t).Bucket(t, "below/it", 10),
	}
	if *server != "" {
		bucket, err := storage.OpenBucket(storage.Join(*server, rand.Text()), 10)
		must(t, err)
		all["server"] = bucket
	}
	return all
}

// conform runs a test on each storage.
func conform(t *testing.T, test func(*testing.T, storage.Storage)) {
	t.Parallel()
	for name, s := range storages(t) {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

// put puts an object; an error leaves what was there, or the whole of it.
func put(s storage.Storage, name, content string) error {
	object, err := s.Put(name)
	if err != nil {
		return err
	}
	for _, part := range []string{content[:len(content)/2], content[len(content)/2:]} {
		if _, err := io.WriteString(object, part); err != nil {
			return errors.Join(err, object.Abandon())
		}
	}
	return object.Commit()
}

// get reads an object; "" if there is none.
func get(t *testing.T, s storage.Storage, name string) string {
	t.Helper()
	file, err := s.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil || int64(len(content)) != file.Size() {
		t.Fatalf("%s: %d of %d bytes: %v", name, len(content), file.Size(), err)
	}
	return string(content)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantList checks what a folder holds.
func wantList(t *testing.T, s storage.Storage, folder string, want ...string) {
	t.Helper()
	got, err := s.List(folder)
	must(t, err)
	if !slices.Equal(got, want) {
		t.Errorf("%s holds %q, want %q", folder, got, want)
	}
}

func TestAnObjectAppearsWhole(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		must(t, put(s, "a/b/one", "before"))
		object, err := s.Put("a/b/one")
		must(t, err)
		other, err := s.Put("a/c/two")
		must(t, err)
		for range 3 {
			_, err = io.WriteString(object, "after ")
			must(t, err)
			_, err = io.WriteString(other, "x")
			must(t, err)
		}
		if got := get(t, s, "a/b/one"); got != "before" {
			t.Errorf("before it is whole, %q is there", got)
		}
		wantList(t, s, "a/c")
		must(t, object.Commit())
		must(t, other.Commit())
		if one, two := get(t, s, "a/b/one"), get(t, s, "a/c/two"); one != "after after after " || two != "xxx" {
			t.Errorf("there are %q and %q", one, two)
		}
		wantList(t, s, ".", "a")
		wantList(t, s, "a", "b", "c")
	})
}

func TestAnAbandonedObjectLeavesNothing(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		must(t, put(s, "one", "before"))
		for _, name := range []string{"one", "folder/two"} {
			object, err := s.Put(name)
			must(t, err)
			_, err = io.WriteString(object, "after")
			must(t, err)
			must(t, object.Abandon())
		}
		if got := get(t, s, "one"); got != "before" {
			t.Errorf("%q is there", got)
		}
		wantList(t, s, ".", "one")
	})
}

// Who reads an object goes on reading what he opened, also when another takes its place.
func TestAReaderKeepsWhatHeOpened(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		must(t, put(s, "one", "before"))
		file, err := s.Open("one")
		must(t, err)
		defer file.Close()
		must(t, put(s, "one", "something longer"))
		got := make([]byte, 9)
		n, err := file.ReadAt(got, 3)
		if string(got[:n]) != "ore" || err != io.EOF || file.Size() != 6 {
			t.Errorf("read %q of %d bytes: %v", got[:n], file.Size(), err)
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		if _, err := s.Open("none"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("opened: %v", err)
		}
		wantList(t, s, "none")
		must(t, s.Remove("none"))
	})
}

// A file that is seen while it is written takes no other's place.
func TestCreateTakesNoPlace(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		must(t, put(s, "folder/one", "object"))
		if _, err := s.Create("folder/one"); !errors.Is(err, fs.ErrExist) {
			t.Errorf("created: %v", err)
		}
		file, err := s.Create("folder/two")
		must(t, err)
		_, err = io.WriteString(file, "file")
		must(t, err)
		must(t, file.Close())
		if got := get(t, s, "folder/two"); got != "file" {
			t.Errorf("%q is there", got)
		}
	})
}

func TestWhatIsMovedOrRemovedIsWhole(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		for _, name := range []string{"from/a", "from/deep/b", "from-not/c"} {
			must(t, put(s, name, name))
		}
		must(t, s.Move("from", "to", "a"))
		wantList(t, s, "from")
		wantList(t, s, ".", "from-not", "to")
		if got := get(t, s, "to/deep/b"); got != "from/deep/b" {
			t.Errorf("%q is there", got)
		}
		must(t, put(s, "one", "of two"))
		must(t, s.Move("one", "away/one", ""))
		if got := get(t, s, "away/one"); got != "of two" {
			t.Errorf("%q is there", got)
		}
		must(t, s.Remove("to", "away", "nothing"))
		wantList(t, s, ".", "from-not")
		if err := s.Move("nothing", "to", "a"); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, storage.ErrMoved) {
			t.Errorf("nothing was moved: %v", err)
		}
	})
}

// An object that is put as a new one takes no other's place: of several that try at once one succeeds.
func TestANewObjectTakesNoPlace(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		putNew := func(name, content string) error {
			object, err := s.Put(name)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(object, content); err != nil {
				return errors.Join(err, object.Abandon())
			}
			return object.CommitNew()
		}
		must(t, putNew("folder/one", "first"))
		if err := putNew("folder/one", "second"); !errors.Is(err, fs.ErrExist) {
			t.Errorf("put as a new one: %v", err)
		}
		if got := get(t, s, "folder/one"); got != "first" {
			t.Errorf("%q is there", got)
		}
		wantList(t, s, "folder", "one")
		var group sync.WaitGroup
		var failed [8]error
		for writer := range failed {
			group.Go(func() { failed[writer] = putNew("race", fmt.Sprint(writer)) })
		}
		group.Wait()
		won := slices.Index(failed[:], nil)
		for writer, err := range failed {
			if writer != won && !errors.Is(err, fs.ErrExist) {
				t.Errorf("writer %d beside writer %d: %v", writer, won, err)
			}
		}
		if got := get(t, s, "race"); got != fmt.Sprint(won) {
			t.Errorf("%q is there, and writer %d was told that it is its own", got, won)
		}
	})
}

func TestOneHoldsTheLock(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		must(t, s.Make())
		must(t, put(s, "one", "of a ledger"))
		if holder, err := s.Holder(".other"); err != nil || holder != "" {
			t.Errorf("%q holds a lock that nobody took: %v", holder, err)
		}
		unlock, err := s.Lock(".lock")
		must(t, err)
		if _, err := s.Lock(".lock"); !errors.Is(err, storage.ErrLocked) {
			t.Errorf("a second one holds it: %v", err)
		}
		must(t, unlock())
		unlock, err = s.Lock(".lock")
		must(t, err)
		must(t, unlock())
	})
}

// Writers at once, of one name and of many: every object is that of one of them, whole.
func TestWritersAtOnce(t *testing.T) {
	conform(t, func(t *testing.T, s storage.Storage) {
		content := func(writer int) string { return strings.Repeat(fmt.Sprint(writer), 10_000) }
		var group sync.WaitGroup
		var failed [8]error
		for writer := range failed {
			group.Go(func() {
				for i := range 20 {
					failed[writer] = errors.Join(failed[writer], put(s, "one", content(writer)),
						put(s, fmt.Sprintf("many/%d-%02d", writer, i), content(writer)))
				}
			})
		}
		group.Wait()
		must(t, errors.Join(failed[:]...))
		if got := get(t, s, "one"); got != content(int(got[0]-'0')) {
			t.Errorf("an object of %d bytes is of several writers", len(got))
		}
		names, err := s.List("many")
		must(t, err)
		for _, name := range names {
			if got := get(t, s, "many/"+name); got != content(int(name[0]-'0')) {
				t.Errorf("%s is not what was put", name)
			}
		}
		if len(names) != 160 {
			t.Errorf("%d objects, want 160", len(names))
		}
		wantList(t, s, ".", "many", "one")
	})
}

// Whatever call fails: the object is the one before, or the whole new one; who was told of no error has the new one.
func TestFaultOfAnyCallLeavesAWholeObject(t *testing.T) {
	t.Parallel()
	for name := range storages(t) {
		t.Run(name, func(t *testing.T) {
			for failing := 1; ; failing++ {
				s := storages(t)[name]
				must(t, put(s, "folder/one", "before"))
				faults := &jobstest.Faulty{To: s, Failing: failing}
				err := put(faults, "folder/one", "after that")
				got := get(t, s, "folder/one")
				if got != "after that" && (err == nil || got != "before") {
					t.Errorf("call %d failed (%v), and %q is there", failing, err, got)
				}
				wantList(t, s, "folder", "one")
				if !faults.Failed() {
					if failing < 5 {
						t.Errorf("only %d calls could fail", failing-1)
					}
					return
				}
			}
		})
	}
}

// What a killed writer has begun is never among what others read, and is removed as a whole.
func TestAKilledWriterLeavesNothingAmongTheObjects(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := storage.Directory(folder)
	object, err := s.Put("batch/one")
	must(t, err)
	_, err = io.Copy(object, bytes.NewReader(make([]byte, 1<<20)))
	must(t, err)
	must(t, put(s, "batch/two", "two")) // and there it stays
	wantList(t, s, "batch", "two")
	wantList(t, s, ".", storage.Unfinished, "batch")
	must(t, s.Remove(storage.Unfinished))
	wantList(t, s, ".", "batch")
	if err := object.Commit(); err == nil {
		t.Error("an object is committed whose bytes were removed")
	}
	wantList(t, s, "batch", "two")
}

// A folder that can't be written is told, and nothing is there.
func TestAnObjectThatCantBePlacedIsAnError(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := storage.Directory(folder)
	must(t, os.WriteFile(filepath.Join(folder, "file"), nil, 0o600))
	if err := put(s, "file/below", "x"); err == nil {
		t.Error("an object lies below a file")
	}
	wantList(t, s, ".", "file")
}
