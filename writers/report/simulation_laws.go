package report

// changesSection lists the parameters that differ.
func (s *Simulation) changesSection() (section, error) {
	out := section{ID: "changes", Title: "What the reform changes", Empty: "The reform changes no parameter of these years.",
		Lead: "The parameters of the years that are compared."}
	if len(s.Changes) == 0 {
		return out, nil
	}
	t := &table{Caption: "Parameters that the reform changes", Columns: []column{text("Parameter"), text("When"), numeric("In force"), numeric("Under the reform"), text("Article")}}
	for _, c := range s.Changes {
		t.Rows = append(t.Rows, cells(c.Parameter, c.When, c.From, c.To, c.Article))
	}
	out.Blocks = append(out.Blocks, block{Table: t})
	return out, nil
}

// outcomesSection shows how many regularisations come to each outcome under both laws.
func (s *Simulation) outcomesSection() (section, error) {
	out := section{ID: "outcomes", Title: "Outcomes", Lead: "How many regularisations come to each outcome under both laws.", Empty: "Nothing is compared."}
	if len(s.Outcomes) == 0 {
		return out, nil
	}
	t := &table{Caption: "Outcomes under both laws", Columns: []column{text("Outcome"), numeric("In force"), numeric("Under the reform"), numeric("Change")}}
	before, after := series{name: "in force", colour: 5}, series{name: "under the reform", colour: 1}
	b := bars{label: t.Caption, beside: true}
	for _, o := range s.Outcomes {
		t.Rows = append(t.Rows, cells(o.Name, number(o.Before), number(o.After), change(o.After, o.Before, number)))
		b.names, before.counts, after.counts = append(b.names, o.Name), append(before.counts, o.Before), append(after.counts, o.After)
	}
	b.series = []series{before, after}
	drawn, err := b.draw()
	out.Blocks = append(out.Blocks, block{Chart: drawn, Table: t})
	return out, err
}

// lawsSection says what was computed with.
func (s *Simulation) lawsSection() (section, error) {
	t := &table{Caption: "The two laws", Columns: []column{text("Law"), text("Version")}, Rows: []row{
		append(cells("In force"), digest(s.Law)), append(cells("Under the reform"), digest(s.Reform)),
	}}
	out := section{ID: "laws", Title: "The two laws", Lead: "A version is a digest of the parameters and the arithmetic. Inputs, fees and history are the same under both.",
		Blocks: []block{{Table: t}}}
	if fees := feesTable(s.Fees); fees != nil {
		out.Blocks = append(out.Blocks, block{Table: fees})
	}
	return out, nil
}
