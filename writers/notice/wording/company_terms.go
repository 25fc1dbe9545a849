package wording

// CompanyWords are what the wording of letters to companies lays over that of the notices.
var CompanyWords = &Layer{Name: "companies", replaced: companyReplaced, silent: companySilent, specs: &companySpecs, law: companyBasis}

// companyReplaced are the terms of the letters to the self-employed that read otherwise in a letter to a company: the files of wording
// of the companies hold them under the same name, with the same placeholders. {dossier} is the enterprise number.
var companyReplaced = []*Term{
	&FooterReference, &ReferenceDossier, &LetterTitle, &LetterTopic, &LetterSubjectWithdrawn,
	&WhyDefinitive, &WhyCalled, &WhyPaid, &WhySurcharge, &WhySurchargeBack, &WhyIncome,
	&PayYear, &PayBefore, &PayoutNoAccount, &PayoutWrongAccount, &YearTitle, &YearContinued, &SettlementDefinitive,
	&SettlementCalled, &SettlementPaid, &SettlementSurcharge, &SettlementSurchargeBack, &SummarySurcharges, &SurchargeTitle, &SurchargeText,
	&SurchargeTotal, &SurchargeNow, &SurchargeBack, &UnpaidQuarter, &UnpaidPrincipal, &ArrearsText, &ContestIncome, &ContestCalculation,
	&BasisDecree, &ContactText,
}

// companySilent are those that a letter to a company does not say.
var companySilent = []*Term{&UnpaidSeven, &PayoutNoInterest, &BasisRegulation, &BasisReform, &HelpDispensation, &ContestStatus,
	&ContestWaiver, &ContestDeductible}

// companySpecs are the terms that only letters to companies have.
var companySpecs []spec

func declareCompany(name, must, may string) Term { return declareIn(&companySpecs, name, must, may) }

var (
	companyBasis       = declareCompany("company.basis", "", "")
	CompanyAmounts     = declareCompany("company.amounts", "", "year")
	CompanyBalance     = declareCompany("company.balance", "", "year")
	CompanyThreshold   = declareCompany("company.threshold", "year", "")
	CompanyDue         = declareCompany("company.due", "due", "year")
	CompanyStarterEnd  = declareCompany("company.starter_ended", "", "year")
	CompanyRefunded    = declareCompany("company.refunded", "", "")
	CompanyReplaces    = declareCompany("company.replaces", "notified", "year")
	CompanyPaidLate    = declareCompany("company.paid_late", "due", "")
	CompanyLate        = declareCompany("company.late", "date", "")
	CompanyMonths      = declareCompany("company.months", "months due", "")
	CompanyEarlierLate = declareCompany("company.earlier_late", "", "")
	CompanyParameters  = declareCompany("company.parameters", "notified", "year")
	CompanyReturned    = declareCompany("company.surcharge_returned", "", "")

	// By company.Ground and company.Exemption, from the first code.
	CompanyGrounds = [...]Term{
		declareCompany("ground.up_to_threshold", "", ""), declareCompany("ground.above_threshold", "", ""),
		declareCompany("ground.new_company", "", "year"), declareCompany("ground.no_balance_total", "", ""),
	}
	CompanyExemptions = [...]Term{
		declareCompany("exemption.starter", "", "year"), declareCompany("exemption.inactive", "", "year"),
		declareCompany("exemption.bankruptcy", "", "year"), declareCompany("exemption.liquidation", "", "year"),
	}
)
