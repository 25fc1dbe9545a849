package report

import (
	"regul/pipeline/money"
	"regul/writers/report/page"
	"regul/writers/report/tally"
)

// classes is a distribution that a section shows.
type classes struct {
	caption, by, what string // what the table shows, what its rows are, what is added up
	colour            int
	name              func(int) string
	classes           []tally.Class
}

// block is the chart of the distribution and the table below it, on half of the width of the page or all of it.
func (t *teller) block(c *classes, heading string, half bool) page.Block {
	list := &page.Table{Caption: t.Say(c.caption),
		Columns: []page.Column{t.Text(c.by), t.Numeric("Number"), t.Numeric("Share"), t.Numeric(c.what)}}
	var all tally.Class
	for i := range c.classes {
		all.Add(&c.classes[i])
	}
	b := page.Bars{Label: t.Say(c.caption), Series: []page.Series{{Colour: c.colour}}}
	for i, class := range c.classes {
		b.Names, b.Series[0].Counts = append(b.Names, c.name(i)), append(b.Series[0].Counts, class.Rows)
		list.Rows = append(list.Rows, page.Cells(c.name(i), page.Number(class.Rows), t.Share(class.Rows, all.Rows), t.Amount(class.Amount)))
	}
	list.Total = t.Row("Total", page.Number(all.Rows), t.Share(all.Rows, all.Rows), t.Amount(all.Amount))
	return page.Block{Heading: heading, Chart: b.Draw(), Table: list, Half: half}
}

func (t *teller) distribution() page.Section {
	out := page.Section{ID: "distribution", Title: t.Say("Supplements and refunds by size"),
		Empty: t.Say("There is neither a supplement nor a refund."),
		Lead:  t.Say("Supplements are definitive less called; refunds are paid less definitive, before offsets. In classes of EUR, all of one width but the last: a class begins at its first amount and ends below its second.")}
	if empty(t.s.Supplements[:]) && empty(t.s.Refunds[:]) {
		return out
	}
	for _, d := range []struct {
		heading, none string
		classes       classes
	}{
		{"Supplements", "There is no supplement.", classes{"Supplements by size", "EUR", "Sum, EUR", 1, t.amountName, t.s.Supplements[:]}},
		{"Refunds", "There is no refund.", classes{"Refunds by size", "EUR", "Sum, EUR", 2, t.amountName, t.s.Refunds[:]}},
	} {
		if empty(d.classes.classes) {
			out.Blocks = append(out.Blocks, page.Block{Heading: t.Say(d.heading), Text: t.Say(d.none), Half: true})
			continue
		}
		out.Blocks = append(out.Blocks, t.block(&d.classes, t.Say(d.heading), true))
	}
	return out
}

func empty(classes []tally.Class) bool {
	for _, c := range classes {
		if c.Rows > 0 {
			return false
		}
	}
	return true
}

func (t *teller) incomes() page.Section {
	out := page.Section{ID: incomesID, Title: t.Say("By annual income"), Empty: t.Say(noRegularisation),
		Lead: t.Say("The income of the year on which contributions are computed, annualised, in classes of EUR.")}
	if !empty(t.s.Incomes[:]) {
		c := classes{"Regularisations by annual income", "EUR", "Definitive, EUR", 1, t.incomeName, t.s.Incomes[:]}
		out.Blocks = append(out.Blocks, t.block(&c, "", false))
	}
	return out
}

func (t *teller) late() page.Section {
	out := page.Section{ID: lateID, Title: t.Say("Late statements"), Empty: t.Say("No statement is late."),
		Lead: t.Say("A statement is due by the last day of the month after that of the communication of income (RGS art. 43). Later ones are sent all the same. Ages are days after that day.")}
	late := t.s.Late.Rows()
	if late == 0 {
		return out
	}
	c := classes{"Late statements by age", "Days after the deadline", "Claims, EUR", 3, t.ageName, t.s.Late.Ages[:]}
	one := t.block(&c, "", false)
	one.Text = t.Sayf("Late: %s of %s (%s), the oldest by %s. On time: %s, with claims of %s.", page.Number(late),
		t.Count(t.s.All.Rows, "statement", "statements"), t.Share(late, t.s.All.Rows), t.Count(int64(t.s.Late.Oldest), "day", "days"),
		page.Number(t.s.Late.OnTime.Rows), t.EUR(t.s.Late.OnTime.Amount))
	out.Blocks = append(out.Blocks, one)
	return out
}

// amountName names a class of supplements or refunds.
func (t *teller) amountName(class int) string {
	return t.between(class, tally.AmountStep, tally.AmountCount-1)
}

// incomeName names a class of annual incomes.
func (t *teller) incomeName(class int) string {
	if class == 0 {
		return t.Say("no income or a loss")
	}
	return t.between(class-1, tally.IncomeStep, tally.IncomeCount-2)
}

// between names the class of that number, so wide, of which the last is open.
func (t *teller) between(class int, step money.Cents, last int) string {
	low := euros(money.Cents(class) * step)
	if class == last {
		return t.Sayf("%s and more", low)
	}
	return t.Sayf("%s to %s", low, euros(money.Cents(class+1)*step))
}

// ageName names a class of late statements.
func (t *teller) ageName(class int) string {
	if class == tally.AgeCount-1 {
		return t.Sayf("over %d days", class*tally.AgeStep)
	}
	return t.Sayf("%d to %d days", class*tally.AgeStep+1, (class+1)*tally.AgeStep)
}

// euros writes whole EUR without their unit.
func euros(amount money.Cents) string { return page.Number(int64(amount / 100)) }
