package payments

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
)

// maxTransactions is how many transactions a file holds at most.
const maxTransactions = 50_000

// row is a refund or a claim on its way to its file and the index.
type row struct {
	party       *pipeline.Party
	year        int
	kind        Kind
	amount      money.Cents
	surcharge   money.Cents // the part of amount that is a surcharge: no contribution, so never booked as a payment
	status      Status
	reason      Reason // why it is held, or was
	holder      string // the batch that held it, if this one frees it
	reference   latin
	dueOn       pipeline.Date // of execution or collection; of a claim that isn't sent, its due date; else 0
	file        string        // where it is, if it is sent
	transaction latin         // its end-to-end identifier, if it is sent
	target      Target        // with whom the bank deals, if it is sent
}

// accountHolder is the name that a transaction gives: the party's, or the dossier if nothing of the name is left.
func accountHolder(a *pipeline.Party) latin {
	if name := toLatin(a.Contact.FirstName+" "+a.Contact.LastName, maxName); name != "" {
		return name
	}
	return latin(a.Dossier.Append(nil))
}

// files writes the files of one kind: one for each day of execution or collection, and further ones where a file is full.
type files struct {
	kind   Kind
	limit  int // transactions of a file
	sender *sender
	create func(name string) (io.WriteCloser, error)
	begun  int     // files
	sent   int     // transactions in all
	days   []*file // by day, in the order of first sight
}

// file is the file of a day that is being filled. Its transactions wait in memory, as the bytes that they will be: what stands
// before them counts and sums them.
type file struct {
	day          pipeline.Date
	number       int
	transactions document
	count        int
	sum          money.Cents
}

// add puts a transaction into the file of its day and tells the row where it is.
func (w *files) add(r *row) error {
	f := w.of(r.dueOn)
	if f.count == 0 {
		w.begun++
		f.number = w.begun
	}
	w.sent++
	f.count++
	f.sum += r.amount
	r.file, r.transaction = fileName(w.kind, f.number), w.sender.transaction(w.kind, w.sent)
	f.transactions.transaction(r)
	if f.count == w.limit {
		return w.write(f)
	}
	return nil
}

// of is the file of a day.
func (w *files) of(day pipeline.Date) *file {
	for _, f := range w.days {
		if f.day == day {
			return f
		}
	}
	f := &file{day: day}
	w.days = append(w.days, f)
	return f
}

// fileName is the path of a file in the batch; the first number is 1.
func fileName(kind Kind, number int) string {
	return fmt.Sprintf("%s/%.8s-%05d.xml", Folder, forms[kind].schema, number)
}

// IsNamed says whether a file of a kind, by its path in the batch, bears the identifier of a message that it must bear.
func IsNamed(path string, kind Kind, batch, id string) bool {
	ending := len("-00001.xml")
	if len(path) < ending {
		return false
	}
	number, err := strconv.Atoi(path[len(path)-ending+1 : len(path)-len(".xml")])
	plain := sender{batch: latin(batch)}
	return err == nil && path == fileName(kind, number) && strings.TrimPrefix(id, specimenMark) == string(plain.message(kind, number))
}

// flush writes the files that hold a transaction.
func (w *files) flush() error {
	for _, f := range w.days {
		if f.count > 0 {
			if err := w.write(f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *files) write(f *file) error {
	file, err := w.create(fileName(w.kind, f.number))
	if err != nil {
		return err
	}
	for _, part := range []document{w.sender.head(w.kind, f.number, f.count, f.sum, f.day), f.transactions, tail(w.kind)} {
		if err == nil {
			_, err = file.Write(part)
		}
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	f.transactions, f.count, f.sum = f.transactions[:0], 0, 0
	return err
}
