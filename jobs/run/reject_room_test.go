package run_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
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
	staysWithinTheMemory(t, "bad_value", rows, func(t *testing.T) *run.Settings {
		s, inbox := inboxNight(t)
		if err := os.WriteFile(filepath.Join(inbox, "bomb.csv.gz"), packed.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// Rows that read well and that nobody knows are bounded as those that can't be read.
func TestRowsOfUnknownPeopleStayWithinTheMemory(t *testing.T) {
	t.Parallel()
	const rows = 50_000
	var text strings.Builder
	text.WriteString("niss,year,quarter,paid_on,amount\n")
	for i := range rows {
		fmt.Fprintf(&text, "%s,2023,1,2023-03-31,%d.00\n", stranger(i), i)
	}
	staysWithinTheMemory(t, "unknown_affiliate", rows, func(t *testing.T) *run.Settings {
		s, _ := inboxNight(t)
		s.ShardRows = 5000
		s.Inputs["payments"] = append(s.Inputs["payments"], jobstest.WriteFile(t, t.TempDir(), "strangers.csv", text.String()))
		return s
	})
}

// stranger is a valid national number, another one for each number below 300 000.
func stranger(number int) string {
	first := 100101000 + number/900*100_000 + 1 + number%900
	return fmt.Sprintf("%09d%02d", first, 97-first%97)
}

// staysWithinTheMemory checks that so many rejects of a code are counted to the last one where there is room for fewer, that nothing is
// published then, and that more memory takes them.
func staysWithinTheMemory(t *testing.T, code string, rows int64, night func(t *testing.T) *run.Settings) {
	t.Helper()
	for limit, kind := range map[string]jobs.Kind{"5%": jobs.Refused, "100%": jobs.Failed} {
		for _, workers := range []int{1, 3} {
			s := night(t)
			s.Memory, s.MaxRejects, s.Workers = "32MiB", limit, workers // room for 32 768
			result, _, err := nightOn(t, s)
			if jobs.KindOf(err) != kind || result == nil || result.Published || result.Rejected != rows || result.Rejects[code] != rows {
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
	s := night(t)
	s.MaxRejects = "100%"
	if result, _, err := nightOn(t, s); err != nil || result.Rejected != rows || !result.Published {
		t.Errorf("with more memory: %v", err)
	}
}

// Companies have the same bound, of what can't be read and of what nobody knows together.
func TestRejectsOfCompaniesStayWithinTheMemory(t *testing.T) {
	t.Parallel()
	o := jobstest.CompaniesJob(t, t.TempDir(), "2025-03-15", jobstest.CompanyText(jobstest.ManyCompanies(5, 200)))
	o.Rejects = 1000
	all, err := run.Run(t.Context(), o)
	if err != nil || all.Rejected < 20 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, room := range []int64{1, all.Rejected - 1, all.Rejected} {
		o := jobstest.CompaniesJob(t, t.TempDir(), "2025-03-15", jobstest.CompanyText(jobstest.ManyCompanies(5, 200)))
		o.Rejects = room
		result, err := run.Run(t.Context(), o)
		if enough := room == all.Rejected; result == nil || !maps.Equal(result.Rejects, all.Rejects) || result.Published != enough ||
			(err == nil) != enough {
			t.Errorf("room for %d of %d: %+v, %v", room, all.Rejected, result, err)
		}
	}
}
