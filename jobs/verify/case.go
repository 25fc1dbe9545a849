package verify

// verifiedCase is what the tables say of one affiliate's year. Its memory is used again for the next one.
type verifiedCase struct {
	year     int            // of the folder
	settled  []verifiedYear // one, if the tables are sound; none where only entries are there
	quarters []verifiedQuarter
	terms    []verifiedTerm
	entries  []verifiedEntry
	balances []verifiedBalance
	sampled  bool // is recomputed
}

// rowCheck is something that must hold of each affiliate's year.
type rowCheck struct {
	name, what string
	hold       func(v *verifier, y *verifiedCase, c *Check)
}

// rowChecks are listed in this order. The first takes what the cursors find.
var rowChecks = []rowCheck{
	{"order", "rows", holdOrder},
	{"numbers", "regularisations", holdNumbers},
	{"amounts", "regularisations", holdAmounts},
	{"outcomes", "regularisations", holdOutcome},
	{"dates", "regularisations", holdDates},
	{"quarters", "quarters", holdQuarters},
	{"surcharges", "terms", holdTerms},
	{"entries", "entries", holdEntries},
	{"balances", "balances", holdBalances},
	{"calculation", "quarters recomputed", holdCalculation},
}
