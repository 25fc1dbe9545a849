package payments

import (
	"errors"
	"fmt"
	"strings"

	"regul/pipeline"
	"regul/writers/fund"
)

// maxBatch bounds the name of a batch, in characters: the identifier of a message fills its 35 with the mark of a specimen,
// the name, and a letter and five digits.
const maxBatch = maxIdentifier - len(specimenMark) - len("-R00001")

// specimenMark begins the identifiers of what must not be sent.
const specimenMark = "SPECIMEN-"

// sender is what every file of a batch says of the fund and of the batch.
type sender struct {
	batch                                    latin
	specimen                                 bool
	asOf, executeOn                          pipeline.Date
	name, enterprise, account, bic, creditor latin
	address                                  address
}

// newSender prepares and checks it.
func newSender(s *Settings) (sender, error) {
	if err := s.Fund.Check(); err != nil {
		return sender{}, err
	}
	f, language := s.Fund, max(s.Language, 1)
	account, ok := parseAccount(f.IBAN)
	from := sender{
		batch: latin(s.Batch), specimen: f.Specimen, asOf: s.AsOf, executeOn: ExecutionDate(s.AsOf),
		name: toLatin(f.Name.In(language), maxName), enterprise: latin(f.Enterprise), account: account, bic: latin(f.BIC),
		creditor: latin(f.CreditorID), address: newAddress(f.Street.In(language), f.Postcode, f.City.In(language), f.Country),
	}
	switch {
	case !ok:
		return from, errors.New("fund.iban: is no account number: check its digits")
	case from.name == "":
		return from, errors.New("fund.name: has no letter that a payment file can hold")
	case !from.address.whole():
		return from, errors.New("fund.city, fund.country: payment files need a town, and a country in two capitals such as BE")
	case len(s.Batch) > maxBatch || !isIdentifier(s.Batch):
		return from, fmt.Errorf("payments: the name of the batch must be 1 to %d characters of the set of SEPA", maxBatch)
	case s.DueDate != 0 && CollectionDate(s.DueDate) <= from.executeOn:
		return from, fmt.Errorf("payments: what falls due on %s can't be collected after %s", s.DueDate, s.AsOf)
	}
	return from, nil
}

// Own is what every payment file says of the fund: who pays from which account, and under which identifier it collects.
type Own struct {
	Name     string `json:"name"`
	Account  string `json:"account"`
	Bank     string `json:"bank"`
	Creditor string `json:"creditor,omitempty"`
}

// OwnOf is what the payment files of a fund say of it, in the language in which they name it.
func OwnOf(f *fund.Fund) Own {
	account, _ := parseAccount(f.IBAN)
	return Own{string(toLatin(f.Name.In(1), maxName)), string(account), f.BIC, f.CreditorID}
}

// message is the identifier of a file: the batch, R or C for its kind, and its number among the files of that kind.
func (s *sender) message(kind Kind, number int) latin {
	mark := ""
	if s.specimen {
		mark = specimenMark
	}
	return latin(fmt.Sprintf("%s%s-%c%05d", mark, s.batch, letters[kind], number))
}

// transaction is the end-to-end identifier of a transaction: the batch, R or C, and its number in the batch among those of
// its kind. Neither dossiers nor references would do: nothing makes them unique.
func (s *sender) transaction(kind Kind, number int) latin {
	id := make([]byte, 0, maxIdentifier)
	id = append(append(id, s.batch...), '-', letters[kind])
	return latin(fmt.Appendf(id, "%07d", number))
}

// letters tell the kinds apart in identifiers.
var letters = [KindCount]byte{Refund: 'R', Claim: 'C'}

// address is a structured postal address (EPC153-22).
type address struct{ street, postcode, town, country latin }

func newAddress(street, postcode, town, country string) address {
	a := address{toLatin(street, maxStreet), toLatin(postcode, maxPostcode), toLatin(town, maxTown), ""}
	if len(country) == 2 && country[0] >= 'A' && country[0] <= 'Z' && country[1] >= 'A' && country[1] <= 'Z' {
		a.country = latin(country)
	}
	return a
}

func debtorAddress(c *pipeline.Contact) address {
	return newAddress(c.Street, c.Postcode, c.City, c.Country)
}

// whole says whether the address has what none may miss.
func (a address) whole() bool { return a.town != "" && a.country != "" }

// MessageOf is the MsgId of the file of a batch in which the index has a transaction; "" where it has it in none.
func MessageOf(batch, file, transaction string) string {
	number := strings.TrimSuffix(file[strings.LastIndexByte(file, '-')+1:], ".xml")
	if _, own := pipeline.OwnTransfer(transaction); file == "" || !own {
		return ""
	}
	return batch + transaction[len(batch):len(batch)+len("-R")] + number
}
