package report

// changesSection lists the parameters that differ.
func (s *effects) changes() section {
	out := section{ID: "changes", Title: s.t("What the reform changes"), Empty: s.t("The reform changes no parameter of these years."),
		Lead: s.t("The parameters of the years that are compared.")}
	if len(s.Changes) == 0 {
		return out
	}
	t := &table{Caption: s.t("Parameters that the reform changes"),
		Columns: []column{s.text("Parameter"), s.text("When"), s.numeric("In force"), s.numeric("Under the reform"), s.text("Article")}}
	for _, c := range s.Changes {
		t.Rows = append(t.Rows, cells(c.Parameter, c.When, c.From, c.To, s.article(c.Article)))
	}
	out.Blocks = append(out.Blocks, block{Table: t})
	return out
}

// outcomesSection shows how many regularisations come to each outcome under both laws.
func (s *effects) outcomes() section {
	out := section{ID: "outcomes", Title: s.t("Outcomes"), Lead: s.t("How many regularisations come to each outcome under both laws."),
		Empty: s.t("Nothing is compared.")}
	if len(s.Outcomes) == 0 {
		return out
	}
	t := &table{Caption: s.t("Outcomes under both laws"),
		Columns: []column{s.text("Outcome"), s.numeric("In force"), s.numeric("Under the reform"), s.numeric("Change")}}
	before, after := series{name: s.t("in force"), colour: 5}, series{name: s.t("under the reform"), colour: 1}
	b := bars{label: t.Caption, beside: true}
	for _, o := range s.Outcomes {
		name := s.name("outcome", o.Name)
		t.Rows = append(t.Rows, cells(name, number(o.Before), number(o.After), change(s.words, o.After, o.Before, number)))
		b.names, before.counts, after.counts = append(b.names, name), append(before.counts, o.Before), append(after.counts, o.After)
	}
	b.series = []series{before, after}
	out.Blocks = append(out.Blocks, block{Chart: b.draw(), Table: t})
	return out
}

// lawsSection says what was computed with.
func (s *effects) laws() section {
	t := &table{Caption: s.t("The two laws"), Columns: []column{s.text("Law"), s.text("Version")}, Rows: []row{
		append(cells(s.t("In force")), digest(s.Law)), append(cells(s.t("Under the reform")), digest(s.Reform)),
	}}
	out := section{ID: "laws", Title: s.t("The two laws"),
		Lead:   s.t("A version is a digest of the parameters and the arithmetic. Inputs, fees and history are the same under both."),
		Blocks: []block{{Table: t}}}
	if fees := s.feesTable(s.Fees); fees != nil {
		out.Blocks = append(out.Blocks, block{Table: fees})
	}
	return out
}
