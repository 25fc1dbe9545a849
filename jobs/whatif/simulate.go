package whatif

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"regul/jobs"
	"regul/jobs/run"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/report"
)

// Simulation is what a reform would change: every affiliate's year that the law in force settles, under both. Amounts are
// EUR; a difference is what the reform adds.
type Simulation struct {
	AsOf       string            `json:"as_of"`
	Law        string            `json:"law"`            // version in force
	Name       string            `json:"name,omitempty"` // of the reform
	Reform     string            `json:"reform"`         // version under the reform
	All        Effect            `json:"all"`
	Categories []Effect          `json:"categories"`
	Years      []Effect          `json:"years"`
	Deciles    []Effect          `json:"deciles"`   // of annual income
	Outcomes   map[string][2]int `json:"outcomes"`  // in force, under the reform
	OneSided   int64             `json:"one_sided"` // settled under one law only

	changes []report.Change   // of parameters, in the years that were compared
	fees    map[string]string // of those years, in percent
}

// Simulate settles the same inputs, on the same history, under the law in force and under a reform: also a communication that a batch has
// settled, against what that batch claimed. Nothing is published or written.
func Simulate(ctx context.Context, o run.Options, reform *law.Reform) (*Simulation, error) {
	reformed, err := o.Parameters.Law.With(reform)
	if err != nil {
		return nil, &jobs.Error{Kind: jobs.Usage, Err: err}
	}
	o.Parameters.Recheck |= pipeline.RecheckGiven
	after := o.Parameters
	after.Law = reformed
	var shards []effects
	err = run.WithPlan(ctx, &o, "settle", func(plan *rows.Plan) error {
		shards = make([]effects, plan.Shards())
		return pipeline.Compare(ctx, plan, o.Parameters, after, o.Workers, func(number int) pipeline.Pair {
			o.Progress.Step(1)
			return shards[number].pair
		})
	})
	if err != nil {
		return nil, err
	}
	all := &effects{}
	for i := range shards {
		all.add(&shards[i])
	}
	if all.all.Rows == 0 {
		return nil, errors.New("nothing can be settled: there is nothing to compare")
	}
	s := all.simulation(o.Parameters.Law, reformed)
	s.Name, s.AsOf = reform.Name, o.Parameters.AsOf.String()
	years := slices.Sorted(maps.Keys(all.years))
	s.changes, s.fees = changesOf(o.Parameters.Law, reformed, years), map[string]string{}
	for _, year := range years {
		s.fees[strconv.Itoa(year)] = o.Parameters.Fees[year].Percent()
	}
	return s, nil
}

// effects are what a reform changes, by what it is told by.
type effects struct {
	all        Effect
	categories [256 + 2]Effect
	years      map[int]*Effect
	rows       []incomeEffect
	outcomes   [pipeline.OutcomeCount][2]int
	oneSided   int64
}

// incomeEffect is what the deciles need of a row.
type incomeEffect struct {
	income money.Cents // annual
	effect Effect
}

// The places after the categories: a year of several, and one that owes nothing.
const (
	severalCategories = 256
	noCategory        = 257
)

// pair counts the years of an affiliate. Both settlements are of the same account; a law may refuse a year that the other takes.
func (e *effects) pair(before, after *pipeline.Settlement) {
	var years []pipeline.SettledYear
	if after != nil {
		years = after.Years
	}
	if before == nil {
		e.oneSided += int64(len(years))
		return
	}
	for i := range before.Years {
		b := &before.Years[i]
		at := slices.IndexFunc(years, func(a pipeline.SettledYear) bool { return a.Year == b.Year })
		if at < 0 {
			e.oneSided++
			continue
		}
		e.count(b, &years[at])
	}
}

func (e *effects) count(before, after *pipeline.SettledYear) {
	changed := effectOf(&before.Regularisation, &after.Regularisation)
	e.all.Add(&changed)
	e.categories[categoryOf(before)].Add(&changed)
	if e.years == nil {
		e.years = map[int]*Effect{}
	}
	if e.years[before.Year] == nil {
		e.years[before.Year] = &Effect{}
	}
	e.years[before.Year].Add(&changed)
	e.rows = append(e.rows, incomeEffect{before.AnnualIncome, changed})
	e.outcomes[before.Outcome][0]++
	e.outcomes[after.Outcome][1]++
}

// categoryOf is the category of the quarters that owe a contribution.
func categoryOf(y *pipeline.SettledYear) int {
	found := noCategory
	for i := range y.Quarters {
		q := &y.Quarters[i]
		switch {
		case !q.Standing.Owes():
		case found == noCategory:
			found = int(q.Category)
		case found != int(q.Category):
			return severalCategories
		}
	}
	return found
}

func (e *effects) add(o *effects) {
	e.all.Add(&o.all)
	for i := range e.categories {
		e.categories[i].Add(&o.categories[i])
	}
	for year, effect := range o.years {
		if e.years == nil {
			e.years = map[int]*Effect{}
		}
		if e.years[year] == nil {
			e.years[year] = &Effect{}
		}
		e.years[year].Add(effect)
	}
	e.rows = append(e.rows, o.rows...)
	for i := range e.outcomes {
		e.outcomes[i][0] += o.outcomes[i][0]
		e.outcomes[i][1] += o.outcomes[i][1]
	}
	e.oneSided += o.oneSided
}
