package notice

import (
	"regul/pipeline"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// certificates are the fiscal certificates: what an affiliate paid in a calendar year, for the tax return.
var certificates = overlay{words: wording.CertificateWords, layout: "2", index: index.Certificates}

// Certificates is the press of fiscal certificates for the same fund and day: settlements with a receipt alone. The wording may have
// certificate-fr.yaml, -nl and -de beside; what it lacks of these is built in.
func (p *Press) Certificates() (*Press, error) { return certificates.over(p) }

// certificate writes what was paid in a calendar year, on one page. A surcharge is no contribution and stands apart.
func (l *letter) certificate(r *pipeline.Receipt) {
	l.nextPage()
	l.stamp(l.onFirst)
	l.y = bodyY
	l.addressee()
	l.references()
	l.integer(wording.FieldYear, r.Year)
	l.title(pdf.Heading1, subject, l.say(wording.CertificateHeadline))
	l.space(6)
	l.flow(body, l.say(wording.CertificateText))
	l.space(12)
	l.headOf(pdf.Heading2, wording.CertificateTable, wording.None)
	l.row(cell, l.say(wording.CertificateReceived), l.figure(r.Received), "")
	if r.Returned != 0 {
		l.row(cell, l.say(wording.CertificateReturned), l.figure(-r.Returned), "")
	}
	l.row(cellBold, l.say(wording.CertificateDeductible), l.figure(r.Deductible()), "")
	l.leave()
	l.space(10)
	if r.Deductible() < 0 {
		l.flow(body, l.say(wording.CertificateNegative))
		l.space(6)
	}
	if r.Surcharges > 0 { // that more was given back than paid says nothing of contributions
		l.amount(wording.FieldAmount, r.Surcharges)
		l.flow(body, l.say(wording.CertificateSurcharges))
		l.space(6)
	}
	l.space(8)
	l.section(wording.CertificateUseTitle, wording.None, wording.NoArticle, wording.CertificateUse)
	l.section(wording.ContactTitle, wording.None, wording.NoArticle, wording.ContactText)
}
