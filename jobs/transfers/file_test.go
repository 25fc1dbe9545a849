package transfers_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"regul/jobs/transfers"
)

// message is a pain.001 of two transfers, 1.00 and 2.50, with something before the end of the first.
func message(within string) string {
	transfer := func(number int, amount, more string) string {
		return fmt.Sprintf(`<CdtTrfTxInf><PmtId><EndToEndId>B-R%07d</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">%s</InstdAmt></Amt>`+
			`<Cdtr><Nm>A</Nm></Cdtr><CdtrAcct><Id><IBAN>BE1</IBAN></Id></CdtrAcct><RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry>`+
			`<Issr>BBA</Issr></Tp><Ref>1</Ref></CdtrRefInf></Strd></RmtInf>%s</CdtTrfTxInf>`+"\n", number, amount, more)
	}
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>` +
		`<GrpHdr><MsgId>B-R00001</MsgId><CreDtTm>2026-06-30T00:00:00</CreDtTm><NbOfTxs>2</NbOfTxs><CtrlSum>3.50</CtrlSum><InitgPty><Nm>F</Nm></InitgPty></GrpHdr>` +
		`<PmtInf><PmtInfId>B-R00001</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>2</NbOfTxs><CtrlSum>3.50</CtrlSum>` +
		`<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>2026-06-30</Dt></ReqdExctnDt><Dbtr><Nm>F</Nm></Dbtr>` +
		`<DbtrAcct><Id><IBAN>BE2</IBAN></Id></DbtrAcct><ChrgBr>SLEV</ChrgBr>` + "\n" +
		transfer(1, "1.00", within) + transfer(2, "2.50", "") + "</PmtInf></CstmrCdtTrfInitn></Document>\n"
}

// readAll reads a file to its end.
func readAll(text string) (transfers.Sum, error) {
	f, err := transfers.Open(strings.NewReader(text))
	if err != nil {
		return transfers.Sum{}, err
	}
	for {
		more, err := f.Next()
		if err != nil || !more {
			return f.Found, err
		}
	}
}

func TestFileIsReadToItsEnd(t *testing.T) {
	sum, err := readAll(message(""))
	if want := (transfers.Sum{Count: 2, Amount: 350}); sum != want || err != nil {
		t.Errorf("%v, %v", sum, err)
	}
}

// What regul never writes is no payment file: a bank may read it otherwise.
func TestStrangePaymentFileIsRefused(t *testing.T) {
	sound := message("")
	for name, text := range map[string]string{
		"nothing":                 "",
		"another message":         strings.Replace(sound, "001.001.09", "001.001.03", 1),
		"another sum":             strings.Replace(sound, "<CtrlSum>3.50", "<CtrlSum>3.51", 1),
		"another number":          strings.Replace(sound, "<NbOfTxs>2", "<NbOfTxs>3", 1),
		"a part twice":            message("<Cdtr><Nm>A</Nm></Cdtr>"),
		"an unknown part":         message("<Purp><Cd>SALA</Cd></Purp>"),
		"an empty element":        message("<Purp></Purp>"),
		"a closed element":        message("<Purp/>"),
		"a comment":               message("<!-- x -->"),
		"an instruction":          message("<?x?>"),
		"a text":                  message("x"),
		"an entity":               strings.Replace(sound, "<Nm>A<", "<Nm>&#65;<", 1),
		"characters in a section": strings.Replace(sound, "<Nm>A<", "<Nm><![CDATA[A]]><", 1),
		"an attribute":            strings.Replace(sound, "<Cdtr>", `<Cdtr x="1">`, 1),
		"another currency":        strings.Replace(sound, `"EUR"`, `"USD"`, 1),
		"an amount of 0":          strings.Replace(sound, ">1.00<", ">0.00<", 1),
		"an amount below 0":       strings.Replace(sound, ">1.00<", ">-1.00<", 1),
		"an amount in words":      strings.Replace(sound, ">1.00<", ">1e2<", 1),
		"an amount with zeros":    strings.Replace(sound, ">1.00<", ">01.00<", 1),
		"no amount":               strings.Replace(sound, `<Amt><InstdAmt Ccy="EUR">1.00</InstdAmt></Amt>`, "", 1),
		"no account":              strings.Replace(sound, "<CdtrAcct><Id><IBAN>BE1</IBAN></Id></CdtrAcct>", "", 1),
		"no header":               strings.Replace(sound, "<MsgId>B-R00001</MsgId>", "", 1),
		"urgent":                  strings.Replace(sound, "SEPA", "URGP", 1),
		"a header behind":         strings.Replace(sound, "</PmtInf>", "<ChrgBr>SLEV</ChrgBr></PmtInf>", 1),
		"cut off":                 sound[:len(sound)/2],
		"two documents":           sound + sound,
		"a tag without end":       "<Document " + strings.Repeat("x", 10_000),
		"nested without end":      strings.Replace(sound, "<GrpHdr>", strings.Repeat("<GrpHdr>", 10_000), 1),
	} {
		if text == sound {
			t.Fatalf("%s: nothing was changed", name)
		}
		if sum, err := readAll(text); err == nil {
			t.Errorf("%s: %v", name, sum)
		}
	}
}

// No text is read without end, or makes the reader panic.
func FuzzPaymentFile(f *testing.F) {
	f.Add(message(""))
	f.Add(message("<!-- x -->"))
	f.Add("<Document><a></b>")
	f.Fuzz(func(t *testing.T, text string) {
		sum, err := readAll(text)
		if err == nil && (sum.Count == 0 || sum.Amount <= 0) {
			t.Errorf("%v", sum)
		}
	})
}

// TestComparisonOpensListedFilesAlone: an index that names another file makes nobody read it.
func TestComparisonOpensListedFilesAlone(t *testing.T) {
	opened, told := 0, ""
	c := transfers.Comparison{Batch: "B", Open: func(string) (io.ReadCloser, error) {
		opened++
		return io.NopCloser(strings.NewReader("")), nil
	}, Fail: func(file string, _ int64, format string, args ...any) {
		told += file + " " + fmt.Sprintf(format, args...)
	}}
	c.Row(&transfers.Row{File: "../../etc/passwd"})
	if c.Close(); opened != 0 || told != "../../etc/passwd the index names it, and it is no payment file of the batch" {
		t.Errorf("%d files, %q", opened, told)
	}
}
