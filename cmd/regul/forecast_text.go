package main

import (
	"fmt"
	"strconv"

	"regul/jobs/whatif"
)

// expectedText is a forecast as people read it.
func expectedText(e *whatif.Expected) string {
	text := ""
	if e.All.Rows == 0 {
		text = "Nothing is open on " + e.AsOf + ": there is nothing to expect.\n"
	} else {
		text = historyText(&e.History)
		for _, group := range []struct {
			name         string
			expectations []whatif.NamedExpectation
		}{{"in all", []whatif.NamedExpectation{e.All}}, {"by year", e.Years}, {"by category", e.Categories}} {
			text += "\n" + expectationsText(group.name, group.expectations)
		}
	}
	if e.All.Without > 0 {
		text += "\nOf the rows without history nothing is expected: it holds too few that are like them.\n"
	}
	if len(e.Apart) > 0 {
		rows := [][]string{{"years of the account that are not expected", "rows", "called EUR"}}
		for _, a := range e.Apart {
			rows = append(rows, []string{apartText[a.Reason], number(a.Rows), amount(a.Called)})
		}
		text += "\n" + lineUp("lrr", rows)
	}
	return text
}

// apartText says why years are not expected.
var apartText = map[string]string{
	"arrived":           "their income has arrived: the next run settles them",
	"time_barred":       "time-barred",
	"never_regularised": "never regularised: before 2015, or no quarter counts",
	"nothing_due":       "no quarter owes: all that is called is cancelled",
	"rejected_rows":     "a row of the year is rejected",
	"later":             "after the year of the forecast",
}

func expectationsText(name string, expectations []whatif.NamedExpectation) string {
	rows := [][]string{{name, "rows", "called", "supplement", "low", "high", "cancelled", "low", "high", "refund", "low", "high",
		"without history"}}
	for _, e := range expectations {
		rows = append(rows, []string{e.Name, number(e.Rows), amount(e.Called), amount(e.Supplement.Expected), amount(e.Supplement.Low),
			amount(e.Supplement.High), amount(e.Cancelled.Expected), amount(e.Cancelled.Low), amount(e.Cancelled.High),
			amount(e.Refund.Expected), amount(e.Refund.Low), amount(e.Refund.High), number(e.Without)})
	}
	return lineUp("lrrrrrrrrrrrr", rows)
}

// historyText says what a forecast learnt from, and what its ranges hold.
func historyText(h *whatif.ExpectedFrom) string {
	rows := [][]string{{"history", number(h.Rows) + " regularisations of " + span(h.Years)},
		{"range", fmt.Sprintf("holds the sum in %d of 100 cases", h.Percent)}}
	if h.Effect.Years < 2 {
		rows = append(rows, []string{"", "of chance alone: one year does not tell how much years differ"})
	} else {
		rows = append(rows, []string{"years differ by",
			fmt.Sprintf("supplement %s %%, cancelled %s %%, refund %s %% (standard deviation, from %d years)",
				decimals(h.Effect.Supplement), decimals(h.Effect.Cancelled), decimals(h.Effect.Refund), h.Effect.Years)})
	}
	return lineUp("ll", rows)
}

// testedText is a back-test as people read it.
func testedText(t *whatif.Tested) string {
	text := fmt.Sprintf("The forecast of %d, which has arrived, from the other years\n\n", t.Year) + historyText(&t.History)
	for _, measure := range []struct {
		name     string
		of       func(*whatif.TestedGroup) whatif.Range
		errorsOf func(*whatif.TestedGroup) whatif.ForecastError
	}{
		{"supplement", func(g *whatif.TestedGroup) whatif.Range { return g.Supplement },
			func(g *whatif.TestedGroup) whatif.ForecastError { return g.Errors.Supplement }},
		{"cancelled", func(g *whatif.TestedGroup) whatif.Range { return g.Cancelled },
			func(g *whatif.TestedGroup) whatif.ForecastError { return g.Errors.Cancelled }},
		{"refund", func(g *whatif.TestedGroup) whatif.Range { return g.Refund },
			func(g *whatif.TestedGroup) whatif.ForecastError { return g.Errors.Refund }},
	} {
		rows := [][]string{{measure.name, "rows", "expected", "low", "high", "actual", "error", "error %", "within", "without history"}}
		for _, g := range append([]whatif.TestedGroup{t.All}, t.Categories...) {
			r, off := measure.of(&g), measure.errorsOf(&g)
			percent, within := "", "no"
			if off.Percent != nil {
				percent = decimals(*off.Percent)
			}
			if off.Within {
				within = "yes"
			}
			rows = append(rows, []string{g.Name, number(g.Rows), amount(r.Expected), amount(r.Low), amount(r.High), amount(off.Actual),
				amount(off.Error), percent, within, number(g.Without)})
		}
		text += "\n" + lineUp("lrrrrrrrlr", rows)
	}
	return text
}

// decimals writes a percentage with two decimals.
func decimals(percent float64) string { return strconv.FormatFloat(percent, 'f', 2, 64) }
