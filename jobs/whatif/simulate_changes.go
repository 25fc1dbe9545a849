package whatif

import (
	"fmt"
	"slices"

	"regul/pipeline/law"
	"regul/writers/report"
	"regul/writers/report/page"
)

// changesOf lists the parameters that differ between two laws, in the years that were compared.
func changesOf(before, after *law.Law, years []int) []report.Change {
	var changes []report.Change
	for _, year := range years {
		b, errBefore := before.Year(year)
		a, errAfter := after.Year(year)
		if errBefore != nil || errAfter != nil {
			continue
		}
		for i, t := range b.Thresholds {
			if now := a.Thresholds[i]; now.Amount != t.Amount && t.Valid.Overlaps(year) {
				changes = append(changes, report.Change{Parameter: t.Name + ", " + t.Meaning, When: fmt.Sprint(year),
					From: page.EUR(t.Amount), To: page.EUR(now.Amount), Article: t.Article})
			}
		}
	}
	return append(changes, rateChanges(before, after, years)...)
}

// rateChanges lists the rates that differ, each from the first to the last quarter of the same change.
func rateChanges(before, after *law.Law, years []int) []report.Change {
	var changes []report.Change
	ends := map[string]law.Quarter{} // of the last change of a rate
	last := map[string]int{}         // its place
	order := map[string]int{}        // of the rates
	for _, year := range years {
		for number := 1; number <= 4; number++ {
			quarter := law.QuarterOf(year, number)
			for _, r := range before.Rates(year) {
				now, known := after.Rate(r.Name, quarter)
				if !r.Valid.Holds(quarter) || !known || now == r.Rate {
					continue
				}
				c := report.Change{Parameter: "rate " + r.Name, When: quarter.String(), From: r.Rate.Percent() + " %", To: now.Percent() +
					" %", Article: r.Article}
				if _, listed := order[c.Parameter]; !listed {
					order[c.Parameter] = len(order)
				}
				if at, any := last[r.Name]; any && ends[r.Name]+1 == quarter && changes[at].From == c.From && changes[at].To == c.To {
					changes[at].When = changes[at].When[:len("2018Q2")] + " to " + c.When
				} else {
					last[r.Name] = len(changes)
					changes = append(changes, c)
				}
				ends[r.Name] = quarter
			}
		}
	}
	slices.SortStableFunc(changes, func(a, b report.Change) int { return order[a.Parameter] - order[b.Parameter] })
	return changes
}
