package notice

// companies are the letters to companies.
var companies = overlay{name: "companies", layout: "4", index: companyIndex, replaced: companyReplaced,
	silent: companySilent, specs: &companySpecs, law: companyBasis}

// NewCompanies is New for letters to companies. The wording may have companies-fr.yaml, -nl and -de beside; what it lacks of these is
// built in.
func NewCompanies(s Settings) (*Press, error) {
	plain, err := New(s)
	if err != nil {
		return nil, err
	}
	return companies.over(plain)
}
