package report

import (
	"slices"

	"regul/pipeline/money"
	"regul/writers/report/page"
)

// The colours of who pays less and who pays more.
const (
	winnersColour = 2
	losersColour  = 4
)

// told is what decides who pays less or more.
const told = "Who pays less or more is told by the definitive contribution of the year, with the fee."

func (s *effects) byCategory() page.Section {
	g := group{Words: s.Words, title: s.Say("By category"), by: "Category", effects: slices.Clone(s.Categories), all: s.All}
	for i := range g.effects {
		g.effects[i].Name = s.Words.Name("category", g.effects[i].Name)
	}
	return g.section("categories", s.Say("The category under the law in force of the quarters that are due.")+" "+s.Say(told), g.people(),
		g.sums(), g.averages(), g.shares())
}

func (s *effects) byYear() page.Section {
	g := group{Words: s.Words, title: s.Say("By contribution year"), by: "Year", effects: s.Years, all: s.All}
	return g.section("years", s.Say(told), g.people(), g.sums())
}

func (s *effects) byIncome() page.Section {
	g := group{Words: s.Words, title: s.Say("By annual income"), by: "Annual income, EUR", effects: slices.Clone(s.Deciles), all: s.All}
	for i := range g.effects {
		e := &g.effects[i]
		g.names = append(g.names, s.Which(e.Name, s.Sayf("from %s", euros(e.Incomes[0]))))
		e.Name = s.Which(e.Name, s.Sayf("%s to %s", s.Amount(e.Incomes[0]), s.Amount(e.Incomes[1])))
	}
	return g.section("deciles", s.Say("The regularisations in tenths, from the lowest annual income to the highest; the incomes are those on which contributions are computed, annualised.")+" "+s.Say(told),
		g.people(), g.averages())
}

// group are the effects by something.
type group struct {
	*page.Words
	title, by string
	names     []string // in the charts; nil: those of the effects
	effects   []Effect
	all       Effect
}

// section shows the effects in charts and in tables that have everything the charts show.
func (g *group) section(id, lead string, pictures ...picture) page.Section {
	out := page.Section{ID: id, Title: g.title, Lead: lead, Empty: g.Say("Nothing is compared.")}
	if len(g.effects) == 0 {
		return out
	}
	if g.all.none() {
		out.Empty = g.Say("Nobody pays less or more.")
		return out
	}
	for _, p := range pictures {
		one := page.Block{Heading: p.heading, Chart: p.sides.Draw(), Half: true}
		if one.Chart == nil {
			one.Text = p.none
		}
		out.Blocks = append(out.Blocks, one)
	}
	out.Blocks = append(out.Blocks, g.tables()...)
	return out
}

// picture is a chart of two directions with its heading, and the sentence where there is nothing to draw.
type picture struct {
	heading, none string
	sides         *page.Sides
}

// people is how many win and lose.
func (g *group) people() picture {
	return picture{g.Say("How many pay less and more"), g.Say("None pays less or more."),
		g.sides(g.Say("how many pay less and more"), page.Number,
			func(e *Effect) (less, more int64) { return e.Winners, e.Losers })}
}

// sums is how much they win and lose, in whole EUR.
func (g *group) sums() picture {
	return picture{g.Say("How much less and more, EUR"), g.Say("Nobody pays a EUR less or more."),
		g.sides(g.Say("how much less and more, in EUR"), page.Number,
			func(e *Effect) (less, more int64) { return page.WholeEUR(e.Won), page.WholeEUR(e.Lost) })}
}

// averages is what changes for a regularisation, on average.
func (g *group) averages() picture {
	write := func(cents int64) string { return g.Amount(money.Cents(cents)) }
	return picture{g.Say("Average change, EUR"), g.Say("On average nothing changes."), g.sides(g.Say("average change, in EUR"), write,
		func(e *Effect) (less, more int64) {
			cents := int64(average(e.Definitive, e.Rows))
			return max(0, -cents), max(0, cents)
		})}
}

// shares is which part of the regularisations pays less and more, in tenths of a percent.
func (g *group) shares() picture {
	write := func(tenths int64) string { return g.Share(tenths, 1000) }
	return picture{g.Say("Share that pays less and more"), g.Say("None pays less or more."),
		g.sides(g.Say("share that pays less and more"), write,
			func(e *Effect) (less, more int64) { return tenths(e.Winners, e.Rows), tenths(e.Losers, e.Rows) })}
}

// tenths is a share in tenths of a percent, rounded half up; 0 of nothing.
func tenths(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return money.RoundHalfUp(1000*part, whole)
}

// sides is the chart of two values of every effect.
func (g *group) sides(label string, write func(int64) string, of func(*Effect) (less, more int64)) *page.Sides {
	s := &page.Sides{Label: g.Which(g.title, label), Names: g.names, Write: write,
		Less: page.Series{Name: g.Say("less"), Colour: winnersColour}, More: page.Series{Name: g.Say("more"), Colour: losersColour}}
	for i := range g.effects {
		less, more := of(&g.effects[i])
		s.Less.Counts, s.More.Counts = append(s.Less.Counts, less), append(s.More.Counts, more)
		if g.names == nil {
			s.Names = append(s.Names, g.effects[i].Name)
		}
	}
	return s
}

// average is a sum by its rows, rounded half away from zero to the cent.
func average(sum money.Cents, rows int64) money.Cents {
	if rows == 0 {
		return 0
	}
	if sum < 0 {
		return -average(-sum, rows)
	}
	return money.Cents(money.RoundHalfUp(int64(sum), rows))
}

// tables are two tables of the same rows, each narrow enough for a sheet of paper: who wins and loses how much, and what
// changes in the books. The whole stands below several rows.
func (g *group) tables() []page.Block {
	who := &page.Table{Caption: g.Which(g.title, g.Say("who pays less and more")),
		Columns: []page.Column{g.Text(g.by), g.Numeric("Regularisations"), g.Numeric("Pay less"), g.Numeric("Less, EUR"),
			g.Numeric("Pay more"), g.Numeric("Share that pays more"), g.Numeric("More, EUR"), g.Numeric("Unchanged"),
			g.Numeric("Average change, EUR")}}
	what := &page.Table{Caption: g.Which(g.title, g.Say("what the reform adds, in EUR")),
		Columns: []page.Column{g.Text(g.by), g.Numeric("Definitive"), g.Numeric("Of it fee"), g.Numeric("To pay"),
			g.Numeric("Refund"), g.Numeric("Surcharge"), g.Numeric("Claim"), g.Numeric("Payout")}}
	whoRow := func(name string, e *Effect) page.Row {
		return page.Cells(name, page.Number(e.Rows), page.Number(e.Winners), g.Amount(e.Won), page.Number(e.Losers),
			g.Share(e.Losers, e.Rows), g.Amount(e.Lost), page.Number(e.Unchanged), g.Signed(average(e.Definitive, e.Rows)))
	}
	whatRow := func(name string, e *Effect) page.Row {
		return page.Cells(name, g.Signed(e.Definitive), g.Signed(e.Fee), g.Signed(e.ToPay), g.Signed(e.Refund), g.Signed(e.Surcharge),
			g.Signed(e.Claim), g.Signed(e.Payout))
	}
	for i := range g.effects {
		e := &g.effects[i]
		who.Rows, what.Rows = append(who.Rows, whoRow(e.Name, e)), append(what.Rows, whatRow(e.Name, e))
	}
	if len(g.effects) > 1 {
		who.Total, what.Total = whoRow(g.Say("Total"), &g.all), whatRow(g.Say("Total"), &g.all)
	}
	return []page.Block{{Table: who}, {Table: what}}
}
