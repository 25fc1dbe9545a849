package whatif

import (
	"context"
	"fmt"

	"regul/jobs/forecast"
	"regul/jobs/run"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// ForecastOptions are what a forecast works with. Of the parameters of the run it needs the day and the law.
type ForecastOptions struct {
	run.Options
	First, Last int // contribution years of the history to learn from; 0: no limit
}

// A survey is the years of the account, by what they wait for.
type survey struct {
	history, open forecast.Book
	apart         [apartReasons]Apart
}

// apartReason is why a year is not expected.
type apartReason int

const (
	apartArrived apartReason = iota
	apartBarred
	apartFinal
	apartNothingDue
	apartHeld
	apartLater
	apartReasons
)

var apartNames = [apartReasons]string{"arrived", "time_barred", "never_regularised", "nothing_due", "rejected_rows", "later"}

// Apart is years that are neither expected nor learnt from. Amounts are EUR.
type Apart struct {
	Reason string      `json:"reason"`
	Rows   int64       `json:"rows"`
	Called money.Cents `json:"called"`
}

// takeSurvey reads the inputs and the ledger and goes through the years of the account. Nothing is written.
func takeSurvey(ctx context.Context, o *ForecastOptions) (*survey, error) {
	var shards []survey
	err := run.WithPlan(ctx, &o.Options, "survey", func(plan *rows.Plan) error {
		shards = make([]survey, plan.Shards())
		return pipeline.Survey(ctx, plan, o.Parameters, o.Workers, func(number int) func(*pipeline.AccountYear) {
			o.Progress.Step(1)
			shards[number] = survey{history: forecast.Book{}, open: forecast.Book{}}
			return shards[number].take
		})
	})
	if err != nil {
		return nil, err
	}
	all := &survey{history: forecast.Book{}, open: forecast.Book{}}
	for i := range shards {
		all.add(&shards[i])
	}
	return all, nil
}

// take counts a year of an affiliate where it belongs.
func (s *survey) take(y *pipeline.AccountYear) {
	category, due := categoryCalled(y.Quarters)
	reason := apartReasons
	switch y.State {
	case pipeline.HeldYear:
		reason = apartHeld
	case pipeline.LaterYear:
		reason = apartLater
	case pipeline.BarredYear:
		reason = apartBarred
	case pipeline.FinalYear:
		reason = apartFinal
	case pipeline.ArrivedYear:
		reason = apartArrived
	default:
		if due == 0 { // with any income the definitive amount is 0
			reason = apartNothingDue
		}
	}
	if reason != apartReasons {
		s.apart[reason].Rows++
		s.apart[reason].Called += y.Called
		return
	}
	called := max(0, y.Called)
	cell := forecast.Cell{Year: y.Year, Category: category, Class: forecast.ClassOf(called * 4 / money.Cents(due))}
	if cell.Class == forecast.Nothing {
		called = 0
	}
	if y.State == pipeline.OpenYear {
		s.open.Add(cell, called, [forecast.Measures]money.Cents{})
		return
	}
	s.history.Add(cell, called, [forecast.Measures]money.Cents{
		forecast.Supplement: max(0, y.Definitive-called), forecast.Cancelled: max(0, called-y.Definitive),
		forecast.Refund: max(0, y.Paid-y.Definitive),
	})
}

func (s *survey) add(o *survey) {
	s.history.Merge(o.history)
	s.open.Merge(o.open)
	for i := range s.apart {
		s.apart[i].Rows += o.apart[i].Rows
		s.apart[i].Called += o.apart[i].Called
	}
}

// categoryCalled is the category of the quarters that owe a contribution, as declared, and how many they are, 0 to 4.
func categoryCalled(quarters []pipeline.AccountQuarter) (category, due int) {
	category = noCategory
	for i := range quarters {
		q := &quarters[i]
		if !q.Standing.Owes() {
			continue
		}
		due++
		if category == noCategory {
			category = int(q.Category)
		} else if category != int(q.Category) {
			category = severalCategories
		}
	}
	return category, due
}

// categoryName is the code of a category, or what stands for several.
func categoryName(l *law.Law, category int) string {
	if category == severalCategories {
		return "several"
	}
	return l.Code(law.Category(category))
}

// learn learns from the history except one year; 0: from all of it.
func (o *ForecastOptions) learn(history forecast.Book, without int) (*forecast.Model, error) {
	model := forecast.Learn(history.Where(func(at forecast.Cell) bool {
		return at.Year != without && (o.First == 0 || at.Year >= o.First) && (o.Last == 0 || at.Year <= o.Last)
	}))
	if !model.Knows() {
		where := "of this account"
		if without != 0 || o.First != 0 || o.Last != 0 {
			where += " among those to learn from"
		}
		return nil, fmt.Errorf("there is too little history: published batches have regularised %d years %s; a forecast takes %d of "+
			"which something was called, or of which nothing was",
			model.Rows, where, forecast.Least)
	}
	return model, nil
}
