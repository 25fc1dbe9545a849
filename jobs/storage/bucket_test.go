package storage_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"time"

	"regul/jobs/jobstest"
	"regul/jobs/storage"
)

// manyBytes are more than a part, and more blocks than are kept, of which no two are the same.
func manyBytes(seed byte) []byte {
	content := make([]byte, 17<<20)
	for i := range content {
		content[i] = byte(i>>20) + byte(i>>8)*3 + byte(i)*7 + seed
	}
	return content
}

func putBytes(s storage.Storage, name string, content []byte) error {
	object, err := s.Put(name)
	if err != nil {
		return err
	}
	if _, err := object.Write(content); err != nil {
		return errors.Join(err, object.Abandon())
	}
	return object.Commit()
}

func TestAStoreThatIgnoresConditionsIsRefusedByName(t *testing.T) {
	t.Parallel()
	for header, ignores := range map[string]func(r *http.Request) bool{
		"If-None-Match": func(r *http.Request) bool { return r.Header.Get("If-None-Match") != "" },
		"If-Match":      func(r *http.Request) bool { return r.Header.Get("If-Match") != "" },
	} {
		store := jobstest.NewObjectStore(t)
		store.Break(func(_ int, r *http.Request) jobstest.Fault {
			if ignores(r) {
				return jobstest.Heedless
			}
			return jobstest.NoFault
		})
		b := store.Bucket(t, "fund", 1)
		_, err := b.Lock(".lock")
		if err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(store.URL, "http://")+" ignores "+header) {
			t.Errorf("%s: %v", header, err)
		}
		wantList(t, b, ".")
	}
}

// A store that looks at the condition first and puts then, so that two who look at once both put, is refused too.
func TestAStoreThatLooksAtConditionsTooEarlyIsRefused(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	store.Break(func(int, *http.Request) jobstest.Fault { return jobstest.Early })
	b := store.Bucket(t, "fund", 1)
	if _, err := b.Lock(".lock"); err == nil || !strings.Contains(err.Error(), "looks at If-None-Match before a put and not with it") {
		t.Errorf("locked: %v", err)
	}
	wantList(t, b, ".")
}

// Whatever happens to a request, once: it is asked again, and what is there is what was put.
func TestFaultsOfRequestsAreGotOver(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	goOn := func(prefix string, content []byte, fault func(int, *http.Request) jobstest.Fault) (requests int) {
		b := store.Bucket(t, prefix, 10)
		store.Break(fault)
		must(t, putBytes(b, "folder/one", content))
		must(t, putBytes(b, "folder/seal", []byte("seal")))
		must(t, b.Move("folder", "moved", "seal"))
		wantList(t, b, ".", "moved")
		wantList(t, b, "moved", "one", "seal")
		if got := get(t, b, "moved/one"); got != string(content) {
			t.Errorf("%s: %d bytes are not those that were put", prefix, len(got))
		}
		must(t, b.Remove("moved"))
		wantList(t, b, ".")
		return store.Requests()
	}
	faults := append(jobstest.Faults(), jobstest.Slow)
	for _, fault := range faults {
		for n := 1; goOn(fmt.Sprint(fault, "-", n), []byte("a few"), jobstest.At(n, false, fault)) >= n; n++ {
		}
	}
	large := manyBytes(1) // is sent in parts, and read by blocks
	for n := 1; goOn(fmt.Sprint("large-", n), large, jobstest.At(n, false, faults[n%len(faults)])) >= n; n += 2 {
	}
}

// Who is killed while he moves a folder leaves the old one whole, or the new one: the seal says which. The next one ends it.
func TestAKilledMoveLeavesAWholeFolder(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	names := []string{"seal", "a", "deep/b", "deep/c"}
	for n := 1; ; n++ {
		prefix := fmt.Sprint("killed-", n)
		b := store.Bucket(t, prefix, 1)
		for _, name := range names {
			must(t, put(b, "old/"+name, name))
		}
		store.Break(jobstest.At(n, true, jobstest.Gone))
		err := b.Move("old", "new", "seal")
		ended := store.Requests() < n
		store.Break(nil)
		whole := func(folder string) bool {
			if get(t, b, folder+"/seal") == "" {
				return false
			}
			for _, name := range names {
				if got := get(t, b, folder+"/"+name); got != name {
					t.Fatalf("killed at request %d, %s is sealed and %s holds %q", n, folder, name, got)
				}
			}
			return true
		}
		was, is := whole("old"), whole("new")
		if !was && !is || (err == nil || errors.Is(err, storage.ErrMoved)) != is {
			t.Fatalf("killed at request %d: the old one is whole: %t, the new one: %t; %v", n, was, is, err)
		}
		if !is {
			must(t, store.Bucket(t, prefix, 1).Move("old", "new", "seal"))
			if !whole("new") {
				t.Fatalf("killed at request %d, and moved again: it is not whole", n)
			}
		}
		if ended {
			return
		}
	}
}

// Of two that publish the same name one is told that it is there.
func TestASealTakesNoPlace(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	one, two := store.Bucket(t, "", 1), store.Bucket(t, "", 1)
	must(t, put(one, "one/seal", "one"))
	must(t, put(two, "two/seal", "two"))
	must(t, one.Move("one", "batch", "seal"))
	if err := two.Move("two", "batch", "seal"); !errors.Is(err, fs.ErrExist) || errors.Is(err, storage.ErrMoved) {
		t.Errorf("the second one: %v", err)
	}
	if got := get(t, one, "batch/seal"); got != "one" {
		t.Errorf("%q is there", got)
	}
}

// An object that is replaced while it is read is an error, never a mixture.
func TestAnObjectThatChangesWhileItIsReadIsAnError(t *testing.T) {
	t.Parallel()
	b := jobstest.NewObjectStore(t).Bucket(t, "", 1)
	must(t, putBytes(b, "large", manyBytes(1)))
	file, err := b.Open("large")
	must(t, err)
	defer file.Close()
	must(t, putBytes(b, "large", manyBytes(2)))
	_, err = io.ReadAll(file)
	if !errors.Is(err, storage.ErrChanged) || !strings.Contains(err.Error(), "s3://fund/large") {
		t.Errorf("read: %v", err)
	}
}

func TestAnEmptyObjectIsRead(t *testing.T) {
	t.Parallel()
	b := jobstest.NewObjectStore(t).Bucket(t, "", 1)
	must(t, putBytes(b, "empty", nil))
	file, err := b.Open("empty")
	must(t, err)
	if content, err := io.ReadAll(file); err != nil || len(content) > 0 || file.Size() != 0 {
		t.Errorf("%d bytes of %d: %v", len(content), file.Size(), err)
	}
}

// A folder may hold more than a store lists at a time.
func TestAListOfSeveralPages(t *testing.T) {
	t.Parallel()
	b := jobstest.NewObjectStore(t).Bucket(t, "", 1)
	var want []string
	for i := range 1100 {
		want = append(want, fmt.Sprintf("%04d", i))
		must(t, put(b, "many/"+want[i]+"/object", ""))
	}
	wantList(t, b, "many", want...)
	must(t, b.Remove("many"))
	wantList(t, b, ".")
}

// A killed holder keeps others out until its lease runs out by the clock of the store; then it can write nothing more, and publish nothing.
func TestALeaseThatRanOutIsAnothersAndFencesItsHolder(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	paused, next := store.Bucket(t, "", 1), store.Bucket(t, "", 1)
	_, err := paused.Lock(".lock")
	must(t, err)
	must(t, put(paused, ".building/seal", "of the one that was paused"))
	first, err := paused.Holder(".lock")
	must(t, err)
	store.Wait(30 * time.Second)
	if _, err := next.Lock(".lock"); !errors.Is(err, storage.ErrLocked) {
		t.Fatalf("the lease holds, and another one took it: %v", err)
	}
	store.Wait(40 * time.Second)
	unlock, err := next.Lock(".lock")
	must(t, err)
	second, err := next.Holder(".lock")
	must(t, err)
	if !strings.HasPrefix(first, "1 ") || !strings.HasPrefix(second, "2 ") {
		t.Errorf("the holders are %q and %q", first, second)
	}
	if err := paused.Move(".building", "batch", "seal"); !errors.Is(err, storage.ErrLeaseLost) || errors.Is(err, storage.ErrMoved) {
		t.Errorf("the paused one publishes: %v", err)
	}
	if err := put(paused, "late", "late"); !errors.Is(err, storage.ErrLeaseLost) {
		t.Errorf("the paused one writes: %v", err)
	}
	if got := get(t, next, "batch/seal"); got != "" {
		t.Errorf("%q is published", got)
	}
	must(t, unlock())
	unlock, err = store.Bucket(t, "", 1).Lock(".lock") // at once: it was given back
	must(t, err)
	must(t, unlock())
}

// Many that want the lease at once: one has it.
func TestOneOfManyTakesTheLease(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	got := make(chan error)
	for range 8 {
		b := store.Bucket(t, "", 1)
		go func() {
			_, err := b.Lock(".lock")
			got <- err
		}()
	}
	taken := 0
	for range 8 {
		if err := <-got; err == nil {
			taken++
		} else if !errors.Is(err, storage.ErrLocked) {
			t.Error(err)
		}
	}
	if taken != 1 {
		t.Errorf("%d have the lease", taken)
	}
}

// What one process needs for itself goes to its disk, and nobody else sees it.
func TestScratchIsNotInTheStore(t *testing.T) {
	t.Parallel()
	store := jobstest.NewObjectStore(t)
	b := store.Bucket(t, "", 1)
	file, err := b.Create(".spill/rows")
	must(t, err)
	_, err = file.Write(bytes.Repeat([]byte("row "), 1000))
	must(t, errors.Join(err, file.Close()))
	if got := get(t, b, ".spill/rows"); len(got) != 4000 {
		t.Errorf("%d bytes", len(got))
	}
	wantList(t, store.Bucket(t, "", 1), ".")
	must(t, b.Remove(".spill"))
	if got := get(t, b, ".spill/rows"); got != "" {
		t.Errorf("%d bytes are left", len(got))
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ place, wrong string }{
		{"s3://fund/a/b", ""}, {"s3://fund", ""}, {"s3://fund/a?endpoint=http://localhost:9000&region=eu-west-1", ""},
		{"s3:///a", "is no s3://"}, {"s3://key:secret@fund/a", "credentials come from the environment"},
		{"s3://fund/a?secret=x", "not secret"}, {"s3://fund/a?endpoint=localhost", "the endpoint"},
		{"s3://fund/a?endpoint=http://key:secret@localhost", "the endpoint"},
	} {
		_, err := storage.At(c.place)
		if (err == nil) != (c.wrong == "") || err != nil &&
			(!strings.Contains(err.Error(), c.wrong) || strings.Contains(err.Error(), ":secret")) {
			t.Errorf("%s: %v", c.place, err)
		}
	}
	for of, want := range map[string][2]string{"s3://fund/a/batch=1": {"s3://fund/a", "batch=1"},
		"s3://fund/batch=1/": {"s3://fund", "batch=1"}, "a/batch=1/": {"a", "batch=1"}, "batch=1": {".", "batch=1"}} {
		if place, name := storage.Split(of); place != want[0] || name != want[1] {
			t.Errorf("%s: %s and %s", of, place, name)
		}
	}
	for of, want := range map[string]string{"s3://fund/a?endpoint=x": "s3://fund/a/batch=1", "out": "out/batch=1"} {
		if got := storage.Join(of, "batch=1"); got != want {
			t.Errorf("%s: %s", of, got)
		}
	}
}
