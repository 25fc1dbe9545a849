package ledger_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/storage"
)

// manifestsOf reads the manifests of a ledger, and how many of them came from what is kept.
func manifestsOf(t *testing.T, out string) (all []*batch.Manifest, known int) {
	t.Helper()
	all = jobstest.Must[[]*batch.Manifest](t)(batch.All(storage.Directory(out)))
	for _, m := range all {
		if m.IsKnown {
			known++
		}
		m.IsKnown = false
	}
	return all, known
}

// What is kept of manifests is what their JSON says, and is made again where it is gone.
func TestKnownManifestsSayWhatTheirJSONSays(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	kept, known := manifestsOf(t, out)
	if known != 4 {
		t.Errorf("%d of %d manifests are known, want the first 4", known, len(kept))
	}
	if err := os.RemoveAll(filepath.Join(out, ledger.KeptFolder)); err != nil {
		t.Fatal(err)
	}
	read, known := manifestsOf(t, out)
	if known != 0 || !reflect.DeepEqual(read, kept) {
		t.Errorf("%d are known without what is kept, and the JSON says\n%+v\nwant\n%+v", known, read, kept)
	}
	n.Unpublished(t, out)
	if again, known := manifestsOf(t, out); known != 4 || !reflect.DeepEqual(again, kept) {
		t.Errorf("made again, %d are known: %+v", known, again)
	}
}

// A manifest that was changed is not the one of which something is kept: its own words count, and the chain of digests finds it.
func TestChangedManifestIsNotKnown(t *testing.T) {
	t.Parallel()
	out, _ := keptNights(t)
	before, _ := manifestsOf(t, out)
	name := filepath.Join(jobstest.Batches(t, out)[1], batch.ManifestName)
	text := jobstest.Must[[]byte](t)(os.ReadFile(name))
	changed := bytes.Replace(text, []byte(`"definitive": `), []byte(`"definitive": 1`), 1)
	if err := os.WriteFile(name, changed, 0o600); err != nil || bytes.Equal(changed, text) {
		t.Fatal("nothing was changed", err)
	}
	all, known := manifestsOf(t, out)
	if said := all[1].ControlTotals.Definitive; known != 3 || said == before[1].ControlTotals.Definitive {
		t.Errorf("%d are known; the changed one says %s", known, said)
	}
	if _, err := ledger.Open(storage.Directory(out)); err == nil {
		t.Error("a changed manifest is no error")
	}
}

// What is kept of older batches says of whom they hold something: what a night rejected, settled or holds a balance of. Without it every
// batch may hold something of anybody.
func TestHoldingFindsTheBatchesOfANumber(t *testing.T) {
	t.Parallel()
	out, _ := keptNights(t)
	holding := func(number string) string {
		history := jobstest.Must[*ledger.History](t)(ledger.Open(storage.Directory(out)))
		history.Together = 2 // as the nights of jobstest
		mayHold := jobstest.Must[func(*batch.Manifest) bool](t)(history.Holding([]string{number}))
		var says strings.Builder
		for _, m := range history.All() {
			says.WriteString(map[bool]string{true: "y", false: "n"}[mayHold(m)])
		}
		return says.String()
	}
	affiliate := jobstest.Revenue(2023, "", "", "")[0]
	const nobody = "00010100187"
	for number, want := range map[string]string{affiliate: "yyyyy", stranger: "yyyyy", nobody: "nnnny"} {
		if got := holding(number); got != want {
			t.Errorf("the batches that may hold something: %s, want %s", got, want)
		}
	}
	damaged := filepath.Join(out, ledger.KeptFolder, "run", "00000002-2", "holders")
	if err := os.WriteFile(damaged, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := holding(nobody); got != "nnyyy" {
		t.Errorf("with a damaged segment: %s", got)
	}
}
