package report

import (
	"strconv"

	"regul/pipeline"
	"regul/writers/report/page"
)

// The colours of the outcomes in charts; others take the first.
var outcomeColours = [pipeline.OutcomeCount]int{pipeline.Supplement: 1, pipeline.Refund: 2, pipeline.Cancelled: 3,
	pipeline.SettledBySurplus: 4, pipeline.Unchanged: 5}

// noRegularisation is said where there is nothing to count.
const noRegularisation = "The batch holds no regularisation."

// outcome is the name of an outcome.
func (t *teller) outcome(o pipeline.Outcome) string { return t.Name("outcome", o.String()) }

func (t *teller) outcomes() page.Section {
	out := page.Section{ID: "outcomes", Title: t.Say("Outcomes"), Empty: t.Say(noRegularisation)}
	if t.s.All.Rows == 0 {
		return out
	}
	var rows []named
	meanings := &page.Table{Caption: t.Say("What the outcomes mean"), Columns: []page.Column{t.Text("Outcome"), t.Text("Meaning")}}
	for o := pipeline.NoOutcome + 1; o < pipeline.OutcomeCount; o++ {
		rows = append(rows, named{t.outcome(o), t.s.Outcomes[o]})
		meanings.Rows = append(meanings.Rows, page.Cells(t.outcome(o), t.Say(outcomeMeanings[o])))
	}
	out.Blocks = append([]page.Block{{Chart: countsChart(t.Say("Regularisations by outcome"), rows)}}, t.sumsTables("Outcome", rows)...)
	out.Blocks = append(out.Blocks, page.Block{Table: meanings})
	return out
}

func (t *teller) categories() page.Section {
	out := page.Section{ID: "categories", Title: t.Say("By category"), Empty: t.Say(noRegularisation),
		Lead: t.Say("The category of the quarters that are due. A year whose quarters differ has several; a year of which no quarter is due has none.")}
	by, names := "Category", "category"
	if t.b.Companies {
		by, names = "Size", "size"
		out.Title, out.Lead = t.Say("By size"),
			t.Say("The size by which a company owes the small or the large amount of the year, also where it is exempt.")
	}
	if len(t.s.Categories) == 0 {
		return out
	}
	var rows []named
	for _, c := range t.s.Categories {
		rows = append(rows, named{t.Name(names, c.Code), c.Sums})
	}
	out.Blocks = append([]page.Block{{Chart: countsChart(t.Sayf("Regularisations by %s", t.lower(t.Say(by))), rows)}},
		t.sumsTables(by, rows)...)
	return out
}

func (t *teller) years() page.Section {
	out := page.Section{ID: "years", Title: t.Say("By contribution year"), Empty: t.Say(noRegularisation)}
	if len(t.s.Years) == 0 {
		return out
	}
	var rows []named
	b := page.Bars{Label: t.Say("Regularisations by contribution year and outcome")}
	counts := &page.Table{Caption: b.Label, Columns: []page.Column{t.Text("Year")}}
	for o := pipeline.NoOutcome + 1; o < pipeline.OutcomeCount; o++ {
		b.Series = append(b.Series, page.Series{Name: t.outcome(o), Colour: outcomeColours[o]})
		counts.Columns = append(counts.Columns, page.Column{Name: t.outcome(o), Number: true})
	}
	for i := range t.s.Years {
		y := &t.s.Years[i]
		name := strconv.Itoa(y.Year)
		rows, b.Names = append(rows, named{name, y.Sums}), append(b.Names, name)
		line := page.Cells(name)
		for i := range b.Series {
			b.Series[i].Counts = append(b.Series[i].Counts, y.Outcomes[i+1])
			line = append(line, page.Cell{Text: page.Number(y.Outcomes[i+1])})
		}
		counts.Rows = append(counts.Rows, line)
	}
	out.Blocks = append([]page.Block{{Chart: b.Draw(), Table: counts}}, t.sumsTables("Year", rows)...)
	return out
}

func (t *teller) languages() page.Section {
	out := page.Section{ID: "languages", Title: t.Say("By language"), Empty: t.Say(noRegularisation)}
	var rows []named
	for language, sums := range t.s.Languages {
		if sums.Rows > 0 {
			rows = append(rows, named{t.Name("language", pipeline.Language(language).String()), sums})
		}
	}
	if len(rows) > 0 {
		out.Blocks = append([]page.Block{{Chart: countsChart(t.Say("Regularisations by language of the affiliate"), rows)}},
			t.sumsTables("Language", rows)...)
	}
	return out
}
