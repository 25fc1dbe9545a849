package readers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/readers/table"
)

// The columns of the companies, in the order of the contract; the reader refers to them by these positions.
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

var companyFields = []field{
	{Column: table.Column{Name: "enterprise", Kind: table.Text, Digits: 10, Key: true}, optional: true}, // checked after the others
	freeText("name"), code("language", mustBeLanguage), integer("year", mustBeYear), maybe(amount("balance_total")), maybe(date("created_on")),
	freeText("exemption"), amount("called"), amount("paid"), freeText("street"), freeText("postcode"), freeText("city"),
	freeText("country"), freeText("iban"), added(freeText("mandate")), added(date("mandate_signed_on")), added(date("paid_on")),
}

// enterpriseDigits is the length of an enterprise number.
const enterpriseDigits = 10

// The texts of what a cell of a company must be.
const (
	mustBeBalance   = "must be empty, or from 0 to 999 999 999 999.99 EUR"
	mustBeExemption = "must be empty, starter, inactive, bankruptcy or liquidation"
	mustBeCreated   = "a starter's exemption needs the day of its creation"
	mustBeSum       = "must be from 0 to 1 000 000 000.00 EUR"

	becauseEnterprise pipeline.Reason = "column enterprise: must be an enterprise number of 10 digits that begins with 0 or 1 and whose check digits are right"
)

// CompanyColumns lists the names of the columns of the companies, in the order of the contract.
func CompanyColumns() []string { return names(columnsOf(companyFields)) }

// CompanyParts is Parts of a file of companies. Its File.Input has no meaning.
func CompanyParts(f *File) ([]Part, error) { return partsOf(f, columnsOf(companyFields)) }

// Companies is what a part of a file of companies holds.
type Companies struct {
	Rows    []company.Row
	Rejects []company.Reject
	Unread  []uint64 // a hash of the text of each reject
	Unknown []string // columns that are not used
}

// ReadCompanies reads every row of a part. An error names the file.
func (p Part) ReadCompanies(ctx context.Context, progress Progress) (*Companies, error) {
	source, closeSource, err := p.source()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.file.Name, err)
	}
	defer closeSource()
	d := companyDecoder{source: source, file: p.file.Number, to: &Companies{Unknown: source.Unknown()}}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		more, err := source.Next(&d.block)
		if err != nil {
			return nil, fmt.Errorf("%s: after row %d: %w", p.file.Name, d.block.First-1, err)
		}
		if !more {
			return d.to, nil
		}
		for row := range d.block.Rows {
			if code, reason := d.take(row); code != company.Accepted {
				d.reject(row, code, reason)
			}
		}
		progress(d.block.Rows)
	}
}

// companyDecoder turns the rows of a block into companies.
type companyDecoder struct {
	source table.Source
	block  table.Block
	file   int32
	to     *Companies
}

// take reads a row, or says what is wrong with it.
func (d *companyDecoder) take(row int) (company.Code, pipeline.Reason) {
	if d.block.Torn[row] {
		return company.BadRow, tornReason(&d.block, row)
	}
	for i := range companyFields {
		state := d.block.Columns[i].States[row]
		if state == table.Unreadable || state == table.Empty && !companyFields[i].optional {
			code, reason := badCell(i, companyFields[i].must)
			return code, withCause(reason, d.block.Columns[i].Cause(row))
		}
	}
	r := company.Row{
		Facts: company.Facts{Balance: company.NoBalance, CreatedOn: company.NoDay, Called: d.cents(companyCalled, row), Paid: d.cents(companyPaid, row)},
		Year:  int16(d.block.Columns[companyYear].Ints[row]), Place: rows.Place{File: d.file, Row: d.block.First + int64(row)},
	}
	if year := d.block.Columns[companyYear].Ints[row]; year < pipeline.FirstYear || year > pipeline.LastYear {
		return badCell(companyYear, mustBeYear)
	}
	language := codeOf(pipeline.Languages(), d.text(companyLanguage, row))
	if language <= 0 {
		return badCell(companyLanguage, mustBeLanguage)
	}
	r.Language = pipeline.Language(language)
	if d.block.Columns[companyBalance].States[row] == table.Value {
		if r.Balance = d.cents(companyBalance, row); r.Balance < 0 || r.Balance > company.MaxBalance {
			return badCell(companyBalance, mustBeBalance)
		}
	}
	if d.block.Columns[companyCreated].States[row] == table.Value {
		r.CreatedOn = pipeline.Date(d.block.Columns[companyCreated].Ints[row])
	}
	exemption := codeOf(company.Exemptions(), d.text(companyExemption, row))
	if exemption < 0 {
		return badCell(companyExemption, mustBeExemption)
	}
	if r.Exemption = company.Exemption(exemption); r.Exemption == company.Starter && r.CreatedOn == company.NoDay {
		return badCell(companyCreated, mustBeCreated)
	}
	for _, column := range []int{companyCalled, companyPaid} {
		if cents := d.cents(column, row); cents < 0 || !pipeline.InRange(cents) {
			return badCell(column, mustBeSum)
		}
	}
	number, ok := company.ParseNumber(d.block.Columns[companyNumber].Texts[row])
	if !ok {
		return company.BadEnterprise, withCause(becauseEnterprise, causeOfNumber(d.block.Columns[companyNumber].Texts[row], enterpriseDigits))
	}
	r.Number = number
	r.Contact = company.NewContact(d.text(companyName, row), d.text(companyStreet, row), d.text(companyPostcode, row),
		d.text(companyCity, row), d.text(companyCountry, row), d.text(companyIBAN, row)).WithMandate(d.text(companyMandate, row), d.date(companySigned, row))
	r.PaidOn = d.date(companyPaidOn, row)
	d.to.Rows = append(d.to.Rows, r)
	return company.Accepted, ""
}

// codeOf is the position of a code in a closed list, or -1.
func codeOf(codes []string, text string) int { return slices.Index(codes, text) }

func badCell(column int, must string) (company.Code, pipeline.Reason) {
	return company.BadValue, pipeline.Reason("column " + companyFields[column].Name + ": " + must)
}

func (d *companyDecoder) cents(column, row int) money.Cents {
	return money.Cents(d.block.Columns[column].Ints[row])
}

// text is a cell without the byte that parts the texts of a contact. It is valid until the next block.
func (d *companyDecoder) text(column, row int) string {
	if d.block.Columns[column].States[row] != table.Value {
		return ""
	}
	text := borrow(d.block.Columns[column].Texts[row])
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", " ")
	}
	return text
}

// date is a day, or none for an empty cell.
func (d *companyDecoder) date(column, row int) pipeline.OptionalDate {
	if d.block.Columns[column].States[row] != table.Value {
		return 0
	}
	return pipeline.Date(d.block.Columns[column].Ints[row]).Some()
}

// reject notes a row that can't be read, with as much as can be known of it.
func (d *companyDecoder) reject(row int, code company.Code, reason pipeline.Reason) {
	r := company.Reject{Code: code, Reason: reason, Place: rows.Place{File: d.file, Row: d.block.First + int64(row)}}
	if !d.block.Torn[row] {
		r.Number, _ = company.ParseNumber(d.block.Columns[companyNumber].Texts[row])
		v := &d.block.Columns[companyYear]
		if v.States[row] == table.Value && v.Ints[row] >= pipeline.FirstYear && v.Ints[row] <= pipeline.LastYear {
			r.Year = int16(v.Ints[row])
		}
	}
	d.to.Rejects = append(d.to.Rejects, r)
	d.to.Unread = append(d.to.Unread, xxh3.Hash(d.source.RowText(row)))
}
