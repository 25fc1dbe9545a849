package notice

// companyWords are what the wording of letters to companies lays over that of the notices.
var companyWords = &layer{name: "companies", replaced: companyReplaced, silent: companySilent, specs: &companySpecs, law: companyBasis}

// companyReplaced are the terms of the letters to the self-employed that read otherwise in a letter to a company: the files of wording
// of the companies hold them under the same name, with the same placeholders. {dossier} is the enterprise number.
var companyReplaced = []*term{
	&footerReference, &referenceDossier, &letterTitle, &letterTopic, &letterSubjectWithdrawn, &whyDefinitive, &whyCalled, &whyPaid, &whySurcharge, &whySurchargeBack,
	&whyIncome, &payYear, &payBefore, &payoutNoAccount, &payoutWrongAccount, &yearTitle, &yearContinued, &settlementDefinitive,
	&settlementCalled, &settlementPaid, &settlementSurcharge, &settlementSurchargeBack, &summarySurcharges, &surchargeTitle, &surchargeText,
	&surchargeTotal, &surchargeNow, &surchargeBack, &unpaidQuarter, &unpaidPrincipal, &arrearsText, &contestIncome, &contestCalculation, &basisDecree, &contactText,
}

// companySilent are those that a letter to a company does not say.
var companySilent = []*term{&unpaidSeven, &payoutNoInterest, &basisRegulation, &basisReform, &helpDispensation, &contestStatus,
	&contestWaiver, &contestDeductible}

// companySpecs are the terms that only letters to companies have.
var companySpecs []spec

func declareCompany(name, must, may string) term { return declareIn(&companySpecs, name, must, may) }

var (
	companyBasis       = declareCompany("company.basis", "", "")
	companyAmounts     = declareCompany("company.amounts", "", "year")
	companyBalance     = declareCompany("company.balance", "", "year")
	companyThreshold   = declareCompany("company.threshold", "year", "")
	companyDue         = declareCompany("company.due", "due", "year")
	companyStarterEnd  = declareCompany("company.starter_ended", "", "year")
	companyRefunded    = declareCompany("company.refunded", "", "")
	companyReplaces    = declareCompany("company.replaces", "notified", "year")
	companyPaidLate    = declareCompany("company.paid_late", "due", "")
	companyLate        = declareCompany("company.late", "date", "")
	companyMonths      = declareCompany("company.months", "months due", "")
	companyEarlierLate = declareCompany("company.earlier_late", "", "")

	// By company.Ground and company.Exemption, from the first code.
	companyGrounds = [...]term{
		declareCompany("ground.up_to_threshold", "", ""), declareCompany("ground.above_threshold", "", ""),
		declareCompany("ground.new_company", "", "year"), declareCompany("ground.no_balance_total", "", ""),
	}
	companyExemptions = [...]term{
		declareCompany("exemption.starter", "", "year"), declareCompany("exemption.inactive", "", "year"),
		declareCompany("exemption.bankruptcy", "", "year"), declareCompany("exemption.liquidation", "", "year"),
	}
)
