package pipeline_test

import (
	"testing"
	"time"

	"regul/pipeline"
)

// day reads an ISO date.
func day(t testing.TB, text string) pipeline.Date {
	t.Helper()
	d, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		t.Fatalf("no date: %q", text)
	}
	return d
}

func checkDates(t *testing.T, compute func(pipeline.Date) pipeline.Date, want [][2]string) {
	t.Helper()
	for _, c := range want {
		if got := compute(day(t, c[0])).String(); got != c[1] {
			t.Errorf("from %s: %s, want %s", c[0], got, c[1])
		}
	}
}

// RGS art. 44 §3.
func TestDueDateIsTheEndOfTheNextQuarter(t *testing.T) {
	checkDates(t, pipeline.DueDate, [][2]string{
		{"2026-06-30", "2026-09-30"}, {"2026-07-01", "2026-12-31"}, {"2026-11-15", "2027-03-31"},
		{"2026-01-01", "2026-06-30"}, {"2026-03-31", "2026-06-30"}, {"2026-12-31", "2027-03-31"},
	})
}

// RGS art. 44bis §3.
func TestSevenPercentIsOneYearLaterWhenNotifiedInTheFourthQuarter(t *testing.T) {
	checkDates(t, pipeline.SevenPercentOn, [][2]string{
		{"2026-01-01", "2027-01-01"}, {"2026-09-30", "2027-01-01"}, {"2026-10-01", "2028-01-01"}, {"2026-12-31", "2028-01-01"},
	})
}

// RGS art. 43.
func TestStatementDeadlineIsTheEndOfTheNextMonth(t *testing.T) {
	checkDates(t, pipeline.StatementDeadline, [][2]string{
		{"2026-01-31", "2026-02-28"}, {"2024-01-15", "2024-02-29"}, {"2026-11-30", "2026-12-31"}, {"2026-12-01", "2027-01-31"},
	})
}

// AR 38 art. 16: from 1 January of the eighth year after the contribution year.
func TestLimitation(t *testing.T) {
	for _, c := range []struct {
		year   int
		on     string
		barred bool
	}{{2018, "2025-12-31", false}, {2018, "2026-01-01", true}, {2018, "2030-06-30", true}, {2019, "2026-12-31", false}} {
		if got := pipeline.Barred(c.year, day(t, c.on)); got != c.barred {
			t.Errorf("%d on %s: barred %t", c.year, c.on, got)
		}
	}
}

func TestQuarterEndRollsOverIntoLaterYears(t *testing.T) {
	for quarter, want := range map[int]string{1: "2023-03-31", 2: "2023-06-30", 3: "2023-09-30", 4: "2023-12-31", 5: "2024-03-31",
		12: "2025-12-31"} {
		if got := pipeline.QuarterEnd(2023, quarter).String(); got != want {
			t.Errorf("quarter %d: %s, want %s", quarter, got, want)
		}
	}
}

// Every day that a file may hold is read as the calendar says, and written back as it stood there.
func TestEveryDayIsReadAndWritten(t *testing.T) {
	on := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	for on.Year() < 2200 {
		text := on.Format(time.DateOnly)
		d, ok := pipeline.ParseDate([]byte(text))
		if !ok || d.String() != text || !d.Valid() || d.Year() != on.Year() || d.Quarter() != (int(on.Month())+2)/3 ||
			d != pipeline.DateOf(on.Year(), on.Month(), on.Day()) {
			t.Fatalf("%s: read %t as %s, quarter %d", text, ok, d, d.Quarter())
		}
		on = on.AddDate(0, 0, 1)
	}
}

func TestWhatIsNoDay(t *testing.T) {
	for _, text := range []string{
		"", "2026", "2026-6-30", "30/06/2026", "2026/06/30", "2026-02-29", "2100-02-29", "2026-04-31", "2026-00-10", "2026-13-10",
		"2026-06-00", "2026-06-32", "1899-12-31", "2200-01-01", "2026-06-3x", "2026-06-30 ", "+026-06-30", "２026-06-30",
	} {
		if d, ok := pipeline.ParseDate([]byte(text)); ok {
			t.Errorf("%q was read as %s", text, d)
		}
	}
	if d := pipeline.DateOf(2200, 1, 1); d.Valid() {
		t.Errorf("%s is beyond what a file may hold", d)
	}
}

// The days that are kept are those of the calendar, also where quarters roll over and beyond the years of files.
func TestQuarterEndIsTheLastDayOfTheQuarter(t *testing.T) {
	for year := pipeline.FirstYear - 2; year <= pipeline.LastYear+2; year++ {
		for quarter := -3; quarter <= 12; quarter++ {
			want := time.Date(year, time.Month(quarter*3+1), 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			if got := pipeline.QuarterEnd(year, quarter).String(); got != want {
				t.Fatalf("%d, quarter %d: %s, want %s", year, quarter, got, want)
			}
		}
	}
}
