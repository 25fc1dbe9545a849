package reference

import (
	"time"

	"github.com/shopspring/decimal"
)

// The standings of a quarter of the account.
const (
	Due                 = "due"
	NotDue              = "not_due"
	Dispensed           = "dispensed"
	SupplementDispensed = "supplement_dispensed"
	Assimilated         = "assimilated"
)

// CountsAsSubject says whether a quarter of a standing counts in n; false, false for a standing that is none.
func CountsAsSubject(standing string) (counts, known bool) {
	switch standing {
	case Due, NotDue, Dispensed, SupplementDispensed:
		return true, true
	case Assimilated:
		return false, true
	}
	return false, false
}

// Owes says whether a quarter of a standing owes a contribution.
func Owes(standing string) bool { return standing == Due || standing == SupplementDispensed }

// Called is what was called so far of a quarter, fee included: its definitive amount in the last published regularisation if there
// is one (nil if not), else the provisional amount, of which nothing stays due where it was dispensed (AR 38 art. 17 §7).
func Called(standing string, provisional decimal.Decimal, last *decimal.Decimal) decimal.Decimal {
	switch {
	case last != nil:
		return *last
	case standing == Dispensed:
		return decimal.Zero
	}
	return provisional
}

// Balance is what a year comes to: definitive D, called C and paid P, fee included. Amounts are EUR.
type Balance struct {
	Supplement     decimal.Decimal // max(0, D - C)
	SurplusApplied decimal.Decimal // what was overpaid already
	ToPay          decimal.Decimal // before offsets
	Cancelled      decimal.Decimal // called but no longer due
	RefundGross    decimal.Decimal // before offsets
	Arrears        decimal.Decimal // before offsets
}

// Settle compares D with C and P: the claim on what was called, the refund on what was paid (reading, on AR 38 art. 11 §5 and 15
// and RGS art. 44).
func Settle(definitive, called, paid decimal.Decimal) (b Balance) {
	d, c, p := definitive, called, paid
	b.Supplement = atLeastZero(d.Sub(c))
	b.SurplusApplied = smaller(b.Supplement, atLeastZero(p.Sub(c)))
	b.ToPay = b.Supplement.Sub(b.SurplusApplied)
	b.Cancelled = atLeastZero(c.Sub(d))
	b.RefundGross = atLeastZero(p.Sub(d))
	b.Arrears = atLeastZero(smaller(c, d).Sub(p))
	return b
}

// Outcome is the first that holds of a balance.
func (b *Balance) Outcome() string {
	switch {
	case b.ToPay.IsPositive():
		return "supplement"
	case b.RefundGross.IsPositive():
		return "refund"
	case b.Cancelled.IsPositive():
		return "cancelled"
	case b.Supplement.IsPositive() && b.Supplement.Equal(b.SurplusApplied):
		return "settled"
	}
	return "unchanged"
}

// OpenArrears is what is called and unpaid of a year that the batch does not settle: max(0, C - P), with called the amounts of the
// quarters that have ended.
func OpenArrears(called, paid decimal.Decimal) decimal.Decimal { return atLeastZero(called.Sub(paid)) }

// Ended says whether a quarter has ended on a day: its last day still belongs to it (reading).
func Ended(year, quarter int, on time.Time) bool { return QuarterEnd(year, quarter).Before(on) }

// ProvisionalArrears is what is called provisionally and unpaid: max(0, min(C, provisional) - P).
func ProvisionalArrears(called, provisional, paid decimal.Decimal) decimal.Decimal {
	return OpenArrears(smaller(called, provisional), paid)
}

// BarredArrears is the part of a year's arrears that takes no refund, because it is barred (AR 38 art. 16 §2): the provisional
// part (ProvisionalArrears, at most the arrears) from 1 January of the sixth year after, the rest from that of the eighth.
// Nothing is barred where the limitation was interrupted.
func BarredArrears(year int, arrears, ofProvisional decimal.Decimal, interrupted bool, on time.Time) decimal.Decimal {
	switch {
	case interrupted || on.Before(ProvisionalBarredFrom(year)):
		return decimal.Zero
	case on.Before(TimeBarredFrom(year)):
		return smaller(arrears, ofProvisional)
	}
	return arrears
}

// SettledYear is a year of an affiliate whose refunds and debts are offset. Amounts are EUR.
type SettledYear struct {
	Year    int
	Settled bool            // by this batch: only then has it a refund or something to pay
	Refund  decimal.Decimal // gross; what is left of it after Offset
	ToPay   decimal.Decimal
	Arrears decimal.Decimal // that take a refund: without what is barred

	Given    decimal.Decimal // of its refund, to other years
	Received decimal.Decimal // by ToPay, from refunds of other years
}

// Offset uses the refunds of a batch, the earlier year first, for what the affiliate owes for other years: first arrears, of
// the oldest year first, then the supplements of the same batch, of the oldest year first. years are by ascending year, and
// are changed. (Reading, on one source.)
func Offset(years []SettledYear) {
	for i := range years {
		from := &years[i]
		pass := func(most decimal.Decimal) decimal.Decimal {
			part := smaller(from.Refund, most)
			from.Refund, from.Given = from.Refund.Sub(part), from.Given.Add(part)
			return part
		}
		if !from.Settled {
			continue
		}
		for j := range years {
			if i != j {
				years[j].Arrears = years[j].Arrears.Sub(pass(years[j].Arrears))
			}
		}
		for j := range years {
			if i != j && years[j].Settled {
				years[j].Received = years[j].Received.Add(pass(years[j].ToPay.Sub(years[j].Received)))
			}
		}
	}
}
