package report

import (
	"io"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report/page"
)

// Simulation is what a reform would change: the same inputs, settled under the law in force and under the reform. Lists are shown in the
// order in which they are given.
type Simulation struct {
	Language    string            // one of Languages; "" is English
	Name        string            // of the reform; "" has none
	AsOf        string            // the day of the notices, ISO 8601
	Law, Reform string            // versions
	Fees        map[string]string // management fees in percent, by contribution year
	Changes     []Change
	All         Effect
	Categories  []Effect
	Years       []Effect
	Deciles     []Effect // of annual income: their numbers and incomes
	Outcomes    []Outcomes
	OneSided    int64 // years that only one of the two laws settles
}

// Change is a parameter that the reform changes, each part as it is said in every language.
type Change struct {
	Parameter law.Term // its code, and what codes it is one of: thresholds or rates
	When      law.Phrase
	From, To  law.Phrase
	Article   string
}

// Outcomes are how many regularisations come to an outcome under both laws.
type Outcomes struct {
	Name          string
	Before, After int64
}

// Effect is what a reform changes for some regularisations. Amounts are cents; those from Definitive on are what the reform adds. As JSON,
// they are EUR.
type Effect struct {
	Name      string      `json:"name"`
	Rows      int64       `json:"rows"`
	Winners   int64       `json:"winners"` // pay less
	Losers    int64       `json:"losers"`  // pay more
	Unchanged int64       `json:"unchanged"`
	Won       money.Cents `json:"won"`  // by the winners
	Lost      money.Cents `json:"lost"` // by the losers

	Incomes [2]money.Cents `json:"incomes,omitzero"` // the lowest and the highest annual income, of a decile

	Definitive money.Cents `json:"definitive"` // differences
	Fee        money.Cents `json:"fee"`
	ToPay      money.Cents `json:"to_pay"`
	Refund     money.Cents `json:"refund"`
	Surcharge  money.Cents `json:"surcharge"`
	Claim      money.Cents `json:"claim"`
	Payout     money.Cents `json:"payout"`
}

// Add adds what changes for others.
func (e *Effect) Add(o *Effect) {
	e.Rows += o.Rows
	e.Winners += o.Winners
	e.Losers += o.Losers
	e.Unchanged += o.Unchanged
	e.Won += o.Won
	e.Lost += o.Lost
	e.Definitive += o.Definitive
	e.Fee += o.Fee
	e.ToPay += o.ToPay
	e.Refund += o.Refund
	e.Surcharge += o.Surcharge
	e.Claim += o.Claim
	e.Payout += o.Payout
}

// none says whether nothing changes at all.
func (e *Effect) none() bool { return *e == Effect{Name: e.Name, Rows: e.Rows, Unchanged: e.Unchanged} }

// WriteSimulation writes the page of a simulation, with the charts, the tables and the look of a batch's report. The same simulation gives
// the same bytes; nothing is written if it can't be made.
func WriteSimulation(w io.Writer, s *Simulation) error {
	t := effects{page.In(s.Language), s}
	told := t.summary()
	p := page.Page{
		Words: t.Words, Kind: t.Say("Simulation of a reform"), Title: t.Sayf("Reform %s", short(s.Reform)), Day: s.AsOf,
		DayIs: t.Say("the date of the notices; nothing was published"),
		Point: told[0], Headline: t.headline(), Summary: told[1:],
		Footer: t.Say("Made by regul. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number."),
	}
	if s.Name != "" {
		p.Title = s.Name
	}
	p.Sections = []page.Section{t.changes(), t.byCategory(), t.byYear(), t.byIncome(), t.outcomes(), t.laws()}
	return p.Write(w)
}

// effects tells of a simulation.
type effects struct {
	*page.Words
	*Simulation
}

// short is the beginning of a version.
func short(version string) string { return version[:min(8, len(version))] }
