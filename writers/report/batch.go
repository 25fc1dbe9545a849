package report

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// Batch is what a batch says of itself. Lists are shown in the order in which they are given, unless said otherwise.
type Batch struct {
	Name       string            // such as 2026-06-30-93171ce0
	AsOf       string            // the day of the notices, ISO 8601
	LawVersion string            // as the manifest has it
	Fees       map[string]string // percent, by contribution year
	Settings   []Setting         // other parameters of the run
	Ledger     int               // published batches on which it builds
	Specimen   bool              // the fund is fictitious
	Language   string            // of the page: one of Languages; "" is English
	Companies  bool              // the batch is of companies: without incomes and statements of them

	Inputs        []Input
	Counts        []Fates // by input
	ControlTotals []Total // named as in the manifest; shown in an order of reading
	Rejects       []Code
	Notices       []Letters // by language; nil: the batch was made without letters
	NotPostable   []Count   // letters that can't be posted, by reason
	Payments      []Payment // by kind and status; nil: the batch was made without payment files
	Files         []File    // of the batch; shown by folder
	Previous      *Previous // nil: there is none
}

// Setting is a parameter of the run.
type Setting struct{ Name, Value string }

// Input is one file that came in.
type Input struct {
	Input  string // affiliates, account, ...
	Source string // its name
	Rows   int64
	Size   int64  // bytes
	SHA256 string // hexadecimal
}

// Fates say what became of the rows of an input: Read is the sum of the others.
type Fates struct {
	Input                                                         string
	Read, Settled, Superseded, AlreadySettled, Repeated, Rejected int64
}

// Total is a control total, in cents.
type Total struct {
	Name  string
	Cents money.Cents
}

// Code is a reject code of the batch. No example may hold a national number, a name or an account number.
type Code struct {
	Code     string
	Rows     int64
	Remedy   string // what to do; empty: what Remedy says
	Examples []Example
}

// Example is one rejected row: where it stands, and the message.
type Example struct {
	Source  string
	Row     int64
	Message string
}

// Count is how many of something.
type Count struct {
	Name string
	Rows int64
}

// Letters are the letters in a language: pages, sheets of paper printed on both sides, and what the post takes for those that can be
// posted, in cents; 0 where it is unknown.
type Letters struct {
	Language string
	Letters  int64
	Pages    int64
	Sheets   int64
	Postage  money.Cents
}

// Payment is what became of refunds or claims: only those whose status is "sent" are in a payment file. Cents.
type Payment struct {
	Kind   string // refund or claim
	Status string // as in payments/index.parquet
	Rows   int64
	Amount money.Cents
}

// File is one file of the batch.
type File struct {
	Path string // in the batch
	Rows int64
	Size int64 // bytes
}

// Previous is the batch that was published before.
type Previous struct {
	Name, AsOf string
	Notices    int64
	Rejects    int64
	Outcomes   [pipeline.OutcomeCount]int64
	Totals     []Total // named as those of the batch
}

// Regularisations is how many the previous batch holds.
func (p *Previous) Regularisations() int64 {
	var rows int64
	for _, n := range p.Outcomes {
		rows += n
	}
	return rows
}

// total finds a control total by its name.
func total(totals []Total, name string) (money.Cents, bool) {
	for _, t := range totals {
		if t.Name == name {
			return t.Cents, true
		}
	}
	return 0, false
}
