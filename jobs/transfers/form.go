package transfers

import "regul/writers/payments"

// part is a text of a payment file: one of the file, or one of each of its transfers.
type part uint8

// The parts of a file, then those of a transfer.
const (
	messageID part = iota
	created
	messageCount
	messageSum
	initiator
	initiatorNumber
	initiatorIssuer
	groupID
	method
	booking
	groupCount
	groupSum
	level
	instrument
	sequence
	day
	ownName
	ownStreet
	ownPostcode
	ownTown
	ownCountry
	ownAccount
	ownBank
	charges
	creditor
	creditorScheme
	headParts

	endToEnd part = iota - 1
	amount
	name
	account
	mandate
	signedOn
	bank
	street
	postcode
	town
	country
	referenceType
	referenceIssuer
	reference
	allParts
)

// form is what a payment file of a kind holds, each text by its path.
type form struct {
	kind     payments.Kind
	document string // attributes of the first element
	root     string
	transfer string // path of a transfer
	currency string // path of the amount
	texts    map[string]part
	needed   uint64          // the parts that none may lack
	fixed    map[part]string // what stands there in every file
}

// set makes a set of parts.
func set(parts ...part) (bits uint64) {
	for _, p := range parts {
		bits |= 1 << p
	}
	return bits
}

const (
	grpHdr = "GrpHdr/"
	pmtInf = "PmtInf/"
)

// kindForm is what a kind of payment files has beside what is common to both.
type kindForm struct {
	kind           payments.Kind
	schema         string
	root, transfer string // elements: what holds all, and a transfer
	own, party     string // elements: who sends the file, and with whom a transfer deals
	more           map[string]part
	needed         uint64
	fixed          map[part]string
}

// newForm lists what is common to both kinds, and adds what a kind has.
func newForm(k kindForm) *form {
	f := &form{kind: k.kind, document: `xmlns="urn:iso:std:iso:20022:tech:xsd:` + k.schema + `"`, root: "Document/" + k.root,
		texts: map[string]part{}, needed: k.needed, fixed: k.fixed}
	f.transfer = f.root + "/" + pmtInf + k.transfer
	add := func(below string, texts map[string]part) {
		for path, p := range texts {
			f.texts[f.root+"/"+below+path] = p
		}
	}
	add(grpHdr, map[string]part{"MsgId": messageID, "CreDtTm": created, "NbOfTxs": messageCount, "CtrlSum": messageSum,
		"InitgPty/Nm": initiator, "InitgPty/Id/OrgId/Othr/Id": initiatorNumber, "InitgPty/Id/OrgId/Othr/Issr": initiatorIssuer})
	add(pmtInf, map[string]part{"PmtInfId": groupID, "PmtMtd": method, "BtchBookg": booking, "NbOfTxs": groupCount, "CtrlSum": groupSum,
		"PmtTpInf/SvcLvl/Cd": level, k.own + "/Nm": ownName, k.own + "/PstlAdr/StrtNm": ownStreet, k.own + "/PstlAdr/PstCd": ownPostcode,
		k.own + "/PstlAdr/TwnNm": ownTown, k.own + "/PstlAdr/Ctry": ownCountry, k.own + "Acct/Id/IBAN": ownAccount, k.own +
			"Agt/FinInstnId/BICFI": ownBank, "ChrgBr": charges})
	add(pmtInf+k.transfer+"/", map[string]part{"PmtId/EndToEndId": endToEnd, k.party + "/Nm": name, k.party + "Acct/Id/IBAN": account,
		"RmtInf/Strd/CdtrRefInf/Tp/CdOrPrtry/Cd": referenceType, "RmtInf/Strd/CdtrRefInf/Tp/Issr": referenceIssuer,
		"RmtInf/Strd/CdtrRefInf/Ref": reference})
	add(pmtInf, k.more)
	for path, p := range f.texts {
		if p == amount {
			f.currency = path
		}
	}
	f.needed |= set(messageID, created, messageCount, messageSum, initiator, groupID, method, booking, groupCount, groupSum, level, day,
		ownName, ownAccount, charges, endToEnd, amount, name, account, referenceType, referenceIssuer, reference)
	for p, text := range map[part]string{booking: "true", level: "SEPA", charges: "SLEV", initiatorIssuer: "KBO-BCE", referenceType: "SCOR",
		referenceIssuer: "BBA"} {
		f.fixed[p] = text
	}
	return f
}

// forms are those of the kinds (see writers/payments/message.go, which writes them).
var forms = [payments.KindCount]*form{
	payments.Refund: newForm(kindForm{kind: payments.Refund, schema: "pain.001.001.09", root: "CstmrCdtTrfInitn", transfer: "CdtTrfTxInf",
		own: "Dbtr", party: "Cdtr", more: map[string]part{"ReqdExctnDt/Dt": day, "CdtTrfTxInf/Amt/InstdAmt": amount},
		fixed: map[part]string{method: "TRF"}}),
	payments.Claim: newForm(kindForm{kind: payments.Claim, schema: "pain.008.001.08", root: "CstmrDrctDbtInitn", transfer: "DrctDbtTxInf",
		own: "Cdtr", party: "Dbtr", more: map[string]part{"ReqdColltnDt": day, "PmtTpInf/LclInstrm/Cd": instrument,
			"PmtTpInf/SeqTp": sequence, "CdtrSchmeId/Id/PrvtId/Othr/Id": creditor,
			"CdtrSchmeId/Id/PrvtId/Othr/SchmeNm/Prtry": creditorScheme, "DrctDbtTxInf/InstdAmt": amount,
			"DrctDbtTxInf/DrctDbtTx/MndtRltdInf/MndtId": mandate, "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/DtOfSgntr": signedOn,
			"DrctDbtTxInf/DbtrAgt/FinInstnId/Othr/Id": bank, "DrctDbtTxInf/Dbtr/PstlAdr/StrtNm": street,
			"DrctDbtTxInf/Dbtr/PstlAdr/PstCd": postcode, "DrctDbtTxInf/Dbtr/PstlAdr/TwnNm": town,
			"DrctDbtTxInf/Dbtr/PstlAdr/Ctry": country},
		needed: set(instrument, sequence, creditor, creditorScheme, mandate, signedOn, bank),
		fixed:  map[part]string{method: "DD", instrument: "CORE", sequence: "RCUR", creditorScheme: "SEPA", bank: "NOTPROVIDED"}}),
}
