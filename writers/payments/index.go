package payments

import (
	"io"
	"path"
	"slices"

	"regul/pipeline"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// The columns of the index that say whose a row is, and those that follow.
const (
	indexNumber = iota
	indexDossier
)

const (
	indexYear = iota
	indexKind
	indexAmount
	indexSurcharge
	indexStatus
	indexFile
	indexTransaction
	indexReference
	indexDueOn
	indexReason
	indexName
	indexIBAN
	indexMandate
	indexSignedOn
	indexHolder
)

// IndexTable is the name of the index of people, CompanyIndexTable that of companies.
const (
	IndexTable        = "payments"
	CompanyIndexTable = "company_payments"
)

// Index is the table of refunds and claims. Its first columns say whose each is.
type Index struct {
	File  string // its path in the batch
	Whose string // the column by which the rows of somebody are told: the dossier, which keeps when a number is replaced, or the number

	// Further tables. Each is there if there is anything in it.
	Freed         string // what earlier batches held and this one sends
	Cancellations string // collections of earlier batches that the bank must not make any more; beside it CancellationsList, for the bank
	Confirmations string // what the bank said, and no earlier batch holds

	about  dictionary.Table
	schema *parquet.Schema
	freed  *parquet.Schema
	whose  int   // columns before the year: the number, and the dossier, which companies do not have
	digits uint8 // of a number
}

// The tables of refunds and claims, by subject.
var (
	PeopleIndex = newIndex(dictionary.Table{
		Name: IndexTable, Meaning: "One row for each refund and claim of the batch, see [payments.md](payments.md).",
		Columns: []dictionary.Column{
			{Column: parquet.Column{Name: "niss", Type: parquet.Text}, Meaning: "national number, 11 digits"},
			{Column: parquet.Column{Name: "dossier", Type: parquet.Text}, Meaning: "file number at the fund"},
		},
	}, "AR 38 art. 11bis", "dossier", 11)
	CompanyIndex = newIndex(dictionary.Table{
		Name: CompanyIndexTable, Meaning: "One row for each refund and claim of a batch of companies, see [payments.md](payments.md).",
		Columns: []dictionary.Column{
			{Column: parquet.Column{Name: "enterprise", Type: parquet.Text}, Meaning: "enterprise number, 10 digits"},
		},
	}, "law of 30-12-1992 art. 93", "enterprise number", 10)
)

// newIndex completes an index that has the columns that say whose a row is, the number first. surcharges is their article, named is what
// the structured communication is made of, beside the year.
func newIndex(about dictionary.Table, surcharges, named string, digits uint8) *Index {
	whose := len(about.Columns)
	about.Path, about.InBatch = path.Join(about.Name, "index.parquet"), true
	about.Key = []string{"batch", about.Columns[indexNumber].Name, "contribution_year", "kind"}
	about.Columns = append(about.Columns, transferColumns(surcharges, named)...)
	freed := about
	freed.Columns = append(slices.Clone(about.Columns), dictionary.Column{Column: parquet.Column{Name: "held_in", Type: parquet.Text}})
	in := func(name string) string { return path.Join(about.Name, name) }
	return &Index{File: about.Path, Whose: about.Columns[whose-1].Name, Freed: in("freed.parquet"), Cancellations: in("cancellations.parquet"),
		Confirmations: in("confirmations.parquet"), about: about, schema: about.Schema(), freed: freed.Schema(), whose: whose,
		digits: digits}
}

// numbered is the schema of a table whose rows begin with those of the index that say whose each is: so many of them.
func (x *Index) numbered(name string, whose int, columns []parquet.Column) *parquet.Schema {
	return parquet.NewSchema(name, append(x.about.Plain()[:min(whose, x.whose):min(whose, x.whose)], columns...))
}

// transferColumns are the columns of a refund or claim: the same for people and companies, except the article of the surcharges and what
// the structured communication is made of.
func transferColumns(surcharges, named string) []dictionary.Column {
	return []dictionary.Column{
		{Column: parquet.Column{Name: "contribution_year", Type: parquet.Integer}, Meaning: "the year refunded or claimed"},
		{Column: parquet.Column{Name: "kind", Type: parquet.Code, Codes: kinds},
			Meaning: "direction of the money: out of the fund, or to it"},
		{Column: parquet.Column{Name: "amount", Type: parquet.Amount},
			Meaning: "what is refunded or claimed, offsets and surcharge included"},
		{Column: parquet.Column{Name: "surcharge", Type: parquet.Amount},
			Meaning: "part of `amount` that is a surcharge (or one given back)", Article: surcharges},
		{Column: parquet.Column{Name: "status", Type: parquet.Code, Codes: statuses}, Meaning: "only what is `sent` is in a payment file"},
		{Column: parquet.Column{Name: "file", Type: parquet.Text, Optional: true}, Meaning: "the payment file, its path in the batch"},
		{Column: parquet.Column{Name: "transaction", Type: parquet.Text, Optional: true}, Meaning: "`EndToEndId` in that file"},
		{Column: parquet.Column{Name: "reference", Type: parquet.Text}, Meaning: "structured communication of " + named +
			" and year, 12 digits"},
		{Column: parquet.Column{Name: "due_on", Type: parquet.Date, Optional: true},
			Meaning: "day of execution or collection of what is sent, due date of another claim; null for a refund that is not sent"},
		{Column: parquet.Column{Name: "reason", Type: parquet.Code, Codes: Reasons(), Optional: true},
			Meaning: "why it is `held`: what the register holds, or a limit of the configuration"},
		{Column: parquet.Column{Name: "name", Type: parquet.Text, Optional: true}, Local: true,
			Meaning: "holder of the account in that file"},
		{Column: parquet.Column{Name: "iban", Type: parquet.Text, Optional: true}, Local: true, Meaning: "account in that file"},
		{Column: parquet.Column{Name: "mandate", Type: parquet.Text, Optional: true}, Local: true,
			Meaning: "mandate of a collection in that file"},
		{Column: parquet.Column{Name: "mandate_signed_on", Type: parquet.Date, Optional: true}, Local: true,
			Meaning: "day on which it was signed"},
	}
}

// Dictionary describes the indexes of people and of companies.
func Dictionary() []dictionary.Table {
	return []dictionary.Table{PeopleIndex.about, CompanyIndex.about}
}

// indexWriter writes the index, or the table of what is freed, in the order in which rows are added.
type indexWriter struct {
	file  io.WriteCloser
	rows  *parquet.Writer
	whose int // columns before the year
	freed bool
}

func (x *Index) start(create func(string) (io.WriteCloser, error)) (*indexWriter, error) {
	file, err := create(x.File)
	if err != nil {
		return nil, err
	}
	return &indexWriter{file, x.schema.NewWriter(file), x.whose, false}, nil
}

func (x *Index) startFreed(create func(string) (io.WriteCloser, error)) (*indexWriter, error) {
	file, err := create(x.Freed)
	if err != nil {
		return nil, err
	}
	return &indexWriter{file, x.freed.NewWriter(file), x.whose, true}, nil
}

func (x *indexWriter) add(r *row) error {
	x.rows.Append(indexNumber, r.party.Append)
	if x.whose > indexDossier {
		x.rows.Append(indexDossier, r.party.Dossier.Append)
	}
	x.rows.Int(x.whose+indexYear, int64(r.year))
	x.rows.Int(x.whose+indexKind, int64(r.kind))
	x.rows.Int(x.whose+indexAmount, int64(r.amount))
	x.rows.Int(x.whose+indexSurcharge, int64(r.surcharge))
	x.rows.Int(x.whose+indexStatus, int64(r.status))
	x.optional(x.whose+indexFile, r.file)
	x.optional(x.whose+indexTransaction, string(r.transaction))
	x.rows.Text(x.whose+indexReference, string(r.reference))
	x.day(x.whose+indexDueOn, r.dueOn)
	if r.reason == NoReason {
		x.rows.Null(x.whose + indexReason)
	} else {
		x.rows.Present(x.whose + indexReason)
		x.rows.Int(x.whose+indexReason, int64(r.reason))
	}
	x.optional(x.whose+indexName, r.target.Name)
	x.optional(x.whose+indexIBAN, r.target.Account)
	x.optional(x.whose+indexMandate, r.target.Mandate)
	x.day(x.whose+indexSignedOn, r.target.SignedOn)
	if x.freed {
		x.rows.Text(x.whose+indexHolder, r.holder)
	}
	return x.rows.EndRow()
}

// day writes a day, or null where there is none.
func (x *indexWriter) day(column int, day pipeline.Date) {
	if day == 0 {
		x.rows.Null(column)
		return
	}
	x.rows.Present(column)
	x.rows.Int(column, int64(day))
}

func (x *indexWriter) optional(column int, text string) {
	if text == "" {
		x.rows.Null(column)
		return
	}
	x.rows.Present(column)
	x.rows.Text(column, text)
}

// close completes the index, or lets it go.
func (x *indexWriter) close(complete bool) error {
	var err error
	if complete {
		err = x.rows.Close()
	}
	if closing := x.file.Close(); err == nil {
		err = closing
	}
	return err
}
