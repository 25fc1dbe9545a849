package fund

// Specimen is a fund that does not exist, for trials and for specimens of letters. Its account number is the example of
// ISO 13616; everything that is made with it says so.
func Specimen() *Fund {
	return &Fund{
		Name:   Texts{1: "Caisse d’assurances sociales Spécimen", 2: "Sociaal verzekeringsfonds Specimen", 3: "Sozialversicherungskasse Muster"},
		Street: Texts{1: "Rue de l’Exemple 1", 2: "Voorbeeldstraat 1", 3: "Beispielstraße 1"}, Postcode: "1000",
		City: Texts{1: "Bruxelles", 2: "Brussel", 3: "Brüssel"}, Country: "BE",
		Phone: "02 000 00 00", Email: "info@fund.example", Website: "www.fund.example", ApprovalNumber: "000", Enterprise: "0123456749",
		IBAN: "BE68539007547034", BIC: "AAAABEBB", CreditorID: "BE81ZZZ0123456749", Specimen: true,
	}
}
