package report

import "regul/pipeline"

func comparisonSection(b *Batch, s *Statistics) section {
	out := section{ID: "comparison", Title: "Against the previous batch", Empty: "There is no previous batch to compare with."}
	p := b.Previous
	if p == nil {
		return out
	}
	out.Lead = "The batch before is " + p.Name + " of " + p.AsOf + "."
	columns := func(what string) []column {
		return []column{text(what), numeric("Now"), numeric("Before"), numeric("Change")}
	}
	counts := &table{Caption: "Numbers, now and before", Columns: columns("Number")}
	line := func(name string, now, before int64) {
		counts.Rows = append(counts.Rows, cells(name, number(now), number(before), change(now, before, number)))
	}
	line("Regularisations", s.All.Rows, p.Regularisations())
	for outcome := pipeline.NoOutcome + 1; outcome < pipeline.OutcomeCount; outcome++ {
		line(outcome.String(), s.Outcomes[outcome].Rows, p.Outcomes[outcome])
	}
	line("Notices", s.Notices, p.Notices)
	line("Rejected rows", rejected(b), p.Rejects)
	amounts := &table{Caption: "Control totals, now and before, in EUR", Columns: columns("Total")}
	for _, t := range b.ControlTotals {
		name := t.Name
		if known, ok := totalNames[name]; ok {
			name = known
		}
		before, known := total(p.Totals, t.Name)
		if !known {
			amounts.Rows = append(amounts.Rows, cells(name, amount(t.Cents), "–", "–"))
			continue
		}
		amounts.Rows = append(amounts.Rows, cells(name, amount(t.Cents), amount(before), change(t.Cents, before, amount)))
	}
	out.Blocks = append(out.Blocks, block{Table: counts})
	if len(amounts.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: amounts})
	}
	return out
}
