package run_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs"
	"regul/jobs/jobstest"
)

// A few kilobytes of gzip that hold millions of bad rows are counted to the last one, and not kept: the night refuses with the true
// numbers. Where any number of rejects is allowed it names the memory that it would need, and nothing is published.
func TestRejectsStayWithinTheMemory(t *testing.T) {
	t.Parallel()
	const rows = 50_000
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	header := "niss,income_year,communication,communicated_on,nature,net_income,assessment\n"
	if _, err := w.Write([]byte(header + strings.Repeat("x,x,x,x,x,x,x\n", rows))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for limit, kind := range map[string]jobs.Kind{"5%": jobs.Refused, "100%": jobs.Failed} {
		for _, workers := range []int{1, 3} {
			s, inbox := inboxNight(t)
			if err := os.WriteFile(filepath.Join(inbox, "bomb.csv.gz"), packed.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			s.Memory, s.MaxRejects, s.Workers = "32MiB", limit, workers // room for 32 768
			result, _, err := nightOn(t, s)
			if jobs.KindOf(err) != kind || result == nil || result.Published || result.Rejected != rows ||
				result.Rejects["bad_value"]+result.Rejects["bad_niss"] != rows {
				t.Errorf("%s: %+v, %v", limit, result, err)
			}
			if kind == jobs.Failed && !strings.Contains(err.Error(),
				"50000 rows were rejected, more than the 32768 that --memory makes room for") {
				t.Errorf("%v", err)
			}
			if found := jobstest.Batches(t, s.Out); len(found) > 0 {
				t.Errorf("%v", found)
			}
		}
	}
	s, inbox := inboxNight(t)
	if err := os.WriteFile(filepath.Join(inbox, "bomb.csv.gz"), packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	s.MaxRejects = "100%"
	if result, _, err := nightOn(t, s); err != nil || result.Rejected != rows || !result.Published {
		t.Errorf("with more memory: %v", err)
	}
}
