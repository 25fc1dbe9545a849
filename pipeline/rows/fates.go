package rows

import "regul/pipeline/money"

// Fate is what became of a row. Every row read has exactly one.
type Fate uint8

// The fates. A row of the register, the account, the payments or the interruptions is "settled" when it was taken into account.
const (
	Settled Fate = iota
	Superseded
	AlreadySettled
	Repeated
	Rejected
	FateCount
)

var fateNames = [FateCount]string{"settled", "superseded", "already_settled", "repeated", "rejected"}

// String is the fate as published.
func (f Fate) String() string { return fateNames[f] }

// Tally counts rows and, for revenue, adds up their readable income in cents.
type Tally struct {
	Rows   int64
	Income money.Cents
}

// Fates is the tally of every fate of one input.
type Fates [FateCount]Tally

// Count adds a row, and its income in cents.
func (f *Fates) Count(fate Fate, income money.Cents) {
	f[fate].Rows++
	f[fate].Income += income
}

// Add adds another tally of the same input.
func (f *Fates) Add(other *Fates) {
	for i := range f {
		f[i].Rows += other[i].Rows
		f[i].Income += other[i].Income
	}
}

// Sum is the tally over all fates: what must equal the rows read.
func (f *Fates) Sum() Tally {
	var sum Tally
	for _, t := range f {
		sum.Rows += t.Rows
		sum.Income += t.Income
	}
	return sum
}
