package payments_test

import (
	"strings"
	"testing"
	"time"

	"regul/pipeline"
	"regul/writers/payments"
)

// The holidays of T2 on working days, as the European Central Bank publishes them: New Year, Good Friday, Easter Monday,
// 1 May, Christmas and the day after.
func TestHolidaysOfT2(t *testing.T) {
	published := `
2022-04-15 2022-04-18 2022-12-26
2023-04-07 2023-04-10 2023-05-01 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-01 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-12-25
2027-01-01 2027-03-26 2027-03-29`
	var got []string
	for d := pipeline.DateOf(2022, time.January, 1); d <= pipeline.DateOf(2027, time.December, 31); d++ {
		weekday := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(d)).Weekday()
		if weekend := weekday == time.Saturday || weekday == time.Sunday; !weekend && !payments.BusinessDay(d) {
			got = append(got, d.String())
		} else if weekend && payments.BusinessDay(d) {
			t.Errorf("%s is a weekend", d)
		}
	}
	if want := strings.Join(strings.Fields(published), " "); strings.Join(got, " ") != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// Easter of well-known years, the earliest and the latest among them.
func TestEaster(t *testing.T) {
	for _, easter := range []pipeline.Date{pipeline.DateOf(1961, time.April, 2), pipeline.DateOf(2000, time.April, 23),
		pipeline.DateOf(2008, time.March, 23), pipeline.DateOf(2038, time.April, 25), pipeline.DateOf(2019, time.April, 21),
		pipeline.DateOf(2076, time.April, 19), pipeline.DateOf(2199, time.April, 14)} {
		if payments.BusinessDay(easter-2) || payments.BusinessDay(easter+1) || !payments.BusinessDay(easter-3) ||
			!payments.BusinessDay(easter+2) {
			t.Errorf("%s is not taken for Easter", easter)
		}
	}
}

// A business day stays; other days move on for a transfer, and back for a collection.
func TestDaysMove(t *testing.T) {
	for day, want := range map[string][2]string{
		"2026-06-30": {"2026-06-30", "2026-06-30"},
		"2026-02-28": {"2026-03-02", "2026-02-27"}, // a Saturday
		"2026-01-01": {"2026-01-02", "2025-12-31"},
		"2026-04-05": {"2026-04-07", "2026-04-02"}, // Easter
		"2021-12-25": {"2021-12-27", "2021-12-24"},
		"2027-12-25": {"2027-12-27", "2027-12-24"},
	} {
		d, ok := pipeline.ParseDate([]byte(day))
		if got := [2]string{payments.ExecutionDate(d).String(), payments.CollectionDate(d).String()}; !ok || got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
}

// Every due date that a batch can have is collected after its day, within the quarter.
func TestEveryDueDateIsCollectedInTime(t *testing.T) {
	for d := pipeline.DateOf(2015, time.January, 1); d < pipeline.DateOf(2100, time.January, 1); d += 13 {
		due := pipeline.DueDate(d)
		on := payments.CollectionDate(due)
		if on <= payments.ExecutionDate(d) || on > due || due-on > 4 {
			t.Errorf("%s: due on %s, collected on %s", d, due, on)
		}
	}
}
