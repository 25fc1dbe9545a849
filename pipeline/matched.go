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
	Entries   []PriorEntry    // of withdrawn batches, which this one reverses: by year, day and line
	Orphans   []Orphan        // years with money that the account does not have
	Forgotten []Balance       // years that tonight's rows say nothing certain of, with transfers that nobody has seen
	Pending   []PriorTransfer // collections that the bank has and has not made
	Held      []heldRefund    // refunds that earlier batches held, and that the register does not hold any more
	Starts    []law.Quarter   // of activities that a starter affiliated for in time, as far as the account shows them
}

// MatchedYear is one year of an affiliate: its account, its payments, what earlier batches published
// and, when the batch settles it, the communication of income.
type MatchedYear struct {
	Year     int
	Quarters []AccountQuarter // ascending, 1 to 4
	Applied  [4]Qualified     // to each of the quarters, by position
	Payments []Payment        // what moved, by day: see movements
	YearLedger
	Versions      []PriorYear    // that earlier batches published, ascending
	PriorQuarters []PriorQuarter // of them, and of other years
	Prior         Prior
	Interrupted   bool   // the limitation was interrupted
	Claim         *Claim // nil: the batch does not settle this year
	Reference     Reference
}

// Claim is the communication that the batch settles, and the parameters for it.
type Claim struct {
	Communication  string
	CommunicatedOn Date
	Components     []Component // its rows that no earlier batch has settled
	Before         string      // its rows that an earlier batch has settled, see AppendComponents
	Income         money.Cents // sum of the components as communicated, may be negative
	Counted        money.Cents // the sum that counts: of a contested component what is admitted (RGS art. 34)
	Contested      bool
	IncomeYear     int     // of the income: the year itself, except some years of starters before 2015
	Quarters       int     // n, by which the income is annualised
	Interrupted    bool    // the limitation was interrupted
	Rechecked      Recheck // no new communication: for these changes, see recheck
	Law            *law.Year
	Fee            money.Rate
}

// Reference is what the legal provisional contributions of a year rest on (AR 38 art. 11 §3, 13bis §2).
type Reference struct {
	Subject     bool        // the account has a quarter that counts three years before
	Held        bool        // the account of that year can't be relied on
	Known       bool        // an income and its coefficient
	Income      money.Cents // of the reference year; may be negative
	Quarters    int         // that counted in it, 1 to 4
	Coefficient law.Coefficient
}
