package intake_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"regul/jobs/intake"
	"regul/pipeline"
	"regul/pipeline/law"
)

// A large file is read by all who are there, a small one by one; every row once.
func TestALargeFileIsReadByAll(t *testing.T) {
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	const row = "85010112387,2015\n"
	for _, c := range []struct{ rows, sources int }{{100, 2}, {8<<20/len(row) + 1, 4}} { // the file and its digest, and two who help
		path := filepath.Join(t.TempDir(), "interruptions.csv")
		if err := os.WriteFile(path, append([]byte("niss,year\n"), bytes.Repeat([]byte(row), c.rows)...), 0o644); err != nil {
			t.Fatal(err)
		}
		in, err := intake.Open([pipeline.InputCount][]string{pipeline.Interruptions: {path}})
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		scatters := []*pipeline.Scatter{{}, {}, {}}
		_, others := in.Sources(l, func(int) {}, len(scatters))
		if len(others) != c.sources {
			t.Errorf("%d rows have %d sources, want %d", c.rows, len(others), c.sources)
		}
		if err := pipeline.Fill(context.Background(), scatters, others); err != nil {
			t.Fatal(err)
		}
		if taken := pipeline.TakenBy(scatters); taken.Read[pipeline.Interruptions].Rows != int64(c.rows) || in.List[0].Rows() != int64(c.rows) {
			t.Errorf("%d rows were read, and %d told, of %d", taken.Read[pipeline.Interruptions].Rows, in.List[0].Rows(), c.rows)
		}
		for _, s := range scatters {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
