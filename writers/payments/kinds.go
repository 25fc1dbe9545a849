package payments

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
)

// Kind is the direction of the money.
type Kind uint8

// The kinds: a refund leaves the fund, a claim comes to it.
const (
	Refund Kind = iota
	Claim
	KindCount
)

var kinds = []string{"refund", "claim"}

func (k Kind) String() string { return kinds[k] }

// Status is what became of a refund or a claim. Only what is Sent is in a payment file.
type Status uint8

// The statuses, in the order of the list in docs/payments.md.
const (
	Sent                  Status = iota
	RefundWithoutAccount         // refund: the register has no account
	ByTransfer                   // claim: no mandate, or the fund collects none; the affiliate pays by transfer
	MandateWithoutAccount        // claim: a mandate, but no account
	WrongAccount                 // the account fails its check digits, or is not of a country of SEPA
	WrongMandate                 // claim: the mandate's reference can't stand in a payment file
	MandateWithoutDate           // claim: the day of signature is unknown
	MandateInFuture              // claim: signed after the date of the batch
	AddressMissing               // claim: an account outside the EEA, which needs the debtor's town and country
	AmountTooLarge               // above what SEPA transfers or collects at once
	MandateShared                // claim: the register has the mandate for several debtors
	OwnAccount                   // the account is the fund's own
	Held                         // for a Reason: somebody must decide
	StatusCount
)

var statuses = []string{"sent", "refund_without_account", "by_transfer", "mandate_without_account", "wrong_account", "wrong_mandate",
	"mandate_without_date", "mandate_in_future", "address_missing", "amount_too_large", "mandate_shared", "own_account", "held"}

func (s Status) String() string { return statuses[s] }

// Sum is a number of refunds or claims and their amount in cents.
type Sum struct {
	Count  int64
	Amount money.Cents
}

func (s *Sum) add(amount money.Cents) {
	s.Count++
	s.Amount += amount
}

// Totals are the sums of a batch by kind and status.
type Totals [KindCount][StatusCount]Sum

// Of is the sum of a kind over every status: of the refunds the batch's payouts, of the claims its claims.
func (t *Totals) Of(kind Kind) Sum {
	var all Sum
	for _, sum := range t[kind] {
		all.Count += sum.Count
		all.Amount += sum.Amount
	}
	return all
}

// Reason is why something is Held.
type Reason uint8

// The reasons; position 0 is none. Those of the register follow pipeline.Holds.
const (
	NoReason      Reason = 0
	OfTheRegister        = Reason(pipeline.HoldDeceased)  // the first hold of the register
	AboveTransfer        = Reason(pipeline.HoldOther) + 1 // a refund above Limits.Transfer
	AboveNight           = AboveTransfer + 1              // a refund that would bring the refunds of the day above Limits.Night
	RefundBelow          = AboveNight + 1                 // a refund below fund.RefundBelow of who left, without an account
	DebtBelow            = RefundBelow + 1                // a claim below fund.DebtBelow on who left
	ReasonCount          = DebtBelow + 1
)

// Reasons lists the codes of the reasons; position 0 is none.
func Reasons() []string {
	return append(slices.Clone(pipeline.Holds()), "max_transfer", "max_night", "refund_below", "debt_below")
}

// Limits hold transfers of the fund that are large or unusual. Cents; 0: no limit.
type Limits struct {
	Transfer money.Cents // the largest refund
	Night    money.Cents // the largest sum of the refunds of a day, in the order of national numbers
	Sent     money.Cents // of Night, what batches of the same day sent before
}

// hold is why a refund of an amount is held in a batch that itself sends so much already. Amounts in cents.
func (l *Limits) hold(amount, sent money.Cents) Reason {
	switch {
	case l.Transfer > 0 && amount > l.Transfer:
		return AboveTransfer
	case l.Night > 0 && l.Sent+sent+amount > l.Night:
		return AboveNight
	}
	return NoReason
}

// decide is the fate of a refund of an amount in a batch that sends so much already. Amounts in cents.
func (l *Limits) decide(f *fund.Fund, a *pipeline.Party, amount, sent money.Cents) (Status, Reason) {
	status, reason := RefundStatus(f, a, amount), RefundReason(f, a, amount)
	if status == Sent {
		if reason = l.hold(amount, sent); reason != NoReason {
			status = Held
		}
	}
	return status, reason
}

// Sending adds up the refunds of a batch, to say which of them its limits hold before the payment files are written.
type Sending struct {
	Fund   *fund.Fund
	Limits Limits
	sent   money.Cents
}

// Holds says whether a limit holds a refund of an amount in cents. Refunds come as in the payment files: in ascending national number, then
// by year.
func (s *Sending) Holds(a *pipeline.Party, amount money.Cents) bool {
	status, reason := s.Limits.decide(s.Fund, a, amount, s.sent)
	if status == Sent {
		s.sent += amount
	}
	return reason == AboveTransfer || reason == AboveNight
}

// Of is the limit above which something is held for a reason, in cents; 0: the register holds it.
func (l *Limits) Of(r Reason) money.Cents {
	switch r {
	case AboveTransfer:
		return l.Transfer
	case AboveNight:
		return l.Night
	}
	return 0
}
