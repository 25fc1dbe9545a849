package whatif

import (
	"slices"
	"strconv"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report"
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
				changes = append(changes, report.Change{Parameter: law.Term{Of: "threshold", Code: t.Name},
					When: law.Say(strconv.Itoa(year)), From: law.Say("%s EUR", t.Amount), To: law.Say("%s EUR", now.Amount), Article: t.Article})
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
				c := report.Change{Parameter: law.Term{Of: "rate", Code: r.Name}, When: law.Say("%s", quarter.String()),
					From: percent(r.Rate), To: percent(now), Article: r.Article}
				if _, listed := order[r.Name]; !listed {
					order[r.Name] = len(order)
				}
				if at, any := last[r.Name]; any && ends[r.Name]+1 == quarter && changes[at].From == c.From && changes[at].To == c.To {
					changes[at].When = law.Say("%s to %s", changes[at].When.Filled[0], quarter.String())
				} else {
					last[r.Name] = len(changes)
					changes = append(changes, c)
				}
				ends[r.Name] = quarter
			}
		}
	}
	slices.SortStableFunc(changes, func(a, b report.Change) int { return order[a.Parameter.Code] - order[b.Parameter.Code] })
	return changes
}

// percent says a rate.
func percent(r money.Rate) law.Phrase { return law.Say("%s %%", law.Percent(r.Percent())) }
