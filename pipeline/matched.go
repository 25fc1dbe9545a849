package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Matched is one affiliate with the years that the account knows: what the match stage hands on.
type Matched struct {
	Affiliate *Affiliate
	Years     []MatchedYear // ascending
	Withdrawn []WithdrawnNotice
	Start     law.Quarter // of the activity, where the account shows it; else 0
}

// MatchedYear is one year of an affiliate: its account, its payments, what earlier batches published
// and, when the batch settles it, the communication of income.
type MatchedYear struct {
	Year      int
	Quarters  []AccountQuarter // ascending, 1 to 4
	Applied   [4]Qualified     // to each of the quarters, by position
	Payments  []Payment        // by day
	Versions  []PriorYear      // that earlier batches published, ascending
	Prior     Prior
	Claim     *Claim       // nil: the batch does not settle this year
	Reference *KnownIncome // of three years before; nil: unknown
}

// Claim is the communication that the batch settles, and the parameters for it.
type Claim struct {
	Communication  string
	CommunicatedOn Date
	Components     []Component // its rows that no earlier batch has settled
	Before         string      // its rows that an earlier batch has settled, see AppendComponents
	Income         money.Cents // sum of the components, may be negative
	IncomeYear     int         // of the income: the year itself, but for some years of starters before 2015
	Quarters       int         // n, by which the income is annualised
	Interrupted    bool        // the limitation was interrupted
	Rechecked      bool        // no new communication: the account changed, see recheck
	Law            *law.Year
	Fee            money.Rate
}

// KnownIncome is a year's income that was communicated, and the quarters that counted in that year, 1 to 4.
type KnownIncome struct {
	Income   money.Cents
	Quarters int
}
