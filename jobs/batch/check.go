package batch

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/csv"
	"regul/readers/table"
	"regul/writers/notice"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Sums are what the files of a batch hold, as read back from them. Amounts in cents.
type Sums struct {
	regularisations, quarters, terms, rejects  int64
	rejectLines                                int64 // of the rejects as CSV
	definitive, called, supplement, cancelled  money.Cents
	toPay, refund, surcharge, netIncome        money.Cents
	quarterDefinitive, quarterCalled           money.Cents
	surchargeTotal, lateSurcharge, termAmounts money.Cents
	entries, notices, balances                 int64
	open, credits, unseen                      money.Cents
	void, voidLines                            int64 // collections made void, in the table and in the list
	voidAmount                                 money.Cents
	debit, credit                              money.Cents
	noticeClaim, noticePayout                  money.Cents
	refunds, claims                            money.Cents // of the payment index
	companies                                  bool        // years have no quarters

	confirmations int64
	confirmed     map[string]int64 // of them, by status
}

func (s *Sums) add(o *Sums) {
	s.regularisations += o.regularisations
	s.quarters += o.quarters
	s.terms += o.terms
	s.rejects += o.rejects
	s.rejectLines += o.rejectLines
	s.definitive += o.definitive
	s.called += o.called
	s.supplement += o.supplement
	s.cancelled += o.cancelled
	s.toPay += o.toPay
	s.refund += o.refund
	s.surcharge += o.surcharge
	s.netIncome += o.netIncome
	s.quarterDefinitive += o.quarterDefinitive
	s.quarterCalled += o.quarterCalled
	s.surchargeTotal += o.surchargeTotal
	s.lateSurcharge += o.lateSurcharge
	s.termAmounts += o.termAmounts
	s.entries += o.entries
	s.balances += o.balances
	s.void += o.void
	s.voidLines += o.voidLines
	s.voidAmount += o.voidAmount
	s.open += o.open
	s.credits += o.credits
	s.unseen += o.unseen
	s.notices += o.notices
	s.debit += o.debit
	s.credit += o.credit
	s.noticeClaim += o.noticeClaim
	s.noticePayout += o.noticePayout
	s.refunds += o.refunds
	s.claims += o.claims
	s.companies = s.companies || o.companies
	s.confirmations += o.confirmations
	if o.confirmed != nil { // one file has them all
		s.confirmed = o.confirmed
	}
}

// ColumnSum adds one column of a table up.
type ColumnSum struct {
	Name string
	To   *money.Cents
}

// CheckFiles reads files of a batch back, holds each against its digest and its order, adds what they hold to the
// total, and sets the number of their rows. folder is where the files are.
func CheckFiles(total *Sums, storage storage.Storage, folder string, files []ManifestFile, workers int) error {
	var mutex sync.Mutex
	var group errgroup.Group
	group.SetLimit(workers)
	for i := range files {
		group.Go(func() error {
			s, err := checkFile(storage, folder, &files[i])
			if err != nil {
				return fmt.Errorf("read back %s: %w", files[i].Path, err)
			}
			mutex.Lock()
			defer mutex.Unlock()
			total.add(s)
			return nil
		})
	}
	return group.Wait()
}

func checkFile(storage storage.Storage, folder string, f *ManifestFile) (*Sums, error) {
	file, err := storage.Open(folder + "/" + f.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sum, err := Digest(file)
	if err != nil {
		return nil, err
	}
	if sum != f.SHA256 {
		return nil, fmt.Errorf("the bytes are not the ones that were written")
	}
	var s Sums
	if strings.HasSuffix(f.Path, ".pdf") || strings.HasSuffix(f.Path, ".xml") || f.Path == ReportName {
		return &s, nil // their indexes are checked
	}
	name, _, _ := strings.Cut(f.Path, "/")
	switch name {
	case tables.RegularisationsTable:
		s.regularisations, err = addUp(file, 1, []ColumnSum{{"definitive", &s.definitive}, {"called", &s.called},
			{"supplement", &s.supplement}, {"cancelled", &s.cancelled}, {"to_pay", &s.toPay}, {"refund", &s.refund},
			{"surcharge", &s.surcharge}, {"surcharge_total", &s.surchargeTotal}, {"late_surcharge", &s.lateSurcharge}, {"net_income", &s.netIncome}})
		f.Rows = s.regularisations
	case tables.QuartersTable:
		s.quarters, err = addUp(file, 4, []ColumnSum{{"definitive", &s.quarterDefinitive}, {"called", &s.quarterCalled}})
		f.Rows = s.quarters
	case tables.SurchargesTable:
		s.terms, err = addUp(file, maxTerms, []ColumnSum{{"amount", &s.termAmounts}})
		f.Rows = s.terms
	case tables.CompaniesTable:
		s.companies = true
		s.regularisations, err = AddUpBy(file, "enterprise", 10, 1, []ColumnSum{{"definitive", &s.definitive}, {"called", &s.called},
			{"supplement", &s.supplement}, {"cancelled", &s.cancelled}, {"to_pay", &s.toPay}, {"refund", &s.refund}, {"surcharge", &s.surcharge}})
		f.Rows = s.regularisations
	case tables.CompanyEntriesTable:
		s.entries, err = AddUpBy(file, "enterprise", 10, maxTerms, []ColumnSum{{"debit", &s.debit}, {"credit", &s.credit}})
		f.Rows = s.entries
	case tables.RejectsTable, tables.CompanyRejectsTable:
		if strings.HasSuffix(f.Path, ".csv") {
			s.rejectLines, err = CountRejects(file)
			f.Rows = s.rejectLines
			break
		}
		err = EachBlock(file, []table.Column{{Name: "source", Kind: table.Text}, {Name: "code", Kind: table.Text}},
			func(b *table.Block) error { s.rejects += int64(b.Rows); return nil })
		f.Rows = s.rejects
	case tables.EntriesTable:
		s.entries, err = addUp(file, maxTerms, []ColumnSum{{"debit", &s.debit}, {"credit", &s.credit}})
		f.Rows = s.entries
	case tables.BalancesTable:
		s.balances, err = addUp(file, 1, []ColumnSum{{"open", &s.open}, {"credit", &s.credits}, {"unseen", &s.unseen}})
		f.Rows = s.balances
	case notice.IndexTable, notice.CompanyIndexTable:
		err = EachBlock(file, []table.Column{{Name: "claim", Kind: table.Amount}, {Name: "payout", Kind: table.Amount}}, func(b *table.Block) error {
			s.notices += int64(b.Rows)
			for row := range b.Rows {
				s.noticeClaim += money.Cents(b.Columns[0].Ints[row])
				s.noticePayout += money.Cents(b.Columns[1].Ints[row])
			}
			return nil
		})
		f.Rows = s.notices
	case payments.Folder, path.Dir(payments.CompanyIndex.File):
		switch f.Path {
		case payments.CancellationsFile:
			s.void, err = addUp(file, maxTerms, []ColumnSum{{"amount", &s.voidAmount}})
			f.Rows = s.void
			return &s, err
		case payments.ConfirmationsFile:
			err = s.countConfirmed(file)
			f.Rows = s.confirmations
			return &s, err
		case payments.CancellationsList:
			s.voidLines, err = countLines(file, []table.Column{{Name: "end_to_end", Kind: table.Text}, {Name: "amount", Kind: table.Amount}})
			f.Rows = s.voidLines
			return &s, err
		}
		err = EachBlock(file, []table.Column{{Name: "kind", Kind: table.Text}, {Name: "amount", Kind: table.Amount}}, func(b *table.Block) error {
			f.Rows += int64(b.Rows)
			for row := range b.Rows {
				sum := &s.refunds
				if string(b.Columns[0].Texts[row]) == payments.Claim.String() {
					sum = &s.claims
				}
				*sum += money.Cents(b.Columns[1].Ints[row])
			}
			return nil
		})
	}
	return &s, err
}

// maxTerms bounds the terms of one surcharge: 7 % and 3 % a quarter over the years before the limitation, or longer
// when it was interrupted.
const maxTerms = 1 << 16

// addUp adds columns of a table up and makes sure that it is sorted by national number, with at most so many rows for each.
func addUp(file storage.ReadFile, perNumber int, columns []ColumnSum) (rows int64, err error) {
	return AddUpBy(file, "niss", 11, perNumber, columns)
}

// AddUpBy is addUp of a table that is sorted by a number of so many digits.
func AddUpBy(file storage.ReadFile, number string, digits, perNumber int, columns []ColumnSum) (rows int64, err error) {
	wanted := []table.Column{{Name: number, Kind: table.Text}}
	for _, c := range columns {
		wanted = append(wanted, table.Column{Name: c.Name, Kind: table.Amount})
	}
	last := make([]byte, digits)
	same := 0
	err = EachBlock(file, wanted, func(b *table.Block) error {
		rows += int64(b.Rows)
		for row, niss := range b.Columns[0].Texts[:b.Rows] {
			order := bytes.Compare(niss, last)
			if same++; order > 0 {
				same = 1
				copy(last, niss)
			}
			if order < 0 || same > perNumber || len(niss) != len(last) {
				return fmt.Errorf("row %d is out of order", b.First+int64(row))
			}
		}
		for i := range columns {
			for _, cents := range b.Columns[i+1].Ints[:b.Rows] {
				*columns[i].To += money.Cents(cents)
			}
		}
		return nil
	})
	return rows, err
}

// Sum is what the files hold of something, and what the run decided.
type Sum struct {
	Name         string
	File, Totals int64
}

// Agree holds what the files hold against what the run decided. The batch may go without notices and payments.
func (s *Sums) Agree(t *pipeline.Totals, rejects int64, confirmed map[string]int64, notices, payments bool) error {
	sums := []Sum{
		{"regularisations", s.regularisations, t.Regularisations}, {"quarters", s.quarters, t.Quarters},
		{"surcharge terms", s.terms, t.SurchargeTerms}, {"rejects", s.rejects, rejects},
		{"rejects as CSV", s.rejectLines, rejects},
		{"definitive", int64(s.definitive), int64(t.Definitive)}, {"called", int64(s.called), int64(t.Called)},
		{"supplement", int64(s.supplement), int64(t.Supplement)}, {"cancelled", int64(s.cancelled), int64(t.Cancelled)},
		{"to pay", int64(s.toPay), int64(t.ToPay)}, {"refund", int64(s.refund), int64(t.Refund)},
		{"surcharge", int64(s.surcharge), int64(t.Surcharge)}, {"net income", int64(s.netIncome), int64(t.NetIncome)},
		{"amounts of the surcharge terms", int64(s.termAmounts), int64(s.surchargeTotal + s.lateSurcharge)},
		{"late surcharge", int64(s.lateSurcharge), int64(t.LateSurcharge)},
		{"balances", s.balances, t.Balances}, {"open", int64(s.open), int64(t.Open)}, {"credits", int64(s.credits), int64(t.Credits)},
		{"unseen transfers", int64(s.unseen), int64(t.Unseen)},
		{"entries", s.entries, t.Entries}, {"debit", int64(s.debit), int64(t.Debit)}, {"credit", int64(s.credit), int64(t.Credit)},
	}
	if !s.companies {
		sums = append(sums, Sum{"definitive of the quarters", int64(s.quarterDefinitive), int64(t.Definitive)},
			Sum{"called of the quarters", int64(s.quarterCalled), int64(t.Called)})
	}
	for _, status := range pipeline.ConfirmationStatuses()[1:] {
		sums = append(sums, Sum{"confirmations: " + status, s.confirmed[status], confirmed[status]})
	}
	if notices {
		sums = append(sums, Sum{"notices", s.notices, t.Notices}, Sum{"claims of the notices", int64(s.noticeClaim), int64(t.Claim)},
			Sum{"payouts of the notices", int64(s.noticePayout), int64(t.Payout)})
	}
	if payments {
		sums = append(sums, Sum{"claims of the payments", int64(s.claims), int64(t.Claim)}, Sum{"refunds of the payments", int64(s.refunds), int64(t.Payout)},
			Sum{"collections made void", s.void, t.VoidCollections}, Sum{"the list of collections made void", s.voidLines, t.VoidCollections},
			Sum{"amounts of collections made void", int64(s.voidAmount), int64(t.Void)})
	}
	return FirstDifference(sums)
}

// FirstDifference is the first sum of which the files hold something else than the run decided.
func FirstDifference(sums []Sum) error {
	for _, sum := range sums {
		if sum.File != sum.Totals {
			return fmt.Errorf("control totals: the files hold %d for %s, the run decided %d", sum.File, sum.Name, sum.Totals)
		}
	}
	return nil
}

// CountRejects reads a CSV file of rejects back: every row must have the columns of the input and those of rejects.
func CountRejects(file storage.ReadFile) (rows int64, err error) {
	var columns []table.Column
	for _, name := range RejectsHeader {
		columns = append(columns, table.Column{Name: name, Kind: table.Text})
	}
	return countLines(file, columns)
}

// countLines reads a CSV file back: every row must have the columns, and something in the first.
func countLines(file storage.ReadFile, columns []table.Column) (rows int64, err error) {
	source, err := csv.Open(io.NewSectionReader(file, 0, file.Size()), columns)
	if err != nil {
		return 0, err
	}
	var block table.Block
	for {
		more, err := source.Next(&block)
		if err != nil || !more {
			return rows, err
		}
		for row := range block.Rows {
			if block.Torn[row] || block.Columns[0].States[row] != table.Value {
				return 0, fmt.Errorf("row %d is torn", block.First+int64(row))
			}
		}
		rows += int64(block.Rows)
	}
}
