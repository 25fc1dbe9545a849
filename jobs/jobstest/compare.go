package jobstest

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/readback"
	"regul/fixtures/reference"
	"regul/jobs/batch"
	"regul/pipeline/money"
)

// Enough is how many differences of one kind are told.
const Enough = 5

// CompareBatch holds everything that a batch says against the reference.
func CompareBatch(t *testing.T, got *Published, want reference.Batch) {
	t.Helper()
	var regularisations, quarters, surcharges []map[string]string
	for _, r := range want.Regularisations {
		regularisations = append(regularisations, r.Columns())
		quarters = append(quarters, r.QuarterColumns()...)
		surcharges = append(surcharges, r.SurchargeColumns()...)
	}
	compareTable(t, "regularisations", got.Regularisations, regularisations)
	compareTable(t, "quarters", got.Quarters, quarters)
	compareTable(t, "surcharges", got.Surcharges, surcharges)
	compareRejects(t, got.Rejects, want.Rejects)
	compareCounts(t, got.Result.Manifest, want)
}

// compareTable holds a table against the expected rows, cell by cell and in their order.
func compareTable(t *testing.T, name string, got *readback.Table, want []map[string]string) {
	t.Helper()
	var found, expected []string
	for i := range got.Rows {
		found = append(found, rowKey(got.Map(i)))
	}
	for _, row := range want {
		expected = append(expected, rowKey(row))
	}
	if !CompareLists(t, name, found, expected) {
		return // the rows do not stand side by side
	}
	wrong := 0
	for i, expected := range want {
		row := got.Map(i)
		if maps.Equal(row, expected) {
			continue
		}
		for _, column := range slices.Sorted(maps.Keys(row)) {
			if cell, known := expected[column]; !known || cell != row[column] {
				t.Errorf("%s, %s: %s = %q, want %q", name, found[i], column, row[column], cell)
			}
		}
		if wrong++; wrong == Enough {
			t.Fatalf("%s: and so on", name)
		}
	}
}

// rowKey says which row of a table it is.
func rowKey(row map[string]string) string {
	return strings.TrimRight(strings.Join([]string{row["niss"], row["contribution_year"], row["quarter"], row["unpaid_on"], row["percent"]},
		" "), " ")
}

// CompareLists tells what is missing, what is too much, and whether the order is another.
func CompareLists(t *testing.T, name string, got, want []string) bool {
	t.Helper()
	if slices.Equal(got, want) {
		return true
	}
	missing, surplus := Without(want, got), Without(got, want)
	t.Errorf("%s: %d rows, want %d; %d missing %q; %d unexpected %q", name, len(got), len(want),
		len(missing), missing[:min(Enough, len(missing))], len(surplus), surplus[:min(Enough, len(surplus))])
	if len(missing)+len(surplus) == 0 {
		t.Errorf("%s: the rows are in another order, or one stands there twice", name)
	}
	return false
}

// compareRejects holds the rejects against the expected ones: their place, code and content, and their order.
func compareRejects(t *testing.T, got *readback.Table, want []reference.RejectedRow) {
	t.Helper()
	var found, expected []string
	for i := range got.Rows {
		r := got.Map(i)
		if r["message"] == "" {
			t.Errorf("a reject without a message: %v", r)
		}
		found = append(found, RejectLine(strings.TrimSuffix(r["source"], ".csv"), r["row"], r["niss"], r["year"], r["code"], r["content"]))
	}
	for _, r := range want {
		year := ""
		if r.Year != 0 {
			year = strconv.Itoa(r.Year)
		}
		expected = append(expected, RejectLine(r.Input, strconv.Itoa(r.Row), r.NISS, year, r.Code, cases.Comma.Row(r.Input, r.Cells)))
	}
	CompareLists(t, "rejects", found, expected)
}

func RejectLine(cells ...string) string { return strings.Join(cells, " | ") }

// Without is what of a list the other does not hold.
func Without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(text string) bool { return slices.Contains(other, text) })
}

// compareCounts holds the manifest's counts, sums of income and rejects by code against the reference.
func compareCounts(t *testing.T, m *batch.Manifest, want reference.Batch) {
	t.Helper()
	for input, c := range want.Counts {
		rows := 0
		for _, n := range c.Rows {
			rows += n
		}
		expected := batch.Counts{Read: int64(rows), Settled: int64(c.Rows["settled"]), Superseded: int64(c.Rows["superseded"]),
			AlreadySettled: int64(c.Rows["already_settled"]), Repeated: int64(c.Rows["repeated"]), Rejected: int64(c.Rows["rejected"])}
		if m.Counts[input] != expected {
			t.Errorf("counts of the %s: %+v, want %+v", input, m.Counts[input], expected)
		}
	}
	for _, fate := range reference.Fates() {
		expected := money.Cents(want.Counts["revenue"].Income[fate].Shift(2).IntPart())
		if got := m.ControlTotals.Income[fate]; got != expected {
			t.Errorf("income that was %s: %s, want %s", fate, got, expected)
		}
	}
	codes := map[string]int64{}
	for _, r := range want.Rejects {
		codes[r.Code]++
	}
	if !reflect.DeepEqual(m.Rejects, codes) {
		t.Errorf("rejects by code: %v, want %v", m.Rejects, codes)
	}
}
