package diff_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/reference"
	"regul/jobs"
	"regul/jobs/diff"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
)

// compared compares two batches, and gives every change.
func compared(t testing.TB, a, b *jobstest.Published, largest int) (*diff.Difference, []*diff.Change) {
	t.Helper()
	side := func(p *jobstest.Published) diff.Side {
		return diff.Side{Out: storage.Directory(filepath.Dir(p.Folder)), Batch: filepath.Base(p.Folder)}
	}
	var all []*diff.Change
	d, err := diff.Batches(t.Context(), diff.Options{A: side(a), B: side(b), Largest: largest, Numbers: true,
		Visit: func(c *diff.Change) error { all = append(all, c); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return d, all
}

func TestBatchDoesNotDifferFromItself(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x"))
	p := n.Publish(t, t.TempDir())
	d, all := compared(t, p, p, 20)
	if !d.Same || len(all) != 0 || len(d.Largest) != 0 || (d.Years != diff.YearCounts{Same: 1}) || len(d.Parameters) != 0 {
		t.Errorf("%+v, changes %v", d, all)
	}
	for _, sum := range d.Amounts {
		if sum.Difference != 0 || sum.A != sum.B {
			t.Errorf("%+v", sum)
		}
	}
	for _, i := range d.Inputs {
		if !i.InA || !i.InB {
			t.Errorf("%+v", i)
		}
	}
}

// The correction of a night later: the year is in both, with another income, another amount called and another result.
func TestCorrectionIsAChange(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")
	a := jobstest.ExampleNight("2026-06-30", first).Publish(t, out)
	b := jobstest.ExampleNight("2026-07-31", first, jobstest.Revenue(2023, "B", "2026-07-01", "30000.00")).Publish(t, out)
	d, all := compared(t, a, b, 20)
	if d.Same || (d.Years != diff.YearCounts{Changed: 1}) || len(all) != 1 {
		t.Fatalf("%+v, changes %v", d, all)
	}
	c := all[0]
	if c.NISS != jobstest.Someone || c.Dossier != "1234" || c.Year != 2023 ||
		*c.A != (diff.ChangedSide{Outcome: "supplement", ToPay: 420000}) ||
		*c.B != (diff.ChangedSide{Outcome: "cancelled"}) || c.Difference != -420000 {
		t.Errorf("%+v, %+v, %+v", c, c.A, c.B)
	}
	var fields []string
	for _, f := range c.Fields {
		if f.Quarter < 2 {
			fields = append(fields, fmt.Sprintf("%s %d %v %v", f.Field, f.Quarter, f.A, f.B))
		}
	}
	want := []string{"outcome 0 supplement cancelled", "net_income 0 40000.00 30000.00", "annual_income 0 40000.00 30000.00",
		"contribution 0 8200.00 6150.00", "definitive 0 8200.00 6150.00", "called 0 4000.00 8200.00", "supplement 0 4200.00 0.00",
		"to_pay 0 4200.00 0.00", "cancelled 0 0.00 2050.00", "arrears 0 4000.00 6150.00",
		"contribution 1 2050.00 1537.50", "definitive 1 2050.00 1537.50", "called 1 1000.00 2050.00"}
	if !slices.Equal(fields, want) {
		t.Errorf("fields %q\nwant %q", fields, want)
	}
	if !slices.Equal(d.Ledger.OnlyB, []string{a.Result.Batch}) || len(d.Ledger.OnlyA) != 0 {
		t.Errorf("ledger %+v", d.Ledger)
	}
	if !slices.Contains(d.Parameters, diff.TextDifference{Name: "as_of", A: "2026-06-30", B: "2026-07-31"}) {
		t.Errorf("parameters %+v", d.Parameters)
	}
	i := slices.IndexFunc(d.Amounts, func(s diff.AmountDifference) bool { return s.Name == "definitive" })
	if d.Amounts[i] != (diff.AmountDifference{Name: "definitive", A: 820000, B: 615000, Difference: -205000}) {
		t.Errorf("definitive %+v", d.Amounts[i])
	}
	if !slices.Equal(d.Outcomes, []diff.CountDifference{{Name: "supplement", A: 1, Difference: -1},
		{Name: "cancelled", B: 1, Difference: 1}}) {
		t.Errorf("outcomes %+v", d.Outcomes)
	}
}

// Years that only one batch settles, in any order, and a year that both settle alike.
func TestYearsOfOneBatchAlone(t *testing.T) {
	t.Parallel()
	in := func(years ...int) reference.Inputs {
		all := reference.Inputs{}
		for _, year := range years {
			for input, rows := range jobstest.Example(year,
				jobstest.Revenue(year, fmt.Sprint("C", year), "2026-06-01", fmt.Sprint(year*10))) {
				if input != "affiliates" || all[input] == nil {
					all[input] = append(all[input], rows...)
				}
			}
		}
		return all
	}
	a := jobstest.Night{In: in(2021, 2022), AsOf: "2026-06-30", Fees: jobstest.NoFee}.Publish(t, t.TempDir())
	b := jobstest.Night{In: in(2022, 2023), AsOf: "2026-06-30", Fees: jobstest.NoFee}.Publish(t, t.TempDir())
	d, all := compared(t, a, b, 20)
	want := []diff.YearCounts{{Year: 2021, OnlyA: 1}, {Year: 2022, Same: 1}, {Year: 2023, OnlyB: 1}}
	if !slices.Equal(d.ByYear, want) || d.Same {
		t.Errorf("by year %+v", d.ByYear)
	}
	if len(all) != 2 || all[0].B != nil || all[1].A != nil || all[0].Difference != -all[0].A.Net() || all[1].Difference != all[1].B.Net() {
		t.Errorf("changes %+v", all)
	}
}

// Only the category of a quarter differs, not an amount of the year: it is a change all the same.
func TestCategoryOfAQuarterIsAChange(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	a := n.Publish(t, t.TempDir())
	n.In["account"][1][3] = "complementary"
	d, all := compared(t, a, n.Publish(t, t.TempDir()), 20)
	if d.Years.Changed != 1 || len(all[0].Fields) != 1 ||
		all[0].Fields[0] != (diff.FieldChange{Field: "category", Quarter: 2, A: "main", B: "complementary"}) {
		t.Errorf("changes %+v", all[0].Fields)
	}
}

// A quarter that only one batch has differs in all of its columns.
func TestQuarterOfOneBatchAlone(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	a := n.Publish(t, t.TempDir())
	n.In["account"] = n.In["account"][:3]
	_, all := compared(t, a, n.Publish(t, t.TempDir()), 20)
	var gone []string
	for _, f := range all[0].Fields {
		if f.Quarter == 4 && f.B == nil {
			gone = append(gone, fmt.Sprintf("%s %v", f.Field, f.A))
		}
	}
	if want := []string{"category main", "standing due", "starter_year 0", "contribution 2050.00", "fee 0.00", "definitive 2050.00",
		"called 1000.00"}; !slices.Equal(gone, want) {
		t.Errorf("gone %q, want %q", gone, want)
	}
}

func TestRejectsAndInputsDiffer(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x"))
	a := n.Publish(t, t.TempDir())
	n.In["revenue"] = n.In["revenue"][:1]
	d, all := compared(t, a, n.Publish(t, t.TempDir()), 20)
	if d.Same || len(all) != 0 || !slices.Equal(d.Rejects, []diff.CountDifference{{Name: "bad_value", A: 1, Difference: -1}}) {
		t.Errorf("same %t, rejects %+v, changes %v", d.Same, d.Rejects, all)
	}
	sides := map[string]string{}
	for _, i := range d.Inputs {
		sides[i.Input] += fmt.Sprintf("%t %t ", i.InA, i.InB)
	}
	if sides["revenue"] != "true false false true " || sides["account"] != "true true " {
		t.Errorf("inputs %v", sides)
	}
}

// The largest changes are those of all, by size and then in the order of the rows, over several years and parts.
func TestLargestChangesAreKept(t *testing.T) {
	t.Parallel()
	m := jobstest.Maker(t, 3, "2026-05-31", 0)
	n := jobstest.Night{In: m.Affiliates(150), AsOf: "2026-05-31"}
	a := n.Publish(t, t.TempDir())
	b := jobstest.Night{In: m.Night(n.In, jobstest.IsoDay(t, "2026-11-15")), AsOf: "2026-11-15"}.Publish(t, t.TempDir())
	d, all := compared(t, a, b, 10)
	size := func(c *diff.Change) jobs.Cents { return max(c.Difference, -c.Difference) }
	slices.SortStableFunc(all, func(x, y *diff.Change) int { return int(size(y) - size(x)) })
	if len(all) < 50 || len(d.Largest) != 10 || !slices.Equal(d.Largest, all[:10]) {
		t.Errorf("%d changes, largest %v", len(all), d.Largest)
	}
	if n := d.Years.OnlyA + d.Years.OnlyB + d.Years.Changed; n != int64(len(all)) {
		t.Errorf("%d changes counted, %d told", n, len(all))
	}
	// What every change moves adds up to the difference of the totals.
	var moved, want jobs.Cents
	for _, c := range all {
		moved += c.Difference
	}
	for _, sum := range d.Amounts {
		switch sum.Name {
		case "to_pay":
			want += sum.Difference
		case "refund":
			want -= sum.Difference
		}
	}
	if moved != want {
		t.Errorf("the changes move %s, the totals %s", moved, want)
	}
}

func TestNationalNumberOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	p := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, t.TempDir())
	q := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "41000.00")).Publish(t, t.TempDir())
	side := func(p *jobstest.Published) diff.Side {
		return diff.Side{Out: storage.Directory(filepath.Dir(p.Folder)), Batch: p.Result.Batch}
	}
	d := jobstest.Must[*diff.Difference](t)(diff.Batches(t.Context(), diff.Options{A: side(p), B: side(q), Largest: 1}))
	if len(d.Largest) != 1 || d.Largest[0].NISS != "" || d.Largest[0].Dossier != "1234" {
		t.Errorf("%+v", d.Largest)
	}
}

func TestBatchThatIsNotThereOrChangedIsNotCompared(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	p := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out)
	here := diff.Side{Out: storage.Directory(out), Batch: p.Result.Batch}
	_, err := diff.Batches(t.Context(), diff.Options{A: here, B: diff.Side{Out: storage.Directory(out), Batch: "2026-06-30-00000000"}})
	if jobs.KindOf(err) != jobs.Usage {
		t.Errorf("an unknown batch: %v", err)
	}
	const part = "quarters/year=2023/part-00000.parquet"
	path := filepath.Join(p.Folder, filepath.FromSlash(part))
	content := jobstest.Must[[]byte](t)(os.ReadFile(path))
	content[len(content)/2] ^= 1
	jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), string(content))
	if _, err := diff.Batches(t.Context(), diff.Options{A: here, B: here}); err == nil || !strings.Contains(err.Error(), part) ||
		jobs.KindOf(err) != jobs.Failed {
		t.Errorf("a changed batch: %v", err)
	}
}
