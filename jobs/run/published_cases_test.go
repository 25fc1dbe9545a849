package run_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"regul/fixtures/reference"
	"regul/jobs/jobstest"
)

// publishedCase is an amount that a fund or INASTI published: see the source in fixtures/cases/published.csv and published_2.csv.
type publishedCase struct {
	id, year, category, starter, income, fee, definitive string
	niss                                                 string // of the affiliate that stands for it
}

func publishedCases(t *testing.T) []publishedCase {
	t.Helper()
	var all []publishedCase
	m := jobstest.Maker(t, 1, "2026-01-01", 0)
	m.Affiliates(0)
	for _, name := range []string{"published.csv", "published_2.csv"} {
		text := string(jobstest.Must[[]byte](t)(os.ReadFile("../../fixtures/cases/" + name)))
		for _, row := range jobstest.Must[[][]string](t)(csv.NewReader(strings.NewReader(text)).ReadAll())[1:] {
			all = append(all, publishedCase{id: row[0], year: row[1], category: row[3], starter: row[4], income: row[5], fee: row[6],
				definitive: row[7], niss: m.NISS()})
		}
	}
	return all
}

// Every published amount comes out of the whole job, to the cent: four quarters of the category, the
// income, one run for each year and fee, in the third year after the income.
func TestPublishedCasesThroughRun(t *testing.T) {
	t.Parallel()
	runs := map[[2]string][]publishedCase{}
	for _, c := range publishedCases(t) {
		runs[[2]string{c.year, c.fee}] = append(runs[[2]string{c.year, c.fee}], c)
	}
	for key, all := range runs {
		t.Run(key[0]+" at "+key[1], func(t *testing.T) {
			t.Parallel()
			year := int(decimal.RequireFromString(key[0]).IntPart())
			in := reference.Inputs{}
			for i, c := range all {
				in["affiliates"] = append(in["affiliates"], []string{c.niss, fmt.Sprint(i + 1), "fr", "", "", "", "", "", "", "", "", ""})
				for quarter := 1; quarter <= 4; quarter++ {
					in["account"] = append(in["account"],
						[]string{c.niss, c.year, fmt.Sprint(quarter), c.category, "due", c.starter, "0", "0", ""})
				}
				in["revenue"] = append(in["revenue"], []string{c.niss, c.year, c.id, fmt.Sprint(year+2, "-10-01"), "trader", c.income, ""})
			}
			p := jobstest.Night{In: in, AsOf: fmt.Sprint(year+3, "-03-15"), Fees: map[int]string{year: key[1]}}.Publish(t, t.TempDir())
			for _, c := range all {
				checkPublishedCase(t, p, c)
			}
		})
	}
}

func checkPublishedCase(t *testing.T, p *jobstest.Published, c publishedCase) {
	t.Helper()
	quarters, year := 0, decimal.Zero
	for i := range p.Quarters.Rows {
		q := p.Quarters.Map(i)
		if q["niss"] != c.niss {
			continue
		}
		quarters++
		amount := func(column string) decimal.Decimal { return decimal.RequireFromString(q[column]) }
		if q["definitive"] != c.definitive {
			t.Errorf("%s: quarter %s = %s, published %s", c.id, q["quarter"], q["definitive"], c.definitive)
		}
		cent := decimal.New(1, -2)
		if amount("band1").Add(amount("band2")).Sub(amount("annual_contribution")).Abs().GreaterThan(cent) {
			t.Errorf("%s: bands %s and %s do not make %s", c.id, q["band1"], q["band2"], q["annual_contribution"])
		}
		// A quarter is a fourth of the exact year: within half a cent, and the year within half a cent of itself.
		if amount("contribution").Mul(decimal.New(4, 0)).Sub(amount("annual_contribution")).Abs().GreaterThan(decimal.New(25, -3)) {
			t.Errorf("%s: four times %s is not %s", c.id, q["contribution"], q["annual_contribution"])
		}
		if fee := amount("contribution").Mul(decimal.RequireFromString(c.fee)).Shift(-2).Round(2); !amount("fee").Equal(fee) {
			t.Errorf("%s: fee = %s, want %s", c.id, q["fee"], fee)
		}
		jobstest.Want(t, q, "category", c.category, "category_declared", c.category, "standing", "due", "called", "0.00")
		year = year.Add(amount("definitive"))
	}
	if quarters != 4 {
		t.Errorf("%s: %d quarters", c.id, quarters)
	}
	at := slices.IndexFunc(p.Regularisations.Rows, func(row []string) bool { return row[0] == c.niss })
	if at < 0 {
		t.Fatalf("%s: no regularisation; rejects %v", c.id, p.Rejects.Rows)
	}
	income := decimal.RequireFromString(c.income).StringFixed(2)
	jobstest.Want(t, p.Regularisations.Map(at), "definitive", year.StringFixed(2), "to_pay", year.StringFixed(2), "communication", c.id,
		"net_income", income, "annual_income", income, "subject_quarters", "4")
}
