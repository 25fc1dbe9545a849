package report

import (
	"io"
	"strconv"

	"regul/pipeline/money"
)

// Simulation is what a reform would change: the same inputs, settled under the law in force and under the reform. Lists are shown in the
// order in which they are given.
type Simulation struct {
	AsOf        string // the day of the notices, ISO 8601
	Law, Reform string // versions
	Changes     []Change
	All         Effect
	Categories  []Effect
	Years       []Effect
	Deciles     []Effect // of annual income
	Outcomes    []Outcomes
	OneSided    int64 // years that only one of the two laws settles
}

// Change is a parameter that the reform changes, as people read it.
type Change struct{ Parameter, When, From, To, Article string }

// Outcomes are how many regularisations come to an outcome under both laws.
type Outcomes struct {
	Name          string
	Before, After int64
}

// Effect is what a reform changes for some regularisations. Amounts are cents; those from Definitive on are what the reform adds.
type Effect struct {
	Name      string
	Rows      int64
	Winners   int64 // pay less
	Losers    int64 // pay more
	Unchanged int64
	Won       money.Cents // by the winners
	Lost      money.Cents // by the losers

	Definitive money.Cents
	Fee        money.Cents
	ToPay      money.Cents
	Refund     money.Cents
	Surcharge  money.Cents
	Claim      money.Cents
	Payout     money.Cents
}

// WriteSimulation writes the page of a simulation, with the charts, the tables and the look of a batch's report. The same simulation gives the same
// bytes; nothing is written if it can't be made.
func WriteSimulation(w io.Writer, s *Simulation) error {
	p := page{
		Kind: "Simulation of a reform", Title: "Reform " + short(s.Reform), Day: s.AsOf, DayIs: "the date of the notices. Nothing was published",
		Headline: s.headline(), Summary: s.summary(),
		Footer: "Made by regul. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number.",
	}
	for _, make := range []func() (section, error){
		s.changesSection,
		func() (section, error) { return effectsSection("categories", "By category", "category", s.Categories) },
		func() (section, error) { return effectsSection("years", "By contribution year", "year", s.Years) },
		func() (section, error) {
			return effectsSection("deciles", "By annual income", "tenth of the regularisations, from the lowest annual income to the highest", s.Deciles)
		},
		s.outcomesSection, s.lawSection,
	} {
		one, err := make()
		if err != nil {
			return err
		}
		p.Sections = append(p.Sections, one)
	}
	return p.write(w)
}

// short is the beginning of a version.
func short(version string) string { return version[:min(8, len(version))] }

func (s *Simulation) headline() []figure {
	a := &s.All
	of := func(n int64) string { return share(n, a.Rows) + " of " + number(a.Rows) }
	return []figure{
		{Name: "Pay less", Value: number(a.Winners), Change: of(a.Winners)},
		{Name: "Pay more", Value: number(a.Losers), Change: of(a.Losers)},
		{Name: "Definitive contributions, EUR", Value: signed(a.Definitive), Change: "of it fees of the fund " + signed(a.Fee)},
		{Name: "To claim, EUR", Value: signed(a.Claim), Change: "by the notices"},
		{Name: "To pay out, EUR", Value: signed(a.Payout), Change: "refunds and surcharges given back"},
	}
}

// signed writes an amount with its sign.
func signed(c money.Cents) string {
	if c > 0 {
		return "+" + amount(c)
	}
	return amount(c)
}

// summary is the reform in a few sentences.
func (s *Simulation) summary() []string {
	a := &s.All
	if a.Winners+a.Losers == 0 {
		return []string{"The reform changes nothing for these " + count(a.Rows, "regularisation", "regularisations") + "."}
	}
	lines := []string{"Of " + count(a.Rows, "regularisation", "regularisations") + ", " + number(a.Winners) + " would pay less, " + eur(a.Won) + " in all, and " +
		number(a.Losers) + " more, " + eur(a.Lost) + " in all."}
	switch {
	case a.Definitive > 0:
		lines = append(lines, "Contributions rise by "+eur(a.Definitive)+".")
	case a.Definitive < 0:
		lines = append(lines, "Contributions fall by "+eur(-a.Definitive)+".")
	}
	if s.OneSided > 0 {
		lines = append(lines, count(s.OneSided, "year is", "years are")+" settled under one of the two laws only, and not compared.")
	}
	return lines
}

func (s *Simulation) changesSection() (section, error) {
	out := section{ID: "changes", Title: "What the reform changes", Empty: "The reform changes no parameter of these years."}
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

// The colours of who pays less, who pays more and for whom nothing changes.
const (
	winnersColour   = 2
	losersColour    = 4
	unchangedColour = 3
)

// effectsSection shows the effects by something: who, how much, and all amounts.
func effectsSection(id, title, by string, effects []Effect) (section, error) {
	out := section{ID: id, Title: title, Lead: "By " + by + ". Who pays less or more is told by the definitive contribution.", Empty: "Nothing is compared."}
	if len(effects) == 0 {
		return out, nil
	}
	names := make([]string, len(effects))
	people := []series{{name: "pay less", colour: winnersColour}, {name: "unchanged", colour: unchangedColour}, {name: "pay more", colour: losersColour}}
	won, lost := series{colour: winnersColour}, series{colour: losersColour}
	for i := range effects {
		e := &effects[i]
		names[i] = e.Name
		people[0].counts = append(people[0].counts, e.Winners)
		people[1].counts = append(people[1].counts, e.Unchanged)
		people[2].counts = append(people[2].counts, e.Losers)
		won.counts = append(won.counts, wholeEUR(e.Won))
		lost.counts = append(lost.counts, wholeEUR(e.Lost))
	}
	for _, c := range []struct {
		heading, none string
		bars          bars
	}{
		{"Who", "", bars{label: title + ": how many pay less, as much, and more", names: names, series: people}},
		{"What they pay less, EUR", "Nobody pays a EUR less.", bars{label: title + ": what those who pay less win, in EUR", names: names, series: []series{won}, half: true}},
		{"What they pay more, EUR", "Nobody pays a EUR more.", bars{label: title + ": what those who pay more lose, in EUR", names: names, series: []series{lost}, half: true}},
	} {
		drawn, err := c.bars.draw()
		if err != nil {
			return out, err
		}
		one := block{Heading: c.heading, Chart: drawn, Half: c.bars.half}
		if drawn == nil {
			one.Text = c.none
		}
		out.Blocks = append(out.Blocks, one)
	}
	out.Blocks = append(out.Blocks, effectsTables(title, effects)...)
	return out, nil
}

// wholeEUR is an amount in whole EUR, rounded half up, for the length of a bar.
func wholeEUR(c money.Cents) int64 { return money.RoundHalfUp(int64(c), 100) }

// effectsTables are two tables of the same rows, each narrow enough for a sheet of paper: who wins and loses how much, and what changes in the books.
func effectsTables(title string, effects []Effect) []block {
	who := &table{Caption: title + ": who pays less and more", Columns: []column{text("Group"), numeric("Rows"), numeric("Pay less"), numeric("EUR less"), numeric("Pay more"),
		numeric("EUR more"), numeric("Unchanged"), numeric("Average, EUR")}}
	what := &table{Caption: title + ": what the reform adds, in EUR", Columns: []column{text("Group"), numeric("Definitive"), numeric("Of it fee"), numeric("To pay"), numeric("Refund"),
		numeric("Surcharge"), numeric("Claim"), numeric("Payout")}}
	for i := range effects {
		e := &effects[i]
		who.Rows = append(who.Rows, cells(e.Name, number(e.Rows), number(e.Winners), amount(e.Won), number(e.Losers), amount(e.Lost), number(e.Unchanged),
			signed(average(e.Definitive, e.Rows))))
		what.Rows = append(what.Rows, cells(e.Name, signed(e.Definitive), signed(e.Fee), signed(e.ToPay), signed(e.Refund), signed(e.Surcharge), signed(e.Claim), signed(e.Payout)))
	}
	return []block{{Table: who}, {Table: what}}
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

func (s *Simulation) outcomesSection() (section, error) {
	out := section{ID: "outcomes", Title: "Outcomes", Lead: "How many regularisations come to each outcome.", Empty: "Nothing is compared."}
	if len(s.Outcomes) == 0 {
		return out, nil
	}
	t := &table{Caption: "Outcomes under both laws", Columns: []column{text("Outcome"), numeric("In force"), numeric("Under the reform"), numeric("Change")}}
	for _, o := range s.Outcomes {
		t.Rows = append(t.Rows, cells(o.Name, number(o.Before), number(o.After), change(o.After, o.Before, number)))
	}
	out.Blocks = append(out.Blocks, block{Table: t})
	return out, nil
}

func (s *Simulation) lawSection() (section, error) {
	t := &table{Caption: "The two laws", Columns: []column{text("Law"), text("Version")}, Rows: []row{
		append(cells("In force"), digest(s.Law)), append(cells("Under the reform"), digest(s.Reform)),
		cells("Settled under one of them only", strconv.FormatInt(s.OneSided, 10)),
	}}
	return section{ID: "laws", Title: "The two laws", Blocks: []block{{Table: t}}}, nil
}
