package payments

import (
	"fmt"
	"io"

	"regul/pipeline"
	"regul/pipeline/money"
)

// maxTransactions is how many transactions a file holds at most.
const maxTransactions = 50_000

// row is a refund or a claim on its way to its file and the index.
type row struct {
	affiliate   *pipeline.Affiliate
	year        int
	kind        Kind
	amount      money.Cents
	surcharge   money.Cents // the part of amount that is a surcharge: no contribution, so never booked as a payment
	status      Status
	reason      Reason // why it is held
	reference   latin
	dueOn       pipeline.Date // of execution or collection; of a claim that isn't sent, its due date; else 0
	file        string        // where it is, if it is sent
	transaction latin         // its end-to-end identifier, if it is sent
}

// accountHolder is the name that a transaction gives: the affiliate's, or the dossier if nothing of the name is left.
func accountHolder(a *pipeline.Affiliate) latin {
	if name := toLatin(a.Contact.FirstName+" "+a.Contact.LastName, maxName); name != "" {
		return name
	}
	return latin(a.Dossier.Append(nil))
}

// fileWriter writes the files of one kind. The transactions of a file wait in memory, as the bytes that they will be:
// what stands before them counts and sums them.
type fileWriter struct {
	kind         Kind
	limit        int // transactions of a file
	sender       *sender
	create       func(name string) (io.WriteCloser, error)
	files        int // complete
	sent         int // transactions in all
	transactions document
	count        int
	sum          money.Cents
}

// add puts a transaction into the file and tells the row where it is.
func (w *fileWriter) add(r *row) error {
	w.sent++
	w.count++
	w.sum += r.amount
	r.file, r.transaction = fileName(w.kind, w.files+1), w.sender.transaction(w.kind, w.sent)
	w.transactions.transaction(r)
	if w.count == w.limit {
		return w.flush()
	}
	return nil
}

// fileName is the path of a file in the batch; the first number is 1.
func fileName(kind Kind, number int) string {
	return fmt.Sprintf("%s/%.8s-%05d.xml", Folder, forms[kind].schema, number)
}

// flush writes the file, if there is a transaction in it.
func (w *fileWriter) flush() error {
	if w.count == 0 {
		return nil
	}
	w.files++
	file, err := w.create(fileName(w.kind, w.files))
	if err != nil {
		return err
	}
	for _, part := range []document{w.sender.head(w.kind, w.files, w.count, w.sum), w.transactions, tail(w.kind)} {
		if err == nil {
			_, err = file.Write(part)
		}
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	w.transactions, w.count, w.sum = w.transactions[:0], 0, 0
	return err
}
