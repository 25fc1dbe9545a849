package storage

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A loss of power takes nothing away that was moved, or put as a new one: the folders are durable before the move, the deepest first, and
// the entry itself before anybody is told.
func TestWhatIsToldIsDurable(t *testing.T) {
	root := t.TempDir()
	d := Directory(root)
	put := func(name string, commit func(Object) error) {
		t.Helper()
		object, err := d.Put(name)
		if err == nil {
			err = commit(object)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put(".building/manifest.json", Object.Commit)
	put(".building/table/year=2023/part", Object.Commit)
	var synced []string
	really := syncFolder
	defer func() { syncFolder = really }()
	syncFolder = func(path string) error {
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(root, "batch")); err == nil {
			name += ", moved"
		}
		synced = append(synced, name)
		return really(path)
	}
	if err := d.Move(".building", "batch", "manifest.json"); err != nil {
		t.Fatal(err)
	}
	want := []string{".building/table/year=2023", ".building/table", ".building", "., moved"}
	if !slices.Equal(synced, want) {
		t.Errorf("synced %q, want %q", synced, want)
	}
	synced = nil
	put("audit/000001.json", Object.CommitNew)
	if want := []string{"audit, moved", "., moved"}; !slices.Equal(synced, want) {
		t.Errorf("synced %q, want %q", synced, want)
	}
}
