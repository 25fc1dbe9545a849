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

func (s *Simulation) categoriesSection() (section, error) {
	g := group{title: "By category", by: "Category", effects: s.Categories, all: s.All}
	g.names = namesOf(len(s.Categories), func(i int) string { return s.Categories[i].Name })
	return g.section("categories", "The category under the law in force of the quarters that are due. "+told, g.people(), g.sums())
}

func (s *Simulation) yearsSection() (section, error) {
	g := group{title: "By contribution year", by: "Year", effects: s.Years, all: s.All}
	g.names = namesOf(len(s.Years), func(i int) string { return s.Years[i].Name })
	return g.section("years", told, g.people(), g.sums())
}

func (s *Simulation) decilesSection() (section, error) {
	g := group{title: "By annual income", by: "Annual income, EUR", effects: slices.Clone(s.Deciles), all: s.All}
	g.names = namesOf(len(g.effects), func(i int) string { return g.effects[i].Name + ": from " + euros(g.effects[i].Incomes[0]) })
	for i := range g.effects {
		e := &g.effects[i]
		e.Name += ": " + amount(e.Incomes[0]) + " to " + amount(e.Incomes[1])
	}
	return g.section("deciles", "The regularisations in tenths, from the lowest annual income to the highest; the incomes are those on which contributions are computed, annualised. "+told,
		g.people(), g.averages())
}

// group are the effects by something.
type group struct {
	title, by string
	names     []string // in the charts
	effects   []Effect
	all       Effect
}

// section shows the effects in charts and in tables that have everything the charts show.
func (g *group) section(id, lead string, pictures ...picture) (section, error) {
	out := section{ID: id, Title: g.title, Lead: lead, Empty: "Nothing is compared."}
	if len(g.effects) == 0 {
		return out, nil
	}
	if g.all.none() {
		out.Empty = "Nobody pays less or more."
		return out, nil
	}
	for _, p := range pictures {
		drawn, err := p.sides.draw()
		if err != nil {
			return out, err
		}
		one := block{Heading: p.heading, Chart: drawn, Half: true}
		if drawn == nil {
			one.Text = p.none
		}
		out.Blocks = append(out.Blocks, one)
	}
	out.Blocks = append(out.Blocks, g.tables()...)
	return out, nil
}

// picture is a chart of two directions with its heading, and the sentence where there is nothing to draw.
type picture struct {
	heading, none string
	sides         *sides
}

// people is how many win and lose.
func (g *group) people() picture {
	return picture{"How many pay less and more", "None pays less or more.", g.sides(": how many pay less and more", number, rounded,
		func(e *Effect) (less, more int64) { return e.Winners, e.Losers })}
}

// sums is how much they win and lose, in whole EUR.
func (g *group) sums() picture {
	return picture{"How much less and more, EUR", "Nobody pays a EUR less or more.", g.sides(": how much less and more, in EUR", number, rounded,
		func(e *Effect) (less, more int64) { return wholeEUR(e.Won), wholeEUR(e.Lost) })}
}

// averages is what changes for a regularisation, on average.
func (g *group) averages() picture {
	write := func(cents int64) string { return amount(money.Cents(cents)) }
	short := func(cents int64) string { return rounded(wholeEUR(money.Cents(cents))) }
	return picture{"Average change, EUR", "On average nothing changes.", g.sides(": average change, in EUR", write, short,
		func(e *Effect) (less, more int64) {
			cents := int64(average(e.Definitive, e.Rows))
			return max(0, -cents), max(0, cents)
		})}
}

// sides is the chart of two values of every effect.
func (g *group) sides(label string, write, short func(int64) string, of func(*Effect) (less, more int64)) *sides {
	s := &sides{label: g.title + label, names: g.names, write: write, short: short,
		less: series{name: "less", colour: winnersColour}, more: series{name: "more", colour: losersColour}}
	for i := range g.effects {
		less, more := of(&g.effects[i])
		s.less.counts, s.more.counts = append(s.less.counts, less), append(s.more.counts, more)
	}
	return s
}

// wholeEUR is an amount in whole EUR, rounded half up, for the length of a bar.
func wholeEUR(c money.Cents) int64 { return money.RoundHalfUp(int64(c), 100) }

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
	who := &table{Caption: g.title + ": who pays less and more", Columns: []column{text(g.by), numeric("Regularisations"), numeric("Pay less"), numeric("Less, EUR"),
		numeric("Pay more"), numeric("More, EUR"), numeric("Unchanged"), numeric("Average change, EUR")}}
	what := &table{Caption: g.title + ": what the reform adds, in EUR", Columns: []column{text(g.by), numeric("Definitive"), numeric("Of it fee"), numeric("To pay"),
		numeric("Refund"), numeric("Surcharge"), numeric("Claim"), numeric("Payout")}}
	whoRow := func(name string, e *Effect) row {
		return cells(name, number(e.Rows), number(e.Winners), amount(e.Won), number(e.Losers), amount(e.Lost), number(e.Unchanged), signed(average(e.Definitive, e.Rows)))
	}
	whatRow := func(name string, e *Effect) row {
		return cells(name, signed(e.Definitive), signed(e.Fee), signed(e.ToPay), signed(e.Refund), signed(e.Surcharge), signed(e.Claim), signed(e.Payout))
	}
	for i := range g.effects {
		e := &g.effects[i]
		who.Rows, what.Rows = append(who.Rows, whoRow(e.Name, e)), append(what.Rows, whatRow(e.Name, e))
	}
	if len(g.effects) > 1 {
		who.Total, what.Total = whoRow("Total", &g.all), whatRow("Total", &g.all)
	}
	return []block{{Table: who}, {Table: what}}
}
