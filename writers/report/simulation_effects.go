package report

import (
	"slices"

	"regul/pipeline/money"
)

// The colours of who pays less and who pays more.
const (
	winnersColour = 2
	losersColour  = 4
)

// told is what decides who pays less or more.
const told = "Who pays less or more is told by the definitive contribution of the year, with the fee."

func (s *effects) byCategory() section {
	g := group{words: s.words, title: s.t("By category"), by: "Category", effects: slices.Clone(s.Categories), all: s.All}
	for i := range g.effects {
		g.effects[i].Name = s.name("category", g.effects[i].Name)
	}
	return g.section("categories", s.t("The category under the law in force of the quarters that are due.")+" "+s.t(told), g.people(),
		g.sums(), g.averages(), g.shares())
}

func (s *effects) byYear() section {
	g := group{words: s.words, title: s.t("By contribution year"), by: "Year", effects: s.Years, all: s.All}
	return g.section("years", s.t(told), g.people(), g.sums())
}

func (s *effects) byIncome() section {
	g := group{words: s.words, title: s.t("By annual income"), by: "Annual income, EUR", effects: slices.Clone(s.Deciles), all: s.All}
	for i := range g.effects {
		e := &g.effects[i]
		g.names = append(g.names, e.Name+": "+s.f("from %s", euros(e.Incomes[0])))
		e.Name += ": " + s.f("%s to %s", s.amount(e.Incomes[0]), s.amount(e.Incomes[1]))
	}
	return g.section("deciles", s.t("The regularisations in tenths, from the lowest annual income to the highest; the incomes are those on which contributions are computed, annualised.")+" "+s.t(told),
		g.people(), g.averages())
}

// group are the effects by something.
type group struct {
	*words
	title, by string
	names     []string // in the charts; nil: those of the effects
	effects   []Effect
	all       Effect
}

// section shows the effects in charts and in tables that have everything the charts show.
func (g *group) section(id, lead string, pictures ...picture) section {
	out := section{ID: id, Title: g.title, Lead: lead, Empty: g.t("Nothing is compared.")}
	if len(g.effects) == 0 {
		return out
	}
	if g.all.none() {
		out.Empty = g.t("Nobody pays less or more.")
		return out
	}
	for _, p := range pictures {
		one := block{Heading: p.heading, Chart: p.sides.draw(), Half: true}
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
	sides         *sides
}

// people is how many win and lose.
func (g *group) people() picture {
	return picture{g.t("How many pay less and more"), g.t("None pays less or more."), g.sides(g.t("how many pay less and more"), number,
		func(e *Effect) (less, more int64) { return e.Winners, e.Losers })}
}

// sums is how much they win and lose, in whole EUR.
func (g *group) sums() picture {
	return picture{g.t("How much less and more, EUR"), g.t("Nobody pays a EUR less or more."),
		g.sides(g.t("how much less and more, in EUR"), number,
			func(e *Effect) (less, more int64) { return wholeEUR(e.Won), wholeEUR(e.Lost) })}
}

// averages is what changes for a regularisation, on average.
func (g *group) averages() picture {
	write := func(cents int64) string { return g.amount(money.Cents(cents)) }
	return picture{g.t("Average change, EUR"), g.t("On average nothing changes."), g.sides(g.t("average change, in EUR"), write,
		func(e *Effect) (less, more int64) {
			cents := int64(average(e.Definitive, e.Rows))
			return max(0, -cents), max(0, cents)
		})}
}

// shares is which part of the regularisations pays less and more, in tenths of a percent.
func (g *group) shares() picture {
	write := func(tenths int64) string { return g.share(tenths, 1000) }
	return picture{g.t("Share that pays less and more"), g.t("None pays less or more."),
		g.sides(g.t("share that pays less and more"), write,
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
func (g *group) sides(label string, write func(int64) string, of func(*Effect) (less, more int64)) *sides {
	s := &sides{label: g.title + ": " + label, names: g.names, write: write,
		less: series{name: g.t("less"), colour: winnersColour}, more: series{name: g.t("more"), colour: losersColour}}
	for i := range g.effects {
		less, more := of(&g.effects[i])
		s.less.counts, s.more.counts = append(s.less.counts, less), append(s.more.counts, more)
		if g.names == nil {
			s.names = append(s.names, g.effects[i].Name)
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
func (g *group) tables() []block {
	who := &table{Caption: g.title + ": " + g.t("who pays less and more"),
		Columns: []column{g.text(g.by), g.numeric("Regularisations"), g.numeric("Pay less"), g.numeric("Less, EUR"),
			g.numeric("Pay more"), g.numeric("Share that pays more"), g.numeric("More, EUR"), g.numeric("Unchanged"),
			g.numeric("Average change, EUR")}}
	what := &table{Caption: g.title + ": " + g.t("what the reform adds, in EUR"),
		Columns: []column{g.text(g.by), g.numeric("Definitive"), g.numeric("Of it fee"), g.numeric("To pay"),
			g.numeric("Refund"), g.numeric("Surcharge"), g.numeric("Claim"), g.numeric("Payout")}}
	whoRow := func(name string, e *Effect) row {
		return cells(name, number(e.Rows), number(e.Winners), g.amount(e.Won), number(e.Losers), g.share(e.Losers, e.Rows),
			g.amount(e.Lost), number(e.Unchanged), g.signed(average(e.Definitive, e.Rows)))
	}
	whatRow := func(name string, e *Effect) row {
		return cells(name, g.signed(e.Definitive), g.signed(e.Fee), g.signed(e.ToPay), g.signed(e.Refund), g.signed(e.Surcharge),
			g.signed(e.Claim), g.signed(e.Payout))
	}
	for i := range g.effects {
		e := &g.effects[i]
		who.Rows, what.Rows = append(who.Rows, whoRow(e.Name, e)), append(what.Rows, whatRow(e.Name, e))
	}
	if len(g.effects) > 1 {
		who.Total, what.Total = whoRow(g.t("Total"), &g.all), whatRow(g.t("Total"), &g.all)
	}
	return []block{{Table: who}, {Table: what}}
}
