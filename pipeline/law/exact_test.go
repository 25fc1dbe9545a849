package law_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"

	"regul/pipeline/law"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// The kernel is compared with the reference calculation on this many random cases. The modest
// default suits every run of the tests; ten million and more:
//
//	go test ./pipeline/law -run Exact -cases=10000000 -timeout=60m
var cases = flag.Int("cases", 200_000, "random cases on which the kernel is compared with the reference calculation")

// shards are tried in parallel, each with the seed of its number: the cases depend on -cases only,
// not on the number of cores.
const shards = 64

// question is one contribution to compute, by both.
type question struct {
	category                  string
	year, quarter, starter, n int
	income                    money.Cents
	fee                       money.Rate
}

func (q question) String() string {
	return fmt.Sprintf("%s %dQ%d, starter %d, n %d, income %s, fee %s %%", q.category, q.year, q.quarter, q.starter, q.n, q.income,
		q.fee.Percent())
}

// both answers questions with the kernel and with the reference.
type both struct {
	kernel    *law.Law
	reference *reference.Law
	years     map[int]*law.Year
}

// loadBoth reads the law in force.
func loadBoth(t testing.TB) both {
	t.Helper()
	kernel, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return pair(t, kernel, os.DirFS("data"))
}

// pair joins a law of the kernel and the reference's reading of the same data.
func pair(t testing.TB, kernel *law.Law, data fs.FS) both {
	t.Helper()
	slow, err := reference.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	b := both{kernel, slow, map[int]*law.Year{}}
	for _, number := range kernel.Years() {
		if b.years[number], err = kernel.Year(number); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// check asks both and says how they differ; "" when every field is the same, or both say that the
// category is not in force.
func (b both) check(q question) string {
	category, known := b.kernel.Category(q.category)
	if !known {
		return fmt.Sprintf("the kernel does not know %q", q.category)
	}
	schedule := b.years[q.year].Schedule(category, q.quarter, q.starter)
	y := reference.AnnualIncome(euros(q.income), q.n)
	want, err := b.reference.Quarter(q.category, q.year, q.quarter, q.starter, y, decimal.New(int64(q.fee), -4))
	if errors.Is(err, reference.ErrNotInForce) {
		if schedule != nil {
			return fmt.Sprintf("%s: in force for the kernel, not for the reference", q)
		}
		return ""
	}
	if err != nil || schedule == nil {
		return fmt.Sprintf("%s: kernel's schedule %v, reference's error %v", q, schedule, err)
	}
	got := schedule.Contribution(q.income, q.n, q.fee)
	exact := law.Contribution{
		Band1: cents(want.Band1), Band2: cents(want.Band2), Annual: cents(want.Annual),
		Quarter: cents(want.Quarter), Fee: cents(want.Fee), Definitive: cents(want.Definitive),
	}
	if got != exact {
		return fmt.Sprintf("%s:\nkernel    %+v\nreference %+v", q, got, exact)
	}
	return ""
}

func euros(c money.Cents) decimal.Decimal { return decimal.New(int64(c), -2) }
func cents(d decimal.Decimal) money.Cents { return money.Cents(d.Shift(2).IntPart()) }

// checkRandom asks both about random category, year, quarter, starter year, n, fee and income.
func (b both) checkRandom(t *testing.T, rng *rand.Rand, count int) {
	t.Helper()
	years, categories := b.kernel.Years(), reference.Categories()
	incomes := newIncomes(t, b.reference, years)
	for range count {
		q := question{
			category: categories[rng.IntN(len(categories))],
			year:     years[rng.IntN(len(years))],
			quarter:  1 + rng.IntN(4), starter: rng.IntN(4), n: 1 + rng.IntN(4),
			fee: drawFee(rng),
		}
		q.income = incomes.draw(rng, q.year, q.n)
		if difference := b.check(q); difference != "" {
			t.Fatal(difference)
		}
	}
}

func TestExactOnRandomCases(t *testing.T) {
	b := loadBoth(t)
	for shard := range shards {
		t.Run(fmt.Sprint(shard), func(t *testing.T) {
			t.Parallel()
			b.checkRandom(t, rand.New(rand.NewPCG(2026, uint64(shard))), (*cases+shards-1)/shards)
		})
	}
}

// Two rules that the data in force never reach: a primostarter's reduction greater than the
// contribution, and a starter's rate above b1.
func TestExactUnderOtherParameters(t *testing.T) {
	data := fstest.MapFS{}
	for name, change := range map[string][2]string{
		"indices.csv":    {"", ""},
		"categories.csv": {"", ""},
		"companies.csv":  {"", ""},
		"bases.csv":      {"Q1RED,25.01,", "Q1RED,150.01,"},
		"rates.csv":      {"starter_3,2008Q1,2016Q4,21.50", "starter_3,2008Q1,,21.50"},
	} {
		content, err := os.ReadFile("data/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), change[0]) {
			t.Fatalf("%s holds no %q", name, change[0])
		}
		data[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(content), change[0], change[1], 1))}
	}
	kernel, err := law.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	pair(t, kernel, data).checkRandom(t, rand.New(rand.NewPCG(2027, 0)), 20_000)
}

// Every category, year, quarter, starter year and n, at every threshold: the annual income exactly
// on it where cents allow, and the incomes one and two cents around it.
func TestExactAtEveryThreshold(t *testing.T) {
	b := loadBoth(t)
	for _, year := range b.kernel.Years() {
		t.Run(fmt.Sprint(year), func(t *testing.T) {
			t.Parallel()
			incomes := newIncomes(t, b.reference, []int{year})
			for _, category := range reference.Categories() {
				for i := range 4 * 4 * 4 {
					q := question{category: category, year: year, quarter: 1 + i%4, starter: i / 4 % 4, n: 1 + i/16, fee: 30_500}
					for _, threshold := range incomes.thresholds[year] {
						for around := money.Cents(-1); around <= 2; around++ {
							q.income = atThreshold(threshold, q.n) + around
							if difference := b.check(q); difference != "" {
								t.Fatal(difference)
							}
						}
					}
				}
			}
		})
	}
}

// Incomes far beyond what an input file may hold: nothing overflows.
func TestExactOnEnormousIncomes(t *testing.T) {
	b := loadBoth(t)
	for _, category := range reference.Categories() {
		for n := 1; n <= 4; n++ {
			for _, income := range []money.Cents{1e11, 1e13, 1e15, 1e17, -1e17} {
				q := question{category: category, year: 2026, quarter: 4, n: n, income: income, fee: money.One}
				if difference := b.check(q); difference != "" {
					t.Error(difference)
				}
			}
		}
	}
}
