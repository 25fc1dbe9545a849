// Package company owns the yearly contribution of companies (law of 30-12-1992 art. 88-95): its records, the fate of each
// row, what a company owes, how that is settled against what was called and paid, the entries and the control totals.
//
// It stands beside the pipeline of the self-employed, and takes from it days, languages, outcomes, fates and entry roles. It
// knows neither files nor formats nor the clock. Amounts are cents of EUR (money.Cents), days are days since 1970-01-01.
//
// Where the law is silent a rule is a reading: docs/companies.md lists them all, each with the place in this package where it
// can be changed.
package company
