package transfers

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// Row is a row of the index of refunds and claims.
type Row struct {
	Place   int64  // in the index, from 1
	Whose   string // the dossier of a person, the number of a company
	Year    int
	Kind    string
	Status  string
	Amount  money.Cents
	File    string // "": it is in none
	ID      string
	Ref     string
	DueOn   pipeline.Date
	Targets bool // the index has the columns of Target: one of before they came does not
	Target  payments.Target
}

// Comparison goes through the index and the payment files together. It belongs to one goroutine.
type Comparison struct {
	Batch string        // its name
	Files []string      // the payment files: no other is opened
	Own   *payments.Own // what the files must say of the fund; nil: the first one tells
	Open  func(file string) (io.ReadCloser, error)
	Fail  func(file string, row int64, format string, args ...any) // row 0 is all of the file

	reading map[string]*reading
	rows    *reading // where the last row was
}

// reading is a file that is being read.
type reading struct {
	path   string
	file   *File
	closer io.Closer
	broken bool // told
}

// Row compares the next row of the index with the next transfer of its file.
func (c *Comparison) Row(r *Row) {
	if r.File == "" {
		return
	}
	at := c.at(r.File)
	if at.broken {
		return
	}
	more, err := at.file.Next()
	switch {
	case err != nil:
		c.broke(at, err)
		return
	case !more:
		c.broke(at, fmt.Errorf("it has %d transfers, the index has more", at.file.Found.Count))
		return
	}
	c.compare(at, r)
}

// compare compares a transfer with its row. What differs is named, not shown.
func (c *Comparison) compare(at *reading, r *Row) {
	f := at.file
	differs := func(what string, found []byte, want string) {
		if string(found) != want {
			c.Fail(at.path, f.Found.Count, "%s is not that of row %d of the index", what, r.Place)
		}
	}
	differs("EndToEndId", f.text(endToEnd), r.ID)
	differs("the reference", f.text(reference), r.Ref)
	differs("the day", f.text(day), r.DueOn.String())
	if f.amount != r.Amount {
		c.Fail(at.path, f.Found.Count, "the amount is not that of row %d of the index", r.Place)
	}
	if f.Kind().String() != r.Kind {
		c.Fail(at.path, f.Found.Count, "row %d of the index is a %s", r.Place, r.Kind)
	}
	if !r.Targets {
		return
	}
	differs("the name", f.text(name), r.Target.Name)
	differs("the account", f.text(account), r.Target.Account)
	differs("the mandate", f.text(mandate), r.Target.Mandate)
	signed := ""
	if r.Target.SignedOn != 0 {
		signed = r.Target.SignedOn.String()
	}
	differs("the day of the mandate", f.text(signedOn), signed)
}

// at is the file that is read, from its start on where it is met for the first time.
func (c *Comparison) at(name string) *reading {
	if c.rows != nil && c.rows.path == name {
		return c.rows
	}
	if c.reading == nil {
		c.reading = map[string]*reading{}
	}
	at := c.reading[name]
	if at == nil {
		at = &reading{path: name}
		c.reading[name] = at
		if err := c.open(at); err != nil {
			c.broke(at, err)
		} else {
			c.head(at)
		}
	}
	c.rows = at
	return at
}

func (c *Comparison) open(at *reading) error {
	if !slices.Contains(c.Files, at.path) {
		return errors.New("the index names it, and it is no payment file of the batch")
	}
	content, err := c.Open(at.path)
	if err == nil {
		at.closer = content
		at.file, err = Open(content)
	}
	return err
}

// head compares what a file says of the fund and of itself.
func (c *Comparison) head(at *reading) {
	f := at.file
	own := payments.Own{Name: string(f.text(ownName)), Account: string(f.text(ownAccount)), Bank: string(f.text(ownBank)),
		Creditor: string(f.text(creditor))}
	if c.Own == nil {
		c.Own = &own
	}
	if own.Creditor == "" { // a file of transfers has none
		own.Creditor = c.Own.Creditor
	} else if c.Own.Creditor == "" {
		c.Own.Creditor = own.Creditor
	}
	if own != *c.Own {
		c.Fail(at.path, 0, "the fund's name, account, bank or creditor identifier is not the one it must be")
	}
	if !payments.IsNamed(at.path, f.Kind(), c.Batch, string(f.text(messageID))) {
		c.Fail(at.path, 0, "its MsgId is not that of the file")
	}
}

// broke tells that a file can't be read any further.
func (c *Comparison) broke(at *reading, err error) {
	at.broken = true
	c.Fail(at.path, 0, "%v", err)
	at.close()
}

func (r *reading) close() {
	if r.closer != nil {
		r.closer.Close()
		r.closer = nil
	}
}

// Close makes sure that every payment file was read to its end, and tells what each holds; one that could not be read is left out.
func (c *Comparison) Close() map[string]Sum {
	sums := map[string]Sum{}
	for _, name := range c.Files {
		at := c.at(name)
		if at.broken {
			continue
		}
		if err := c.finish(at); err != nil {
			c.broke(at, err)
			continue
		}
		sums[name] = at.file.Found
		at.close()
	}
	return sums
}

// finish reads what no row of the index was for.
func (c *Comparison) finish(at *reading) error {
	indexed := at.file.Found
	for {
		more, err := at.file.Next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
	}
	if found := at.file.Found; found != indexed {
		return fmt.Errorf("it has %d transfers of %s, the index says %d of %s", found.Count, found.Amount, indexed.Count, indexed.Amount)
	}
	return nil
}
