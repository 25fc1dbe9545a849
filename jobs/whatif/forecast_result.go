package whatif

import (
	"context"
	"fmt"
	"math"

	"regul/jobs/forecast"
	"regul/pipeline/law"
)

// Expected is what the years whose income has not arrived are expected to bring. Amounts are EUR.
type Expected struct {
	AsOf       string             `json:"as_of"`
	History    ExpectedFrom       `json:"history"`
	All        NamedExpectation   `json:"all"`
	Years      []NamedExpectation `json:"years"`
	Categories []NamedExpectation `json:"categories"`
	Apart      []Apart            `json:"apart"` // years that are not expected, by reason
}

// ExpectedFrom is the history that a forecast learnt from.
type ExpectedFrom struct {
	Years   []int         `json:"years"`
	Rows    int64         `json:"rows"`    // regularisations, the last version of each
	Percent int           `json:"percent"` // the chance with which a range is meant to hold what comes
	Effect  EffectOfYears `json:"effect"`
	Classes []LearntClass `json:"classes"`
}

// EffectOfYears is by how much whole years differ, as standard deviations in percent of a sum. With fewer than two years it can't be told,
// and ranges hold chance alone.
type EffectOfYears struct {
	Years      int     `json:"years"`
	Supplement float64 `json:"supplement"`
	Cancelled  float64 `json:"cancelled"`
	Refund     float64 `json:"refund"`
}

// LearntClass is what rows of a category and class brought: of what was called, in percent; where nothing was called, a row in EUR.
type LearntClass struct {
	Category   string  `json:"category"`
	Called     string  `json:"called"` // EUR a year
	Rows       int64   `json:"rows"`
	Enough     bool    `json:"enough"` // rows to learn from; else such rows learn from their category, or from all
	Supplement float64 `json:"supplement"`
	Cancelled  float64 `json:"cancelled"`
	Refund     float64 `json:"refund"`
}

// NamedExpectation is an expectation of a year or a category.
type NamedExpectation struct {
	Name string `json:"name"`
	forecast.Expectation
}

// Forecast expects, from the regularisations that are published, what the years of the account will bring whose income has not arrived.
func Forecast(ctx context.Context, o ForecastOptions) (*Expected, error) {
	s, err := takeSurvey(ctx, &o)
	if err != nil {
		return nil, err
	}
	e := &Expected{AsOf: o.Parameters.AsOf.String(), Years: []NamedExpectation{}, Categories: []NamedExpectation{}, Apart: []Apart{}}
	for i, a := range s.apart {
		if a.Rows > 0 {
			a.Reason = apartNames[i]
			e.Apart = append(e.Apart, a)
		}
	}
	model := forecast.Learn(forecast.Book{})
	if len(s.open) > 0 { // else there is nothing to learn for
		if model, err = o.learn(s.history, 0); err != nil {
			return nil, err
		}
	}
	e.History = learntFrom(model, o.Parameters.Law)
	e.All = NamedExpectation{"all", model.Expect(s.open)}
	for _, year := range s.open.Years() {
		e.Years = append(e.Years, NamedExpectation{fmt.Sprint(year), model.Expect(s.open.Of(year))})
	}
	for _, category := range s.open.Categories() {
		e.Categories = append(e.Categories, NamedExpectation{categoryName(o.Parameters.Law, category), model.Expect(s.open.In(category))})
	}
	return e, nil
}

func learntFrom(model *forecast.Model, l *law.Law) ExpectedFrom {
	from := ExpectedFrom{Years: append([]int{}, model.Years...), Rows: model.Rows, Percent: forecast.Percent, Classes: []LearntClass{}}
	percent := func(ratio float64) float64 { return math.Round(ratio*1e4) / 1e2 }
	from.Effect = EffectOfYears{model.EffectYears(), percent(model.Effect(forecast.Supplement)), percent(model.Effect(forecast.Cancelled)),
		percent(model.Effect(forecast.Refund))}
	for _, c := range model.Classes() {
		unit := percent
		if c.Class == forecast.Nothing {
			unit = func(cents float64) float64 { return math.Round(cents) / 1e2 } // EUR a row
		}
		from.Classes = append(from.Classes, LearntClass{categoryName(l, c.Category), c.Class.String(), c.Rows, c.Enough,
			unit(c.Ratio[forecast.Supplement]), unit(c.Ratio[forecast.Cancelled]), unit(c.Ratio[forecast.Refund])})
	}
	return from
}

// Tested is a forecast of a year that has arrived, from the other years, beside what came. Amounts are EUR.
type Tested struct {
	Year       int           `json:"year"`
	History    ExpectedFrom  `json:"history"`
	All        TestedGroup   `json:"all"`
	Categories []TestedGroup `json:"categories"`
}

// TestedGroup is some rows of the test: what was expected of them and how far it is off.
type TestedGroup struct {
	NamedExpectation
	Errors Errors `json:"errors"`
}

// Range is an expected sum and between what it is likely to lie, EUR.
type Range = forecast.Range

// ForecastError is how far an expected sum is off, EUR.
type ForecastError = forecast.Error

// Errors are how far a forecast is off, by measure.
type Errors struct {
	Supplement ForecastError  `json:"supplement"`
	Cancelled  forecast.Error `json:"cancelled"`
	Refund     ForecastError  `json:"refund"`
}

// BackTest forecasts the regularisations of a year that are published, from those of the other years of the history.
func BackTest(ctx context.Context, o ForecastOptions, year int) (*Tested, error) {
	s, err := takeSurvey(ctx, &o)
	if err != nil {
		return nil, err
	}
	arrived := s.history.Of(year)
	if len(arrived) == 0 {
		return nil, fmt.Errorf("no published batch has regularised %d for this account: there is nothing to hold a forecast against", year)
	}
	model, err := o.learn(s.history, year)
	if err != nil {
		return nil, err
	}
	group := func(name string, rows forecast.Book) TestedGroup {
		e := model.Expect(rows)
		return TestedGroup{NamedExpectation{name, e}, Errors{model.Error(forecast.Supplement, &e, rows),
			model.Error(forecast.Cancelled, &e, rows), model.Error(forecast.Refund, &e, rows)}}
	}
	t := &Tested{Year: year, History: learntFrom(model, o.Parameters.Law), All: group("all", arrived)}
	for _, category := range arrived.Categories() {
		t.Categories = append(t.Categories, group(categoryName(o.Parameters.Law, category), arrived.In(category)))
	}
	return t, nil
}
