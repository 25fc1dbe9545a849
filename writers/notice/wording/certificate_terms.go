package wording

// CertificateWords are what the wording of fiscal certificates lays over that of the notices.
var CertificateWords = &Layer{Name: "certificate", specs: &certificateSpecs, law: None,
	replaced: []*Term{&FooterReference, &LetterTitle, &ContactText}}

// certificateSpecs are the terms that certificates alone have.
var certificateSpecs []spec

func declareCertificate(name, must, may string) Term {
	return declareIn(&certificateSpecs, name, must, may)
}

var (
	CertificateHeadline   = declareCertificate("certificate.headline", "year", "")
	CertificateText       = declareCertificate("certificate.text", "year", "dossier")
	CertificateTable      = declareCertificate("certificate.table", "", "year")
	CertificateReceived   = declareCertificate("certificate.received", "", "year")
	CertificateReturned   = declareCertificate("certificate.returned", "", "year")
	CertificateDeductible = declareCertificate("certificate.deductible", "", "year")
	CertificateNegative   = declareCertificate("certificate.negative", "", "year")
	CertificateSurcharges = declareCertificate("certificate.surcharges", "amount", "year")
	CertificateUseTitle   = declareCertificate("certificate.use_title", "", "")
	CertificateUse        = declareCertificate("certificate.use", "", "year")
)
