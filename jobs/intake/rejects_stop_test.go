package intake

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"regul/pipeline"
	"regul/pipeline/rows"
)

// A file may hold millions of rejects: who stops the night does not wait for their texts.
func TestTextsOfRejectsStopWithTheNight(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payments.csv")
	if err := os.WriteFile(path, []byte("niss;year;quarter;paid_on;amount\n1;;;;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var paths [pipeline.InputCount][]string
	paths[pipeline.Payments] = []string{path}
	in, err := Open(paths)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	ctx, stop := context.WithCancel(t.Context())
	rejects := []pipeline.Reject{{Input: pipeline.Payments, Code: pipeline.BadNISS, Place: rows.Place{Row: 1}}}
	if counts, err := Fresh(ctx, in, rejects, nil, nil); err != nil || counts[pipeline.Payments] != 1 {
		t.Fatalf("%v, %v", counts, err)
	}
	stop()
	if _, err := Fresh(ctx, in, rejects, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("it went on: %v", err)
	}
}
