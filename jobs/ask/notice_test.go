package ask

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// A letter of a file that was published with another layout is where the index says: who asks is told, and not that the file is damaged.
func TestALetterOfAnEarlierLayoutIsToldWhereItIs(t *testing.T) {
	const path = "notices/fr-00001.pdf"
	old := []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
	sum := sha256.Sum256(old)
	m := &batch.Manifest{Batch: "2025-03-15-00000000",
		Files: []batch.ManifestFile{{Path: path, Size: int64(len(old)), SHA256: hex.EncodeToString(sum[:])}}}
	out := t.TempDir()
	name := filepath.Join(out, m.Folder(), path)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, old, 0o600); err != nil {
		t.Fatal(err)
	}
	l := &Letter{manifest: m}
	l.File, l.First, l.Pages = path, 3, 2
	var letter bytes.Buffer
	err := l.Extract(storage.Directory(out), &letter)
	if err == nil || !strings.Contains(err.Error(), path+" was written by an earlier version of regul") ||
		!strings.Contains(err.Error(), "2 pages from page 3 on") {
		t.Errorf("%v", err)
	}
}
