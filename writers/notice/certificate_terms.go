package notice

// certificateWords are what the wording of fiscal certificates lays over that of the notices.
var certificateWords = &layer{name: "certificate", specs: &certificateSpecs, law: noNote,
	replaced: []*term{&footerReference, &letterTitle, &contactText}}

// certificateSpecs are the terms that certificates alone have.
var certificateSpecs []spec

func declareCertificate(name, must, may string) term {
	return declareIn(&certificateSpecs, name, must, may)
}

var (
	certificateHeadline   = declareCertificate("certificate.headline", "year", "")
	certificateText       = declareCertificate("certificate.text", "year", "dossier")
	certificateTable      = declareCertificate("certificate.table", "", "year")
	certificateReceived   = declareCertificate("certificate.received", "", "year")
	certificateReturned   = declareCertificate("certificate.returned", "", "year")
	certificateDeductible = declareCertificate("certificate.deductible", "", "year")
	certificateNegative   = declareCertificate("certificate.negative", "", "year")
	certificateSurcharges = declareCertificate("certificate.surcharges", "amount", "year")
	certificateUseTitle   = declareCertificate("certificate.use_title", "", "")
	certificateUse        = declareCertificate("certificate.use", "", "year")
)
