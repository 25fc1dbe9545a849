package run_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/readback"
	"regul/fixtures/reference"
	"regul/jobs/jobstest"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/pipeline"
)

// ledgerBefore is a copy of two nights that regul published when it trusted the books: fixtures/README.md says what is in them.
func ledgerBefore(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../fixtures/ledger_before")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// nightOf runs a night on the inputs of a folder, with more rows of payments and the given communications.
func nightOf(t *testing.T, folder, asOf, payments, revenue string, change func(*run.Settings)) *jobstest.Published {
	t.Helper()
	more := func(name, rows string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := func(name string) string { return filepath.Join(folder, name) }
	settings := run.Settings{AsOf: asOf, Fee: "3.05", Workers: 2, Out: file("batches"), MaxRejects: "100%", Inputs: map[string][]string{
		pipeline.Affiliates.String(): {file("affiliates.csv")}, pipeline.Account.String(): {file("account.csv")},
		pipeline.Payments.String(): {file("payments.csv")},
		pipeline.Revenue.String(): {more("night.csv", "niss,income_year,communication,communicated_on,nature,net_income,assessment\n"+
			revenue)},
	}}
	settings.Outgoing.Without = []string{outgoing.WithoutNotices}
	if payments != "" {
		settings.Inputs[pipeline.Payments.String()] = append(settings.Inputs[pipeline.Payments.String()],
			more("more.csv", "niss,year,quarter,paid_on,amount,purpose,end_to_end\n"+payments))
	}
	if change != nil {
		change(&settings)
	}
	o, err := settings.Options()
	if err != nil {
		t.Fatal(err)
	}
	o.Log, o.Progress = slog.New(slog.NewTextHandler(io.Discard, nil)), jobstest.Quiet{}
	return jobstest.ReadBatch(t, settings.Out, jobstest.Must[*run.Result](t)(run.Run(context.Background(), o)))
}

// A ledger of before: what it ordered has left, booked or not; an offset is the ledger's; a refund that could not be sent and was ordered
// again with the next version left once.
func TestTheNightAfterALedgerOfBefore(t *testing.T) {
	t.Parallel()
	const revenue = `70052004188,2023,W29-1,2026-07-13,trader,17000.00,C1
80010100107,2022,W29-2,2026-07-13,trader,17000.00,C2
81010100227,2023,W29-3,2026-07-13,trader,16900.00,C3
`
	for name, payments := range map[string]string{
		"nothing is booked": "",
		"booked as the manual told": `70052004188,2023,,2026-06-30,-1478.80,,
80010100107,2022,,2026-07-01,-408.72,,
80010100107,2022,,2026-07-01,-1070.08,,
80010100107,2021,,2026-07-01,1070.08,,
81010100227,2023,,2026-07-10,-1499.88,,
`,
		"booked in one row": `70052004188,2023,,2026-06-30,-1478.80,,
80010100107,2022,,2026-07-01,-1478.80,,
80010100107,2021,,2026-07-01,1070.08,,
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := nightOf(t, ledgerBefore(t), "2026-07-20", payments, revenue, nil)
			for i := range p.Regularisations.Rows {
				row := p.Regularisations.Map(i)
				want := map[string]string{"70052004188": "3591.28", "80010100107": "3591.28", "81010100227": "3570.20"}[row["niss"]]
				jobstest.Want(t, row, "paid", want, "refund", "0.00", "offset", "0.00", "outcome", "unchanged", "unclear", "0.00")
			}
			if n := len(p.Regularisations.Rows); n != 3 {
				t.Errorf("%d regularisations, want 3", n)
			}
		})
	}
}

// A booking that names its transaction is recognised on any year and with any sign, a return is owed again, and a collection of the whole
// claim pays the surcharge too.
func TestTransactionsAreRecognised(t *testing.T) {
	t.Parallel()
	const first = `70052004188,2023,A-1,2026-06-01,trader,17000.00,A1
90083025515,2023,A-2,2026-06-01,trader,45000.00,A2
`
	const second = `70052004188,2023,B-1,2026-10-01,trader,17000.00,B1
90083025515,2023,B-2,2026-10-01,trader,45000.00,B2
`
	for name, c := range map[string]struct{ booked, paid, refund string }{
		"on another year":    {"70052004188,2022,,2026-07-01,-1478.80,,R\n", "3591.28", "0.00"},
		"with another sign":  {"70052004188,2023,,2026-07-01,1478.80,,R\n", "3591.28", "0.00"},
		"in parts and twice": {"70052004188,2023,,2026-07-01,-1000.00,,R\n70052004188,2023,,2026-07-01,-1478.80,,R\n", "3591.28", "0.00"},
		"it came back": {"70052004188,2023,,2026-07-01,-1478.80,,R\n70052004188,2023,,2026-07-05,1478.80,returned,R\n", "5070.08",
			"1478.80"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := ledgerBefore(t)
			if err := os.RemoveAll(filepath.Join(folder, "batches")); err != nil {
				t.Fatal(err)
			}
			p := nightOf(t, folder, "2026-06-30", "", first, func(s *run.Settings) { s.NewLedger = true })
			ids := map[string]string{}
			index := jobstest.Must[*readback.Table](t)(readback.Read(jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(p.Folder,
				"payments", "index.parquet")))))
			for i := range index.Rows {
				ids[index.Map(i)["kind"]] = index.Map(i)["transaction"]
			}
			booked := strings.ReplaceAll(c.booked, ",R\n", ","+ids["refund"]+"\n") + "90083025515,2023,,2026-09-30,4246.36,," +
				ids["claim"] + "\n"
			p = nightOf(t, folder, "2026-10-10", booked, second, nil)
			for i := range p.Regularisations.Rows {
				if row := p.Regularisations.Map(i); row["niss"] == "70052004188" {
					jobstest.Want(t, row, "paid", c.paid, "refund", c.refund)
				} else {
					jobstest.Want(t, row, "paid", "9506.36", "refund", "0.00", "surcharge", "0.00")
				}
			}
		})
	}
}

// A payment of the day of a batch which gives it back to the cent is no booking of that refund with the wrong sign, where the batch knew
// it; the reference says the same by other means. 2023 costs 3 591.28, and all of it was paid before.
func TestAPaymentOfTheDayOfItsRefund(t *testing.T) {
	t.Parallel()
	const day, before = "2026-06-30:500.00", "2026-06-29:500.00"
	for name, c := range map[string]struct {
		known, since  []string // payments, by day and amount
		paid, unclear string
	}{
		"nothing else":                          {[]string{day}, nil, "3591.28", "0.00"},
		"and a little that came late":           {[]string{day}, []string{"2026-06-01:10.00"}, "3601.28", "0.00"},
		"and its refund is booked":              {[]string{day}, []string{"2026-07-02:-500.00"}, "3591.28", "0.00"},
		"and its refund, with the wrong sign":   {[]string{day}, []string{"2026-07-02:500.00"}, "3591.28", "500.00"},
		"the same on the day itself":            {[]string{day}, []string{day}, "3591.28", "500.00"},
		"of the day before, and the wrong sign": {[]string{before}, []string{day}, "3591.28", "500.00"},
		"of which one was taken back":           {[]string{day, day, "2026-06-29:-500.00"}, nil, "3091.28", "500.00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, ledger := t.TempDir(), &reference.Ledger{}
			in := reference.Inputs{"affiliates": {{"70052004188", "902", "fr", "", "", "", "", "", "", "", "", ""}},
				"account": fourQuarters("70052004188", "2023", "897.82"), "payments": {payment("2023-12-15:3591.28")}}
			var last reference.Batch
			for i, night := range []struct {
				asOf string
				more []string
			}{{"2026-01-10", nil}, {"2026-06-30", c.known}, {"2026-07-10", c.since}} {
				for _, more := range night.more {
					in["payments"] = append(in["payments"], payment(more))
				}
				in["revenue"] = [][]string{{"70052004188", "2023", fmt.Sprint("W-", i), "2026-01-09", "trader", "17000.00", ""}}
				n := jobstest.Night{In: in, AsOf: night.asOf}
				last = jobstest.Must[reference.Batch](t)(n.ReferenceJob(t, ledger).Run(in))
				jobstest.CompareBatch(t, n.Publish(t, out), last)
				ledger.Add(last)
			}
			if r := last.Regularisations[0]; r.Paid.StringFixed(2) != c.paid || r.Unclear.StringFixed(2) != c.unclear || r.Version != 3 {
				t.Errorf("version %d: P is %s, want %s; unclear %s, want %s", r.Version, r.Paid, c.paid, r.Unclear, c.unclear)
			}
		})
	}
}

// payment is a row of the payments, of a day and an amount.
func payment(text string) []string {
	day, amount, _ := strings.Cut(text, ":")
	return []string{"70052004188", "2023", "", day, amount}
}

// fourQuarters are the rows of a year's account of which each quarter was called so much.
func fourQuarters(niss, year, called string) (rows [][]string) {
	for quarter := 1; quarter <= 4; quarter++ {
		rows = append(rows, []string{niss, year, fmt.Sprint(quarter), "main", "due", "", called, called, ""})
	}
	return rows
}
