package batch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs/storage"
)

// A batch of a job that this program does not know is refused, and not taken for one of people; a night passes over it.
func TestABatchOfAnUnknownJobIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	folder := Prefix + "2026-06-30-00000001"
	if err := os.Mkdir(filepath.Join(dir, folder), 0o700); err != nil {
		t.Fatal(err)
	}
	for job, known := range map[string]bool{"": true, "companies": true, "associations": false} {
		text := `{"format": 2, "batch": "2026-06-30-00000001", "as_of": "2026-06-30", "job": "` + job + `"}`
		if err := os.WriteFile(filepath.Join(dir, folder, ManifestName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadManifest(storage.Directory(dir), folder)
		if known != (err == nil) || !known && !strings.Contains(err.Error(), `job "associations", which this program does not know`) {
			t.Errorf("job %q: %v", job, err)
		}
		if all, err := All(storage.Directory(dir)); err != nil || len(all) != 1 {
			t.Errorf("job %q: %d batches, %v", job, len(all), err)
		}
	}
}
