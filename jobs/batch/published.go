package batch

import (
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// PublishedRow is one regularisation as a batch published it, with its quarters and surcharge terms. Amounts are cents; a day is 0 where
// the column is null.
type PublishedRow struct {
	Manifest                                               *Manifest
	Communication, Outcome, Reference                      string
	Version, Subject, IncomeYear                           int // subject quarters
	CommunicatedOn, NotifiedOn, DueDate, SevenPercentOn    pipeline.Date
	Income, Annual, Counted                                money.Cents // of the year; annualised; what is admitted of a contested one
	Definitive, Called, Paid                               money.Cents
	Supplement, SurplusApplied, ToPay, OffsetReceived      money.Cents
	Cancelled, RefundGross, Offset, Refund                 money.Cents
	Arrears, ArrearsBarred                                 money.Cents
	Legal, Reduced, Surcharge, SurchargeTotal, LateCharges money.Cents // provisional amounts, and what rests on them
	SurchargeRefund                                        money.Cents // of it, what leaves; pipeline.Unsaid: all that Surcharge takes back
	Contested                                              bool
	Quarters                                               []PublishedQuarter
	Terms                                                  []PublishedTerm
}

type PublishedQuarter struct {
	Quarter, Starter     int
	Category, Standing   string
	Legal, LegalComputed money.Cents // provisional; computed is pipeline.Unsaid where it is unknown
	Declared, Reason     string      // the category of the account, and why it is not the one that applies; "" otherwise
	Definitive, Called   money.Cents
	ToConfirm            bool // main, though the account does not show whether a primostarter's minimum applies
}

type PublishedTerm struct {
	Basis                string // the article
	On                   pipeline.Date
	percent              money.Cents // hundredths
	Paid, Unpaid, Amount money.Cents
}

// Rate is the rate of the term.
func (t *PublishedTerm) Rate() money.Rate { return money.Rate(t.percent) * tables.PercentUnits }

// Alike says whether two terms differ in the day alone.
func (t *PublishedTerm) Alike(other *PublishedTerm) bool {
	same := *other
	same.On = t.On
	return *t == same
}

// CountedIncome is what counts of the income: what is admitted of a contested one. Cents of EUR.
func (r *PublishedRow) CountedIncome() money.Cents {
	if r.Contested {
		return r.Counted
	}
	return r.Income
}

// unread is a column that says whose the row is: it was asked for.
func unread[Row any](name string) Field[Row] {
	return CodeField(name, func(*Row, []byte) bool { return true })
}

// PublishedFields are the columns of a regularisation.
var PublishedFields = Fields[PublishedRow]{
	unread[PublishedRow]("niss"),
	TextField("communication", func(r *PublishedRow) *string { return &r.Communication }),
	TextField("outcome", func(r *PublishedRow) *string { return &r.Outcome }),
	TextField("reference", func(r *PublishedRow) *string { return &r.Reference }),
	WholeField("version", func(r *PublishedRow) *int { return &r.Version }),
	WholeField("subject_quarters", func(r *PublishedRow) *int { return &r.Subject }),
	DayField("communicated_on", func(r *PublishedRow) *pipeline.Date { return &r.CommunicatedOn }),
	DayField("notified_on", func(r *PublishedRow) *pipeline.Date { return &r.NotifiedOn }),
	DayField("due_date", func(r *PublishedRow) *pipeline.Date { return &r.DueDate }),
	DayField("seven_percent_on", func(r *PublishedRow) *pipeline.Date { return &r.SevenPercentOn }),
	AmountField("net_income", func(r *PublishedRow) *money.Cents { return &r.Income }),
	AmountField("annual_income", func(r *PublishedRow) *money.Cents { return &r.Annual }),
	AmountField("definitive", func(r *PublishedRow) *money.Cents { return &r.Definitive }),
	AmountField("called", func(r *PublishedRow) *money.Cents { return &r.Called }),
	AmountField("paid", func(r *PublishedRow) *money.Cents { return &r.Paid }),
	AmountField("supplement", func(r *PublishedRow) *money.Cents { return &r.Supplement }),
	AmountField("surplus_applied", func(r *PublishedRow) *money.Cents { return &r.SurplusApplied }),
	AmountField("to_pay", func(r *PublishedRow) *money.Cents { return &r.ToPay }),
	AmountField("offset_received", func(r *PublishedRow) *money.Cents { return &r.OffsetReceived }),
	AmountField("cancelled", func(r *PublishedRow) *money.Cents { return &r.Cancelled }),
	AmountField("refund_gross", func(r *PublishedRow) *money.Cents { return &r.RefundGross }),
	AmountField("offset", func(r *PublishedRow) *money.Cents { return &r.Offset }),
	AmountField("refund", func(r *PublishedRow) *money.Cents { return &r.Refund }),
	AmountField("arrears", func(r *PublishedRow) *money.Cents { return &r.Arrears }),
	AmountField("surcharge", func(r *PublishedRow) *money.Cents { return &r.Surcharge }),
	AmountField("surcharge_total", func(r *PublishedRow) *money.Cents { return &r.SurchargeTotal }),
	AmountField("legal_provisional", func(r *PublishedRow) *money.Cents { return &r.Legal }),
	AmountField("reduced_provisional", func(r *PublishedRow) *money.Cents { return &r.Reduced }),
	WholeField("income_year", func(r *PublishedRow) *int { return &r.IncomeYear }),
	AmountField("late_surcharge", func(r *PublishedRow) *money.Cents { return &r.LateCharges }),
	FlagField("contested", func(r *PublishedRow) *bool { return &r.Contested }).AddedLater(),
	AmountField("counted_income", func(r *PublishedRow) *money.Cents { return &r.Counted }).AddedLater(),
	MaybeAmountField("surcharge_refund", func(r *PublishedRow) *money.Cents { return &r.SurchargeRefund }).AddedLater(),
	AmountField("arrears_barred", func(r *PublishedRow) *money.Cents { return &r.ArrearsBarred }).AddedLater(),
}

var publishedQuarterFields = Fields[PublishedQuarter]{
	unread[PublishedQuarter]("niss"),
	TextField("category", func(q *PublishedQuarter) *string { return &q.Category }),
	TextField("standing", func(q *PublishedQuarter) *string { return &q.Standing }),
	WholeField("quarter", func(q *PublishedQuarter) *int { return &q.Quarter }),
	WholeField("starter_year", func(q *PublishedQuarter) *int { return &q.Starter }),
	AmountField("definitive", func(q *PublishedQuarter) *money.Cents { return &q.Definitive }),
	AmountField("called", func(q *PublishedQuarter) *money.Cents { return &q.Called }),
	TextField("category_declared", func(q *PublishedQuarter) *string { return &q.Declared }),
	TextField("reason", func(q *PublishedQuarter) *string { return &q.Reason }),
	AmountField("legal_provisional", func(q *PublishedQuarter) *money.Cents { return &q.Legal }),
	MaybeAmountField("legal_provisional_computed", func(q *PublishedQuarter) *money.Cents { return &q.LegalComputed }),
	FlagField("to_confirm", func(q *PublishedQuarter) *bool { return &q.ToConfirm }).AddedLater(),
}

var publishedTermFields = Fields[PublishedTerm]{
	unread[PublishedTerm]("niss"),
	DayField("unpaid_on", func(t *PublishedTerm) *pipeline.Date { return &t.On }),
	AmountField("percent", func(t *PublishedTerm) *money.Cents { return &t.percent }),
	AmountField("paid", func(t *PublishedTerm) *money.Cents { return &t.Paid }),
	AmountField("unpaid", func(t *PublishedTerm) *money.Cents { return &t.Unpaid }),
	AmountField("amount", func(t *PublishedTerm) *money.Cents { return &t.Amount }),
	TextField("basis", func(t *PublishedTerm) *string { return &t.Basis }),
}

// ReadPublished reads an affiliate's year from a batch; nil when the batch has not settled it.
func ReadPublished(storage storage.Storage, m *Manifest, niss string, year int) (*PublishedRow, error) {
	found, err := PublishedFields.Of(storage, m, m.PartsOf(tables.RegularisationsTable, year), niss)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	row := &found[0]
	row.Manifest = m
	if row.Quarters, err = publishedQuarterFields.Of(storage, m, m.PartsOf(tables.QuartersTable, year), niss); err != nil {
		return nil, err
	}
	row.Terms, err = publishedTermFields.Of(storage, m, m.PartsOf(tables.SurchargesTable, year), niss)
	return row, err
}
