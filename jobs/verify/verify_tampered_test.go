package verify_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/verify"
	"regul/pipeline"
	"regul/pipeline/money"
)

// Who changes a row and renews every digest is found by what the rows say of each other, of the law and of the totals. Each
// change names the checks that fail of it, and no other fails.
func TestTamperedRowIsFound(t *testing.T) {
	t.Parallel()
	set := func(row int, cells ...string) func(*tableFile) {
		return func(f *tableFile) {
			for i := 0; i < len(cells); i += 2 {
				f.set(row, cells[i], cells[i+1])
			}
		}
	}
	for _, c := range []struct {
		name, table string
		change      func(*tableFile)
		manifest    func(*batch.Manifest)
		want        []string
	}{
		{name: "nothing", table: "regularisations", change: set(0)},
		{"what is to pay", "regularisations", set(0, "to_pay", "1.00"), nil, []string{"amounts", "totals"}},
		{"the outcome", "regularisations", set(0, "outcome", "unchanged"), nil, []string{"outcomes", "totals"}},
		{"the due date", "regularisations", set(0, "due_date", "2026-10-01"), nil, []string{"dates"}},
		{"no due date", "regularisations", set(0, "due_date", ""), nil, []string{"dates"}},
		{"the day of the 7 %", "regularisations", set(0, "seven_percent_on", "2028-01-01"), nil, []string{"dates"}},
		{"the deadline", "regularisations", set(0, "statement_deadline", "2026-08-31"), nil, []string{"dates"}},
		{"late", "regularisations", set(0, "late_statement", "true"), nil, []string{"dates", "totals"}},
		{"the day of the notice", "regularisations", set(0, "notified_on", "2026-06-29"), nil, []string{"dates", "surcharges"}},
		{"the reference", "regularisations", set(0, "reference", "000000772300"), nil, []string{"numbers"}},
		{"the dossier", "regularisations", set(0, "dossier", "78"), nil, []string{"numbers", "entries", "balances"}},
		{"the national number", "regularisations", set(0, "niss", "70052004189"), nil,
			[]string{"numbers", "quarters", "surcharges", "entries", "balances"}},
		{"the version", "regularisations", set(0, "version", "0"), nil,
			[]string{"numbers", "quarters", "surcharges", "entries", "balances"}},
		{"a version without an earlier batch", "regularisations", set(0, "version", "2"), nil,
			[]string{"numbers", "quarters", "surcharges", "entries", "balances"}},
		{"the language", "regularisations", set(0, "language", "en"), nil, []string{"numbers"}},
		{"the quarters that count", "regularisations", set(0, "subject_quarters", "3"), nil,
			[]string{"amounts", "quarters", "calculation"}},
		{"the income, in all sums", "regularisations", set(0, "net_income", "31000.00", "annual_income", "31000.00"),
			func(m *batch.Manifest) {
				m.ControlTotals.NetIncome += 100000
				m.ControlTotals.Income["read"] += 100000
				m.ControlTotals.Income["settled"] += 100000
			}, []string{"amounts", "calculation"}},
		{"two rows change places", "regularisations", func(f *tableFile) { f.rows[0], f.rows[1] = f.rows[1], f.rows[0] }, nil,
			[]string{"order", "quarters", "surcharges", "entries", "balances"}},
		{"a row twice", "regularisations", func(f *tableFile) { f.rows = append(f.rows, f.rows[1]) }, nil, []string{"order", "totals"}},
		{"a row of another year", "regularisations", set(0, "contribution_year", "2022", "income_year", "2022"), nil,
			[]string{"order", "numbers"}},
		{"a column is called otherwise", "regularisations", func(f *tableFile) { f.columns[5].Name = "communicated" }, nil,
			[]string{"schemas"}},
		{"a column has another type", "regularisations", func(f *tableFile) { f.columns[3].Type = "int64" }, nil, []string{"schemas"}},
		{"a column may be null", "regularisations", func(f *tableFile) { f.columns[3].Optional = true }, nil, []string{"schemas"}},
		{"the category, with the same amounts", "quarters", set(0, "category", "complementary"), nil, []string{"quarters", "calculation"}},
		{"a reason without a change of category", "quarters", set(0, "reason", "service_too_short"), nil, []string{"quarters"}},
		{"a reason that is none", "quarters", set(0, "category_declared", "complementary", "reason", "tired"), nil, []string{"quarters"}},
		{"the legal provisional contribution by the law", "quarters", set(0, "legal_provisional_computed", "1.00"), nil,
			[]string{"totals"}},
		{"the year of the income", "regularisations", set(0, "income_year", "2022"), nil, []string{"totals"}},
		{"the surcharges for late payment", "regularisations", set(0, "late_surcharge", "0.01"), nil, []string{"surcharges", "totals"}},
		{"the basis of a term", "surcharges", set(0, "basis", "AR 38 art. 11bis"), nil, []string{"surcharges"}},
		{"a category that is none", "quarters", set(0, "category", "mayor"), nil, []string{"quarters", "calculation"}},
		{"the standing", "quarters", set(0, "standing", "not_due"), nil, []string{"quarters", "calculation"}},
		{"a cent of a quarter", "quarters", func(f *tableFile) {
			set(0, "contribution", "1537.51", "definitive", "1537.51")(f)
		}, nil, []string{"quarters", "calculation"}},
		{"a cent from a quarter to another", "quarters", func(f *tableFile) {
			set(0, "contribution", "1537.51", "definitive", "1537.51")(f)
			set(1, "contribution", "1537.49", "definitive", "1537.49")(f)
		}, nil, []string{"calculation"}},
		{"a band", "quarters", set(0, "band1", "0.00"), nil, []string{"calculation"}},
		{"the article", "quarters", set(0, "basis", "AR 38 art. 1"), nil, []string{"calculation"}},
		{"a quarter less", "quarters", func(f *tableFile) { f.rows = f.rows[1:] }, nil, []string{"quarters", "surcharges", "totals"}},
		{"a fifth quarter", "quarters", set(3, "quarter", "5"), nil, []string{"order", "calculation"}},
		{"a quarter twice", "quarters", set(3, "quarter", "3"), nil, []string{"order"}},
		{"a surcharge of more than its terms", "regularisations", set(1, "surcharge_total", "1000.00", "surcharge", "1000.00"), nil,
			[]string{"surcharges", "entries", "balances", "totals"}},
		{"a surcharge that was paid before it was claimed", "regularisations", set(1, "surcharge_paid", "1.00"), nil, []string{"surcharges"}},
		{"less of a surcharge is asked", "regularisations", set(1, "surcharge_to_pay", "1.00"), nil, []string{"surcharges", "totals"}},
		{"a surcharge is given back", "regularisations", set(1, "surcharge_refund", "1.00"), nil, []string{"surcharges", "entries", "balances", "totals"}},
		{"more surcharges for late payment are asked", "regularisations", set(1, "late_surcharge_to_pay", "999999.00"), nil, []string{"surcharges"}},
		{"a surcharge in credit of a year that is settled", "balances", set(0, "surcharges_credit", "1.00"), nil, []string{"balances", "totals"}},
		{"the amount of a term", "surcharges", set(0, "amount", "0.01"), nil, []string{"surcharges"}},
		{"what was unpaid", "surcharges", set(0, "unpaid", "1.00"), nil, []string{"surcharges"}},
		{"the day of a term", "surcharges", set(1, "unpaid_on", "2023-07-01"), nil, []string{"surcharges"}},
		{"a percentage", "surcharges", set(0, "percent", "6.00"), nil, []string{"surcharges"}},
		{"what was paid on the same day", "surcharges", func(f *tableFile) {
			f.set(f.rowWhere(t, "basis", pipeline.LatePayment.String(), "percent", "7.00"), "paid", "-1.00")
		}, nil, []string{"surcharges"}},
		{"a reduction of more than was called", "regularisations", set(1, "reduced_provisional", "0.01"), nil, []string{"surcharges"}},
		{"a legal provisional sum that is not that of the quarters", "regularisations", set(1, "legal_provisional", "99999.00"), nil,
			[]string{"surcharges"}},
		{"more unpaid than was due", "surcharges", func(f *tableFile) {
			at := f.rowWhere(t, "basis", pipeline.LatePayment.String())
			set(at, "unpaid", "99999.00", "amount", "2999.97")(f)
		}, nil, []string{"surcharges"}},
		{"a term less", "surcharges", func(f *tableFile) { f.rows = f.rows[1:] }, nil, []string{"surcharges", "totals"}},
		{"a debit", "entries", set(0, "debit", "0.01"), nil, []string{"entries", "totals", "books"}},
		{"the role of a line", "entries", set(1, "role", "surcharges"), nil, []string{"entries"}},
		{"the day of a line", "entries", set(1, "booked_on", "2026-06-29"), nil, []string{"entries"}},
		{"the number of a line", "entries", set(1, "line", "7"), nil, []string{"order"}},
		{"what is open", "balances", set(0, "open", "1.00"), nil, []string{"balances", "totals"}},
		{"what is in credit", "balances", set(0, "credit", "1.00"), nil, []string{"balances", "totals"}},
		{"what was refunded", "balances", set(0, "refunded", "1.00"), nil, []string{"balances"}},
		{"when it fell due", "balances", set(0, "oldest_due_date", ""), nil, []string{"balances"}},
		{"a balance less", "balances", func(f *tableFile) { f.rows = f.rows[1:] }, nil, []string{"balances", "totals"}},
		{"a reject less", "rejects", func(f *tableFile) { f.rows = nil }, nil, []string{"rejects"}},
		{"the code of a reject", "rejects", set(0, "code", "bad_row"), nil, []string{"rejects"}},
		{"the row of a reject", "rejects", set(0, "row", "99"), nil, []string{"rejects"}},
		{"the source of a reject", "rejects", set(0, "source", "account.csv"), nil, []string{"rejects"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			folder := twoPeople(t, out)
			name := c.table + "/year=2023/part-00000.parquet"
			if c.table == "rejects" {
				name = "rejects/part-00000.parquet"
			}
			rewrite(t, folder, name, c.change)
			resealed(t, folder, c.manifest)
			v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
			if got := failed(v); !slices.Equal(got, c.want) {
				t.Errorf("%v failed, want %v: %s", got, c.want, failuresOf(v))
			}
		})
	}
}

// A claim of 100.00 too much that agrees with everything else in the batch: a quarter with its bands, the regularisation, its entries, the
// sums and the digests. Only the second computation tells it.
func TestConsistentlyTamperedBatchIsFound(t *testing.T) {
	t.Parallel()
	const more = 100_00
	out := t.TempDir()
	folder := twoPeople(t, out)
	add := func(f *tableFile, row int, amount money.Cents, columns ...string) {
		for _, column := range columns {
			f.set(row, column, (jobstest.Must[money.Cents](t)(money.Parse(f.rows[row][f.column(column)])) + amount).String())
		}
	}
	part := func(table string) string { return table + "/year=2023/part-00000.parquet" }
	var person string
	rewrite(t, folder, part("regularisations"), func(f *tableFile) {
		row := f.rowWhere(t, "outcome", "supplement", "surcharge", "0.00")
		person = f.rows[row][f.column("niss")]
		add(f, row, more, "contribution", "definitive", "supplement", "to_pay")
	})
	rewrite(t, folder, part("quarters"), func(f *tableFile) {
		row := f.rowWhere(t, "niss", person)
		add(f, row, more, "contribution", "definitive")
		add(f, row, 4*more, "band1", "annual_contribution")
	})
	rewrite(t, folder, part("entries"), func(f *tableFile) {
		add(f, f.rowWhere(t, "niss", person, "role", "receivable"), more, "debit")
		add(f, f.rowWhere(t, "niss", person, "role", "contributions"), more, "credit")
	})
	resealed(t, folder, func(m *batch.Manifest) {
		for _, total := range []*money.Cents{&m.ControlTotals.Definitive, &m.ControlTotals.Supplement, &m.ControlTotals.ToPay,
			&m.ControlTotals.Claim, &m.ControlTotals.Debit, &m.ControlTotals.Credit} {
			*total += more
		}
		m.Usual.MedianChange += more
	})
	v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
	if got := failed(v); !slices.Equal(got, []string{"balances", "calculation"}) {
		t.Errorf("%v failed: %s", got, failuresOf(v))
	}
}

func failuresOf(v *verify.Verification) (text string) {
	for _, c := range v.Checks {
		for _, f := range c.Failures {
			text += fmt.Sprintf("\n%s: %s, row %d: %s", c.Name, f.File, f.Row, f.What)
		}
	}
	return text
}

// A table that is left out whole, with its lines in the manifest.
func TestTableLeftOutIsFound(t *testing.T) {
	t.Parallel()
	for table, want := range map[string][]string{"quarters": {"quarters", "surcharges", "totals"}, "surcharges": {"surcharges", "totals"},
		"entries": {"totals"}, "rejects": {"rejects"}, "balances": {"balances", "totals"},
		"regularisations": {"quarters", "surcharges", "entries", "balances", "totals"}} {
		out := t.TempDir()
		folder := twoPeople(t, out)
		if err := os.RemoveAll(filepath.Join(folder, table)); err != nil {
			t.Fatal(err)
		}
		resealed(t, folder, nil)
		v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
		if got := failed(v); !slices.Equal(got, want) {
			t.Errorf("without %s: %v failed, want %v: %s", table, got, want, failuresOf(v))
		}
	}
}

func TestTamperedManifestIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*batch.Manifest)
		want   []string
	}{
		"a total":             {func(m *batch.Manifest) { m.ControlTotals.Arrears++ }, []string{"totals"}},
		"a count of rows":     {func(m *batch.Manifest) { m.ControlTotals.Quarters++ }, []string{"totals"}},
		"the regularisations": {func(m *batch.Manifest) { m.ControlTotals.Regularisations++ }, []string{"counts", "totals"}},
		"a row settled": {func(m *batch.Manifest) { c := m.Counts["account"]; c.Settled++; m.Counts["account"] = c },
			[]string{"counts"}},
		"a row read and settled": {func(m *batch.Manifest) { c := m.Counts["account"]; c.Settled++; c.Read++; m.Counts["account"] = c },
			[]string{"counts"}},
		"an outcome":             {func(m *batch.Manifest) { m.Outcomes["refund"]++; m.Outcomes["supplement"]-- }, []string{"totals"}},
		"the income read":        {func(m *batch.Manifest) { m.ControlTotals.Income["read"]++ }, []string{"income"}},
		"rejects by code":        {func(m *batch.Manifest) { m.Rejects = map[string]int64{"bad_row": 1} }, []string{"rejects"}},
		"the day":                {func(m *batch.Manifest) { m.AsOf = "2026-06-29" }, []string{"name", "dates", "entries"}},
		"a fee":                  {func(m *batch.Manifest) { m.Parameters.Fees["2023"] = "3.05" }, []string{"calculation"}},
		"a batch to build on":    {func(m *batch.Manifest) { m.Previous = &batch.Link{Batch: "2026-01-31-00000000"} }, []string{"ledger"}},
		"the digest of an input": {func(m *batch.Manifest) { m.Inputs[0].SHA256 = "none" }, []string{"name"}},
		"the rows of an input":   {func(m *batch.Manifest) { m.Inputs[0].Rows++ }, []string{"counts"}},
		"no letters after all":   {func(m *batch.Manifest) { m.Parameters.Without = []string{"payments"} }, []string{"outgoing"}},
		"the size of a file":     {func(m *batch.Manifest) { m.Files[0].Size++ }, []string{"digests"}},
		"the rows of a table":    {func(m *batch.Manifest) { m.Files[0].Rows++ }, []string{"schemas"}},
		"the ranges of a table":  {func(m *batch.Manifest) { m.Files[0].Ranges.Last++ }, []string{"digests"}},
		"a file that leaves": {func(m *batch.Manifest) { m.Files[0].Path = "../" + m.Files[0].Path },
			[]string{"digests", "folder", "balances", "totals"}},
	} {
		out := t.TempDir()
		folder := twoPeople(t, out)
		resealed(t, folder, c.change)
		v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
		if got := failed(v); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v failed, want %v: %s", name, got, c.want, failuresOf(v))
		}
	}
}

// A batch that was published before there were entries has neither the table nor their totals.
func TestBatchWithoutEntriesVerifies(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	folder := twoPeople(t, out)
	if err := os.RemoveAll(filepath.Join(folder, "entries")); err != nil {
		t.Fatal(err)
	}
	resealed(t, folder, nil)
	path := filepath.Join(folder, "manifest.json")
	var kept [][]byte
	for _, line := range bytes.SplitAfter(jobstest.Must[[]byte](t)(os.ReadFile(path)), []byte("\n")) {
		if !bytes.Contains(line, []byte(`"entries":`)) && !bytes.Contains(line, []byte(`"debit":`)) &&
			!bytes.Contains(line, []byte(`"credit":`)) {
			kept = append(kept, line)
		}
	}
	text := bytes.ReplaceAll(bytes.Join(kept, nil), []byte(",\n  }"), []byte("\n  }"))
	jobstest.WriteFile(t, folder, "manifest.json", string(text))
	holds(t, out)
}

// Damage that keeps the digests: with any bytes the second implementation neither panics nor makes up rows.
func TestDamagedTableWithRightDigestIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	folder := twoPeople(t, out)
	var paths []string
	if err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".parquet" {
			paths = append(paths, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		whole := jobstest.Must[[]byte](t)(os.ReadFile(path))
		for _, bad := range [][]byte{{}, whole[:len(whole)/2], append(slices.Clone(whole), whole...),
			bytes.Repeat([]byte{0xff}, len(whole))} {
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), string(bad))
			resealed(t, folder, nil)
			v, err := OpenVerified(t, out)
			if err != nil {
				t.Fatal(err)
			}
			if len(bad) < 2*len(whole) && v.Holds {
				t.Errorf("%s with %d of %d bytes holds", filepath.Base(path), len(bad), len(whole))
			}
		}
		jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), string(whole))
	}
	resealed(t, folder, nil)
	holds(t, out)
}

// A part whose national numbers belong before another's is found, though each is in order.
func TestPartsThatChangePlacesAreFound(t *testing.T) {
	t.Parallel()
	m := jobstest.Maker(t, 5, "2026-05-31", 0)
	n := jobstest.Night{In: m.Affiliates(200), AsOf: "2026-05-31"}
	out := t.TempDir()
	o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.ShardRows = jobstest.ManyShards
	jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
	folder := jobstest.Batches(t, out)[0]
	tables := []string{"regularisations", "quarters", "surcharges", "entries", "balances"}
	inAll := map[string]int{} // tables that have the part
	for _, table := range tables {
		for _, path := range jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(folder, table, "year=2023", "part-*.parquet"))) {
			inAll[filepath.Base(path)]++
		}
	}
	maps.DeleteFunc(inAll, func(_ string, n int) bool { return n < len(tables) })
	parts := slices.Sorted(maps.Keys(inAll))
	if len(parts) < 2 {
		t.Fatalf("parts %v", parts)
	}
	for _, table := range tables {
		year := filepath.Join(folder, table, "year=2023")
		for _, move := range [][2]string{{parts[0], "kept"}, {parts[1], parts[0]}, {"kept", parts[1]}} {
			if err := os.Rename(filepath.Join(year, move[0]), filepath.Join(year, move[1])); err != nil {
				t.Fatal(err)
			}
		}
	}
	resealed(t, folder, nil)
	v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
	if got := failed(v); !slices.Equal(got, []string{"order", "offsets"}) { // the years of an affiliate are in two ranges
		t.Errorf("%v failed: %s", got, failuresOf(v))
	}
}

// A refund that pays 100.00 less of another year and is paid out instead, in both years, their entries, the sums and the digests: only the
// offsets, made a second time, tell it.
func TestConsistentlyTamperedOffsetIsFound(t *testing.T) {
	t.Parallel()
	const less = 100_00
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "B", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "A", "2026-06-01", "20000.00"))
	n.In["account"] = append(n.In["account"], jobstest.Example(2022)["account"]...)
	n.In["payments"] = [][]string{{jobstest.Someone, "2022", "", "2022-03-31", "9000.00"},
		{jobstest.Someone, "2023", "", "2023-03-31", "4000.00"}}
	p := n.Publish(t, out) // 2022: 4100.00 of 9000.00; 2023: 4200.00 to pay
	holds(t, out)
	add := func(f *tableFile, row int, amount money.Cents, columns ...string) {
		for _, column := range columns {
			f.set(row, column, (jobstest.Must[money.Cents](t)(money.Parse(f.rows[row][f.column(column)])) + amount).String())
		}
	}
	rewrite(t, p.Folder, "regularisations/year=2022/part-00000.parquet", func(f *tableFile) {
		add(f, f.rowWhere(t, "offset", "4200.00"), -less, "offset")
		add(f, 0, less, "refund")
	})
	rewrite(t, p.Folder, "regularisations/year=2023/part-00000.parquet", func(f *tableFile) {
		add(f, f.rowWhere(t, "offset_received", "4200.00"), -less, "offset_received")
	})
	rewrite(t, p.Folder, "entries/year=2022/part-00000.parquet", func(f *tableFile) {
		add(f, f.rowWhere(t, "role", "offset"), -less, "credit")
		add(f, f.rowWhere(t, "role", "refund_payable"), less, "credit")
	})
	rewrite(t, p.Folder, "entries/year=2023/part-00000.parquet", func(f *tableFile) {
		add(f, f.rowWhere(t, "role", "offset"), -less, "debit")
		add(f, f.rowWhere(t, "role", "receivable", "credit", "!0.00"), -less, "credit")
	})
	resealed(t, p.Folder, func(m *batch.Manifest) {
		c := &m.ControlTotals
		for _, total := range []*money.Cents{&c.Offset, &c.OffsetReceived, &c.Debit, &c.Credit} {
			*total -= less
		}
		for _, total := range []*money.Cents{&c.Refund, &c.Payout, &c.Claim} {
			*total += less
		}
		m.Usual.LargestRefund += less
	})
	v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
	if got := failed(v); !slices.Equal(got, []string{"balances", "offsets"}) {
		t.Errorf("%v failed: %s", got, failuresOf(v))
	}
}

// The legal provisional contribution of a starter rests on nothing but the law.
func TestTamperedProvisionalOfAStarterIsFound(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"1.00", ""} {
		out := t.TempDir()
		n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
		n.In["account"][0][5] = "1"
		p := n.Publish(t, out)
		rewrite(t, p.Folder, "quarters/year=2023/part-00000.parquet", func(f *tableFile) {
			if got := f.rows[0][f.column("legal_provisional_computed")]; got != "840.97" { // 16 409.20 x 20.5 % / 4
				t.Errorf("computed %q", got)
			}
			f.set(0, "legal_provisional_computed", cell)
		})
		differences := int64(0)
		if cell == "" {
			differences--
		}
		resealed(t, p.Folder, func(m *batch.Manifest) { m.ControlTotals.LegalDifferences += differences })
		v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
		if got := failed(v); !slices.Equal(got, []string{"calculation"}) {
			t.Errorf("%q: %v failed: %s", cell, got, failuresOf(v))
		}
	}
}
