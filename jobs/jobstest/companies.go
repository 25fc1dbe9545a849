package jobstest

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"

	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/pipeline"
	"regul/readers"
)

// CompanyRow is a row of the companies input, in the order of the contract's columns.
func CompanyRow(number int, balance, exemption, called, paid string) string {
	check := 97 - number%97
	return fmt.Sprintf("%08d%02d,Company %d,%s,2024,%s,2010-05-05,%s,%s,%s,Rue Neuve 1,%d,Bruxelles,BE,BE68539007547034",
		number, check, number, []string{"fr", "nl", "de"}[number%3], balance, exemption, called, paid, 1000+number%7)
}

// ManyCompanies are rows of all sorts: sizes, exemptions, unpaid, repeated, contradictory and bad ones.
func ManyCompanies(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 5))
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	var rows []string
	for number := range n {
		rows = append(rows, CompanyRow(4_000_000+number, pick("", "100.00", "831990.83", "831990.84", "5000000.00"),
			pick("", "", "", "inactive", "bankruptcy", "liquidation", "starter"), pick("0.00", "387.34", "967.52"),
			pick("0.00", "387.34", "967.52")))
		switch r.IntN(12) {
		case 0:
			rows = append(rows, rows[len(rows)-1])
		case 1:
			rows = append(rows, CompanyRow(4_000_000+number, "7.00", "", "1.00", "2.00"))
		case 2:
			rows = append(rows, "x,y", strings.Replace(rows[len(rows)-1], ",2024,", ",2015,", 1),
				strings.Replace(rows[len(rows)-1], "Company", "7", 1)+",8")
		case 3:
			rows = append(rows, "1"+rows[len(rows)-1][1:])
		}
	}
	return rows
}

// CompanyText is a file of such rows, without the columns that were added later.
func CompanyText(rows []string) string {
	const needed = 14
	return strings.Join(append([]string{strings.Join(readers.Columns(pipeline.CompaniesInput)[:needed], ",")}, rows...), "\n") + "\n"
}

// CompaniesJob prepares the job over files with these texts, without notices and payments.
func CompaniesJob(t testing.TB, out, asOf string, texts ...string) run.Options {
	t.Helper()
	dir, name := t.TempDir(), pipeline.CompaniesInput.String()
	s := run.Settings{Subject: run.Companies, Inputs: map[string][]string{}, Out: out, NewLedger: true, Insist: []string{"earlier-date"},
		AsOf: asOf, MaxRejects: "100%", Workers: 2,
		Outgoing: outgoing.Settings{Without: []string{outgoing.WithoutNotices, outgoing.WithoutPayments}}}
	for i, text := range texts {
		s.Inputs[name] = append(s.Inputs[name], WriteFile(t, dir, fmt.Sprintf("companies-%d.csv", i), text))
	}
	o := Must[run.Options](t)(s.Options())
	o.Elsewhere, o.Kept = Elsewhere(t, *Shards), KeptBatches
	o.Log, o.Progress = slog.New(slog.DiscardHandler), Quiet{}
	return o
}

// RunCompanies runs the job.
func RunCompanies(t testing.TB, o run.Options) *run.Result {
	t.Helper()
	return Must[*run.Result](t)(run.Run(t.Context(), o))
}
