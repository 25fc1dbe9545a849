package batch_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// A file that says it has a terabyte, and takes no byte of the disk, is told by its name: no memory is taken for it.
func TestAFileOfAnySizeTakesNoMemory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const folder = "batch=2026-06-30-00000000"
	if err := os.Mkdir(filepath.Join(dir, folder), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func() error{
		folder + "/" + batch.ManifestName: func() error { _, err := batch.ReadManifest(storage.Directory(dir), folder); return err },
		"ledger.json":                     func() error { _, err := batch.ReadRecord(storage.Directory(dir), "ledger.json", new(any)); return err },
	} {
		path := filepath.Join(dir, name)
		file, err := os.Create(path)
		if err == nil {
			err = file.Truncate(1 << 40)
		}
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
		if err := read(); err == nil || !strings.Contains(err.Error(), name+" has 1099511627776 bytes") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
