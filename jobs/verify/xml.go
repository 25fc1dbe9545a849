package verify

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
	"regul/pipeline/money"
)

// paymentMessage is what a payment file says of its transactions, and what it holds.
type paymentMessage struct {
	all    paid
	groups []paymentGroup // the header of the message, then each payment information
}

// paymentGroup is a number of transactions and their sum, as said and as found.
type paymentGroup struct {
	name        string
	said, found paid
}

// readAllPayments reads payment files, several at a time.
func (v *verifier) readAllPayments(files []*batch.ManifestFile) (messages []*paymentMessage, faults []error) {
	messages, faults = make([]*paymentMessage, len(files)), make([]error, len(files))
	var group errgroup.Group
	group.SetLimit(v.options.Workers)
	for i, f := range files {
		group.Go(func() error {
			messages[i], faults[i] = v.readPayments(f.Path)
			return nil
		})
	}
	group.Wait() // each file has its own fault
	return messages, faults
}

// readPayments reads a message of ISO 20022 (pain.001, pain.008) element by element.
func (v *verifier) readPayments(name string) (*paymentMessage, error) {
	file, err := v.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return parsePayments(io.NewSectionReader(file, 0, file.Size()))
}

func parsePayments(r io.Reader) (*paymentMessage, error) {
	m := &paymentMessage{}
	d := xml.NewDecoder(r)
	var text strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			text.Reset()
			if name := t.Name.Local; name == "GrpHdr" || name == "PmtInf" {
				m.groups = append(m.groups, paymentGroup{name: name})
			}
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if err := m.end(t.Name.Local, strings.TrimSpace(text.String())); err != nil {
				return nil, err
			}
			text.Reset()
		}
	}
	if len(m.groups) == 0 {
		return nil, fmt.Errorf("it has no header")
	}
	m.groups[0].found = m.all
	return m, nil
}

// end takes an element that ends, with its text.
func (m *paymentMessage) end(name, text string) (err error) {
	if len(m.groups) == 0 {
		return nil
	}
	last := &m.groups[len(m.groups)-1]
	switch name {
	case "NbOfTxs":
		last.said.count, err = strconv.ParseInt(text, 10, 64)
	case "CtrlSum":
		last.said.sum, err = money.Parse(text)
	case "CdtTrfTxInf", "DrctDbtTxInf":
		last.found.count++
		m.all.count++
	case "InstdAmt":
		var amount money.Cents
		amount, err = money.Parse(text)
		last.found.sum += amount
		m.all.sum += amount
	}
	return err
}
