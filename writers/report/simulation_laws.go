package report

import "regul/writers/report/page"

// changesSection lists the parameters that differ.
func (s *effects) changes() page.Section {
	out := page.Section{ID: "changes", Title: s.Say("What the reform changes"),
		Empty: s.Say("The reform changes no parameter of these years."), Lead: s.Say("The parameters of the years that are compared.")}
	if len(s.Changes) == 0 {
		return out
	}
	t := &page.Table{Caption: s.Say("Parameters that the reform changes"),
		Columns: []page.Column{s.Text("Parameter"), s.Text("When"), s.Numeric("In force"), s.Numeric("Under the reform"),
			s.Text("Article")}}
	for _, c := range s.Changes {
		t.Rows = append(t.Rows, page.Cells(s.Words.Name(c.Parameter.Of, c.Parameter.Code), s.Phrase(c.When), s.Phrase(c.From), s.Phrase(c.To), s.Article(c.Article)))
	}
	out.Blocks = append(out.Blocks, page.Block{Table: t})
	return out
}

// outcomesSection shows how many regularisations come to each outcome under both laws.
func (s *effects) outcomes() page.Section {
	out := page.Section{ID: "outcomes", Title: s.Say("Outcomes"),
		Lead: s.Say("How many regularisations come to each outcome under both laws."), Empty: s.Say("Nothing is compared.")}
	if len(s.Outcomes) == 0 {
		return out
	}
	t := &page.Table{Caption: s.Say("Outcomes under both laws"),
		Columns: []page.Column{s.Text("Outcome"), s.Numeric("In force"), s.Numeric("Under the reform"), s.Numeric("Change")}}
	before, after := page.Series{Name: s.Say("in force"), Colour: 5}, page.Series{Name: s.Say("under the reform"), Colour: 1}
	b := page.Bars{Label: t.Caption, Beside: true}
	for _, o := range s.Outcomes {
		name := s.Words.Name("outcome", o.Name)
		t.Rows = append(t.Rows, page.Cells(name, page.Number(o.Before), page.Number(o.After),
			page.Change(s.Words, o.After, o.Before, page.Number)))
		b.Names, before.Counts, after.Counts = append(b.Names, name), append(before.Counts, o.Before), append(after.Counts, o.After)
	}
	b.Series = []page.Series{before, after}
	out.Blocks = append(out.Blocks, page.Block{Chart: b.Draw(), Table: t})
	return out
}

// lawsSection says what was computed with.
func (s *effects) laws() page.Section {
	t := &page.Table{Caption: s.Say("The two laws"), Columns: []page.Column{s.Text("Law"), s.Text("Version")}, Rows: []page.Row{
		append(page.Cells(s.Say("In force")), page.Digest(s.Law)), append(page.Cells(s.Say("Under the reform")), page.Digest(s.Reform)),
	}}
	out := page.Section{ID: "laws", Title: s.Say("The two laws"),
		Lead:   s.Say("A version is a digest of the parameters and the arithmetic. Inputs, fees and history are the same under both."),
		Blocks: []page.Block{{Table: t}}}
	if fees := feesTable(s.Words, s.Fees); fees != nil {
		out.Blocks = append(out.Blocks, page.Block{Table: fees})
	}
	return out
}
