package readers

import (
	"regul/pipeline"
	"regul/readers/table"
)

// field is a column of an input: what it holds, whether it may be empty, and what to tell people who get it wrong.
type field struct {
	table.Column
	optional bool
	must     string // "must be ..."
	role     role
}

// role is what of a bad row is still worth knowing: it says what else must wait for the row.
type role uint8

const (
	noRole role = iota
	yearRole
	communicationRole
	communicatedRole
	incomeRole
)

// The texts of what a cell must be.
const (
	mustBeNISS     = "must be a national number of 11 digits whose check digits are right"
	mustBeText     = "must not be empty"
	mustBeAmount   = "must be an amount in EUR with at most two decimals, without a thousands separator, such as 1234.56"
	mustBeDate     = "must be a day in ISO 8601 from 1900 to 2199, such as 2026-06-30"
	mustBeYear     = "must be a year from 1900 to 2199"
	mustBeQuarter  = "must be a quarter from 1 to 4"
	mustBeLanguage = "must be fr, nl or de"
	mustBeDossier  = "must be 1 to 8 digits"
	mustBeNature   = "must be trader, profession, director, helper or spouse"
	mustBeStarter  = "must be empty, 1, 2 or 3"
	mustBeBoolean  = "must be true or false (also vrai, faux, waar, onwaar, wahr, falsch, oui, non, ja, nee, nein, yes, no, 1, 0) or empty"
	mustBeHold     = "must be empty, deceased, bankruptcy, debt_settlement or other"
	mustBePurpose  = "must be empty, contribution, surcharge, refund or returned"
	mustBeIfMain   = "must be empty, main, primostarter, primostarter_first or spouse_maxi"
	mustBeBefore   = "must be another national number, of 11 digits whose check digits are right"
	mustBeKind     = "must be employee, interim, teacher_temporary, civil_servant, other_pension_scheme, teacher_tenured, " +
		"unemployed, career_break, time_credit, termination_pay or sickness"
	mustBeHours    = "must be hours, at most 2208 a quarter"
	mustBeWeek     = "must be the hours a week of full-time work, from 1 to 168"
	mustBeDays     = "must be days of service, at most 366"
	mustBeMonths   = "must be months of service, at most 12"
	mustBeFraction = "must be a fraction from 0 to 1"
	mustBePercent  = "must be a percentage from 0 to 100"
	mustBeStatus   = "must be accepted, booked (also executed), rejected or returned"
	mustBeMoved    = "must be empty (the whole amount) or an amount in EUR above 0 with at most two decimals, such as 1234.56"
	mustBeShort    = "must be printable text of at most 255 bytes"
)

const maxText = 255 // bytes of an identifier

func text(name string) field {
	return field{Column: table.Column{Name: name, Kind: table.Text}, must: mustBeText}
}
func freeText(name string) field {
	return field{Column: table.Column{Name: name, Kind: table.Text}, optional: true}
}
func nissField() field {
	return field{Column: table.Column{Name: "niss", Kind: table.Text, Digits: pipeline.NISSDigits, Key: true}, optional: true,
		must: mustBeNISS} // checked after the others
}
func year(name string) field {
	f := integer(name, mustBeYear)
	f.role = yearRole
	return f
}
func amount(name string) field {
	return field{Column: table.Column{Name: name, Kind: table.Amount}, must: mustBeAmount}
}
func date(name string) field {
	return field{Column: table.Column{Name: name, Kind: table.Date}, must: mustBeDate}
}
func integer(name, must string) field {
	return field{Column: table.Column{Name: name, Kind: table.Integer}, must: must}
}
func decimal(name, must string) field {
	return field{Column: table.Column{Name: name, Kind: table.Decimal}, must: must}
}
func boolean(name string) field {
	return field{Column: table.Column{Name: name, Kind: table.Boolean}, optional: true, must: mustBeBoolean}
}
func maybe(f field) field {
	f.optional = true
	return f
}
func with(r role, f field) field {
	f.role = r
	return f
}

// added makes a field one that the contract got later: a file may lack it.
func added(f field) field {
	f.Optional = true
	return maybe(f)
}
func code(name, must string) field {
	return field{Column: table.Column{Name: name, Kind: table.Text}, must: must}
}

// input is how the rows of one input are read: its columns, and what takes a row.
type input struct {
	name   pipeline.Input
	fields []field
	take   func(d *decoder, row int) // reads the row into the scatter, or calls d.fail
	key    int                       // the position of the number, national or of an enterprise, to which a row belongs
}

// The columns of each input, in the order of the contract; the reader refers to them by these positions.
const (
	affiliateNISS = iota
	affiliateDossier
	affiliateLanguage
	affiliateLastName
	affiliateFirstName
	affiliateStreet
	affiliatePostcode
	affiliateCity
	affiliateCountry
	affiliateIBAN
	affiliateMandate
	affiliateSigned
	affiliateAddressee
	affiliateHold
	affiliateCopyName
	affiliateCopyStreet
	affiliateCopyPostcode
	affiliateCopyCity
	affiliateCopyCountry
)

const (
	accountNISS = iota
	accountYear
	accountQuarter
	accountCategory
	accountStanding
	accountStarter
	accountLegal
	accountProvisional
	accountReduction
	accountIfMain
	accountRecovered
	accountLate
	accountDeferred
	accountWaived
)

const (
	paymentNISS = iota
	paymentYear
	paymentQuarter
	paymentDay
	paymentAmount
	paymentIdentifier
	paymentPurpose
	paymentEndToEnd
)

const (
	revenueNISS = iota
	revenueYear
	revenueCommunication
	revenueDay
	revenueNature
	revenueIncome
	revenueAssessment
	revenueAdmitted
)

const (
	interruptionNISS = iota
	interruptionYear
)

const (
	identityBefore = iota
	identityNISS
	identitySince
)

var inputs = [pipeline.InputCount]input{
	pipeline.Affiliates: {pipeline.Affiliates, []field{
		nissField(), code("dossier", mustBeDossier), code("language", mustBeLanguage), freeText("last_name"), freeText("first_name"),
		freeText("street"), freeText("postcode"), freeText("city"), freeText("country"), freeText("iban"), freeText("mandate"),
		maybe(date("mandate_signed_on")), added(freeText("addressee")), added(code("hold", mustBeHold)),
		added(freeText("copy_name")), added(freeText("copy_street")), added(freeText("copy_postcode")), added(freeText("copy_city")),
		added(freeText("copy_country")),
	}, takeAffiliate, affiliateNISS},
	pipeline.Account: {pipeline.Account, []field{
		nissField(), year("year"), integer("quarter", mustBeQuarter), text("category"), text("standing"),
		maybe(integer("starter_year", mustBeStarter)), amount("legal_provisional"), amount("provisional"), boolean("reduction_granted"),
		added(code("if_main", mustBeIfMain)), added(date("recovered_on")), added(boolean("late_affiliation")), added(date("deferred_to")),
		added(boolean("surcharges_waived")),
	}, takeAccount, accountNISS},
	pipeline.Payments: {pipeline.Payments, []field{
		nissField(), year("year"), maybe(integer("quarter", mustBeQuarter)), date("paid_on"), amount("amount"),
		added(freeText("payment")), added(code("purpose", mustBePurpose)), added(freeText("end_to_end")),
	}, takePayment, paymentNISS},
	pipeline.Revenue: {pipeline.Revenue, []field{
		nissField(), year("income_year"), with(communicationRole, text("communication")), with(communicatedRole, date("communicated_on")),
		code("nature", mustBeNature), with(incomeRole, amount("net_income")), freeText("assessment"), added(amount("admitted_income")),
	}, takeComponent, revenueNISS},
	pipeline.Interruptions: {pipeline.Interruptions, []field{nissField(), year("year")}, takeInterruption, interruptionNISS},
	pipeline.EvidenceInput: {pipeline.EvidenceInput, []field{
		nissField(), year("year"), integer("quarter", mustBeQuarter), code("kind", mustBeKind), maybe(decimal("hours", mustBeHours)),
		maybe(decimal("full_time_hours", mustBeWeek)), maybe(integer("days", mustBeDays)), maybe(integer("months", mustBeMonths)),
		maybe(decimal("fraction", mustBeFraction)), boolean("half_time"), maybe(decimal("incapacity", mustBePercent)),
		maybe(amount("daily_benefit")), boolean("pension_rights"), added(date("started_on")), added(date("ended_on")),
	}, takeEvidence, evidenceNISS},
	pipeline.IdentitiesInput: {pipeline.IdentitiesInput, []field{
		{Column: table.Column{Name: "niss_before", Kind: table.Text, Digits: pipeline.NISSDigits}, must: mustBeBefore}, nissField(),
		date("since"),
	}, takeIdentity, identityNISS},
	pipeline.ConfirmationsInput: {pipeline.ConfirmationsInput, []field{
		confirmedField(), code("status", mustBeStatus), date("on"), explained(mustBeMoved, maybe(amount("amount"))),
	}, takeConfirmation, confirmationName},
	pipeline.CompaniesInput:  {pipeline.CompaniesInput, companyFields, takeCompany, companyNumber},
	pipeline.CompanyPayments: {pipeline.CompanyPayments, companyPaymentFields, takeCompanyPayment, companyPaymentNumber},
}

// columns are the columns that an input asks a file for.
func (in *input) columns() []table.Column {
	columns := make([]table.Column, len(in.fields))
	for i, f := range in.fields {
		columns[i] = f.Column
	}
	return columns
}

// Columns lists the names of an input's columns, in the order of the contract.
func Columns(in pipeline.Input) []string { return names(inputs[in].columns()) }

func names(columns []table.Column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}
