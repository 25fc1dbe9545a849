package payments

import "regul/pipeline/money"

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
	StatusCount
)

var statuses = []string{"sent", "refund_without_account", "by_transfer", "mandate_without_account", "wrong_account", "wrong_mandate",
	"mandate_without_date", "mandate_in_future", "address_missing", "amount_too_large", "mandate_shared", "own_account"}

func (s Status) String() string { return statuses[s] }

// Sum is a number of refunds or claims and their amount in cents.
type Sum struct {
	Count  int64
	Amount money.Cents
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
