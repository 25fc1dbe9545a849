package tally

import (
	"cmp"

	"regul/pipeline"
	"regul/pipeline/money"
)

// LargestKept is how many of the largest amounts are kept.
const LargestKept = 10

// Large is one of the largest amounts, in cents. Dossier and year are enough for staff to look it up.
type Large struct {
	Amount  money.Cents
	Dossier pipeline.Dossier
	Year    int
	Version int
	Outcome pipeline.Outcome
}

// order puts the larger amount first; equal amounts go by dossier, year and version, so that what is kept does not depend
// on the order in which it came.
func (l *Large) order(other *Large) int {
	return cmp.Or(cmp.Compare(other.Amount, l.Amount), cmp.Compare(l.Dossier.Number, other.Dossier.Number),
		cmp.Compare(l.Dossier.Digits, other.Dossier.Digits), cmp.Compare(l.Year, other.Year), cmp.Compare(l.Version, other.Version),
		cmp.Compare(l.Outcome, other.Outcome))
}

// largest keeps the largest amounts, in order.
type largest struct {
	kept [LargestKept]Large
	size int
}

// count takes the amount of a regularisation in. Nearly all of them fail the first comparison.
func (l *largest) count(r *pipeline.Regularisation, amount money.Cents) {
	if amount <= 0 || l.size == LargestKept && amount < l.kept[LargestKept-1].Amount {
		return
	}
	l.insert(Large{amount, r.Dossier, r.Year, r.Version, r.Outcome})
}

func (l *largest) insert(entry Large) {
	if l.size < LargestKept {
		l.size++
	} else if entry.order(&l.kept[LargestKept-1]) >= 0 {
		return
	}
	i := l.size - 1
	for ; i > 0 && entry.order(&l.kept[i-1]) < 0; i-- {
		l.kept[i] = l.kept[i-1]
	}
	l.kept[i] = entry
}

func (l *largest) add(other *largest) {
	for _, entry := range other.kept[:other.size] {
		l.insert(entry)
	}
}
