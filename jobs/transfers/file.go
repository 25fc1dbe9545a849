package transfers

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"regul/pipeline/money"
	"regul/writers/payments"
)

// Sum is a number of transfers and their amount in cents.
type Sum struct {
	Count  int64
	Amount money.Cents
}

// File is a payment file that is read from its first transfer to its last. It belongs to one goroutine.
type File struct {
	Found Sum // so far

	form   *form
	s      *scanner
	texts  [allParts][]byte
	filled uint64 // the parts that were read of the file, and of the present transfer
	amount money.Cents
	within bool // a transfer began
	headed bool // the first transfer began
}

// event is what a tag comes to.
type event uint8

const (
	nothing event = iota
	transferBegins
	transferEnds
	fileEnds
)

// Open reads a file up to its first transfer.
func Open(r io.Reader) (*File, error) {
	f := &File{s: newScanner(r)}
	if err := f.s.prolog(); err != nil {
		return nil, unexpected(err)
	}
	if err := f.s.next(); err != nil {
		return nil, unexpected(err)
	}
	for _, known := range forms {
		if string(f.s.path) == "Document" && f.s.attributes(known.document) == nil {
			f.form = known
		}
	}
	if f.form == nil {
		return nil, errors.New("it is neither a pain.001.001.09 nor a pain.008.001.08")
	}
	switch e, err := f.until(transferBegins); {
	case err != nil:
		return nil, err
	case e == fileEnds:
		return nil, errors.New("it has no transfer")
	}
	f.headed = true
	return f, f.whole(headerParts)
}

// Kind is whether the file transfers or collects.
func (f *File) Kind() payments.Kind { return f.form.kind }

// Next reads the next transfer. false is the end of a file that is whole: then what it says of itself has been compared with what it holds.
func (f *File) Next() (more bool, err error) {
	f.filled &^= transferParts
	e, err := f.until(transferEnds)
	if err != nil {
		return false, fmt.Errorf("transfer %d: %w", f.Found.Count+1, err)
	}
	if e == fileEnds {
		return false, f.sums()
	}
	if err := f.whole(transferParts); err != nil {
		return false, fmt.Errorf("transfer %d: %w", f.Found.Count+1, err)
	}
	f.Found.Count++
	f.Found.Amount += f.amount
	return true, nil
}

// headerParts and transferParts are the sets of the parts of a file and of a transfer.
const (
	headerParts   = uint64(1)<<headParts - 1
	transferParts = (uint64(1)<<allParts - 1) &^ headerParts
)

// until reads up to an event, or the end of the file.
func (f *File) until(wanted event) (event, error) {
	for {
		e, err := f.step()
		if err != nil || e == wanted || e == fileEnds {
			return e, err
		}
	}
}

// step reads a tag.
func (f *File) step() (event, error) {
	err := f.s.next()
	switch {
	case errors.Is(err, io.EOF) && !f.within:
		return fileEnds, nil
	case err != nil:
		return nothing, unexpected(err)
	case !f.s.closed:
		return f.start()
	case f.s.isLeaf():
		return nothing, f.take()
	case string(f.s.path) == f.form.transfer:
		f.within = false
		return transferEnds, nil
	}
	return nothing, nil
}

// start takes the beginning of an element.
func (f *File) start() (event, error) {
	want := ""
	if string(f.s.path) == f.form.currency {
		want = `Ccy="EUR"`
	}
	if err := f.s.attributes(want); err != nil {
		return nothing, err
	}
	if string(f.s.path) == f.form.transfer {
		f.within = true
		return transferBegins, nil
	}
	if f.headed && !f.within {
		return nothing, fmt.Errorf("%s stands after the first transfer", f.s.name())
	}
	return nothing, nil
}

// take takes a text.
func (f *File) take() error {
	p, known := f.form.texts[string(f.s.path)]
	if !known {
		return fmt.Errorf("it holds %s, which no payment file of regul holds there", f.s.name())
	}
	if f.filled&(1<<p) != 0 {
		return fmt.Errorf("it holds %s twice", f.s.name())
	}
	f.filled |= 1 << p
	f.texts[p] = append(f.texts[p][:0], f.s.text...)
	if want, fixed := f.form.fixed[p]; fixed && string(f.s.text) != want {
		return fmt.Errorf("%s is not %s", f.s.name(), want)
	}
	if p == amount {
		var err error
		if f.amount, err = money.Parse(f.s.text); err != nil || f.amount <= 0 || f.amount.String() != string(f.s.text) {
			return errors.New("its amount is none above 0")
		}
	}
	return nil
}

// whole makes sure that no part is lacking.
func (f *File) whole(of uint64) error {
	if f.form.needed&of&^f.filled != 0 {
		return errors.New("it lacks something that every payment file of regul has")
	}
	return nil
}

// sums compares what the file says of itself with what it holds.
func (f *File) sums() error {
	if string(f.text(messageID)) != string(f.text(groupID)) {
		return errors.New("its MsgId and PmtInfId differ")
	}
	for _, said := range []struct {
		where      string
		count, sum part
	}{{"GrpHdr", messageCount, messageSum}, {"PmtInf", groupCount, groupSum}} {
		count, sum := string(f.text(said.count)), string(f.text(said.sum))
		if count != strconv.FormatInt(f.Found.Count, 10) || sum != f.Found.Amount.String() {
			return fmt.Errorf("%s says %s transfers of %s, it has %d of %s", said.where, count, sum, f.Found.Count, f.Found.Amount)
		}
	}
	return nil
}

// text is a part of the file or of the present transfer; nothing where it lacks it.
func (f *File) text(p part) []byte {
	if f.filled&(1<<p) == 0 {
		return nil
	}
	return f.texts[p]
}
