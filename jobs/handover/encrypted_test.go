package handover_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"regul/jobs/handover"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
)

// An encrypted part is what was published for each of its recipients, nothing to anybody else, and its change is noticed.
func TestOnlyRecipientsCanReadWhatIsEncrypted(t *testing.T) {
	t.Parallel()
	out, given := t.TempDir(), t.TempDir()
	p := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out)
	var identities []*age.X25519Identity
	var recipients []age.Recipient
	for range 3 {
		identity := jobstest.Must[*age.X25519Identity](t)(age.GenerateX25519Identity())
		identities = append(identities, identity)
		recipients = append(recipients, identity.Recipient())
	}
	to := storage.Shared{Directory: storage.Directory(given)}
	give := func() (*handover.Delivered, error) {
		return handover.Give(storage.Directory(out), p.Result.Batch, handover.Tables, to, recipients[:2], false)
	}
	d, err := give()
	if err != nil || d.Files == 0 || !d.Encrypted || d.There {
		t.Fatalf("%+v, %v", d, err)
	}
	folder := filepath.Join(given, p.Result.Manifest.Folder())
	files := 0
	for _, f := range p.Result.Manifest.Files {
		path := filepath.Join(folder, filepath.FromSlash(f.Path)+".age")
		sealed, err := os.ReadFile(path)
		if err != nil {
			continue // of another part
		}
		files++
		want := jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(out, p.Result.Manifest.Folder(), filepath.FromSlash(f.Path))))
		for i, identity := range identities {
			opened, err := age.Decrypt(bytes.NewReader(sealed), identity)
			if i == 2 {
				if err == nil {
					t.Errorf("%s: a stranger can read it", f.Path)
				}
			} else if err != nil {
				t.Errorf("%s: %v", f.Path, err)
			} else if got := jobstest.Must[[]byte](t)(io.ReadAll(opened)); !bytes.Equal(got, want) {
				t.Errorf("%s: other bytes", f.Path)
			}
		}
	}
	if files != d.Files {
		t.Errorf("%d files, want %d", files, d.Files)
	}
	if d, err := give(); err != nil || !d.There {
		t.Errorf("again: %+v, %v", d, err)
	}
	tables := jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(folder, "quarters", "*", "*.age")))
	sealed := jobstest.Must[[]byte](t)(os.ReadFile(tables[0]))
	changed := slices.Clone(sealed)
	changed[len(changed)-1] ^= 1
	if err := os.WriteFile(tables[0], changed, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := give(); err == nil || !strings.Contains(err.Error(), "is there with another content") {
		t.Errorf("a change is not noticed: %v", err)
	}
}
