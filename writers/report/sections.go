package report

import (
	"slices"
	"strings"

	"regul/writers/report/tally"
)

// sections are the parts of the page in the order of reading: what is to do, the money, then counts.
func (t *teller) sections() []section {
	list := []section{
		t.todo(), t.money(), t.outcomes(), t.amounts(), t.distribution(), t.categories(), t.years(), t.languages(), t.incomes(),
		t.largest(), t.corrections(), t.late(), t.rejects(), t.letters(), t.payments(), t.comparison(), t.inputs(), t.folders(),
		t.parameters(),
	}
	if t.b.Companies {
		list = slices.DeleteFunc(list, func(s section) bool { return s.ID == incomesID || s.ID == lateID })
	}
	return slices.DeleteFunc(list, func(s section) bool { return len(s.Blocks) == 0 && s.Empty == "" })
}

// The sections that companies do not have: nobody communicates their income.
const (
	incomesID = "incomes"
	lateID    = "late"
)

// named are sums under a name.
type named struct {
	name string
	tally.Sums
}

// sumsTables are two tables of the same rows: what is due, and what moves. Together they have every amount of the sums, and
// each is narrow enough for a sheet of paper. A total stands below several rows. by is the heading of the rows.
func (t *teller) sumsTables(by string, rows []named) []block {
	by = t.t(by)
	due := &table{Caption: t.f("What is due, by %s, in EUR", t.lower(by)),
		Columns: []column{{Name: by}, t.numeric("Regularisations"), t.numeric("Share"),
			t.numeric("Definitive"), t.numeric("Called"), t.numeric("To pay"), t.numeric("Cancelled")}}
	moves := &table{Caption: t.f("What moves, by %s, in EUR", t.lower(by)),
		Columns: []column{{Name: by}, t.numeric("Claim"), t.numeric("Payout"), t.numeric("Refund"),
			t.numeric("Offsets"), t.numeric("Surcharge"), t.numeric("Arrears")}}
	all := named{name: t.t("Total")}
	for i := range rows {
		all.Add(&rows[i].Sums)
	}
	dueRow := func(n *named) row {
		return cells(n.name, number(n.Rows), t.share(n.Rows, all.Rows), t.amount(n.Definitive), t.amount(n.Called), t.amount(n.ToPay),
			t.amount(n.Cancelled))
	}
	movesRow := func(n *named) row {
		return cells(n.name, t.amount(n.Claim), t.amount(n.Payout), t.amount(n.Refund), t.amount(n.Offsets), t.amount(n.Surcharge),
			t.amount(n.Arrears))
	}
	for i := range rows {
		due.Rows = append(due.Rows, dueRow(&rows[i]))
		moves.Rows = append(moves.Rows, movesRow(&rows[i]))
	}
	if len(rows) > 1 {
		due.Total, moves.Total = dueRow(&all), movesRow(&all)
	}
	return []block{{Table: due}, {Table: moves}}
}

// countsChart is a chart of the numbers of rows of sums.
func countsChart(label string, rows []named) *chart {
	b := bars{label: label, series: []series{{colour: 1}}}
	for i := range rows {
		b.names, b.series[0].counts = append(b.names, rows[i].name), append(b.series[0].counts, rows[i].Rows)
	}
	return b.draw()
}

// lower begins a text with a small letter; nouns of German keep theirs.
func (t *teller) lower(text string) string {
	if t.language == "de" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}
