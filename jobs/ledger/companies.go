package ledger

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// priorFields are what the ledger needs of the table of companies.
var priorFields = batch.Fields[company.Prior]{
	batch.CodeField("enterprise", func(p *company.Prior, text []byte) (ok bool) {
		p.Number, ok = company.ParseNumber(text)
		return ok
	}),
	batch.WholeField("contribution_year", func(p *company.Prior) *int16 { return &p.Year }),
	batch.WholeField("version", func(p *company.Prior) *int32 { return &p.Version }),
	batch.AmountField("balance_total", func(p *company.Prior) *money.Cents { return &p.Balance }).
		OrElse(func(p *company.Prior) { p.Balance = company.NoBalance }),
	batch.DayField("created_on", func(p *company.Prior) *pipeline.Date { return &p.CreatedOn }).
		OrElse(func(p *company.Prior) { p.CreatedOn = company.NoDay }),
	batch.CodeField("exemption", func(p *company.Prior, text []byte) bool {
		at := slices.Index(company.Exemptions(), string(text))
		p.Exemption = company.Exemption(max(0, at))
		return at > 0
	}),
	batch.AmountField("called_reported", func(p *company.Prior) *money.Cents { return &p.Called }),
	batch.AmountField("paid", func(p *company.Prior) *money.Cents { return &p.Paid }),
	batch.AmountField("definitive", func(p *company.Prior) *money.Cents { return &p.Definitive }),
	batch.AmountField("refund", func(p *company.Prior) *money.Cents { return &p.Refund }),
	batch.AmountField("surcharge", func(p *company.Prior) *money.Cents { return &p.Surcharge }),
	batch.WholeField("late_months", func(p *company.Prior) *int64 { return &p.Months }),
	batch.DayField("notified_on", func(p *company.Prior) *pipeline.Date { return &p.NotifiedOn }),
	batch.SomeDayField("paid_on", func(p *company.Prior) *pipeline.OptionalDate { return &p.PaidOn }).AddedLater(),
	batch.AmountField("paid_late_months", func(p *company.Prior) *money.Cents { return &p.PaidLate }).AddedLater(),
	batch.AmountField("to_pay", func(p *company.Prior) *money.Cents { return &p.Claim }),
	batch.AmountField("arrears", func(p *company.Prior) *money.Cents { return &p.Owing }),
	batch.AmountField("refunded_before", func(p *company.Prior) *money.Cents { return &p.Refunded }),
	batch.DayField("due_date", func(p *company.Prior) *pipeline.Date { return &p.Due }),
	batch.MaybeAmountField("surcharge_to_pay", func(p *company.Prior) *money.Cents { return &p.Asked }).AddedLater(),
	batch.AmountField("surcharge_refund", func(p *company.Prior) *money.Cents { return &p.Back }).AddedLater(),
	batch.AmountField("surcharge_paid", func(p *company.Prior) *money.Cents { return &p.SurchargePaid }).AddedLater(),
}

// surchargeAsked is what the letter of a version asked for of its surcharge, in cents. A batch of before that was told (Unsaid) asked for all
// that it claimed.
func surchargeAsked(surcharge, asked money.Cents) money.Cents {
	if asked == pipeline.Unsaid {
		return max(0, surcharge)
	}
	return asked
}

// recordedFields are the balances of companies.
var recordedFields = append(batch.Fields[company.Recorded]{
	numberField(&companyMoney, func(r *company.Recorded) *pipeline.NISS { return &r.NISS }),
	batch.AmountField("called", func(r *company.Recorded) *money.Cents { return &r.Called }),
	batch.AmountField("surcharges", func(r *company.Recorded) *money.Cents { return &r.Surcharges }),
	batch.AmountField("surcharges_paid", func(r *company.Recorded) *money.Cents { return &r.SurchargesPaid }),
	batch.AmountField("surcharges_credit", func(r *company.Recorded) *money.Cents { return &r.SurchargeCredit }).AddedLater(),
	batch.DayField("due_date", func(r *company.Recorded) *pipeline.Date { return &r.OldestDue }),
}, batch.FieldsIn(BalanceFields, func(r *company.Recorded) *pipeline.Balance { return &r.Balance })...)

// takeRecorded takes a balance of the last batch.
func takeRecorded(s *pipeline.Scatter, r *company.Recorded) {
	r.Known, r.Dossier = true, company.Number(r.NISS).Dossier()
	company.TakeRecorded(s, r)
}

// companyTables are what the ledger reads of every batch of companies. recorded: the last one has their balances.
func companyTables(recorded bool) []readTable {
	versions := &tableOf[company.Prior]{settledName(batch.CompaniesJob), partsOf(tables.CompaniesTable), always(priorFields),
		func(at int, _ *batch.Manifest) func(*pipeline.Scatter, *company.Prior) {
			return func(s *pipeline.Scatter, p *company.Prior) {
				p.Batch, p.Recorded, p.Asked = int32(at), recorded, surchargeAsked(p.Surcharge, p.Asked)
				company.TakePrior(s, p)
			}
		}}
	return append([]readTable{versions}, moneyTables(&companyMoney)...)
}

// CompanySources are the reads that bring the versions of published batches, and their money, into scatters.
func (l *History) CompanySources() (sources []pipeline.Source) {
	last := l.Last()
	recorded := last != nil && last.MoneyLedger && len(last.Withdrawn) == len(l.Withdrawn) && len(last.WithdrawnParts) == len(l.Parts)
	if recorded { // and nothing on which it rests was withdrawn since
		sources = reads(l, last, last.Parts(tables.CompanyBalancesTable), recordedFields, takeRecorded)
	}
	sources = append(sources, l.sourcesOf(companyTables(recorded))...)
	for _, m := range l.open {
		sources = slices.Concat(sources,
			reads(l, m, m.Parts(tables.CompaniesTable), withdrawnCompanyFields, takeWithdrawnCompany),
			reads(l, m, m.Parts(tables.CompanyEntriesTable), withdrawnCompanyEntryFields, company.TakeEntry))
	}
	return sources
}

// withdrawnCompanyFields are the years of companies in a withdrawn batch.
var withdrawnCompanyFields = batch.Fields[withdrawnNotice]{
	numberField(&companyMoney, func(r *withdrawnNotice) *pipeline.NISS { return &r.NISS }),
	batch.WholeField("contribution_year", func(r *withdrawnNotice) *int16 { return &r.Year }),
	batch.DayField("notified_on", func(r *withdrawnNotice) *pipeline.Date { return &r.NotifiedOn }),
	batch.SaysField("outcome", pipeline.Unchanged.String(), func(r *withdrawnNotice) *bool { return &r.unchanged }),
	batch.AmountField("surcharge", func(r *withdrawnNotice) *money.Cents { return &r.surcharge }),
	batch.MaybeAmountField("surcharge_to_pay", func(r *withdrawnNotice) *money.Cents { return &r.asked }).AddedLater(),
	batch.AmountField("surcharge_refund", func(r *withdrawnNotice) *money.Cents { return &r.back }).AddedLater(),
	batch.AmountField("to_pay", func(r *withdrawnNotice) *money.Cents { return &r.toPay }),
	batch.AmountField("refund", func(r *withdrawnNotice) *money.Cents { return &r.refund }),
}

// takeWithdrawnCompany takes a year of a company in a withdrawn batch, if the company was told of it.
func takeWithdrawnCompany(s *pipeline.Scatter, r *withdrawnNotice) {
	if !r.unchanged || r.surcharge != 0 || r.back != 0 {
		r.Claim, r.Payout = r.toPay+surchargeAsked(r.surcharge, r.asked), r.refund+r.back
		company.TakeWithdrawn(s, &r.WithdrawnNotice)
	}
}

// withdrawnCompanyEntryFields are the lines of the books of a withdrawn batch, which the next batch reverses.
var withdrawnCompanyEntryFields = append(batch.Fields[pipeline.PriorEntry]{
	numberField(&companyMoney, func(e *pipeline.PriorEntry) *pipeline.NISS { return &e.NISS }),
}, bookedFields...)

// CompanyVersions reads the versions that a batch holds of a company.
func CompanyVersions(storage storage.Storage, m *batch.Manifest, number company.Number) ([]company.Prior, error) {
	return priorFields.Of(storage, m, m.Parts(tables.CompaniesTable), number.String())
}
