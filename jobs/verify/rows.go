package verify

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// rowPlace is where a row of a table stands, and whose it is.
type rowPlace struct {
	file string
	row  int64 // from 1
	niss string
}

// The rows of the tables as a verification reads them: what analysts see, not what the program meant. The lists of columns
// are the published form of the tables, in its order.
type (
	verifiedYear struct {
		components string
		rowPlace
		dossier, communication, outcome, reference, language                    string
		year, version, subject                                                  int
		communicated, notified, due, seven, deadline                            pipeline.Date
		income, annual, contribution, fee, definitive, called, paid             money.Cents
		supplement, surplus, toPay, cancelled, refundGross, offset, refund      money.Cents
		received, arrears, surcharge, legalProvisional, reduced, surchargeTotal money.Cents
		lateSurcharge, unclear, reversed                                        money.Cents
		surchargePaid, surchargeToPay, surchargeRefund, lateToPay               money.Cents
		tellsSurcharge                                                          bool // the table has these columns
		incomeYear                                                              int  // 0 in tables from before the column
		late, interrupted, rechecked, contested                                 bool
		counted, barred                                                         money.Cents
		tellsBarred                                                             bool // the table has the column
	}
	verifiedQuarter struct {
		rowPlace
		declared, category, reason, standing, basis                 string
		legal, legalComputed                                        money.Cents // computed: pipeline.Unsaid where it is null
		tellsLegal                                                  bool        // the table has the two columns
		year, quarter, version, starter                             int
		toConfirm                                                   bool
		band1, band2, annual, contribution, fee, definitive, called money.Cents
	}
	verifiedTerm struct {
		rowPlace
		year, version                 int
		on                            pipeline.Date
		basis                         string
		percent, paid, unpaid, amount money.Cents // percent in hundredths
	}
	verifiedEntry struct {
		rowPlace
		dossier, role, account, reference string
		year, version, line, fromYear     int
		booked, reverses                  pipeline.Date // reverses: 0 but in a line that takes back one of a withdrawn batch
		debit, credit                     money.Cents
	}
	verifiedBalance struct {
		rowPlace
		dossier                                                                  string
		year, version                                                            int
		known                                                                    bool
		called, paid, refunded, offsets, surcharges, open, credit                money.Cents
		unseen, unclear, later, surchargesPaid, surchargesOpen, surchargesCredit money.Cents
		oldestDue, unseenSince                                                   pipeline.Date
	}
	verifiedReject struct {
		rowPlace
		source, code string
		sourceRow    int64
	}
)

var yearColumns = []verifiedColumn[verifiedYear]{
	textColumn("niss", func(r *verifiedYear) *string { return &r.niss }),
	textColumn("dossier", func(r *verifiedYear) *string { return &r.dossier }),
	integerColumn("contribution_year", func(r *verifiedYear) *int { return &r.year }),
	integerColumn("version", func(r *verifiedYear) *int { return &r.version }),
	textColumn("communication", func(r *verifiedYear) *string { return &r.communication }),
	dayColumn("communicated_on", func(r *verifiedYear) *pipeline.Date { return &r.communicated }),
	incomeColumn("net_income", func(r *verifiedYear) *money.Cents { return &r.income }),
	integerColumn("subject_quarters", func(r *verifiedYear) *int { return &r.subject }),
	incomeColumn("annual_income", func(r *verifiedYear) *money.Cents { return &r.annual }),
	amountColumn("contribution", func(r *verifiedYear) *money.Cents { return &r.contribution }),
	amountColumn("fee", func(r *verifiedYear) *money.Cents { return &r.fee }),
	amountColumn("definitive", func(r *verifiedYear) *money.Cents { return &r.definitive }),
	amountColumn("called", func(r *verifiedYear) *money.Cents { return &r.called }),
	amountColumn("paid", func(r *verifiedYear) *money.Cents { return &r.paid }),
	amountColumn("supplement", func(r *verifiedYear) *money.Cents { return &r.supplement }),
	amountColumn("surplus_applied", func(r *verifiedYear) *money.Cents { return &r.surplus }),
	amountColumn("to_pay", func(r *verifiedYear) *money.Cents { return &r.toPay }),
	amountColumn("cancelled", func(r *verifiedYear) *money.Cents { return &r.cancelled }),
	amountColumn("refund_gross", func(r *verifiedYear) *money.Cents { return &r.refundGross }),
	amountColumn("offset", func(r *verifiedYear) *money.Cents { return &r.offset }),
	amountColumn("refund", func(r *verifiedYear) *money.Cents { return &r.refund }),
	amountColumn("offset_received", func(r *verifiedYear) *money.Cents { return &r.received }),
	amountColumn("arrears", func(r *verifiedYear) *money.Cents { return &r.arrears }),
	amountColumn("surcharge", func(r *verifiedYear) *money.Cents { return &r.surcharge }),
	textColumn("outcome", func(r *verifiedYear) *string { return &r.outcome }),
	dayColumn("notified_on", func(r *verifiedYear) *pipeline.Date { return &r.notified }),
	dayColumn("due_date", func(r *verifiedYear) *pipeline.Date { return &r.due }).orNull(),
	dayColumn("seven_percent_on", func(r *verifiedYear) *pipeline.Date { return &r.seven }),
	dayColumn("statement_deadline", func(r *verifiedYear) *pipeline.Date { return &r.deadline }),
	flagColumn("late_statement", func(r *verifiedYear) *bool { return &r.late }),
	textColumn("reference", func(r *verifiedYear) *string { return &r.reference }),
	textColumn("language", func(r *verifiedYear) *string { return &r.language }),
	amountColumn("legal_provisional", func(r *verifiedYear) *money.Cents { return &r.legalProvisional }),
	amountColumn("reduced_provisional", func(r *verifiedYear) *money.Cents { return &r.reduced }),
	amountColumn("surcharge_total", func(r *verifiedYear) *money.Cents { return &r.surchargeTotal }),
	flagColumn("limitation_interrupted", func(r *verifiedYear) *bool { return &r.interrupted }),
	flagColumn("rechecked", func(r *verifiedYear) *bool { return &r.rechecked }).addedLater(),
	integerColumn("income_year", func(r *verifiedYear) *int { return &r.incomeYear }).addedLater(),
	amountColumn("late_surcharge", func(r *verifiedYear) *money.Cents { return &r.lateSurcharge }).addedLater(),
	textColumn("components", func(r *verifiedYear) *string { return &r.components }).addedLater(),
	flagColumn("contested", func(r *verifiedYear) *bool { return &r.contested }).addedLater(),
	incomeColumn("counted_income", func(r *verifiedYear) *money.Cents { return &r.counted }).addedLater(),
	amountColumn("arrears_barred", func(r *verifiedYear) *money.Cents { r.tellsBarred = true; return &r.barred }).addedLater(),
	amountColumn("unclear", func(r *verifiedYear) *money.Cents { return &r.unclear }).addedLater(),
	amountColumn("reversed", func(r *verifiedYear) *money.Cents { return &r.reversed }).addedLater(),
	amountColumn("surcharge_paid", func(r *verifiedYear) *money.Cents { return &r.surchargePaid }).addedLater(),
	amountColumn("surcharge_to_pay", func(r *verifiedYear) *money.Cents { return &r.surchargeToPay }).addedLater(),
	amountColumn("surcharge_refund", func(r *verifiedYear) *money.Cents { r.tellsSurcharge = true; return &r.surchargeRefund }).addedLater(),
	amountColumn("late_surcharge_to_pay", func(r *verifiedYear) *money.Cents { return &r.lateToPay }).addedLater(),
}

var quarterColumns = []verifiedColumn[verifiedQuarter]{
	textColumn("niss", func(r *verifiedQuarter) *string { return &r.niss }),
	integerColumn("contribution_year", func(r *verifiedQuarter) *int { return &r.year }),
	integerColumn("quarter", func(r *verifiedQuarter) *int { return &r.quarter }),
	textColumn("category_declared", func(r *verifiedQuarter) *string { return &r.declared }),
	textColumn("category", func(r *verifiedQuarter) *string { return &r.category }),
	textColumn("reason", func(r *verifiedQuarter) *string { return &r.reason }).orNull(),
	textColumn("standing", func(r *verifiedQuarter) *string { return &r.standing }),
	amountColumn("band1", func(r *verifiedQuarter) *money.Cents { return &r.band1 }),
	amountColumn("band2", func(r *verifiedQuarter) *money.Cents { return &r.band2 }),
	amountColumn("annual_contribution", func(r *verifiedQuarter) *money.Cents { return &r.annual }),
	amountColumn("contribution", func(r *verifiedQuarter) *money.Cents { return &r.contribution }),
	amountColumn("fee", func(r *verifiedQuarter) *money.Cents { return &r.fee }),
	amountColumn("definitive", func(r *verifiedQuarter) *money.Cents { return &r.definitive }),
	amountColumn("called", func(r *verifiedQuarter) *money.Cents { return &r.called }),
	textColumn("basis", func(r *verifiedQuarter) *string { return &r.basis }),
	integerColumn("version", func(r *verifiedQuarter) *int { return &r.version }),
	integerColumn("starter_year", func(r *verifiedQuarter) *int { return &r.starter }),
	amountColumn("legal_provisional", func(r *verifiedQuarter) *money.Cents { return &r.legal }).addedLater(),
	maybeAmountColumn("legal_provisional_computed",
		func(r *verifiedQuarter) *money.Cents { r.tellsLegal = true; return &r.legalComputed }).addedLater(),
	flagColumn("to_confirm", func(r *verifiedQuarter) *bool { return &r.toConfirm }).addedLater(),
}

var termColumns = []verifiedColumn[verifiedTerm]{
	textColumn("niss", func(r *verifiedTerm) *string { return &r.niss }),
	integerColumn("contribution_year", func(r *verifiedTerm) *int { return &r.year }),
	integerColumn("version", func(r *verifiedTerm) *int { return &r.version }),
	dayColumn("unpaid_on", func(r *verifiedTerm) *pipeline.Date { return &r.on }),
	amountColumn("percent", func(r *verifiedTerm) *money.Cents { return &r.percent }),
	amountColumn("paid", func(r *verifiedTerm) *money.Cents { return &r.paid }),
	amountColumn("unpaid", func(r *verifiedTerm) *money.Cents { return &r.unpaid }),
	amountColumn("amount", func(r *verifiedTerm) *money.Cents { return &r.amount }),
	textColumn("basis", func(r *verifiedTerm) *string { return &r.basis }).addedLater(),
}

var entryColumns = []verifiedColumn[verifiedEntry]{
	textColumn("niss", func(r *verifiedEntry) *string { return &r.niss }),
	textColumn("dossier", func(r *verifiedEntry) *string { return &r.dossier }),
	integerColumn("contribution_year", func(r *verifiedEntry) *int { return &r.year }),
	integerColumn("version", func(r *verifiedEntry) *int { return &r.version }).orNull(),
	integerColumn("line", func(r *verifiedEntry) *int { return &r.line }),
	dayColumn("booked_on", func(r *verifiedEntry) *pipeline.Date { return &r.booked }),
	textColumn("role", func(r *verifiedEntry) *string { return &r.role }),
	textColumn("account", func(r *verifiedEntry) *string { return &r.account }),
	amountColumn("debit", func(r *verifiedEntry) *money.Cents { return &r.debit }),
	amountColumn("credit", func(r *verifiedEntry) *money.Cents { return &r.credit }),
	integerColumn("from_year", func(r *verifiedEntry) *int { return &r.fromYear }).orNull(),
	textColumn("reference", func(r *verifiedEntry) *string { return &r.reference }),
	dayColumn("reverses", func(r *verifiedEntry) *pipeline.Date { return &r.reverses }).orNull().addedLater(),
}

var balanceColumns = []verifiedColumn[verifiedBalance]{
	textColumn("niss", func(r *verifiedBalance) *string { return &r.niss }),
	textColumn("dossier", func(r *verifiedBalance) *string { return &r.dossier }),
	integerColumn("contribution_year", func(r *verifiedBalance) *int { return &r.year }),
	integerColumn("version", func(r *verifiedBalance) *int { return &r.version }).orNull(),
	flagColumn("in_account", func(r *verifiedBalance) *bool { return &r.known }),
	amountColumn("called", func(r *verifiedBalance) *money.Cents { return &r.called }),
	amountColumn("paid", func(r *verifiedBalance) *money.Cents { return &r.paid }),
	amountColumn("refunded", func(r *verifiedBalance) *money.Cents { return &r.refunded }),
	amountColumn("offsets", func(r *verifiedBalance) *money.Cents { return &r.offsets }),
	amountColumn("surcharges", func(r *verifiedBalance) *money.Cents { return &r.surcharges }),
	amountColumn("open", func(r *verifiedBalance) *money.Cents { return &r.open }),
	amountColumn("credit", func(r *verifiedBalance) *money.Cents { return &r.credit }),
	dayColumn("oldest_due_date", func(r *verifiedBalance) *pipeline.Date { return &r.oldestDue }).orNull(),
	amountColumn("unseen", func(r *verifiedBalance) *money.Cents { return &r.unseen }),
	dayColumn("unseen_since", func(r *verifiedBalance) *pipeline.Date { return &r.unseenSince }).orNull(),
	amountColumn("unclear", func(r *verifiedBalance) *money.Cents { return &r.unclear }),
	amountColumn("later", func(r *verifiedBalance) *money.Cents { return &r.later }),
	amountColumn("surcharges_paid", func(r *verifiedBalance) *money.Cents { return &r.surchargesPaid }).addedLater(),
	amountColumn("surcharges_open", func(r *verifiedBalance) *money.Cents { return &r.surchargesOpen }).addedLater(),
	amountColumn("surcharges_credit", func(r *verifiedBalance) *money.Cents { return &r.surchargesCredit }).addedLater(),
}

// rejectColumns are the columns of the rejects of a subject, whose rows are named by a number.
func rejectColumns(number string) []verifiedColumn[verifiedReject] {
	return []verifiedColumn[verifiedReject]{
		textColumn("source", func(r *verifiedReject) *string { return &r.source }),
		numberColumn("row", "int64", func(r *verifiedReject) *int64 { return &r.sourceRow }),
		unread[verifiedReject](number, "text").orNull(),
		unread[verifiedReject]("year", "int32").orNull(),
		textColumn("code", func(r *verifiedReject) *string { return &r.code }),
		unread[verifiedReject]("message", "text"),
		unread[verifiedReject]("content", "text"),
	}
}

// yearTables are the tables that are cut by year and by range of national number.
var yearTables = []string{tables.RegularisationsTable, tables.QuartersTable, tables.SurchargesTable, tables.EntriesTable,
	tables.BalancesTable}
