package report

import (
	"strconv"

	"regul/pipeline"
)

// The colours of the outcomes in charts; others take the first.
var outcomeColours = [pipeline.OutcomeCount]int{pipeline.Supplement: 1, pipeline.Refund: 2, pipeline.Cancelled: 3,
	pipeline.SettledBySurplus: 4, pipeline.Unchanged: 5}

// noRegularisation is said where there is nothing to count.
const noRegularisation = "The batch holds no regularisation."

// outcome is the name of an outcome.
func (t *teller) outcome(o pipeline.Outcome) string { return t.name("outcome", o.String()) }

func (t *teller) outcomes() section {
	out := section{ID: "outcomes", Title: t.t("Outcomes"), Empty: t.t(noRegularisation)}
	if t.s.All.Rows == 0 {
		return out
	}
	var rows []named
	meanings := &table{Caption: t.t("What the outcomes mean"), Columns: []column{t.text("Outcome"), t.text("Meaning")}}
	for o := pipeline.NoOutcome + 1; o < pipeline.OutcomeCount; o++ {
		rows = append(rows, named{t.outcome(o), t.s.Outcomes[o]})
		meanings.Rows = append(meanings.Rows, cells(t.outcome(o), t.t(outcomeMeanings[o])))
	}
	out.Blocks = append([]block{{Chart: countsChart(t.t("Regularisations by outcome"), rows)}}, t.sumsTables("Outcome", rows)...)
	out.Blocks = append(out.Blocks, block{Table: meanings})
	return out
}

func (t *teller) categories() section {
	out := section{ID: "categories", Title: t.t("By category"), Empty: t.t(noRegularisation),
		Lead: t.t("The category of the quarters that are due. A year whose quarters differ has several; a year of which no quarter is due has none.")}
	by, names := "Category", "category"
	if t.b.Companies {
		by, names = "Size", "size"
		out.Title, out.Lead = t.t("By size"),
			t.t("The size by which a company owes the small or the large amount of the year, also where it is exempt.")
	}
	if len(t.s.Categories) == 0 {
		return out
	}
	var rows []named
	for _, c := range t.s.Categories {
		rows = append(rows, named{t.name(names, c.Code), c.Sums})
	}
	out.Blocks = append([]block{{Chart: countsChart(t.f("Regularisations by %s", t.lower(t.t(by))), rows)}}, t.sumsTables(by, rows)...)
	return out
}

func (t *teller) years() section {
	out := section{ID: "years", Title: t.t("By contribution year"), Empty: t.t(noRegularisation)}
	if len(t.s.Years) == 0 {
		return out
	}
	var rows []named
	b := bars{label: t.t("Regularisations by contribution year and outcome")}
	counts := &table{Caption: b.label, Columns: []column{t.text("Year")}}
	for o := pipeline.NoOutcome + 1; o < pipeline.OutcomeCount; o++ {
		b.series = append(b.series, series{name: t.outcome(o), colour: outcomeColours[o]})
		counts.Columns = append(counts.Columns, column{Name: t.outcome(o), Number: true})
	}
	for i := range t.s.Years {
		y := &t.s.Years[i]
		name := strconv.Itoa(y.Year)
		rows, b.names = append(rows, named{name, y.Sums}), append(b.names, name)
		line := cells(name)
		for i := range b.series {
			b.series[i].counts = append(b.series[i].counts, y.Outcomes[i+1])
			line = append(line, cell{Text: number(y.Outcomes[i+1])})
		}
		counts.Rows = append(counts.Rows, line)
	}
	out.Blocks = append([]block{{Chart: b.draw(), Table: counts}}, t.sumsTables("Year", rows)...)
	return out
}

func (t *teller) languages() section {
	out := section{ID: "languages", Title: t.t("By language"), Empty: t.t(noRegularisation)}
	var rows []named
	for language, sums := range t.s.Languages {
		if sums.Rows > 0 {
			rows = append(rows, named{t.name("language", pipeline.Language(language).String()), sums})
		}
	}
	if len(rows) > 0 {
		out.Blocks = append([]block{{Chart: countsChart(t.t("Regularisations by language of the affiliate"), rows)}},
			t.sumsTables("Language", rows)...)
	}
	return out
}
