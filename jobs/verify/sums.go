package verify

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// rowSums are what the rows of the tables add up to. Amounts in cents.
type rowSums struct {
	regularisations, quarters, terms, late, entries int64
	rechecked, legalDifferences, toConfirm          int64
	amounts                                         []money.Cents // in the order of summedAmounts
	debit, credit                                   money.Cents
	balances                                        balanceSums
	offsetDebit, offsetCredit                       money.Cents
	outcomes                                        map[string]int64
	owed                                            owed // by the regularisations
	usual                                           usual
}

// summedAmounts are the amounts of a regularisation that the manifest adds up, by its keys.
var summedAmounts = []struct {
	key string
	of  func(*verifiedYear) money.Cents
}{
	{"net_income", func(r *verifiedYear) money.Cents { return r.income }},
	{"definitive", func(r *verifiedYear) money.Cents { return r.definitive }},
	{"called", func(r *verifiedYear) money.Cents { return r.called }},
	{"paid", func(r *verifiedYear) money.Cents { return r.paid }},
	{"supplement", func(r *verifiedYear) money.Cents { return r.supplement }},
	{"surplus_applied", func(r *verifiedYear) money.Cents { return r.surplus }},
	{"to_pay", func(r *verifiedYear) money.Cents { return r.toPay }},
	{"cancelled", func(r *verifiedYear) money.Cents { return r.cancelled }},
	{"refund_gross", func(r *verifiedYear) money.Cents { return r.refundGross }},
	{"offset", func(r *verifiedYear) money.Cents { return r.offset }},
	{"refund", func(r *verifiedYear) money.Cents { return r.refund }},
	{"offset_received", func(r *verifiedYear) money.Cents { return r.received }},
	{"arrears", func(r *verifiedYear) money.Cents { return r.arrears }},
	{"surcharge", func(r *verifiedYear) money.Cents { return r.surcharge }},
	{"rechecked_income", func(r *verifiedYear) money.Cents { return r.recheckedIncome() }},
	{"borrowed_income", func(r *verifiedYear) money.Cents { return r.borrowedIncome() }},
	{"late_surcharge", func(r *verifiedYear) money.Cents { return r.lateSurcharge }},
	{"claim", func(r *verifiedYear) money.Cents { return r.claim() }},
	{"payout", func(r *verifiedYear) money.Cents { return r.payout() }},
}

// recheckedIncome is the income of a year that was settled again without a new communication.
func (r *verifiedYear) recheckedIncome() money.Cents {
	if r.rechecked {
		return r.income
	}
	return 0
}

// borrows says whether the year rests on the income of another one (starters before 2015).
// countedIncome is what counts of the income: what is admitted of a contested one.
func (r *verifiedYear) countedIncome() money.Cents {
	if r.contested {
		return r.counted
	}
	return r.income
}

func (r *verifiedYear) borrows() bool { return r.incomeYear != 0 && r.incomeYear != r.year }

// borrowedIncome is the income of a year that rests on that of another one.
func (r *verifiedYear) borrowedIncome() money.Cents {
	if r.borrows() {
		return r.income
	}
	return 0
}

// claim is what the notice asks to be paid for the year.
func (r *verifiedYear) claim() money.Cents {
	if !r.tellsSurcharge {
		return r.toPay - r.received + max(0, r.surcharge)
	}
	return r.toPay - r.received + r.surchargeToPay
}

// payout is what the fund transfers for the year.
func (r *verifiedYear) payout() money.Cents { return r.refund + r.surchargeBack() }

// surchargeBack is what of a surcharge the fund transfers: once all that a version took back.
func (r *verifiedYear) surchargeBack() money.Cents {
	if !r.tellsSurcharge {
		return max(0, -r.surcharge)
	}
	return r.surchargeRefund
}

func newRowSums() rowSums {
	return rowSums{amounts: make([]money.Cents, len(summedAmounts)), outcomes: map[string]int64{}}
}

// amount is the sum by its key.
func (s *rowSums) amount(key string) money.Cents { return *s.at(key) }

// set replaces the sum by its key.
func (s *rowSums) set(key string, sum money.Cents) { *s.at(key) = sum }

func (s *rowSums) at(key string) *money.Cents {
	for i := range summedAmounts {
		if summedAmounts[i].key == key {
			return &s.amounts[i]
		}
	}
	panic("verify: nothing is summed as " + key)
}

// take adds the rows of a case.
func (s *rowSums) take(y *verifiedCase) {
	s.regularisations += int64(len(y.settled))
	s.quarters += int64(len(y.quarters))
	s.terms += int64(len(y.terms))
	s.entries += int64(len(y.entries))
	for i := range y.settled {
		r := &y.settled[i]
		for j := range summedAmounts {
			s.amounts[j] += summedAmounts[j].of(r)
		}
		if r.late {
			s.late++
		}
		if r.rechecked {
			s.rechecked++
		}
		s.outcomes[r.outcome]++
		s.usual.take(r.payout(), r.definitive-r.called)
		s.owed.add(r.niss, r.year, r.reference, payments.Refund, r.payout())
		s.owed.add(r.niss, r.year, r.reference, payments.Claim, r.claim())
	}
	for i := range y.quarters {
		if q := &y.quarters[i]; q.legalComputed != pipeline.Unsaid && q.legalComputed != q.legal {
			s.legalDifferences++
		}
		if y.quarters[i].toConfirm {
			s.toConfirm++
		}
	}
	for i := range y.balances {
		s.balances.take(&y.balances[i])
	}
	for i := range y.entries {
		e := &y.entries[i]
		s.debit += e.debit
		s.credit += e.credit
		if e.role == "offset" && e.reverses == 0 {
			s.offsetDebit += e.debit
			s.offsetCredit += e.credit
		}
	}
}

// add adds other sums.
func (s *rowSums) add(o *rowSums) {
	s.regularisations += o.regularisations
	s.quarters += o.quarters
	s.terms += o.terms
	s.late += o.late
	s.rechecked += o.rechecked
	s.legalDifferences += o.legalDifferences
	s.toConfirm += o.toConfirm
	s.entries += o.entries
	for i := range s.amounts {
		s.amounts[i] += o.amounts[i]
	}
	s.balances.add(&o.balances)
	s.debit += o.debit
	s.credit += o.credit
	s.offsetDebit += o.offsetDebit
	s.offsetCredit += o.offsetCredit
	s.owed += o.owed
	s.usual.add(&o.usual)
	for outcome, n := range o.outcomes {
		s.outcomes[outcome] += n
	}
}

// balanceSums are what the balances add up to: how many say so, and how much, by the keys of the manifest.
type balanceSums struct {
	rows    int64
	numbers [len(summedBalances)]int64
	amounts [len(summedBalances)]money.Cents
}

// summedBalance is a sum of the balances that the manifest has, and how many of them are not 0; "": it does not say that.
type summedBalance struct {
	number, key string
	of          func(*verifiedBalance) money.Cents
}

// seldom says whether a manifest leaves the sum out where it is 0.
func (s *summedBalance) seldom() bool { return s.key == seldomBalance }

const seldomBalance = "surcharge_credits"

var summedBalances = [...]summedBalance{
	{"", "open", func(b *verifiedBalance) money.Cents { return b.open }},
	{"", "credits", func(b *verifiedBalance) money.Cents { return b.credit }},
	{"", seldomBalance, func(b *verifiedBalance) money.Cents { return b.surchargesCredit }},
	{"unseen_transfers", "unseen", func(b *verifiedBalance) money.Cents { return b.unseen }},
	{"unclear_payments", "unclear", func(b *verifiedBalance) money.Cents { return b.unclear }},
	{"later_payments", "later", func(b *verifiedBalance) money.Cents { return b.later }},
	{"nowhere_payments", "nowhere", func(b *verifiedBalance) money.Cents {
		if b.known {
			return 0
		}
		return b.paid
	}},
}

func (s *balanceSums) take(b *verifiedBalance) {
	s.rows++
	for i := range summedBalances {
		if amount := summedBalances[i].of(b); amount != 0 {
			s.numbers[i]++
			s.amounts[i] += amount
		}
	}
}

func (s *balanceSums) add(o *balanceSums) {
	s.rows += o.rows
	for i := range s.numbers {
		s.numbers[i] += o.numbers[i]
		s.amounts[i] += o.amounts[i]
	}
}
