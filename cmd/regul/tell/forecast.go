package tell

import (
	"fmt"

	"regul/cmd/regul/terminal"
	"regul/jobs/whatif"
)

// Forecast is a forecast as people read it.
func Forecast(e *whatif.Expected) string {
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
			rows = append(rows, []string{apartText[a.Reason], terminal.Number(a.Rows), terminal.Amount(a.Called)})
		}
		text += "\n" + terminal.Table("lrr", rows)
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
		rows = append(rows, []string{e.Name, terminal.Number(e.Rows), terminal.Amount(e.Called), terminal.Amount(e.Supplement.Expected), terminal.Amount(e.Supplement.Low),
			terminal.Amount(e.Supplement.High), terminal.Amount(e.Cancelled.Expected), terminal.Amount(e.Cancelled.Low), terminal.Amount(e.Cancelled.High),
			terminal.Amount(e.Refund.Expected), terminal.Amount(e.Refund.Low), terminal.Amount(e.Refund.High), terminal.Number(e.Without)})
	}
	return terminal.Table("lrrrrrrrrrrrr", rows)
}

// historyText says what a forecast learnt from, and what its ranges hold.
func historyText(h *whatif.ExpectedFrom) string {
	rows := [][]string{{"history", terminal.Number(h.Rows) + " regularisations of " + terminal.Span(h.Years)},
		{"range", fmt.Sprintf("holds the sum in %d of 100 cases", h.Percent)}}
	if h.Effect.Years < 2 {
		rows = append(rows, []string{"", "of chance alone: one year does not tell how much years differ"})
	} else {
		rows = append(rows, []string{"years differ by",
			fmt.Sprintf("supplement %s %%, cancelled %s %%, refund %s %% (standard deviation, from %d years)",
				terminal.Decimals(h.Effect.Supplement), terminal.Decimals(h.Effect.Cancelled), terminal.Decimals(h.Effect.Refund), h.Effect.Years)})
	}
	return terminal.Table("ll", rows)
}

// BackTest is a back-test as people read it.
func BackTest(t *whatif.Tested) string {
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
				percent = terminal.Decimals(*off.Percent)
			}
			if off.Within {
				within = "yes"
			}
			rows = append(rows, []string{g.Name, terminal.Number(g.Rows), terminal.Amount(r.Expected), terminal.Amount(r.Low), terminal.Amount(r.High), terminal.Amount(off.Actual),
				terminal.Amount(off.Error), percent, within, terminal.Number(g.Without)})
		}
		text += "\n" + terminal.Table("lrrrrrrrlr", rows)
	}
	return text
}
