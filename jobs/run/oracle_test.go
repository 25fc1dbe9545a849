package run_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/population"
	"regul/fixtures/reference"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/pipeline"
)

// Random funds, three nights each: every column of every row, every reject and every count equals what the
// reference makes of the same rows.
func TestNightsEqualReference(t *testing.T) {
	t.Parallel()
	t.Run("asked for", func(t *testing.T) { nightsEqualReference(t, *jobstest.Seed, *jobstest.Affiliates) })
	t.Run("seed 3", func(t *testing.T) { nightsEqualReference(t, 3, 300) }) // which has found what others had not
}

func nightsEqualReference(t *testing.T, seed uint64, affiliates int) {
	t.Parallel()
	var reached reach
	t.Cleanup(func() {
		if affiliates >= 200 {
			reached.check(t)
		}
	})
	for number, nights := range [][]string{
		{"2025-12-31", "2026-01-01", "2026-03-31"},
		{"2024-05-17", "2024-11-02", "2026-06-30"},
		{"2026-10-01", "2027-01-15", "2027-07-01"},
		{"2023-03-31", "2023-04-01", "2025-10-01"},
		{"2016-03-31", "2016-10-01", "2017-02-15"}, // starters before 2015
	} {
		t.Run(nights[0], func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			m := jobstest.Maker(t, seed<<8+uint64(number), nights[0], 5+25*(number%2))
			ledger := &reference.Ledger{}
			in := m.Affiliates(affiliates)
			var published []reference.Batch
			for i, asOf := range nights {
				if i > 0 {
					in = m.Night(in, jobstest.IsoDay(t, asOf))
					for _, b := range published {
						m.Book(in, b)
					}
				}
				n := jobstest.Night{In: in, AsOf: asOf, Fees: randomFees(m), Pension: []string{"", "61.50", "61.50"}[(number+i)%3]}
				expected := jobstest.Must[reference.Batch](t)(n.ReferenceJob(t, ledger).Run(in))
				jobstest.CompareBatch(t, jobstest.ReadBatch(t, out, jobstest.Must[*run.Result](t)(n.Run(t, out))), expected)
				ledger.Add(expected)
				published = append(published, expected)
				reached.add(expected)
				t.Logf("night of %s: %d regularisations, %d rejects, fates of the revenue %v", asOf,
					len(expected.Regularisations), len(expected.Rejects), expected.Counts["revenue"].Rows)
			}
		})
	}
}

// randomFees are the fees of 2008 to 2026, all different; one year may be missing.
func randomFees(m *cases.Maker) map[int]string {
	fees := map[int]string{}
	for year := 2008; year <= 2026; year++ {
		fees[year] = fmt.Sprintf("%d.%02d", m.Random.IntN(5), m.Random.IntN(100))
	}
	delete(fees, 2008+m.Random.IntN(31))
	return fees
}

// reach notes what the random funds led to: a test of cases that never happen would be worth nothing.
type reach struct {
	mutex sync.Mutex
	seen  map[string]int
}

func (r *reach) add(b reference.Batch) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.seen == nil {
		r.seen = map[string]int{}
	}
	for _, reject := range b.Rejects {
		r.seen[reject.Code]++
	}
	for _, row := range b.Regularisations {
		r.seen[row.Outcome]++
		for _, q := range row.Quarters {
			r.seen[q.Reason]++
			if q.LegalKnown {
				r.seen["legal provisional computed"]++
			}
			if q.LegalKnown && q.StarterYear == 0 {
				r.seen["legal provisional on the income of three years before"]++
			}
		}
		for what, happened := range map[string]bool{
			"version 3": row.Version == 3, "unclear": row.Unclear.IsPositive(), "reversed": row.Reversed.IsPositive(),
			"a refund after others": row.Version > 1 && row.Refund.IsPositive(), "offset": row.Offset.IsPositive(),
			"offset received": row.OffsetReceived.IsPositive(), "surcharge": row.Surcharge.IsPositive(),
			"surcharge given back": row.Surcharge.IsNegative(), "late": row.LateStatement, "interrupted": row.Interrupted,
			"late surcharge": row.LateSurcharge.IsPositive(), "income of another year": row.IncomeYear != row.ContributionYear,
			"arrears": row.Arrears.IsPositive(), "surplus applied": row.SurplusApplied.IsPositive(), "a loss": row.NetIncome.IsNegative(),
			"one quarter": row.SubjectQuarters == 1, "three quarters": row.SubjectQuarters == 3,
		} {
			if happened {
				r.seen[what]++
			}
		}
	}
}

func (r *reach) check(t *testing.T) {
	// That what was paid is the definitive amount to the cent ("settled") does not happen at random.
	outcomes := []string{"supplement", "refund", "cancelled", "unchanged"}
	for _, what := range append(slices.Concat(pipeline.People.CodeNames(), pipeline.StatusReasons()[1:], outcomes), "version 3", "unclear",
		"reversed", "a refund after others", "offset", "offset received", "surcharge", "surcharge given back", "late surcharge",
		"income of another year", "legal provisional computed", "legal provisional on the income of three years before", "late",
		"interrupted", "arrears", "surplus applied", "a loss", "one quarter", "three quarters") {
		if r.seen[what] == 0 {
			t.Errorf("the random funds never led to %q: %v", what, r.seen)
		}
	}
}

// Synthetic people, many of them with a fault, equal the reference, and every fault leads to its code.
func TestPopulationEqualsReference(t *testing.T) {
	t.Parallel()
	for number := range uint64(3) {
		t.Run(fmt.Sprint("population ", number), func(t *testing.T) {
			t.Parallel()
			people := jobstest.Must[*population.Population](t)(population.New(population.Options{
				Affiliates: *jobstest.Affiliates, Seed: *jobstest.Seed<<8 + number, Year: 2023 - int(number),
				AsOf: population.DayOf(2026, 6, 30), BadRows: 30_000,
			}))
			in, faulty := populationInputs(t, people)
			n := jobstest.Night{In: in, AsOf: "2026-06-30"}
			expected := jobstest.Must[reference.Batch](t)(n.ReferenceJob(t, nil).Run(in))
			jobstest.CompareBatch(t, n.Publish(t, t.TempDir()), expected)
			for _, r := range expected.Rejects {
				faulty[r.Code]--
			}
			for code, missing := range faulty {
				if missing > 0 {
					t.Errorf("%s: %d people have this fault and no reject", code, missing)
				}
			}
		})
	}
}

// populationInputs are the rows of synthetic people, and how many people have a fault by its code.
func populationInputs(t *testing.T, people *population.Population) (in reference.Inputs, faulty map[string]int) {
	t.Helper()
	var texts [population.Inputs][]byte
	var p population.Person
	faulty = map[string]int{}
	for i := range people.Options().Affiliates {
		people.Person(i, &p)
		for input := range population.Inputs {
			texts[input] = population.CSV.AppendRows(texts[input], input, &p)
		}
		if code := p.Fault.Code(); code != "" {
			faulty[code]++
		}
	}
	in = reference.Inputs{}
	for input := range population.Inputs {
		lines := csv.NewReader(strings.NewReader(string(texts[input])))
		lines.FieldsPerRecord = -1
		in[input.String()] = jobstest.Must[[][]string](t)(lines.ReadAll())
	}
	return in, faulty
}
