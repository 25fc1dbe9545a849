package pipeline

import "regul/pipeline/money"

// Totals are the sums of a batch that must balance. Amounts in cents.
type Totals struct {
	Regularisations  int64
	Quarters         int64
	SurchargeTerms   int64
	Notices          int64 // affiliates who must be told
	Definitive       money.Cents
	Called           money.Cents
	Paid             money.Cents
	Supplement       money.Cents
	SurplusApplied   money.Cents
	ToPay            money.Cents
	Cancelled        money.Cents
	RefundGross      money.Cents
	Offset           money.Cents
	Refund           money.Cents
	OffsetReceived   money.Cents
	Arrears          money.Cents
	Surcharge        money.Cents
	Claim            money.Cents
	Payout           money.Cents
	NetIncome        money.Cents
	Outcomes         [OutcomeCount]int64
	LateStatements   int64
	Rechecked        int64       // regularisations without a new communication
	RecheckedIncome  money.Cents // of them
	WaitingIncome    money.Cents // of rows that waited in the ledger
	CompletedIncome  money.Cents // that earlier batches settled of communications which this one completes
	BorrowedIncome   money.Cents // of regularisations that rest on the income of another year, see Claim.IncomeYear
	LateSurcharge    money.Cents
	SurchargeCredit  money.Cents // surcharges that are taken back and not transferred
	ToConfirm        int64       // quarters that count as main since the account does not show 20 quarters before, see Qualified
	LegalDifferences int64       // quarters whose legal provisional contribution is not what the law gives
	BalanceTotals
	EntryTotals
}

// Take adds a settlement: its years, its entries, and whether the party is told. It needs memory for the entries, and gives it back.
func (t *Totals) Take(s *Settlement, memory []Entry) []Entry {
	if s.Notable() {
		t.Notices++
	}
	memory = AppendEntries(memory[:0], s)
	t.book(memory)
	for i := range s.Years {
		t.count(&s.Years[i].Regularisation)
	}
	return memory
}

func (t *Totals) count(r *Regularisation) {
	t.Regularisations++
	t.Definitive += r.Definitive
	t.Called += r.Called
	t.Paid += r.Paid
	t.Supplement += r.Supplement
	t.SurplusApplied += r.SurplusApplied
	t.ToPay += r.ToPay
	t.Cancelled += r.Cancelled
	t.RefundGross += r.RefundGross
	t.Offset += r.Offset
	t.Refund += r.Refund
	t.OffsetReceived += r.OffsetReceived
	t.Arrears += r.Arrears
	t.Surcharge += r.Surcharge
	t.Claim += r.Claim()
	t.Payout += r.Payout()
	t.NetIncome += r.NetIncome
	t.Outcomes[r.Outcome]++
	if r.Rechecked != 0 {
		t.Rechecked++
		t.RecheckedIncome += r.NetIncome
	}
	t.LateSurcharge += r.LateSurcharge
	t.SurchargeCredit += r.SurchargeCredit()
	switch {
	case r.IncomeYear != r.Year:
		t.BorrowedIncome += r.NetIncome
	case r.Rechecked == 0 && r.ComponentsBefore != "":
		t.CompletedIncome += r.NetIncome - sumOf(r.Components)
	}
	if r.LateStatement {
		t.LateStatements++
	}
}

// Add adds the totals of other rows.
func (t *Totals) Add(o *Totals) {
	t.Regularisations += o.Regularisations
	t.Quarters += o.Quarters
	t.SurchargeTerms += o.SurchargeTerms
	t.Notices += o.Notices
	t.Definitive += o.Definitive
	t.Called += o.Called
	t.Paid += o.Paid
	t.Supplement += o.Supplement
	t.SurplusApplied += o.SurplusApplied
	t.ToPay += o.ToPay
	t.Cancelled += o.Cancelled
	t.RefundGross += o.RefundGross
	t.Offset += o.Offset
	t.Refund += o.Refund
	t.OffsetReceived += o.OffsetReceived
	t.Arrears += o.Arrears
	t.Surcharge += o.Surcharge
	t.Claim += o.Claim
	t.Payout += o.Payout
	t.NetIncome += o.NetIncome
	t.LateStatements += o.LateStatements
	t.Rechecked += o.Rechecked
	t.RecheckedIncome += o.RecheckedIncome
	t.WaitingIncome += o.WaitingIncome
	t.CompletedIncome += o.CompletedIncome
	t.BorrowedIncome += o.BorrowedIncome
	t.LateSurcharge += o.LateSurcharge
	t.SurchargeCredit += o.SurchargeCredit
	t.LegalDifferences += o.LegalDifferences
	t.ToConfirm += o.ToConfirm
	t.BalanceTotals.add(&o.BalanceTotals)
	t.EntryTotals.add(&o.EntryTotals)
	for i := range t.Outcomes {
		t.Outcomes[i] += o.Outcomes[i]
	}
}

// BalanceTotals are the sums of the balances of a batch. Amounts in cents.
type BalanceTotals struct {
	Balances        int64
	Open, Credits   money.Cents
	UnseenTransfers int64 // affiliate's years with a transfer that was ordered and not seen
	Unseen          money.Cents
	UnclearPayments int64 // affiliate's years with payments that wait for their purpose
	Unclear         money.Cents
	NowherePayments int64 // affiliate's years with money that the account does not have
	Nowhere         money.Cents
	LaterPayments   int64 // affiliate's years with payments dated after the batch
	Later           money.Cents
	VoidCollections int64 // of earlier batches, made void by this one
	Void            money.Cents
	OldestUnseen    Date // the day of the oldest transfer that was not seen; 0: none
	OldestOpen      Date // the day on which the oldest amount fell due that is open; 0: none
}

func (t *BalanceTotals) balance(b *Balance) {
	t.Balances++
	t.Open += b.Open
	t.Credits += b.Credit
	count := func(number *int64, sum *money.Cents, amount money.Cents) {
		if amount != 0 {
			*number++
			*sum += amount
		}
	}
	count(&t.UnseenTransfers, &t.Unseen, b.Unseen)
	t.OldestUnseen, t.OldestOpen = oldest(t.OldestUnseen, b.UnseenSince), oldest(t.OldestOpen, b.OldestDue)
	count(&t.UnclearPayments, &t.Unclear, b.Unclear)
	count(&t.LaterPayments, &t.Later, b.Later)
	if !b.Known {
		count(&t.NowherePayments, &t.Nowhere, b.Paid)
	}
}

// oldest is the earlier of two days, of which 0 is none.
func oldest(a, b Date) Date {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

func (t *BalanceTotals) add(o *BalanceTotals) {
	t.OldestUnseen, t.OldestOpen = oldest(t.OldestUnseen, o.OldestUnseen), oldest(t.OldestOpen, o.OldestOpen)
	t.Balances += o.Balances
	t.Open += o.Open
	t.Credits += o.Credits
	t.UnseenTransfers += o.UnseenTransfers
	t.Unseen += o.Unseen
	t.UnclearPayments += o.UnclearPayments
	t.Unclear += o.Unclear
	t.NowherePayments += o.NowherePayments
	t.Nowhere += o.Nowhere
	t.LaterPayments += o.LaterPayments
	t.VoidCollections += o.VoidCollections
	t.Void += o.Void
	t.Later += o.Later
}
