package report

import (
	"math/rand/v2"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report/tally"
)

// standardLaw is the law in force.
func standardLaw(t testing.TB) *law.Law {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sampleDay is the date of the batches of the tests.
var sampleDay = pipeline.DateOf(2026, 6, 30)

// sampleNISS is the national number of every affiliate of the tests: the page must not show it.
const sampleNISS pipeline.NISS = 85010112387

// settlements are a night with a realistic mix, the same for a seed.
func settlements(t testing.TB, affiliates int, seed uint64) []*pipeline.Settlement {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 0))
	l := standardLaw(t)
	list := make([]*pipeline.Settlement, affiliates)
	for i := range list {
		a := &pipeline.Party{Number: int64(sampleNISS), Digits: 11, Dossier: pipeline.Dossier{Number: uint32(100_000 + i), Digits: 8},
			Language: pipeline.Language(pick(rng, 0, 430, 560, 10)),
			Contact:  pipeline.Contact{LastName: "Vandersecret", FirstName: "Josephine", IBAN: "BE68539007547034"}}
		s := &pipeline.Settlement{Party: a}
		for year := 2023; year > 2023-1-pick(rng, 900, 70, 30); year-- {
			s.Years = append([]pipeline.SettledYear{settledYear(rng, l, a, year)}, s.Years...)
		}
		if rng.IntN(500) == 0 {
			s.Withdrawn = append(s.Withdrawn,
				pipeline.WithdrawnNotice{NISS: pipeline.NISS(a.Number), Year: 2023, NotifiedOn: sampleDay - 30})
		}
		list[i] = s
	}
	return list
}

// pick draws a position by its weight, in thousandths.
func pick(rng *rand.Rand, weights ...int) int {
	n := rng.IntN(1000)
	for i, weight := range weights {
		if n -= weight; n < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// settledYear draws a regularisation whose amounts agree with each other.
func settledYear(rng *rand.Rand, l *law.Law, a *pipeline.Party, year int) pipeline.SettledYear {
	r := pipeline.Regularisation{NISS: pipeline.NISS(a.Number), Dossier: a.Dossier, Year: year, Version: 1 + pick(rng, 950, 40, 8, 1, 1),
		SubjectQuarters: 4, Language: a.Language, NotifiedOn: sampleDay, DueDate: pipeline.DueDate(sampleDay)}
	codes := []string{"main", "complementary", "primostarter", "spouse_maxi", "student", "pension_paid", "article37"}
	category, _ := l.Category(codes[pick(rng, 540, 290, 30, 30, 20, 60, 30)])
	r.AnnualIncome = money.Cents(rng.ExpFloat64() * 28_000_00)
	if rng.IntN(12) == 0 {
		r.AnnualIncome = 0
	}
	r.NetIncome = r.AnnualIncome
	r.Definitive = money.Rate(211_252).Of(max(r.AnnualIncome, 3_000_00))
	r.Fee = r.Definitive * 3 / 100
	r.Contribution = r.Definitive - r.Fee
	r.Called = r.Definitive
	switch pick(rng, 420, 330, 250) {
	case 0:
		r.Called = r.Definitive * money.Cents(40+rng.IntN(60)) / 100
	case 1:
		r.Called = r.Definitive + money.Cents(rng.ExpFloat64()*900_00)
	}
	r.Paid = r.Called
	if pick(rng, 930, 70) == 1 {
		r.Paid = r.Called * money.Cents(rng.IntN(130)) / 100
	}
	settleAmounts(rng, &r)
	r.CommunicatedOn = sampleDay - pipeline.Date(1+pick(rng, 700, 300)*rng.IntN(900)+rng.IntN(30))
	r.StatementDeadline = pipeline.StatementDeadline(r.CommunicatedOn)
	r.LateStatement = r.NotifiedOn > r.StatementDeadline
	if r.Version > 1 && rng.IntN(4) == 0 {
		r.Rechecked = pipeline.RecheckAccount
	}
	r.Interrupted = rng.IntN(2000) == 0
	y := pipeline.SettledYear{Regularisation: r}
	if r.Version > 1 {
		y.Before = pipeline.Before{Definitive: r.Called, NotifiedOn: sampleDay - 200}
	}
	for quarter := 1; quarter <= 4; quarter++ {
		q := pipeline.QuarterResult{NISS: pipeline.NISS(a.Number), Year: year, Quarter: quarter, Category: category, Standing: pipeline.Due}
		if quarter == 1 && rng.IntN(25) == 0 {
			q.Standing = pipeline.NotDue
		}
		if quarter == 4 && rng.IntN(25) == 0 {
			q.Category, _ = l.Category("main")
		}
		y.Quarters = append(y.Quarters, q)
	}
	return y
}

// settleAmounts fills in what follows from definitive, called and paid.
func settleAmounts(rng *rand.Rand, r *pipeline.Regularisation) {
	r.Supplement = max(0, r.Definitive-r.Called)
	r.SurplusApplied = min(r.Supplement, max(0, r.Paid-r.Called))
	r.ToPay = r.Supplement - r.SurplusApplied
	r.Cancelled = max(0, r.Called-r.Definitive)
	r.RefundGross = max(0, r.Paid-r.Definitive)
	if rng.IntN(20) == 0 {
		r.Offset = r.RefundGross / 2
	}
	r.Refund = r.RefundGross - r.Offset
	r.Arrears = max(0, min(r.Called, r.Definitive)-r.Paid)
	if rng.IntN(60) == 0 {
		r.Surcharge = money.Cents(rng.IntN(90_000) - 20_000)
	}
	switch {
	case r.ToPay > 0:
		r.Outcome = pipeline.Supplement
	case r.RefundGross > 0:
		r.Outcome = pipeline.Refund
	case r.Cancelled > 0:
		r.Outcome = pipeline.Cancelled
	case r.Supplement > 0:
		r.Outcome = pipeline.SettledBySurplus
	default:
		r.Outcome = pipeline.Unchanged
	}
}

// gather counts settlements, dealt out to so many shards; shards are closed in the order given, or in their own.
func gather(t testing.TB, list []*pipeline.Settlement, shards int, order ...int) *tally.Statistics {
	t.Helper()
	g := tally.NewGatherer(standardLaw(t).Codes())
	open := make([]pipeline.ShardResults, shards)
	for i := range open {
		one, err := g.Shard(i)
		if err != nil {
			t.Fatal(err)
		}
		open[i] = one
	}
	for i, s := range list {
		open[i*shards/len(list)].Settlement(s)
	}
	for i := range open {
		if len(order) > 0 {
			i = order[i]
		}
		if err := open[i].Close(); err != nil {
			t.Fatal(err)
		}
	}
	return g.Statistics()
}

// write is the page of a batch.
func write(t testing.TB, b *Batch, s *tally.Statistics) string {
	t.Helper()
	var text strings.Builder
	if err := Write(&text, b, s); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
