package pipeline

import (
	"cmp"
	"context"
	"slices"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// CareerQuarter is a quarter of an affiliate as the last version regularised it, and whether it is paid. Amounts are cents.
type CareerQuarter struct {
	NISS       NISS
	Dossier    Dossier
	Year       int
	Quarter    int // 1 to 4
	Version    int
	Declared   law.Category
	Category   law.Category // after the evidence
	Standing   Standing
	Income     money.Cents // net, of the year, as communicated
	Definitive money.Cents
	Paid       money.Cents // of it
	Status     CareerStatus
	Change     CareerChange
	NotifiedOn Date
}

// CareerStatus is whether a quarter counts for the pension, as far as payment decides it.
type CareerStatus uint8

// The states of a quarter.
const (
	CareerPaid        CareerStatus = iota
	CareerUnpaid                   // not, or not wholly
	CareerAssimilated              // counts without payment (RGS art. 50 §1)
	CareerNothing                  // no contribution is due: not_due, dispensed, or nothing by the schedule
	CareerFaulty                   // a row of the payments was rejected: nobody knows
	careerStatusCount
)

var careerStatuses = [careerStatusCount]string{"paid", "unpaid", "assimilated", "no_contribution", "payments_faulty"}

// CareerStatuses lists the codes of the states.
func CareerStatuses() []string { return careerStatuses[:] }

// CareerChange is what the last version changed of a quarter.
type CareerChange uint8

// The changes.
const (
	CareerNew CareerChange = iota
	CareerChanged
	CareerUnchanged
	careerChangeCount
)

var careerChanges = [careerChangeCount]string{"new", "changed", "unchanged"}

// CareerChanges lists the codes of the changes.
func CareerChanges() []string { return careerChanges[:] }

// Career goes through the regularised quarters of all affiliates, shard by shard on so many workers, with what is paid of them up to a day.
// open gives what takes those of a shard, by national number, year and quarter.
func Career(ctx context.Context, plan *rows.Plan, on Date, workers int, open func(shard int) func(*CareerQuarter)) error {
	return eachShard(ctx, plan, workers, func() *movements { return &movements{} }, func(v *movements, shard *rows.Shard) error {
		visit := open(shard.Number)
		eachCase(shard, func(c *Case) { careerOf(c, v, on, visit) })
		return nil
	})
}

// careerOf goes through the quarters of the last version of each year.
func careerOf(c *Case, v *movements, on Date, visit func(*CareerQuarter)) {
	if len(c.PriorYears) == 0 {
		return
	}
	moved, shared := v.sifted(c, on)
	slices.SortFunc(c.PriorQuarters, func(a, b PriorQuarter) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Quarter, b.Quarter))
	})
	var dossier Dossier
	if len(c.Affiliates) > 0 {
		dossier = c.Affiliates[0].Dossier
	}
	for i := range c.PriorYears {
		y := &c.PriorYears[i]
		if i+1 < len(c.PriorYears) && c.PriorYears[i+1].Year == y.Year {
			continue // a later version counts
		}
		left := paidUpTo(yearOf(moved, int(y.Year)), on)
		faulty := shared || slices.ContainsFunc(c.Flaws, func(f Flaw) bool { return f.Input == Payments && (f.Year == y.Year || f.Year == 0) })
		for _, q := range quartersOf(c, y.Year, y.Version) {
			found := CareerQuarter{NISS: c.NISS, Dossier: dossier, Year: int(y.Year), Quarter: int(q.Quarter), Version: int(y.Version),
				Declared: q.Category, Category: q.Applied, Standing: q.Standing, Income: y.Income, Definitive: q.Definitive,
				NotifiedOn: y.NotifiedOn, Change: CareerNew}
			found.Paid = max(0, min(left, q.Definitive))
			left -= found.Paid
			found.Status = careerStatus(&found, faulty)
			if y.Version > 1 && i > 0 {
				found.Change = changeOf(&q, y, quartersOf(c, y.Year, c.PriorYears[i-1].Version), &c.PriorYears[i-1])
			}
			visit(&found)
		}
	}
}

func careerStatus(q *CareerQuarter, faulty bool) CareerStatus {
	switch {
	case q.Standing == Assimilated:
		return CareerAssimilated
	case q.Definitive == 0:
		return CareerNothing
	case faulty:
		return CareerFaulty
	case q.Paid < q.Definitive:
		return CareerUnpaid
	}
	return CareerPaid
}

// quartersOf are the quarters of a version, in their order. The quarters of the case are sorted.
func quartersOf(c *Case, year int16, version int32) []PriorQuarter {
	is := func(q PriorQuarter) bool { return q.Year == year && q.Version == version }
	first := slices.IndexFunc(c.PriorQuarters, is)
	if first < 0 {
		return nil
	}
	end := first
	for end < len(c.PriorQuarters) && is(c.PriorQuarters[end]) {
		end++
	}
	return c.PriorQuarters[first:end]
}

// changeOf compares a quarter with that of the version before.
func changeOf(q *PriorQuarter, y *PriorYear, before []PriorQuarter, yearBefore *PriorYear) CareerChange {
	at := slices.IndexFunc(before, func(b PriorQuarter) bool { return b.Quarter == q.Quarter })
	switch {
	case at < 0:
		return CareerNew
	case before[at].Applied != q.Applied || before[at].Standing != q.Standing || yearBefore.Income != y.Income:
		return CareerChanged
	}
	return CareerUnchanged
}
