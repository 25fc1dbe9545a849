package payments

import (
	"fmt"

	"regul/pipeline"
	"regul/pipeline/money"
)

// The order of the elements is that of the schemas of ISO 20022 pain.001.001.09 and pain.008.001.08; what they hold follows
// the customer-to-bank guidelines of the EPC (EPC132-08, EPC130-08) and Febelfin's for Belgium.

// form is what differs between the messages.
type form struct {
	schema  string // the name of the message
	root    string
	element string // of a transaction
}

var forms = [KindCount]form{
	Refund: {"pain.001.001.09", "CstmrCdtTrfInitn", "CdtTrfTxInf"},
	Claim:  {"pain.008.001.08", "CstmrDrctDbtInitn", "DrctDbtTxInf"},
}

// head is all of a file that stands before its transactions, which are executed or collected on the day. The time of creation is midnight
// of the batch's day: the same batch gives the same bytes, whenever it is made.
func (s *sender) head(kind Kind, number, transactions int, sum money.Cents, day pipeline.Date) document {
	form, id := forms[kind], s.message(kind, number)
	count, total := latin(fmt.Sprint(transactions)), latin(sum.String())
	d := document("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	if s.specimen {
		d = append(d, "<!-- SPECIMEN of a fund that does not exist: this file must not be sent to a bank. -->\n"...)
	}
	d.open(`Document xmlns="urn:iso:std:iso:20022:tech:xsd:` + form.schema + `"`)
	d.line()
	d.open(form.root + "/GrpHdr")
	d.line()
	d.leaf("MsgId", id)
	d.leaf("CreDtTm", latin(s.asOf.String()+"T00:00:00"))
	d.leaf("NbOfTxs", count)
	d.leaf("CtrlSum", total)
	d.open("InitgPty")
	d.line()
	d.leaf("Nm", s.name)
	d.open("Id/OrgId/Othr")
	d.line()
	d.leaf("Id", s.enterprise)
	d.leaf("Issr", "KBO-BCE")
	d.end("InitgPty/Id/OrgId/Othr")
	d.end("GrpHdr")
	d.open("PmtInf")
	d.line()
	d.leaf("PmtInfId", id)
	if kind == Refund {
		s.transferTerms(&d, count, total, day)
	} else {
		s.collectionTerms(&d, count, total, day)
	}
	return d
}

// transferTerms are those of the payment information of credit transfers.
func (s *sender) transferTerms(d *document, count, total latin, day pipeline.Date) {
	d.leaf("PmtMtd", "TRF")
	d.leaf("BtchBookg", "true")
	d.leaf("NbOfTxs", count)
	d.leaf("CtrlSum", total)
	d.leaf("PmtTpInf/SvcLvl/Cd", "SEPA")
	d.leaf("ReqdExctnDt/Dt", latin(day.String()))
	d.party("Dbtr", s.name, s.address)
	d.leaf("DbtrAcct/Id/IBAN", s.account)
	d.leaf("DbtrAgt/FinInstnId/BICFI", s.bic)
	d.leaf("ChrgBr", "SLEV")
}

// collectionTerms are those of the payment information of direct debits. Since November 2016 a first collection
// is RCUR like those that follow (EPC016-06).
func (s *sender) collectionTerms(d *document, count, total latin, day pipeline.Date) {
	d.leaf("PmtMtd", "DD")
	d.leaf("BtchBookg", "true")
	d.leaf("NbOfTxs", count)
	d.leaf("CtrlSum", total)
	d.open("PmtTpInf")
	d.line()
	d.leaf("SvcLvl/Cd", "SEPA")
	d.leaf("LclInstrm/Cd", "CORE")
	d.leaf("SeqTp", "RCUR")
	d.end("PmtTpInf")
	d.leaf("ReqdColltnDt", latin(day.String()))
	d.party("Cdtr", s.name, s.address)
	d.leaf("CdtrAcct/Id/IBAN", s.account)
	d.leaf("CdtrAgt/FinInstnId/BICFI", s.bic)
	d.leaf("ChrgBr", "SLEV")
	d.open("CdtrSchmeId/Id/PrvtId/Othr")
	d.line()
	d.leaf("Id", s.creditor)
	d.leaf("SchmeNm/Prtry", "SEPA")
	d.end("CdtrSchmeId/Id/PrvtId/Othr")
}

// transaction writes a transfer or a collection; the account and the mandate have been checked.
func (d *document) transaction(r *row) {
	contact, form := &r.party.Contact, forms[r.kind]
	account, name := latin(r.target.Account), latin(r.target.Name)
	d.open(form.element)
	d.line()
	d.leaf("PmtId/EndToEndId", r.transaction)
	amount := latin(r.amount.String())
	if r.kind == Refund {
		d.leaf(`Amt/InstdAmt Ccy="EUR"`, amount)
		d.party("Cdtr", name, address{})
		d.leaf("CdtrAcct/Id/IBAN", account)
	} else {
		d.leaf(`InstdAmt Ccy="EUR"`, amount)
		d.open("DrctDbtTx/MndtRltdInf")
		d.line()
		d.leaf("MndtId", latin(r.target.Mandate))
		d.leaf("DtOfSgntr", latin(r.target.SignedOn.String()))
		d.end("DrctDbtTx/MndtRltdInf")
		d.leaf("DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
		lives := address{}
		if needsAddress(account) {
			lives = debtorAddress(contact)
		}
		d.party("Dbtr", name, lives)
		d.leaf("DbtrAcct/Id/IBAN", account)
	}
	d.open("RmtInf/Strd/CdtrRefInf/Tp")
	d.line()
	d.leaf("CdOrPrtry/Cd", "SCOR")
	d.leaf("Issr", "BBA")
	d.end("Tp")
	d.leaf("Ref", r.reference)
	d.end("RmtInf/Strd/CdtrRefInf")
	d.end(form.element)
}

// party writes a name and, where it is given, an address.
func (d *document) party(tag string, name latin, a address) {
	d.open(tag)
	d.line()
	d.leaf("Nm", name)
	if a.whole() {
		d.open("PstlAdr")
		d.line()
		d.leaf("StrtNm", a.street)
		d.leaf("PstCd", a.postcode)
		d.leaf("TwnNm", a.town)
		d.leaf("Ctry", a.country)
		d.end("PstlAdr")
	}
	d.end(tag)
}

// tail closes a file after its transactions.
func tail(kind Kind) document {
	var d document
	d.end("PmtInf")
	d.end("Document/" + forms[kind].root)
	return d
}
