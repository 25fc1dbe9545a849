package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sync/errgroup"

	"regul/pipeline"
)

// A night may bring more files than a process may have open.
func TestFewFilesAreOpenAtATime(t *testing.T) {
	folder := t.TempDir()
	var paths [pipeline.InputCount][]string
	for i := range 5 * mostOpen {
		path := filepath.Join(folder, fmt.Sprintf("%d.csv", i))
		if err := os.WriteFile(path, fmt.Appendf(nil, "niss;year;quarter;paid_on;amount\n%d;;;;\n", i), 0o600); err != nil {
			t.Fatal(err)
		}
		paths[pipeline.Payments] = append(paths[pipeline.Payments], path)
	}
	in, err := Open(paths)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var reads errgroup.Group
	reads.SetLimit(4)
	for _, f := range in.List {
		reads.Go(func() error {
			text, err := io.ReadAll(io.NewSectionReader(f.Content, 0, f.Size))
			if err != nil || !bytes.Contains(text, fmt.Appendf(nil, "\n%d;", f.Number)) {
				return fmt.Errorf("%s holds %q, %w", f.Name, text, err)
			}
			return nil
		})
	}
	if err := reads.Wait(); err != nil {
		t.Error(err)
	}
	if n := len(in.open.open); n > mostOpen {
		t.Errorf("%d files are open", n)
	}
	in.Close()
	if n := len(in.open.open); n != 0 {
		t.Errorf("%d files are open after the end", n)
	}
}

// A file that is opened again must be the one that it was.
func TestAFileThatChangesBetweenTwoReadsIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("niss;year;quarter;paid_on;amount\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := Open([pipeline.InputCount][]string{pipeline.Payments: {path}})
	if err != nil {
		t.Fatal(err)
	}
	f := in.List[0]
	f.file.Close()
	if err := os.WriteFile(path, []byte("niss;year;quarter;paid_on;amount\n85010112387;2023;1;2023-03-30;1.00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Content.ReadAt(make([]byte, 4), 0); !errors.Is(err, errChanged) {
		t.Errorf("the error is %v", err)
	}
	if err := in.Unchanged(); !errors.Is(err, errChanged) {
		t.Errorf("the error is %v", err)
	}
}
