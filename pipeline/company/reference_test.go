package company

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"regul/pipeline"
	"regul/pipeline/money"
)

// refResult is what the reference computes: the rules once more, in decimals and with the calendar of the standard library.
type refResult struct {
	definitive, supplement, toPay, cancelled, refund, arrears, surchargeTotal, surcharge decimal.Decimal
	due                                                                                  time.Time
}

func eur(c money.Cents) decimal.Decimal { return decimal.New(int64(c), -2) }

func most(a decimal.Decimal, others ...decimal.Decimal) decimal.Decimal {
	return decimal.Max(a, others...)
}

var nothing = decimal.Zero

// refCompute computes a company's year from EUR amounts and published parameters; before are earlier versions, oldest first.
func refCompute(small, large, threshold decimal.Decimal, f Facts, year int, on time.Time, before []Prior) (r refResult) {
	amount := large
	created := time.Unix(int64(f.CreatedOn)*86400, 0).UTC()
	known := f.CreatedOn != NoDay
	if known && created.Year() == year || f.Balance == NoBalance || eur(f.Balance).LessThanOrEqual(threshold) {
		amount = small
	}
	r.due = time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)
	if year < 2020 {
		r.due = time.Date(year, 6, 30, 0, 0, 0, 0, time.UTC)
	}
	if known {
		if late := time.Date(created.Year(), created.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 4, -1); late.After(r.due) {
			r.due = late
		}
	}
	paid, called, claimed := eur(f.Paid), eur(f.Called), nothing
	for _, v := range before {
		paid = paid.Sub(eur(v.Refund))
		called = eur(v.Definitive)
		claimed = claimed.Add(eur(v.Surcharge))
	}
	r.definitive = amount
	switch f.Exemption {
	case Starter:
		if known && year <= created.Year()+2 {
			r.definitive = nothing
		}
	case Inactive:
		r.definitive = nothing
	case Bankruptcy, Liquidation:
		r.definitive = most(nothing, decimal.Min(amount, paid))
	}
	change := r.definitive.Sub(called)
	r.supplement, r.cancelled = most(nothing, change), most(nothing, change.Neg())
	r.toPay = r.supplement.Sub(decimal.Min(r.supplement, most(nothing, paid.Sub(called))))
	r.refund = most(nothing, paid.Sub(r.definitive))
	r.arrears = most(nothing, decimal.Min(called, r.definitive).Sub(paid))
	interest := func(paid decimal.Decimal, months int64) decimal.Decimal {
		return decimal.Min(r.definitive, most(nothing, r.definitive.Sub(paid))).Mul(decimal.New(months, -2)).Round(2)
	}
	months := int64(0)
	for t := r.due.AddDate(0, 0, 1); !t.After(on); t = t.AddDate(0, 1, 0) { // a month begins on each of these days
		months++
	}
	r.surchargeTotal = interest(eur(f.Paid), months)
	for _, v := range before {
		r.surchargeTotal = most(r.surchargeTotal, interest(eur(v.Paid), v.Months))
	}
	r.surcharge = r.surchargeTotal.Sub(claimed)
	return r
}

// randomFacts are near the thresholds and the amounts, where mistakes show.
func randomFacts(r *rand.Rand, small, large, threshold money.Cents, year int) Facts {
	pick := func(values ...money.Cents) money.Cents { return values[r.IntN(len(values))] }
	f := Facts{
		Balance: pick(NoBalance, 0, threshold-1, threshold, threshold+1, money.Cents(r.Int64N(int64(2*threshold)))),
		Called:  pick(0, small, large, large+1, money.Cents(r.Int64N(200_000))),
		Paid:    pick(0, small, large, large+2, -small, money.Cents(r.Int64N(200_000))), Exemption: Exemption(max(0, r.IntN(8)-3)),
		CreatedOn: NoDay,
	}
	if f.Exemption == Starter || r.IntN(3) > 0 {
		f.CreatedOn = pipeline.DateOf(year-r.IntN(5), time.Month(1+r.IntN(12)), 1+r.IntN(28))
	}
	return f
}

// The kernel gives what decimals give, for random companies of every year over several versions.
func TestKernelAgainstDecimals(t *testing.T) {
	l, r := companyLaw(t), rand.New(rand.NewPCG(1992, 30))
	for n := range 200_000 {
		years := l.Years()
		year := years[r.IntN(len(years))]
		y, _ := l.Year(year)
		on := time.Date(year, time.Month(6+r.IntN(40)), 1+r.IntN(31), 0, 0, 0, 0, time.UTC)
		var versions []Prior
		for range 1 + r.IntN(4) {
			row := Row{Facts: randomFacts(r, y.Small, y.Large, y.Threshold, year), Year: int16(year)}
			got := Settle(&row, nil, &y, versions, 0, pipeline.Date(on.Unix()/86400))
			want := refCompute(eur(y.Small), eur(y.Large), eur(y.Threshold), row.Facts, year, on, versions)
			for name, pair := range map[string][2]decimal.Decimal{
				"definitive": {eur(got.Definitive), want.definitive}, "supplement": {eur(got.Supplement), want.supplement},
				"to pay": {eur(got.ToPay), want.toPay}, "cancelled": {eur(got.Cancelled), want.cancelled},
				"refund": {eur(got.Refund), want.refund}, "arrears": {eur(got.Arrears), want.arrears},
				"surcharge total": {eur(got.SurchargeTotal), want.surchargeTotal}, "surcharge": {eur(got.Surcharge), want.surcharge},
			} {
				if !pair[0].Equal(pair[1]) {
					t.Fatalf("case %d, version %d: %s is %s, decimals say %s\n%+v", n, got.Version, name, pair[0], pair[1], row)
				}
			}
			if got.Due.String() != want.due.Format(time.DateOnly) {
				t.Fatalf("case %d: due on %s, want %s", n, got.Due, want.due)
			}
			versions = append(versions, version(&got))
			on = on.AddDate(0, 0, r.IntN(60))
		}
	}
}

// Versions add up: after any earlier ones the sum of what all versions claim and give back is what a single run with the
// last facts claims and gives back, when nothing was paid and no day went by in between.
func TestVersionsAddUp(t *testing.T) {
	l, r := companyLaw(t), rand.New(rand.NewPCG(88, 95))
	for n := range 100_000 {
		years := l.Years()
		year := years[r.IntN(len(years))]
		y, _ := l.Year(year)
		on := pipeline.DateOf(year, time.Month(6+r.IntN(40)), 1+r.IntN(28))
		last := randomFacts(r, y.Small, y.Large, y.Threshold, year)
		var versions []Prior
		var changed, refunded, surcharge money.Cents
		settle := func(f Facts) Result {
			result := Settle(&Row{Facts: f, Year: int16(year)}, nil, &y, versions, 0, on)
			changed += result.Supplement - result.Cancelled
			surcharge += result.Surcharge
			versions = append(versions, version(&result))
			return result
		}
		for range r.IntN(3) {
			f := randomFacts(r, y.Small, y.Large, y.Threshold, year)
			f.Called, f.Paid, f.CreatedOn, f.Exemption = last.Called, last.Paid, last.CreatedOn, NoExemption
			refunded += settle(f).Refund
		}
		keeps := last.Exemption.keepsPaid()
		final := settle(last)
		single := Settle(&Row{Facts: last, Year: int16(year)}, nil, &y, nil, 0, on)
		if keeps && refunded > 0 {
			continue // what was given back is not paid any more, and is not owed either
		}
		if changed != single.Supplement-single.Cancelled || surcharge != single.Surcharge {
			t.Fatalf("case %d: versions claim %s and %s of surcharge, a single run %s and %s", n, changed, surcharge,
				single.Supplement-single.Cancelled, single.Surcharge)
		}
		// What the company owes in the end, less what it got back before, is what it owes after a single run.
		if owed, want := final.ToPay+final.Arrears-final.Refund-refunded, single.ToPay+single.Arrears-single.Refund; owed != want {
			t.Fatalf("case %d: the company owes %s, after a single run %s", n, owed, want)
		}
	}
}
