package report

import "regul/pipeline"

// comparison is left out where there is no previous batch: the top of the page says so.
func (t *teller) comparison() section {
	out := section{ID: "comparison", Title: t.t("Against the previous batch")}
	p := t.b.Previous
	if p == nil {
		return out
	}
	out.Lead = t.f("The batch before is %s of %s.", p.Name, p.AsOf)
	columns := func(what string) []column {
		return []column{t.text(what), t.numeric("Now"), t.numeric("Before"), t.numeric("Change")}
	}
	counts := &table{Caption: t.t("Numbers, now and before"), Columns: columns("Number")}
	line := func(name string, now, before int64) {
		counts.Rows = append(counts.Rows, cells(name, number(now), number(before), change(t.words, now, before, number)))
	}
	line(t.t("Regularisations"), t.s.All.Rows, p.Regularisations())
	for o := pipeline.NoOutcome + 1; o < pipeline.OutcomeCount; o++ {
		line(t.outcome(o), t.s.Outcomes[o].Rows, p.Outcomes[o])
	}
	line(t.t("Notices"), t.s.Notices, p.Notices)
	line(t.t("Rejected rows"), rejected(t.b), p.Rejects)
	amounts := &table{Caption: t.t("Control totals, now and before, in EUR"), Columns: columns("Total")}
	for _, sum := range t.b.ControlTotals {
		before, known := total(p.Totals, sum.Name)
		if !known {
			amounts.Rows = append(amounts.Rows, cells(t.totalName(sum.Name), t.amount(sum.Cents), "–", "–"))
			continue
		}
		amounts.Rows = append(amounts.Rows, cells(t.totalName(sum.Name), t.amount(sum.Cents), t.amount(before),
			change(t.words, sum.Cents, before, t.amount)))
	}
	out.Blocks = append(out.Blocks, block{Table: counts})
	if len(amounts.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: amounts})
	}
	return out
}
