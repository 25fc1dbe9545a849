package pipeline

import "regul/pipeline/money"

// CompanyYear is what a settled year of a company has beside the amounts that every settled year has (law of 30-12-1992 art. 88-95).
// Package company decides it. Amounts are cents of EUR.
type CompanyYear struct {
	Balance        money.Cents // company.NoBalance: there is none yet
	Threshold      money.Cents // a balance total up to this, included, is of a small company
	Contribution   money.Cents // of the size
	Reported       money.Cents // called, as the row says; Called is what earlier versions make of it
	RefundedBefore money.Cents // by earlier versions
	Unpaid         money.Cents // at NotifiedOn, if that is after Due
	PaidLate       money.Cents // what was paid after Due, each part times the months until its day, added up
	Months         int64       // since Due until NotifiedOn, begun ones
	CreatedOn      Date        // company.NoDay: not known
	Due            Date        // by law
	PayBy          Date        // until then what is claimed costs no further surcharge
	PaidOn         OptionalDate
	Exemption      uint8 // of company.Exemptions
	Size           uint8 // of company.Sizes
	Ground         uint8 // of company.Grounds
	Exempt         bool  // the exemption is in force in the year
}
