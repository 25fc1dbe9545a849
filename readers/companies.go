package readers

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/readers/table"
)

// The columns of the companies and of their payments, in the order of the contract; the reader refers to them by these positions.
const (
	companyNumber = iota
	companyName
	companyLanguage
	companyYear
	companyBalance
	companyCreated
	companyExemption
	companyCalled
	companyPaid
	companyStreet
	companyPostcode
	companyCity
	companyCountry
	companyIBAN
	companyMandate
	companySigned
	companyPaidOn
)

const (
	companyPaymentNumber = iota
	companyPaymentYear
	companyPaymentDay
	companyPaymentAmount
	companyPaymentIdentifier
	companyPaymentPurpose
	companyPaymentEndToEnd
)

func enterpriseField() field {
	return field{Column: table.Column{Name: "enterprise", Kind: table.Text, Digits: company.NumberDigits, Key: true}, optional: true,
		must: mustBeEnterprise} // checked after the others
}

// payerField is the company of a payment: a file of payments, as those of affiliates are, has its number in the column niss.
func payerField() field {
	f := enterpriseField()
	f.Alias = "niss"
	return f
}

var (
	companyFields = []field{
		enterpriseField(), freeText("name"), code("language", mustBeLanguage), year("year"),
		explained(mustBeBalance, maybe(amount("balance_total"))), explained(mustBeCreated, maybe(date("created_on"))),
		explained(mustBeExemption, freeText("exemption")), explained(mustBeSum, amount("called")), explained(mustBeSum, amount("paid")),
		freeText("street"), freeText("postcode"), freeText("city"), freeText("country"), freeText("iban"), added(freeText("mandate")),
		added(date("mandate_signed_on")), added(date("paid_on")),
	}
	companyPaymentFields = []field{
		payerField(), year("year"), date("paid_on"), amount("amount"), added(freeText("payment")), added(code("purpose", mustBePurpose)),
		added(freeText("end_to_end")),
	}
)

// The texts of what a cell of a company must be, beyond what its type says.
const (
	mustBeBalance   = "must be empty, or from 0 to 999 999 999 999.99 EUR"
	mustBeExemption = "must be empty, starter, inactive, bankruptcy or liquidation"
	mustBeCreated   = "must be empty or a day in ISO 8601, such as 2026-06-30; a starter's exemption needs the day of its creation"
	mustBeSum       = "must be from 0 to 1 000 000 000.00 EUR, with at most two decimals, without a thousands separator"

	mustBeEnterprise = "must be an enterprise number of 10 digits that begins with 0 or 1 and whose check digits are right"

	becauseEnterprise pipeline.Reason = "column enterprise: " + mustBeEnterprise
)

// explained is a field whose cells must be more than their type says.
func explained(must string, f field) field {
	f.must = must
	return f
}

// ofPeople says whether the rows belong to national numbers.
func (in *input) ofPeople() bool { return !in.ofCompanies() && in.name != pipeline.ConfirmationsInput }

// ofCompanies says whether the rows belong to enterprise numbers.
func (in *input) ofCompanies() bool {
	return in.name == pipeline.CompaniesInput || in.name == pipeline.CompanyPayments
}

// enterprise reads the enterprise number; it is the last check of a row's cells.
func (d *decoder) enterprise(row int) company.Number {
	number, ok := company.ParseNumber(d.block.Columns[d.input.key].Texts[row])
	if !ok && !d.failed {
		d.fail(row, pipeline.BadEnterprise, withCause(becauseEnterprise,
			causeOfNumber(d.block.Columns[d.input.key].Texts[row], company.NumberDigits)))
	}
	return number
}

// within reads an amount from 0 to the largest, or the given one for an empty cell.
func (d *decoder) within(row, column int, largest, empty money.Cents) money.Cents {
	if !d.given(row, column) {
		return empty
	}
	cents := money.Cents(d.block.Columns[column].Ints[row])
	if (cents < 0 || cents > largest) && !d.failed {
		d.badValue(row, column)
	}
	return cents
}

// maxSum bounds what was called or paid, in cents: 1 000 000 000.00 EUR.
const maxSum money.Cents = 100_000_000_000

func takeCompany(d *decoder, row int) {
	r := company.Row{
		Year: d.year(row, companyYear), Language: pipeline.Language(d.code(row, companyLanguage, 0, pipeline.Languages())),
		Place: d.place(row), Facts: company.Facts{
			Balance: d.within(row, companyBalance, company.MaxBalance, company.NoBalance), CreatedOn: company.NoDay,
			Exemption: company.Exemption(d.choice(row, companyExemption, 1, company.Exemptions())),
			Called:    d.within(row, companyCalled, maxSum, 0), Paid: d.within(row, companyPaid, maxSum, 0),
			PaidOn: d.date(row, companyPaidOn),
		},
	}
	if d.given(row, companyCreated) {
		r.CreatedOn = pipeline.Date(d.block.Columns[companyCreated].Ints[row])
	}
	if r.Exemption == company.Starter && r.CreatedOn == company.NoDay && !d.failed {
		d.badValue(row, companyCreated)
	}
	r.Number = d.enterprise(row)
	if d.failed {
		return
	}
	d.look(row, companyName, companyStreet, companyCity)
	r.Contact = pipeline.Contact{LastName: d.text(row, companyName), Street: d.text(row, companyStreet),
		Postcode: d.text(row, companyPostcode), City: d.text(row, companyCity), Country: d.text(row, companyCountry),
		IBAN: d.text(row, companyIBAN), Mandate: d.text(row, companyMandate)}
	if d.given(row, companySigned) {
		r.Contact.MandateSignedOn = pipeline.Date(d.block.Columns[companySigned].Ints[row])
	}
	company.TakeRow(d.scatter, &r)
}

func takeCompanyPayment(d *decoder, row int) {
	p := company.Payment{
		Year: d.year(row, companyPaymentYear), PaidOn: pipeline.Date(d.block.Columns[companyPaymentDay].Ints[row]),
		Amount: d.amount(row, companyPaymentAmount), Identifier: d.name(row, companyPaymentIdentifier),
		Purpose:  pipeline.Purpose(d.choice(row, companyPaymentPurpose, 0, pipeline.Purposes())),
		EndToEnd: d.name(row, companyPaymentEndToEnd), Place: d.place(row),
	}
	p.Number = d.enterprise(row)
	if !d.failed {
		company.TakePayment(d.scatter, &p)
	}
}
