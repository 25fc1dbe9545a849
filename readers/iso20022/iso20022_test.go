package iso20022_test

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"regul/readers/iso20022"
)

// rowsOf are the rows of a message, without the header.
func rowsOf(t testing.TB, message string) (rows []string, err error) {
	t.Helper()
	records, err := csv.NewReader(iso20022.New(strings.NewReader(message))).ReadAll()
	if err != nil {
		return nil, err
	}
	if !slices.Equal(records[0], iso20022.Header) {
		t.Errorf("the header is %v", records[0])
	}
	for _, r := range records[1:] {
		rows = append(rows, strings.Join(r, " "))
	}
	return rows, nil
}

func want(t *testing.T, message string, rows ...string) {
	t.Helper()
	got, err := rowsOf(t, message)
	if err != nil || !slices.Equal(got, rows) {
		t.Errorf("%q (%v), want %q", got, err, rows)
	}
}

const (
	refund     = "2026-06-30-bada1d05-R0000017"
	collection = "2026-06-30-bada1d05-C0000003"
)

func report(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-07-01T08:00:00+02:00</CreDtTm></GrpHdr>` + body + `</CstmrPmtStsRpt></Document>`
}

// A pain.002 tells of each transaction, of a payment information, or of the whole file.
func TestAReport(t *testing.T) {
	want(t, report(`<OrgnlGrpInfAndSts><OrgnlMsgId>2026-06-30-bada1d05-R00001</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>2026-06-30-bada1d05-R00001</OrgnlPmtInfId>
<TxInfAndSts><OrgnlEndToEndId>`+refund+`</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>
<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">566.16</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>`+collection+`</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>SALARY-1</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>`),
		refund+" rejected 2026-07-01 566.16", collection+" booked 2026-07-01 ")
	want(t, report(`<OrgnlGrpInfAndSts><OrgnlMsgId>2026-06-30-bada1d05-R00001</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts>`),
		"2026-06-30-bada1d05-R00001 rejected 2026-07-01 ")
	want(t, report(`<OrgnlPmtInfAndSts><OrgnlPmtInfId>2026-06-30-bada1d05-C00002</OrgnlPmtInfId><PmtInfSts>ACCP</PmtInfSts>
<TxInfAndSts><OrgnlEndToEndId>`+collection+`</OrgnlEndToEndId></TxInfAndSts></OrgnlPmtInfAndSts>`),
		"2026-06-30-bada1d05-C00002 accepted 2026-07-01 ", collection+" accepted 2026-07-01 ")
}

func entry(direction, status, details string) string {
	return `<Ntry><Amt Ccy="EUR">566.16</Amt><CdtDbtInd>` + direction + `</CdtDbtInd><Sts>` + status + `</Sts>
<BookgDt><Dt>2026-07-02</Dt></BookgDt><ValDt><Dt>2026-07-03</Dt></ValDt><NtryDtls>` + details + `</NtryDtls></Ntry>`
}

func details(id, more string) string {
	return `<TxDtls><Refs><EndToEndId>` + id + `</EndToEndId></Refs>` + more + `</TxDtls>`
}

func statement(entries ...string) string {
	return "\uFEFF\n" + `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><CreDtTm>2026-07-05T00:00:00</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><Bal><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>` + strings.Join(entries, "") + `</Stmt></BkToCstmrStmt></Document>`
}

// Money that moves as it was ordered executes a transaction; money that moves the other way brings it back.
func TestAStatement(t *testing.T) {
	want(t, statement(entry("DBIT", "BOOK", details(refund, `<Amt Ccy="EUR">566.16</Amt>`))), refund+" booked 2026-07-02 566.16")
	want(t, statement(entry("CRDT", "BOOK", details(refund,
		`<AmtDtls><InstdAmt><Amt Ccy="EUR">9.00</Amt></InstdAmt><TxAmt><Amt Ccy="EUR">560.00</Amt></TxAmt></AmtDtls>`))),
		refund+" returned 2026-07-02 560.00")
	want(t, statement(entry("CRDT", "<Cd>BOOK</Cd>", details(collection, "")+details("NOTPROVIDED", ""))), collection+" booked 2026-07-02 ")
	want(t, statement(entry("CRDT", "BOOK", details(collection, `<CdtDbtInd>DBIT</CdtDbtInd>`))), collection+" returned 2026-07-02 ")
	want(t, statement(entry("DBIT", "PDNG", details(refund, ""))))
	want(t, statement(entry("DBIT", "BOOK", `<Btch><MsgId>B</MsgId><PmtInfId>2026-06-30-bada1d05-R00001</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>`)),
		"2026-06-30-bada1d05-R00001 booked 2026-07-02 ")
	want(t, statement(entry("DBIT", "BOOK", `<Btch><PmtInfId>2026-06-30-bada1d05-R00001</PmtInfId></Btch>`+details(refund, ""))), refund+
		" booked 2026-07-02 ")
	want(t, strings.NewReplacer("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "Stmt>", "Ntfctn>", "camt.053",
		"camt.054").Replace(statement(entry("DBIT", "BOOK", details(refund, "")))),
		refund+" booked 2026-07-02 ")
}

// What a row may not hold comes into it all the same, so that it is rejected with its place and not lost.
func TestWhatIsNotKnownIsTold(t *testing.T) {
	want(t, statement(entry("DBIT", "BOOK", details(refund, `<Amt Ccy="USD">5.00</Amt>`))), refund+" booked 2026-07-02 5.00 USD")
	want(t, report(`<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>`+refund+
		`</OrgnlEndToEndId><TxSts>XXXX</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>`),
		refund+" XXXX 2026-07-01 ")
}

func TestMessagesThatAreRefused(t *testing.T) {
	whole := statement(entry("DBIT", "BOOK", details(refund, "")))
	for name, c := range map[string]struct{ message, says string }{
		"a document type": {`<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "b">]>` + whole, "line 1, column"},
		"an entity":       {strings.Replace(whole, "BOOK", "&boo;", 1), "&boo;"},
		"another message": {strings.ReplaceAll(whole, "BkToCstmrStmt", "FIToFICstmrCdtTrf"), "pain.002 (CstmrPmtStsRpt), camt.053"},
		"another file":    {"<html><body/></html>", "not with Document"},
		"cut off":         {whole[:len(whole)-40], "ask for it again"},
		"nothing in it":   {"<!-- x -->", "the message is empty"},
		"too deep":        {strings.Replace(whole, "<Id>1</Id>", strings.Repeat("<a>", 70), 1), "more than 64 deep"},
		"an endless text": {strings.Replace(whole, "<Id>1</Id>", "<Id>"+strings.Repeat("1", 2<<20)+"</Id>", 1), "more than 1 MiB"},
		"an endless tag":  {strings.Replace(whole, "<Id>1</Id>", "<Id"+strings.Repeat("1", 2<<20)+"/>", 1), "more than 1 MiB"},
	} {
		if _, err := rowsOf(t, c.message); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// entries is a statement of so many entries, which nobody holds in memory.
type entries struct{ left, at int }

func (e *entries) Read(b []byte) (int, error) {
	one := entry("DBIT", "BOOK", details(refund, ""))
	whole := statement("")
	head, tail, _ := strings.Cut(whole, "</Stmt>")
	all := len(head) + e.left*len(one) + len("</Stmt>") + len(tail)
	if e.at == all {
		return 0, io.EOF
	}
	n := 0
	for n < len(b) && e.at < all {
		var piece string
		switch at := e.at - len(head); {
		case at < 0:
			piece = head[e.at:]
		case at < e.left*len(one):
			piece = one[at%len(one):]
		default:
			piece = ("</Stmt>" + tail)[at-e.left*len(one):]
		}
		copied := copy(b[n:], piece)
		n, e.at = n+copied, e.at+copied
	}
	return n, nil
}

// A message of 9 MB is read as a stream: its first row comes before its end was seen.
func TestALongMessageIsAStream(t *testing.T) {
	const many = 20_000
	from := &entries{left: many}
	r := csv.NewReader(iso20022.New(from))
	r.ReuseRecord = true
	rows := -1 // the header
	for {
		if rows == 0 && from.at > 1<<16 {
			t.Errorf("%d bytes were read before the first row", from.at)
		}
		_, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		rows++
	}
	if rows != many {
		t.Errorf("%d rows, want %d", rows, many)
	}
}

// Any bytes give rows of four cells, or an error.
func FuzzMessages(f *testing.F) {
	f.Add(statement(entry("DBIT", "BOOK", details(refund, `<Amt Ccy="EUR">566.16</Amt>`))))
	f.Add(report(`<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>` + refund +
		`</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>`))
	f.Fuzz(func(t *testing.T, message string) {
		records, err := csv.NewReader(iso20022.New(strings.NewReader(message))).ReadAll()
		if err == nil && (len(records) == 0 || !slices.Equal(records[0], iso20022.Header)) {
			t.Errorf("%q", records)
		}
	})
}
