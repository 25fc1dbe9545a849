// Package iso20022 reads what a bank answers: pain.002, camt.053 and camt.054 of any version. It makes of them the rows of
// the confirmations, as CSV: one for each transaction, or payment file, of the fund's own. All else that an account shows is passed over.
//
// A message is read as a stream, in bounded memory. A document type, and so an entity, is refused.
package iso20022

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"regul/pipeline"
)

// Header names the columns of the rows.
var Header = []string{"end_to_end", "status", "on", "amount"}

// The limits of a message: nothing that a bank sends comes near them.
const (
	maxDepth = 64
	maxPiece = 1 << 20 // bytes of a tag or a text
	maxLeaf  = 512     // bytes of a text that is kept
)

// Is says whether a file that begins so is XML.
func Is(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\uFEFF"))
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<"))
}

// Reader gives the rows of a message as CSV, the header first.
type Reader struct {
	from    *piece
	decoder *xml.Decoder
	rows    bytes.Buffer
	csv     *csv.Writer
	err     error

	path     []string // of the element that is open
	text     []byte   // of it
	currency string   // of an amount
	message  string   // the element below Document
	created  string   // day on which the bank made the message

	whole, part, one report // pain.002: on a payment file, on a payment information, on a transaction
	entry            entry  // camt
}

// report is what a pain.002 says of something.
type report struct{ name, status, amount string }

// entry is an entry of an account, and the transaction of it that is being read.
type entry struct {
	direction, status, booked, valued string
	file                              string // its payment file, where it is booked as one
	transactions                      int
	name, own, amount, inner          string // of the transaction: own is its direction
}

// piece bounds what one tag or text may take.
type piece struct {
	io.Reader
	left int
}

func (p *piece) Read(b []byte) (int, error) {
	if p.left <= 0 {
		return 0, errors.New("a tag or a text has more than 1 MiB")
	}
	n, err := p.Reader.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, err
}

// New reads a message.
func New(from io.Reader) *Reader {
	r := &Reader{from: &piece{from, maxPiece}}
	r.decoder = xml.NewDecoder(r.from)
	r.csv = csv.NewWriter(&r.rows)
	r.csv.Write(Header)
	r.csv.Flush()
	return r
}

// Read gives the next bytes of the rows. The error says where in the message it is.
func (r *Reader) Read(b []byte) (int, error) {
	for r.rows.Len() == 0 && r.err == nil {
		r.err = r.next()
	}
	if r.rows.Len() > 0 {
		return r.rows.Read(b)
	}
	return 0, r.err
}

// next takes one piece of the message.
func (r *Reader) next() error {
	r.from.left = maxPiece
	token, err := r.decoder.Token()
	if err == io.EOF && r.message == "" {
		return errors.New("the message is empty: ask the bank for it again")
	}
	if err == io.EOF {
		return err
	}
	if err == nil {
		err = r.take(token)
	}
	if err != nil {
		line, column := r.decoder.InputPos()
		return fmt.Errorf("line %d, column %d: %w: the message is damaged, or none of a bank: ask for it again", line, column, err)
	}
	r.csv.Flush()
	return r.csv.Error()
}

func (r *Reader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return errors.New("it declares a document type, which messages of a bank never do")
	case xml.StartElement:
		return r.open(&t)
	case xml.CharData:
		if room := maxLeaf - len(r.text); room > 0 {
			r.text = append(r.text, t[:min(len(t), room)]...)
		}
	case xml.EndElement:
		r.close(string(bytes.TrimSpace(r.text)))
		r.path, r.text = r.path[:len(r.path)-1], r.text[:0]
	}
	return nil
}

// messages are those that are read, by the element below Document.
var messages = []string{"CstmrPmtStsRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"}

func (r *Reader) open(t *xml.StartElement) error {
	r.path, r.text = append(r.path, t.Name.Local), r.text[:0]
	switch {
	case len(r.path) > maxDepth:
		return fmt.Errorf("its elements lie more than %d deep", maxDepth)
	case len(r.path) == 1 && t.Name.Local != "Document":
		return fmt.Errorf("it begins with %.40q and not with Document", t.Name.Local)
	case len(r.path) == 2 && !slices.Contains(messages, t.Name.Local):
		return fmt.Errorf("it is a %.40q: confirmations are pain.002 (CstmrPmtStsRpt), camt.053 (BkToCstmrStmt) or camt.054 "+
			"(BkToCstmrDbtCdtNtfctn)",
			t.Name.Local)
	case len(r.path) == 2:
		r.message = t.Name.Local
	}
	for _, a := range t.Attr {
		if a.Name.Local == "Ccy" {
			r.currency = a.Value
		}
	}
	switch t.Name.Local {
	case "OrgnlGrpInfAndSts":
		r.whole = report{}
	case "OrgnlPmtInfAndSts":
		r.part = report{}
	case "TxInfAndSts":
		r.one = report{}
	case "Ntry":
		r.entry = entry{}
	case "TxDtls":
		r.entry.transactions++
		r.entry.name, r.entry.own, r.entry.amount, r.entry.inner = "", "", "", ""
	}
	return nil
}

// close takes an element with its text.
func (r *Reader) close(text string) {
	if r.ends("GrpHdr/CreDtTm") {
		r.created = day(text)
	}
	if r.message == messages[0] {
		r.closeReport(text)
	} else {
		r.closeEntry(text)
	}
}

// ends says whether the element that is open is the last of these, in the others.
func (r *Reader) ends(path string) bool {
	at := len(r.path) - 1
	for name := range lastFirst(path) {
		if at < 0 || r.path[at] != name {
			return false
		}
		at--
	}
	return true
}

// lastFirst gives the names of a path, the last first.
func lastFirst(path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for rest, found := path, true; found; {
			var name string
			at := strings.LastIndexByte(rest, '/')
			name, found = rest[at+1:], at >= 0
			if !yield(name) {
				return
			}
			rest = rest[:max(0, at)]
		}
	}
}

// closeReport takes an element of a pain.002.
func (r *Reader) closeReport(text string) {
	switch {
	case r.ends("OrgnlGrpInfAndSts/OrgnlMsgId"):
		r.whole.name = text
	case r.ends("OrgnlGrpInfAndSts/GrpSts"):
		r.whole.status = text
	case r.ends("OrgnlGrpInfAndSts"):
		r.report(&r.whole)
	case r.ends("OrgnlPmtInfAndSts/OrgnlPmtInfId"):
		r.part.name = text
	case r.ends("OrgnlPmtInfAndSts/PmtInfSts"):
		r.part.status = text
		r.report(&r.part)
	case r.ends("TxInfAndSts/OrgnlEndToEndId"):
		r.one.name = text
	case r.ends("TxInfAndSts/TxSts"):
		r.one.status = text
	case r.ends("OrgnlTxRef/Amt/InstdAmt"), r.ends("OrgnlTxRef/InstdAmt"):
		r.one.amount = r.amount(text)
	case r.ends("TxInfAndSts"):
		if r.one.status == "" { // it is told of all
			if r.one.status = r.part.status; r.one.status == "" {
				r.one.status = r.whole.status
			}
		}
		r.report(&r.one)
	}
}

// statuses are what a pain.002 says, as the confirmations say it. "" says nothing of any one transaction.
var statuses = map[string]string{
	"RCVD": "accepted", "PDNG": "accepted", "ACTC": "accepted", "ACCP": "accepted", "ACFC": "accepted", "ACSP": "accepted",
	"ACWC": "accepted", "ACWP": "accepted", "ACSC": "booked", "ACCC": "booked", "RJCT": "rejected", "CANC": "rejected", "PART": "",
	"PATC": "", "": "",
}

func (r *Reader) report(o *report) {
	status, known := statuses[o.status]
	if !known {
		status = o.status // which no row may have: it is told
	}
	if _, own := pipeline.OwnTransfer(o.name); own && status != "" {
		r.row(o.name, status, r.created, o.amount)
	}
}

// closeEntry takes an element of a camt.
func (r *Reader) closeEntry(text string) {
	e := &r.entry
	switch {
	case r.ends("Ntry/CdtDbtInd"):
		e.direction = text
	case r.ends("Ntry/Sts"), r.ends("Ntry/Sts/Cd"):
		if text != "" {
			e.status = text
		}
	case r.ends("Ntry/BookgDt/Dt"), r.ends("Ntry/BookgDt/DtTm"):
		e.booked = day(text)
	case r.ends("Ntry/ValDt/Dt"), r.ends("Ntry/ValDt/DtTm"):
		e.valued = day(text)
	case r.ends("Btch/PmtInfId"):
		e.file = text
	case r.ends("Btch/MsgId"):
		if e.file == "" {
			e.file = text
		}
	case r.ends("TxDtls/Refs/EndToEndId"):
		e.name = text
	case r.ends("TxDtls/CdtDbtInd"):
		e.own = text
	case r.ends("TxDtls/Amt"):
		e.amount = r.amount(text)
	case r.ends("TxDtls/AmtDtls/TxAmt/Amt"):
		e.inner = r.amount(text)
	case r.ends("TxDtls"):
		r.booked(e.name, first(e.own, e.direction), first(e.amount, e.inner))
	case r.ends("Ntry"):
		if e.transactions == 0 {
			r.booked(e.file, e.direction, "")
		}
	}
}

// booked writes what an entry says of a transaction. Money that moves as it was ordered executes it; the other way it comes back.
func (r *Reader) booked(name, direction, amount string) {
	leaves, own := pipeline.OwnTransfer(name)
	if !own || r.entry.status != "BOOK" {
		return
	}
	status := direction // which no row may have: it is told
	switch direction {
	case "DBIT":
		status = map[bool]string{true: "booked", false: "returned"}[leaves]
	case "CRDT":
		status = map[bool]string{true: "returned", false: "booked"}[leaves]
	}
	r.row(name, status, first(r.entry.booked, first(r.entry.valued, r.created)), amount)
}

func (r *Reader) row(name, status, on, amount string) {
	r.csv.Write([]string{name, status, on, amount}) // next asks for its error
}

// amount is an amount in euro, or one with its currency, which no row may have: it is told.
func (r *Reader) amount(text string) string {
	if r.currency != "EUR" {
		return text + " " + r.currency
	}
	return text
}

// day is the day of a day or a time.
func day(text string) string { return text[:min(len(text), len("2026-06-30"))] }

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
