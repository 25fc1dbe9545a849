package report

import (
	"slices"
	"strings"

	"regul/writers/report/page"
	"regul/writers/report/tally"
)

// sections are the parts of the page in the order of reading: what is to do, the money, then counts.
func (t *teller) sections() []page.Section {
	list := []page.Section{
		t.todo(), t.money(), t.outcomes(), t.amounts(), t.distribution(), t.categories(), t.years(), t.languages(), t.incomes(),
		t.largest(), t.corrections(), t.late(), t.rejects(), t.letters(), t.payments(), t.comparison(), t.inputs(), t.folders(),
		t.parameters(),
	}
	if t.b.Companies {
		list = slices.DeleteFunc(list, func(s page.Section) bool { return s.ID == incomesID || s.ID == lateID })
	}
	return slices.DeleteFunc(list, func(s page.Section) bool { return len(s.Blocks) == 0 && s.Empty == "" })
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
func (t *teller) sumsTables(by string, rows []named) []page.Block {
	by = t.Say(by)
	due := &page.Table{Caption: t.Sayf("What is due, by %s, in EUR", t.lower(by)),
		Columns: []page.Column{{Name: by}, t.Numeric("Regularisations"), t.Numeric("Share"),
			t.Numeric("Definitive"), t.Numeric("Called"), t.Numeric("To pay"), t.Numeric("Cancelled")}}
	moves := &page.Table{Caption: t.Sayf("What moves, by %s, in EUR", t.lower(by)),
		Columns: []page.Column{{Name: by}, t.Numeric("Claim"), t.Numeric("Payout"), t.Numeric("Refund"),
			t.Numeric("Offsets"), t.Numeric("Surcharge"), t.Numeric("Arrears")}}
	all := named{name: t.Say("Total")}
	for i := range rows {
		all.Add(&rows[i].Sums)
	}
	dueRow := func(n *named) page.Row {
		return page.Cells(n.name, page.Number(n.Rows), t.Share(n.Rows, all.Rows), t.Amount(n.Definitive), t.Amount(n.Called),
			t.Amount(n.ToPay), t.Amount(n.Cancelled))
	}
	movesRow := func(n *named) page.Row {
		return page.Cells(n.name, t.Amount(n.Claim), t.Amount(n.Payout), t.Amount(n.Refund), t.Amount(n.Offsets), t.Amount(n.Surcharge),
			t.Amount(n.Arrears))
	}
	for i := range rows {
		due.Rows = append(due.Rows, dueRow(&rows[i]))
		moves.Rows = append(moves.Rows, movesRow(&rows[i]))
	}
	if len(rows) > 1 {
		due.Total, moves.Total = dueRow(&all), movesRow(&all)
	}
	return []page.Block{{Table: due}, {Table: moves}}
}

// countsChart is a chart of the numbers of rows of sums.
func countsChart(label string, rows []named) *page.Chart {
	b := page.Bars{Label: label, Series: []page.Series{{Colour: 1}}}
	for i := range rows {
		b.Names, b.Series[0].Counts = append(b.Names, rows[i].name), append(b.Series[0].Counts, rows[i].Rows)
	}
	return b.Draw()
}

// lower begins a text with a small letter; nouns of German keep theirs.
func (t *teller) lower(text string) string {
	if t.Language == "de" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}
