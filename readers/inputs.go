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
}

// The texts of what a cell must be.
const (
	mustBeText     = "must not be empty"
	mustBeAmount   = "must be an amount in EUR with at most two decimals, without a thousands separator, such as 1234.56"
	mustBeDate     = "must be a day in ISO 8601 from 1900 to 2199, such as 2026-06-30"
	mustBeYear     = "must be a year from 1900 to 2199"
	mustBeQuarter  = "must be a quarter from 1 to 4"
	mustBeLanguage = "must be fr, nl or de"
	mustBeDossier  = "must be 1 to 8 digits"
	mustBeNature   = "must be trader, profession, director, helper or spouse"
	mustBeStarter  = "must be empty, 1, 2 or 3"
	mustBeBoolean  = "must be true, false or empty"
	mustBeKind     = "must be employee, interim, teacher_temporary, civil_servant, other_pension_scheme, teacher_tenured, unemployed, career_break, time_credit, termination_pay or sickness"
	mustBeHours    = "must be hours, at most 2208 a quarter"
	mustBeWeek     = "must be the hours a week of full-time work, from 1 to 168"
	mustBeDays     = "must be days of service, at most 366"
	mustBeMonths   = "must be months of service, at most 12"
	mustBeFraction = "must be a fraction from 0 to 1"
	mustBePercent  = "must be a percentage from 0 to 100"
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
	return field{Column: table.Column{Name: "niss", Kind: table.Text, Digits: 11}, optional: true} // checked after the others
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

// input is how the rows of one input are read: its columns, and what takes a row.
type input struct {
	name   pipeline.Input
	fields []field
	take   func(d *decoder, row int) // reads the row into the scatter, or calls d.fail
}

// The columns of each input, in the order of the contract; take refers to them by position. The first one of all is
// the national number.
var inputs = [pipeline.InputCount]input{
	pipeline.Affiliates: {pipeline.Affiliates, []field{
		nissField(), text("dossier"), text("language"), freeText("last_name"), freeText("first_name"), freeText("street"),
		freeText("postcode"), freeText("city"), freeText("country"), freeText("iban"), freeText("mandate"), maybe(date("mandate_signed_on")),
	}, takeAffiliate},
	pipeline.Account: {pipeline.Account, []field{
		nissField(), integer("year", mustBeYear), integer("quarter", mustBeQuarter), text("category"), text("standing"),
		maybe(integer("starter_year", mustBeStarter)), amount("legal_provisional"), amount("provisional"),
		boolean("reduction_granted"),
	}, takeAccount},
	pipeline.Payments: {pipeline.Payments, []field{
		nissField(), integer("year", mustBeYear), maybe(integer("quarter", mustBeQuarter)), date("paid_on"), amount("amount"),
	}, takePayment},
	pipeline.Revenue: {pipeline.Revenue, []field{
		nissField(), integer("income_year", mustBeYear), text("communication"), date("communicated_on"), text("nature"),
		amount("net_income"), freeText("assessment"),
	}, takeComponent},
	pipeline.Interruptions: {pipeline.Interruptions, []field{
		nissField(), integer("year", mustBeYear),
	}, takeInterruption},
	pipeline.EvidenceInput: {pipeline.EvidenceInput, []field{
		nissField(), integer("year", mustBeYear), integer("quarter", mustBeQuarter), text("kind"), maybe(decimal("hours", mustBeHours)),
		maybe(decimal("full_time_hours", mustBeWeek)), maybe(integer("days", mustBeDays)), maybe(integer("months", mustBeMonths)),
		maybe(decimal("fraction", mustBeFraction)), boolean("half_time"), maybe(decimal("incapacity", mustBePercent)),
		maybe(amount("daily_benefit")), boolean("pension_rights"),
	}, takeEvidence},
}

// columns are the columns that an input asks a file for.
func (in *input) columns() []table.Column { return columnsOf(in.fields) }

func columnsOf(fields []field) []table.Column {
	columns := make([]table.Column, len(fields))
	for i, f := range fields {
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
