package tell

import (
	"fmt"

	"regul/cmd/regul/terminal"
	"regul/jobs"
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

// expectationsText is a group of sums: a row each, or, on a screen, a table for each measure.
func expectationsText(name string, expectations []whatif.NamedExpectation) string {
	if terminal.HasScreen() {
		return expectationBars(name, expectations)
	}
	rows := [][]string{{name, "rows", "called", "supplement", "low", "high", "cancelled", "low", "high", "refund", "low", "high",
		"without history"}}
	for _, e := range expectations {
		row := []string{e.Name, terminal.Number(e.Rows), terminal.Amount(e.Called)}
		for _, r := range []whatif.Range{e.Supplement, e.Cancelled, e.Refund} {
			row = append(row, terminal.Amount(r.Expected), terminal.Amount(r.Low), terminal.Amount(r.High))
		}
		rows = append(rows, append(row, terminal.Number(e.Without)))
	}
	return terminal.Table("lrrrrrrrrrrrr", rows)
}

// measures are the sums of a forecast, and of a back-test with what came.
var measures = []struct {
	name     string
	expected func(*whatif.NamedExpectation) whatif.Range
	tested   func(*whatif.TestedGroup) (whatif.Range, whatif.ForecastError)
}{
	{"supplement", func(e *whatif.NamedExpectation) whatif.Range { return e.Supplement },
		func(g *whatif.TestedGroup) (whatif.Range, whatif.ForecastError) {
			return g.Supplement, g.Errors.Supplement
		}},
	{"cancelled", func(e *whatif.NamedExpectation) whatif.Range { return e.Cancelled },
		func(g *whatif.TestedGroup) (whatif.Range, whatif.ForecastError) {
			return g.Cancelled, g.Errors.Cancelled
		}},
	{"refund", func(e *whatif.NamedExpectation) whatif.Range { return e.Refund },
		func(g *whatif.TestedGroup) (whatif.Range, whatif.ForecastError) { return g.Refund, g.Errors.Refund }},
}

// expectationBars are the sums of a group on a screen, by measure, each with its range as a bar on the scale of its table.
func expectationBars(name string, expectations []whatif.NamedExpectation) string {
	if len(expectations) == 1 {
		return oneExpectation(name, &expectations[0])
	}
	rows := [][]string{{name, "rows", "called"}}
	for i := range expectations {
		e := &expectations[i]
		rows = append(rows, []string{e.Name, terminal.Number(e.Rows), terminal.Amount(e.Called)})
	}
	text := terminal.Table("lrr", rows)
	for _, measure := range measures {
		rows, top := [][]string{{measure.name, "expected", "low", "high", ""}}, jobs.Cents(1)
		for i := range expectations {
			top = max(top, measure.expected(&expectations[i]).High)
		}
		for i := range expectations {
			rows = append(rows, rangeRow("  "+expectations[i].Name, measure.expected(&expectations[i]), top))
		}
		text += terminal.Table("lrrrl", rows)
	}
	return text
}

// oneExpectation are the sums of a group of one, on one scale.
func oneExpectation(name string, e *whatif.NamedExpectation) string {
	rows, top := [][]string{{name, "expected", "low", "high", ""}}, jobs.Cents(1)
	for _, measure := range measures {
		top = max(top, measure.expected(e).High)
	}
	for _, measure := range measures {
		rows = append(rows, rangeRow(measure.name, measure.expected(e), top))
	}
	return fmt.Sprintf("%s: %s rows, called %s\n", e.Name, terminal.Number(e.Rows), terminal.Amount(e.Called)) +
		terminal.Table("lrrrl", rows)
}

// rangeRow is a sum with its range, in figures and as a bar.
func rangeRow(name string, r whatif.Range, top jobs.Cents) []string {
	return []string{name, terminal.Amount(r.Expected), terminal.Amount(r.Low), terminal.Amount(r.High), rangeBar(r, top)}
}

// rangeBar is a range with what is expected as a dot, and then other signs.
func rangeBar(r whatif.Range, top jobs.Cents, marks ...terminal.Mark) string {
	return terminal.Bar(int64(r.Low), int64(r.High), int64(top), terminal.BarColumns,
		append([]terminal.Mark{{At: int64(r.Expected), Sign: '●'}}, marks...)...)
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
	groups := append([]whatif.TestedGroup{t.All}, t.Categories...)
	for _, measure := range measures {
		if terminal.HasScreen() {
			text += "\n" + testedBars(measure.name, groups, measure.tested)
			continue
		}
		rows := [][]string{{measure.name, "rows", "expected", "low", "high", "actual", "error", "error %", "within", "without history"}}
		for i := range groups {
			r, off := measure.tested(&groups[i])
			rows = append(rows, []string{groups[i].Name, terminal.Number(groups[i].Rows), terminal.Amount(r.Expected),
				terminal.Amount(r.Low), terminal.Amount(r.High), terminal.Amount(off.Actual), terminal.Amount(off.Error), errorPercent(off),
				within(off), terminal.Number(groups[i].Without)})
		}
		text += "\n" + terminal.Table("lrrrrrrrlr", rows)
	}
	if terminal.HasScreen() {
		text += "\n├──┤ the range, ● what was expected in it, x what came\n"
	}
	return text
}

// testedBars are the groups of a back-test on a screen: what was expected and what came, on the bar of the range. Each bar has its own
// scale: what matters is whether what came is inside.
func testedBars(name string, groups []whatif.TestedGroup, of func(*whatif.TestedGroup) (whatif.Range, whatif.ForecastError)) string {
	rows := [][]string{{name, "expected", "actual", "error %", "within", ""}}
	for i := range groups {
		r, off := of(&groups[i])
		inside := within(off)
		if !off.Within {
			inside = terminal.Watch(inside)
		}
		rows = append(rows, []string{groups[i].Name, terminal.Amount(r.Expected), terminal.Amount(off.Actual), errorPercent(off), inside,
			rangeBar(r, max(r.High, off.Actual, 1), terminal.Mark{At: int64(off.Actual), Sign: 'x'})})
	}
	return terminal.Table("lrrrll", rows)
}

// errorPercent is how far a sum is off; "" of nothing.
func errorPercent(off whatif.ForecastError) string {
	if off.Percent == nil {
		return ""
	}
	return terminal.Decimals(*off.Percent)
}

// within says whether what came was in the range.
func within(off whatif.ForecastError) string {
	if off.Within {
		return "yes"
	}
	return "no"
}
