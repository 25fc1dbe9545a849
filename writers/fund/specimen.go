package fund

import "regul/pipeline"

// Specimen is a fund that does not exist, for trials and for specimens of letters. Its account number is the example of
// ISO 13616; everything that is made with it says so.
func Specimen() *Fund {
	return &Fund{
		Name: Texts{pipeline.French: "Caisse d’assurances sociales Spécimen", pipeline.Dutch: "Socialeverzekeringsfonds Specimen",
			pipeline.German: "Sozialversicherungskasse Muster"},
		Street: Texts{pipeline.French: "Rue de l’Exemple 1", pipeline.Dutch: "Voorbeeldstraat 1", pipeline.German: "Beispielstraße 1"},
		City:   Texts{pipeline.French: "Bruxelles", pipeline.Dutch: "Brussel", pipeline.German: "Brüssel"}, Postcode: "1000", Country: "BE",
		Phone: "02 000 00 00", Email: "info@fund.example", Website: "www.fund.example", ApprovalNumber: "000", Enterprise: "0123456749",
		IBAN: "BE68539007547034", BIC: "AAAABEBB", CreditorID: "BE81ZZZ0123456749", Specimen: true,
	}
}
