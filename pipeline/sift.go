package pipeline

import (
	"cmp"
	"strings"

	"regul/pipeline/rows"
)

// run is the longest prefix whose rows all satisfy the condition.
func run[Row any](rows []Row, holds func(*Row) bool) []Row {
	n := 0
	for n < len(rows) && holds(&rows[n]) {
		n++
	}
	return rows[:n]
}

// dedupe sifts rows that are sorted so that equal keys and, among them, equal rows are neighbours.
// A row equal to another counts once: the further ones are repeated. Rows with the same key and other
// values are all in conflict. It returns, in place, the rows that are neither.
func dedupe[Row any](rows []Row, sameKey, same func(a, b *Row) bool, repeated, conflict func(*Row)) []Row {
	kept := rows[:0]
	for len(rows) > 0 {
		group := run(rows, func(r *Row) bool { return sameKey(&rows[0], r) })
		rows = rows[len(group):]
		agreed := same(&group[0], &group[len(group)-1])
		for i := range group {
			switch {
			case i > 0 && same(&group[i-1], &group[i]):
				repeated(&group[i])
			case !agreed:
				conflict(&group[i])
			}
		}
		if agreed {
			kept = append(kept, group[0])
		}
	}
	return kept
}

func compareAccount(a, b AccountQuarter) int {
	if c := cmp.Compare(int(a.Year)*4+int(a.Quarter), int(b.Year)*4+int(b.Quarter)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Standing, b.Standing), cmp.Compare(a.Starter, b.Starter),
		cmp.Compare(a.Reduction, b.Reduction), cmp.Compare(a.LegalProvisional, b.LegalProvisional),
		cmp.Compare(a.Provisional, b.Provisional), compareQuarterAdded(&a.QuarterAdded, &b.QuarterAdded),
		rows.ComparePlaces(a.Place, b.Place))
}

func compareQuarterAdded(a, b *QuarterAdded) int {
	return cmp.Or(cmp.Compare(a.IfMain, b.IfMain), cmp.Compare(a.LateAffiliation, b.LateAffiliation),
		cmp.Compare(a.SurchargesWaived, b.SurchargesWaived), cmp.Compare(a.RecoveredOn, b.RecoveredOn),
		cmp.Compare(a.DeferredTo, b.DeferredTo))
}

func comparePayments(a, b Payment) int {
	if c := cmp.Compare(a.Year, b.Year); c != 0 {
		return c
	}
	// By the rest too: what is recognised, and whether a running sum stays in range, must not depend on the order of rows.
	if c := cmp.Or(cmp.Compare(a.PaidOn, b.PaidOn), cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.Purpose, b.Purpose)); c != 0 {
		return c
	}
	return strings.Compare(a.EndToEnd, b.EndToEnd)
}

func compareEvidence(a, b Evidence) int {
	return cmp.Or(cmp.Compare(int(a.Year)*4+int(a.Quarter), int(b.Year)*4+int(b.Quarter)), cmp.Compare(a.Kind, b.Kind),
		rows.ComparePlaces(a.Place, b.Place))
}

func compareComponents(a, b Component) int {
	if c := cmp.Compare(a.Year, b.Year); c != 0 {
		return c
	}
	if c := strings.Compare(a.Communication, b.Communication); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Nature, b.Nature), strings.Compare(a.Assessment, b.Assessment),
		cmp.Compare(a.Income, b.Income), cmp.Compare(a.CommunicatedOn, b.CommunicatedOn),
		cmp.Compare(a.Admitted, b.Admitted), compareBools(a.Contested, b.Contested), rows.ComparePlaces(a.Place, b.Place))
}

// compareBools puts false before true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
