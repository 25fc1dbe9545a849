package pipeline

import (
	"iter"
	"reflect"
	"strings"

	"regul/pipeline/money"
)

// ControlTotals are the sums of a batch that people are told, in the order of its manifest: amounts in cents, numbers of rows. Each is declared
// here, once, and the manifest, the metrics, the summary of a run, the table of batches and the comparison of two batches take it from here.
//
//	json     its name
//	told     where it is told beside the manifest: summary (of a run), metrics
//	batches  what it is, as a column of the table of batches ("=": the sum of the column of this name); without, it is none
type ControlTotals struct {
	Regularisations  int64       `json:"regularisations" batches:"years settled"`
	Quarters         int64       `json:"quarters" batches:"their quarters"`
	SurchargeTerms   int64       `json:"surcharge_terms"`
	LateStatements   int64       `json:"late_statements"`
	Rechecked        int64       `json:"rechecked"`                            // regularisations without a new communication
	WaitingIncome    money.Cents `json:"waiting_income,omitempty"`             // of rows that waited in the ledger
	CompletedIncome  money.Cents `json:"completed_income,omitempty"`           // settled before, of communications that this batch completes
	RecheckedIncome  money.Cents `json:"rechecked_income"`                     // of the rechecked: net income is that of the settled rows, these and the next
	BorrowedIncome   money.Cents `json:"borrowed_income"`                      // of regularisations that rest on the income of another year
	ToConfirm        int64       `json:"to_confirm"`                           // quarters that are main since the account shows no 20 quarters before
	LegalDifferences int64       `json:"legal_provisional_differences"`        // quarters whose legal provisional contribution is not what the law gives
	Notices          int64       `json:"notices" batches:"letters"`            // affiliates who must be told
	Copies           int64       `json:"copies,omitempty"`                     // of their letters, for solidary debtors
	Entries          int64       `json:"entries" batches:"lines of the books"` // accounting lines
	NetIncome        money.Cents `json:"net_income" told:"metrics" batches:"="`
	Definitive       money.Cents `json:"definitive" told:"summary metrics" batches:"sum of D"`
	Called           money.Cents `json:"called" told:"summary metrics" batches:"sum of C"`
	Paid             money.Cents `json:"paid" told:"metrics" batches:"sum of P"`
	Supplement       money.Cents `json:"supplement" told:"summary metrics" batches:"="`
	SurplusApplied   money.Cents `json:"surplus_applied" told:"summary metrics" batches:"="`
	ToPay            money.Cents `json:"to_pay" told:"summary metrics" batches:"="`
	Cancelled        money.Cents `json:"cancelled" told:"summary metrics" batches:"="`
	RefundGross      money.Cents `json:"refund_gross" told:"summary metrics" batches:"="`
	Offset           money.Cents `json:"offset" told:"summary metrics" batches:"="`
	Refund           money.Cents `json:"refund" told:"summary metrics" batches:"="`
	OffsetReceived   money.Cents `json:"offset_received" told:"metrics" batches:"="`
	Arrears          money.Cents `json:"arrears" told:"summary metrics" batches:"="`
	Surcharge        money.Cents `json:"surcharge" told:"summary metrics" batches:"="`
	LateSurcharge    money.Cents `json:"late_surcharge" told:"summary metrics" batches:"="`       // accrued, not claimed by the notices
	Claim            money.Cents `json:"claim" told:"summary" batches:"asked by the letters"`     // asked by the notices
	Payout           money.Cents `json:"payout" told:"summary" batches:"promised by the letters"` // to be transferred
	Balances         int64       `json:"balances"`                                                // affiliate's years with a balance
	Open             money.Cents `json:"open" told:"metrics"`                                     // called, due and not paid
	Credits          money.Cents `json:"credits" told:"metrics"`                                  // paid beyond what was called
	SurchargeCredits money.Cents `json:"surcharge_credits,omitempty" told:"metrics"`              // paid of surcharges beyond what is claimed
	UnseenTransfers  int64       `json:"unseen_transfers"`                                        // affiliate's years with a transfer that was ordered and not seen
	Unseen           money.Cents `json:"unseen" told:"metrics"`
	UnclearPayments  int64       `json:"unclear_payments"` // affiliate's years with payments that wait for their purpose
	Unclear          money.Cents `json:"unclear" told:"metrics"`
	LaterPayments    int64       `json:"later_payments"` // affiliate's years with payments dated after the batch
	Later            money.Cents `json:"later" told:"metrics"`
	NowherePayments  int64       `json:"nowhere_payments"` // affiliate's years with money that the account does not have
	Nowhere          money.Cents `json:"nowhere" told:"metrics"`
	VoidCollections  int64       `json:"void_collections"` // of earlier batches, made void by this one
	Void             money.Cents `json:"void" told:"metrics"`
	Debit            money.Cents `json:"debit" batches:"sum of the entries"`
	Credit           money.Cents `json:"credit" batches:"sum of the entries"`
}

// ControlTotal is one of ControlTotals.
type ControlTotal struct {
	Name     string // of the manifest
	IsAmount bool   // in cents; else a number
	Summary  bool   // the summary of a run tells it
	Metrics  bool   // an amount that the metrics tell
	Column   string // what it is as a column of the table of batches; "": it is none
	Seldom   bool   // the manifest leaves it out where it is 0
	field    int
}

// totalKinds are the totals in the order of the manifest.
var totalKinds = func() (kinds []ControlTotal) {
	declared := reflect.TypeFor[ControlTotals]()
	for i := range declared.NumField() {
		f := declared.Field(i)
		name, omit, _ := strings.Cut(f.Tag.Get("json"), ",")
		kind := ControlTotal{Name: name, IsAmount: f.Type == reflect.TypeFor[money.Cents](), Seldom: omit != "", field: i}
		if kind.Column = f.Tag.Get("batches"); kind.Column == "=" {
			kind.Column = "sum of the column of this name"
		}
		for _, where := range strings.Fields(f.Tag.Get("told")) {
			switch where {
			case "summary":
				kind.Summary = true
			case "metrics":
				kind.Metrics = true
			default:
				panic("pipeline: nothing tells totals that is called " + where)
			}
		}
		kinds = append(kinds, kind)
	}
	return kinds
}()

// ControlTotalKinds lists the totals in the order of the manifest.
func ControlTotalKinds() []ControlTotal { return totalKinds }

// Of is the total among others. Cents, or a number.
func (k *ControlTotal) Of(t *ControlTotals) int64 {
	return reflect.ValueOf(t).Elem().Field(k.field).Int()
}

// All gives the totals in the order of the manifest, in cents, or as numbers.
func (t *ControlTotals) All() iter.Seq2[*ControlTotal, int64] {
	return func(yield func(*ControlTotal, int64) bool) {
		for i := range totalKinds {
			if !yield(&totalKinds[i], totalKinds[i].Of(t)) {
				return
			}
		}
	}
}

// Amount is a total by its name, in cents; false: there is no such amount.
func (t *ControlTotals) Amount(name string) (money.Cents, bool) {
	for kind, n := range t.All() {
		if kind.Name == name && kind.IsAmount {
			return money.Cents(n), true
		}
	}
	return 0, false
}

func (t *ControlTotals) add(o *ControlTotals) {
	sums, others := reflect.ValueOf(t).Elem(), reflect.ValueOf(o).Elem()
	for i := range totalKinds {
		sum := sums.Field(i)
		sum.SetInt(sum.Int() + others.Field(i).Int())
	}
}

// Totals are the sums of a batch that must balance. Amounts in cents.
type Totals struct {
	ControlTotals
	Outcomes     [OutcomeCount]int64
	Booked       [RoleCount]Sides // what this batch decided, by role
	OldestUnseen Date             // the day of the oldest transfer that was not seen; 0: none
	OldestOpen   Date             // the day on which the oldest amount fell due that is open; 0: none
}

// Take adds a settlement: its years, its entries, and whether the party is told. It needs memory for the entries, and gives it back.
func (t *Totals) Take(s *Settlement, memory []Entry) []Entry {
	if s.Notable() {
		t.Notices++
		if s.WantsCopy() {
			t.Copies++
		}
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

func (t *Totals) balance(b *Balance) {
	t.Balances++
	t.Open += b.Open
	t.Credits += b.Credit
	t.SurchargeCredits += b.SurchargeCredit
	count := func(number *int64, sum *money.Cents, amount money.Cents) {
		if amount != 0 {
			*number++
			*sum += amount
		}
	}
	count(&t.UnseenTransfers, &t.Unseen, b.Unseen)
	t.OldestUnseen, t.OldestOpen = Oldest(t.OldestUnseen, b.UnseenSince), Oldest(t.OldestOpen, b.OldestDue)
	count(&t.UnclearPayments, &t.Unclear, b.Unclear)
	count(&t.LaterPayments, &t.Later, b.Later)
	if !b.Known {
		count(&t.NowherePayments, &t.Nowhere, b.Paid)
	}
}

// Add adds the totals of other rows.
func (t *Totals) Add(o *Totals) {
	t.ControlTotals.add(&o.ControlTotals)
	for i := range t.Outcomes {
		t.Outcomes[i] += o.Outcomes[i]
	}
	for role := range t.Booked {
		t.Booked[role].Debit += o.Booked[role].Debit
		t.Booked[role].Credit += o.Booked[role].Credit
	}
	t.OldestUnseen, t.OldestOpen = Oldest(t.OldestUnseen, o.OldestUnseen), Oldest(t.OldestOpen, o.OldestOpen)
}

// Oldest is the earlier of two days, of which 0 is none.
func Oldest(a, b Date) Date {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}
