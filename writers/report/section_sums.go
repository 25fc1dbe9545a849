package report

import (
	"strconv"

	"regul/pipeline"
)

// The colours of the outcomes in charts; others take the first.
var outcomeColours = [pipeline.OutcomeCount]int{pipeline.Supplement: 1, pipeline.Refund: 2, pipeline.Cancelled: 3, pipeline.SettledBySurplus: 4, pipeline.Unchanged: 5}

// outcomeNames are the outcomes without the position that is none.
func outcomeNames() []string { return pipeline.Outcomes()[1:] }

func outcomesSection(_ *Batch, s *Statistics) (section, error) {
	out := section{ID: "outcomes", Title: "Outcomes", Empty: "The batch holds no regularisation."}
	if s.All.Rows == 0 {
		return out, nil
	}
	var rows []named
	meanings := &table{Caption: "What the outcomes mean", Columns: []column{text("Outcome"), text("Meaning")}}
	for outcome := pipeline.NoOutcome + 1; outcome < pipeline.OutcomeCount; outcome++ {
		rows = append(rows, named{outcome.String(), s.Outcomes[outcome]})
		meanings.Rows = append(meanings.Rows, cells(outcome.String(), outcomeMeanings[outcome]))
	}
	names, counts := countsOf(rows)
	drawn, err := countsChart("Regularisations by outcome", 1, false, names, counts)
	out.Blocks = append(out.Blocks, block{Chart: drawn})
	out.Blocks = append(out.Blocks, sumsTables("outcome", rows)...)
	out.Blocks = append(out.Blocks, block{Table: meanings})
	return out, err
}

func categorySection(b *Batch, s *Statistics) (section, error) {
	out := section{ID: "categories", Title: "By category", Empty: "The batch holds no regularisation.",
		Lead: "The category of the quarters that are due. “" + SeveralCategories + "”: they differ. “" + NoCategory + "”: no quarter of the year is due."}
	by := "category"
	if b.Companies {
		by = "size"
		out.Title, out.Lead = "By size", "The size by which a company owes the small or the large amount of the year, also where it is exempt."
	}
	if len(s.Categories) == 0 {
		return out, nil
	}
	var rows []named
	for _, c := range s.Categories {
		rows = append(rows, named{c.Code, c.Sums})
	}
	names, counts := countsOf(rows)
	drawn, err := countsChart("Regularisations by "+by, 1, false, names, counts)
	out.Blocks = append([]block{{Chart: drawn}}, sumsTables(by, rows)...)
	return out, err
}

func yearSection(_ *Batch, s *Statistics) (section, error) {
	out := section{ID: "years", Title: "By contribution year", Empty: "The batch holds no regularisation."}
	if len(s.Years) == 0 {
		return out, nil
	}
	var rows []named
	b := bars{label: "Regularisations by contribution year and outcome"}
	for outcome := pipeline.NoOutcome + 1; outcome < pipeline.OutcomeCount; outcome++ {
		b.series = append(b.series, series{name: outcome.String(), colour: outcomeColours[outcome]})
	}
	counts := &table{Caption: "Regularisations by contribution year and outcome", Columns: []column{text("Year")}}
	for _, name := range outcomeNames() {
		counts.Columns = append(counts.Columns, numeric(name))
	}
	for i := range s.Years {
		y := &s.Years[i]
		name := strconv.Itoa(y.Year)
		rows, b.names = append(rows, named{name, y.Sums}), append(b.names, name)
		line := cells(name)
		for i := range b.series {
			b.series[i].counts = append(b.series[i].counts, y.Outcomes[i+1])
			line = append(line, cell{Text: number(y.Outcomes[i+1])})
		}
		counts.Rows = append(counts.Rows, line)
	}
	drawn, err := b.draw()
	out.Blocks = append([]block{{Chart: drawn, Table: counts}}, sumsTables("year", rows)...)
	return out, err
}

// languageNames are the languages in English, by code.
var languageNames = map[string]string{"": "none", "fr": "French", "nl": "Dutch", "de": "German"}

func languageSection(_ *Batch, s *Statistics) (section, error) {
	out := section{ID: "languages", Title: "By language", Empty: "The batch holds no regularisation."}
	var rows []named
	for language, sums := range s.Languages {
		if sums.Rows > 0 {
			rows = append(rows, named{languageNames[pipeline.Language(language).String()], sums})
		}
	}
	if len(rows) == 0 {
		return out, nil
	}
	names, counts := countsOf(rows)
	drawn, err := countsChart("Regularisations by language of the affiliate", 1, false, names, counts)
	out.Blocks = append([]block{{Chart: drawn}}, sumsTables("language", rows)...)
	return out, err
}
