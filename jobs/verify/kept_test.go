package verify_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/jobs/verify"
)

// fourNights publishes a version of one year in each of four nights, and lets a fifth keep what the first four hold.
func fourNights(t *testing.T, income int) (out string) {
	t.Helper()
	out = t.TempDir()
	for i := range 4 {
		n := jobstest.ExampleNight(fmt.Sprintf("2026-%02d-28", 6+i),
			jobstest.Revenue(2023, string(rune('A'+i)), fmt.Sprintf("2026-%02d-01", 6+i), fmt.Sprintf("%d.00", income+i)))
		n.Publish(t, out)
		if i == 3 {
			n.Unpublished(t, out)
		}
	}
	return out
}

// keptCheck is what the check of what is kept finds.
func keptCheck(t *testing.T, out string) verify.Check {
	t.Helper()
	v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
		verify.Options{Out: storage.Directory(out), Batch: "latest", Chain: true, Together: jobstest.KeptBatches, Workers: 1}))
	for _, c := range v.Checks {
		if c.Name == "kept" {
			return c
		}
	}
	t.Fatal("nothing is said of what is kept")
	return verify.Check{}
}

// segmentOf is the first segment of what is kept.
func segmentOf(out string) string {
	return filepath.Join(out, ledger.KeptFolder, "run", fmt.Sprintf("00000000-%d", jobstest.KeptBatches))
}

// forgeSegment puts what another ledger keeps of its batches in place of what one keeps of its own, with every digest right.
func forgeSegment(t *testing.T, out, other string) {
	t.Helper()
	type record struct {
		Format  int                  `json:"format"`
		Columns string               `json:"columns"`
		Batches []map[string]string  `json:"batches"`
		Files   []batch.ManifestFile `json:"files"`
		SHA256  string               `json:"sha256"`
	}
	read := func(folder string) (r record) {
		text := jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(folder, "segment.json")))
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	segment := segmentOf(out)
	forged := read(segmentOf(other))
	forged.Batches, forged.SHA256 = read(segment).Batches, ""
	text := jobstest.Must[[]byte](t)(json.Marshal(&forged))
	forged.SHA256 = fmt.Sprintf("%x", sha256.Sum256(text))
	manifests := jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(segment, batch.KnownName)))
	if err := os.RemoveAll(segment); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(segment, os.DirFS(segmentOf(other))); err != nil {
		t.Fatal(err)
	}
	jobstest.WriteFile(t, segment, "segment.json", string(jobstest.Must[[]byte](t)(json.Marshal(&forged))))
	jobstest.WriteFile(t, segment, batch.KnownName, string(manifests))
}

// What is kept of older batches is what they hold.
func TestWhatIsKeptIsWhatTheBatchesHold(t *testing.T) {
	t.Parallel()
	if c := keptCheck(t, fourNights(t, 41000)); c.Failed > 0 || c.Number == 0 {
		t.Errorf("%d of %d files: %v", c.Failed, c.Number, c.Failures)
	}
}

// Whoever can write to the directory can put other rows and other manifests in place of what is kept, with every digest right, and the next
// night believes them: the verification of the whole ledger finds it.
func TestForgedRowsOfOlderBatchesAreFound(t *testing.T) {
	t.Parallel()
	out := fourNights(t, 41000)
	forgeSegment(t, out, fourNights(t, 52000))
	c := keptCheck(t, out)
	var found []string
	for _, f := range c.Failures {
		found = append(found, filepath.Base(f.File))
	}
	if want := []string{"quarters.parquet", "regularisations.parquet"}; !reflect.DeepEqual(found, want) {
		t.Errorf("found in %v, want %v", found, want)
	}
}

func TestForgedManifestsOfOlderBatchesAreFound(t *testing.T) {
	t.Parallel()
	out := fourNights(t, 41000)
	store := storage.Directory(out)
	all := jobstest.Must[[]*batch.Manifest](t)(batch.All(store))[:jobstest.KeptBatches]
	all[0].ControlTotals.Definitive = 1
	text := jobstest.Must[[]byte](t)(batch.PackKnown(store, all))
	jobstest.WriteFile(t, segmentOf(out), batch.KnownName, string(text))
	if read := jobstest.Must[[]*batch.Manifest](t)(batch.All(store))[0]; read.ControlTotals.Definitive != 1 {
		t.Fatal("the forged manifest is not read")
	}
	c := keptCheck(t, out)
	if c.Failed != 1 || !strings.HasSuffix(c.Failures[0].File, batch.KnownName) {
		t.Errorf("found: %v", c.Failures)
	}
}
