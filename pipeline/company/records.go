package company

import (
	"cmp"
	"math"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Facts are what a row says that decides amounts. A row with the facts of a published version was settled already.
type Facts struct {
	Balance   money.Cents // total of the balance sheet of the penultimate closed financial year; NoBalance: there is none yet
	CreatedOn pipeline.Date
	Exemption Exemption
	Called    money.Cents // called for the year so far
	Paid      money.Cents // paid for the year so far; what the fund gave back is not deducted
}

// NoBalance is the balance total of a company without a penultimate closed financial year.
const NoBalance money.Cents = -1

// NoDay is a day that is not known.
const NoDay pipeline.Date = math.MinInt32

// MaxBalance is the largest balance total, in cents: what a column of incomes holds.
const MaxBalance money.Cents = 99_999_999_999_999

// Row is one company and contribution year as an input has it.
type Row struct {
	Facts
	Number   Number
	Year     int16
	Language pipeline.Language
	Contact  Contact
	PaidOn   pipeline.OptionalDate // when Paid came in
	Place    rows.Place
}

// Contact is how the company is written to and paid: name, street, postcode, city, country and IBAN, any of which may be empty,
// in one text, because half a million of them wait in memory. A mandate and its day come after them where there are any.
type Contact string

// contactFields is how many texts a contact has at least, and with a mandate; they are parted by a byte that no cell holds.
const (
	contactFields = 6
	mandateFields = 8
	contactBreak  = "\x00"
)

// NewContact is a contact of its texts.
func NewContact(name, street, postcode, city, country, iban string) Contact {
	return Contact(strings.Join([]string{name, street, postcode, city, country, iban}, contactBreak))
}

// WithMandate is the contact with a mandate for collections and the day on which it was signed; both may be missing.
func (c Contact) WithMandate(mandate string, signed pipeline.OptionalDate) Contact {
	if mandate == "" && signed == 0 {
		return c
	}
	return c + contactBreak + Contact(mandate) + contactBreak + Contact(signed.String())
}

// Affiliate is the contact as the letters know it.
func (c Contact) Affiliate() pipeline.Contact {
	f := strings.SplitN(string(c), contactBreak, mandateFields)
	if len(f) < contactFields {
		return pipeline.Contact{}
	}
	contact := pipeline.Contact{LastName: f[0], Street: f[1], Postcode: f[2], City: f[3], Country: f[4], IBAN: f[5]}
	if len(f) == mandateFields {
		contact.Mandate = f[6]
		contact.MandateSignedOn, _ = pipeline.ParseDate([]byte(f[7]))
	}
	return contact
}

// key orders rows by company and year.
func (r *Row) key(o *Row) int {
	return cmp.Or(cmp.Compare(r.Number, o.Number), cmp.Compare(r.Year, o.Year))
}

// Compare orders rows by company, year and everything else they say: two rows with 0 are equal in every column.
func (r *Row) Compare(o *Row) int {
	return cmp.Or(r.key(o), cmp.Compare(r.Balance, o.Balance), cmp.Compare(r.CreatedOn, o.CreatedOn),
		cmp.Compare(r.Exemption, o.Exemption), cmp.Compare(r.Called, o.Called), cmp.Compare(r.Paid, o.Paid),
		cmp.Compare(r.Language, o.Language), cmp.Compare(r.Contact, o.Contact), cmp.Compare(r.PaidOn, o.PaidOn))
}

// Prior is a version of a company's year that a published batch holds. Amounts are cents.
type Prior struct {
	Facts
	Number     Number
	Year       int16
	Version    int32
	Definitive money.Cents
	Refund     money.Cents // given back by this version
	Surcharge  money.Cents // claimed by this version; negative: a claim that it took back
	Months     int64       // started since the due date when it was notified
	NotifiedOn pipeline.Date
}
