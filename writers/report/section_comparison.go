package report

import (
	"regul/pipeline"
	"regul/writers/report/page"
)

// comparison is left out where there is no previous batch: the top of the page says so.
func (t *teller) comparison() page.Section {
	out := page.Section{ID: "comparison", Title: t.Say("Against the previous batch")}
	p := t.b.Previous
	if p == nil {
		return out
	}
	out.Lead = t.Sayf("The batch before is %s of %s.", p.Name, p.AsOf)
	columns := func(what string) []page.Column {
		return []page.Column{t.Text(what), t.Numeric("Now"), t.Numeric("Before"), t.Numeric("Change")}
	}
	counts := &page.Table{Caption: t.Say("Numbers, now and before"), Columns: columns("Number")}
	line := func(name string, now, before int64) {
		counts.Rows = append(counts.Rows, page.Cells(name, page.Number(now), page.Number(before),
			page.Change(t.Words, now, before, page.Number)))
	}
	line(t.Say("Regularisations"), t.s.All.Rows, p.Regularisations())
	for o := pipeline.NoOutcome + 1; o < pipeline.OutcomeCount; o++ {
		line(t.outcome(o), t.s.Outcomes[o].Rows, p.Outcomes[o])
	}
	line(t.Say("Notices"), t.s.Notices, p.Notices)
	line(t.Say("Rejected rows"), rejected(t.b), p.Rejects)
	amounts := &page.Table{Caption: t.Say("Control totals, now and before, in EUR"), Columns: columns("Total")}
	for _, sum := range t.b.ControlTotals {
		before, known := total(p.Totals, sum.Name)
		if !known {
			amounts.Rows = append(amounts.Rows, page.Cells(t.totalName(sum.Name), t.Amount(sum.Cents), "–", "–"))
			continue
		}
		amounts.Rows = append(amounts.Rows, page.Cells(t.totalName(sum.Name), t.Amount(sum.Cents), t.Amount(before),
			page.Change(t.Words, sum.Cents, before, t.Amount)))
	}
	out.Blocks = append(out.Blocks, page.Block{Table: counts})
	if len(amounts.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Table: amounts})
	}
	return out
}
