package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"regul/jobs/storage"
	"regul/pipeline/money"
	"regul/readers/csv"
	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/payments"
	"regul/writers/tables"
)

// readBack is what is read back of a table.
type readBack struct {
	of      string   // what its rows are
	sorted  *About   // by whose number; nil: by none
	most    int      // rows of a number
	amounts []string // columns that are added up
	by      string   // a column of words, for each of which rows and amounts are told apart
}

// maxTerms bounds the rows of one number where their number is not known: the terms of one surcharge are 7 % and 3 % a quarter over the
// years before the limitation, or longer when it was interrupted.
const maxTerms = 1 << 16

// maxAmounts bounds the columns that are added up.
const maxAmounts = 10

// settledAmounts are the columns of a settled year that people and companies have.
var settledAmounts = []string{"definitive", "called", "supplement", "cancelled", "to_pay", "refund", "surcharge"}

// balanceAmounts are the columns of a balance that the control totals add up, under other names.
var balanceAmounts = []string{"open", "credit", "unseen", "surcharges_credit"}

// readBacks are what is read back of the tables, by folder, or by the path of the file where a folder has several.
var readBacks = func() map[string]readBack {
	all := map[string]readBack{}
	for _, a := range Abouts() {
		many := func(of string, amounts ...string) readBack {
			return readBack{of: of, sorted: a, most: maxTerms, amounts: amounts}
		}
		all[a.Settled] = readBack{of: "regularisations", sorted: a, most: 1, amounts: settledAmounts}
		all[a.Entries] = many("entries", "debit", "credit")
		all[a.Balances] = readBack{of: "balances", sorted: a, most: 1, amounts: balanceAmounts}
		all[a.Rejects] = readBack{of: "rejects"}
		all[a.Notices] = readBack{of: "notices", amounts: []string{"claim", "payout"}}
		all[a.Money.File] = readBack{of: "payments", by: "kind", amounts: []string{"amount"}}
		all[a.Money.Cancellations] = many("collections made void", "amount")
		all[a.Money.Confirmations] = readBack{of: "confirmations", sorted: a, most: maxTerms, by: "status"}
		all[a.Money.Freed] = many("transfers that were held", "amount")
	}
	// what people alone have
	all[tables.RegularisationsTable] = readBack{of: "regularisations", sorted: AboutPeople, most: 1,
		amounts: slices.Concat(settledAmounts, []string{"surcharge_total", "late_surcharge", "net_income"})}
	all[tables.QuartersTable] = readBack{of: "quarters", sorted: AboutPeople, most: 4, amounts: []string{"definitive", "called"}}
	all[tables.SurchargesTable] = readBack{of: "surcharge terms", sorted: AboutPeople, most: maxTerms, amounts: []string{"amount"}}
	return all
}()

// CheckFiles reads files of a batch back, holds each against its digest and its order, adds what they hold to the
// total, and sets the number of their rows. folder is where the files are.
func CheckFiles(total *Sums, store storage.Storage, folder string, files []ManifestFile, workers int) error {
	var mutex sync.Mutex
	return eachWritten(store, folder, files, workers, func(file storage.ReadFile, f *ManifestFile) error {
		s, err := checkFile(file, f)
		mutex.Lock()
		defer mutex.Unlock()
		if err == nil {
			total.add(s)
		}
		return err
	})
}

// CheckDigests holds files of a batch that others have read back against their digests.
func CheckDigests(store storage.Storage, folder string, files []ManifestFile, workers int) error {
	return eachWritten(store, folder, files, workers, func(storage.ReadFile, *ManifestFile) error { return nil })
}

// eachWritten visits files of a batch, each once its bytes are those that were written.
func eachWritten(store storage.Storage, folder string, files []ManifestFile, workers int,
	visit func(storage.ReadFile, *ManifestFile) error) error {
	var group errgroup.Group
	group.SetLimit(workers)
	for i := range files {
		group.Go(func() error {
			f := &files[i]
			file, err := store.Open(folder + "/" + f.Path)
			if err == nil {
				defer file.Close()
				var sum string
				if sum, err = Digest(file); err == nil && sum != f.SHA256 {
					err = errors.New("the bytes are not the ones that were written")
				}
			}
			if err == nil {
				err = visit(file, f)
			}
			if err != nil {
				return fmt.Errorf("read back %s: %w", f.Path, err)
			}
			return nil
		})
	}
	return group.Wait()
}

// checkFile adds up a file that is whole.
func checkFile(file storage.ReadFile, f *ManifestFile) (_ *Sums, err error) {
	var s Sums
	switch ext := path.Ext(f.Path); {
	case f.Path == payments.CancellationsList:
		f.Rows, err = countLines(file, []table.Column{{Name: "end_to_end", Kind: table.Text}, {Name: "amount", Kind: table.Amount}})
		s.plus("the list of collections made void", f.Rows)
	case ext == ".csv":
		f.Rows, err = countRejects(file)
		s.plus("rejects as CSV", f.Rows)
	case ext == ".parquet":
		folder, _, _ := strings.Cut(f.Path, "/")
		back, known := readBacks[f.Path]
		if !known {
			back, known = readBacks[folder]
		}
		if !known {
			return nil, fmt.Errorf("nobody knows the table")
		}
		opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
		if err != nil {
			return nil, err
		}
		if f.Rows, err = back.read(opened, &s); err != nil {
			return nil, err
		}
		if f.Ranges, err = rangesOf(opened); err != nil {
			return nil, err
		}
	} // of letters, payment files and the report the indexes are checked
	return &s, err
}

// backRow is a row that is read back.
type backRow struct {
	number, word []byte
	amounts      [maxAmounts]money.Cents
}

func (t *readBack) fields() (fields Fields[backRow]) {
	if t.sorted != nil {
		fields = append(fields, BorrowedField(t.sorted.Number, func(r *backRow) *[]byte { return &r.number }))
	}
	if t.by != "" {
		fields = append(fields, BorrowedField(t.by, func(r *backRow) *[]byte { return &r.word }))
	}
	for i, name := range t.amounts {
		fields = append(fields, AmountField(name, func(r *backRow) *money.Cents { return &r.amounts[i] }))
	}
	if len(fields) == 0 {
		fields = append(fields, unread[backRow]("code"))
	}
	return fields
}

// read adds a table up, makes sure that it is sorted, and counts its rows.
func (t *readBack) read(opened *parquet.File, s *Sums) (rows int64, err error) {
	all, byWord := tally{}, map[string]*tally{}
	order := orderOf{table: t}
	err = t.fields().EachIn(opened, func(r *backRow) error {
		all.take(r)
		if t.by != "" {
			of := byWord[string(r.word)]
			if of == nil {
				of = &tally{}
				byWord[string(r.word)] = of
			}
			of.take(r)
		}
		if t.sorted != nil && !order.follows(r.number) {
			return fmt.Errorf("row %d is out of order", all.rows)
		}
		return nil
	})
	all.tell(s, t.of, t.amounts)
	for word, of := range byWord {
		of.tell(s, t.of+" "+word, t.amounts)
	}
	return all.rows, err
}

// tally is what rows come to.
type tally struct {
	rows    int64
	amounts [maxAmounts]money.Cents
}

func (y *tally) take(r *backRow) {
	y.rows++
	for i := range y.amounts {
		y.amounts[i] += r.amounts[i]
	}
}

func (y *tally) tell(s *Sums, of string, amounts []string) {
	s.plus(of, y.rows)
	for i, name := range amounts {
		s.plus(of+" "+name, int64(y.amounts[i]))
	}
}

// orderOf remembers the last number of a table, and how many rows have had it.
type orderOf struct {
	table *readBack
	last  []byte
	same  int
}

// follows says whether a row with the number may be the next one.
func (o *orderOf) follows(number []byte) bool {
	order := bytes.Compare(number, o.last)
	if o.same++; order > 0 {
		o.same = 1
		o.last = append(o.last[:0], number...)
	}
	return order >= 0 && o.same <= o.table.most && len(number) == o.table.sorted.Digits
}

// countRejects reads a CSV file of rejects back: every row must have the columns of the input and those of rejects.
func countRejects(file storage.ReadFile) (rows int64, err error) {
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
