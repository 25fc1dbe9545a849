package report

import (
	"regul/pipeline/money"
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
func (t *teller) block(c *classes, heading string, half bool) block {
	list := &table{Caption: t.t(c.caption), Columns: []column{t.text(c.by), t.numeric("Number"), t.numeric("Share"), t.numeric(c.what)}}
	var all tally.Class
	for i := range c.classes {
		all.Add(&c.classes[i])
	}
	b := bars{label: t.t(c.caption), series: []series{{colour: c.colour}}}
	for i, class := range c.classes {
		b.names, b.series[0].counts = append(b.names, c.name(i)), append(b.series[0].counts, class.Rows)
		list.Rows = append(list.Rows, cells(c.name(i), number(class.Rows), t.share(class.Rows, all.Rows), t.amount(class.Amount)))
	}
	list.Total = t.row("Total", number(all.Rows), t.share(all.Rows, all.Rows), t.amount(all.Amount))
	return block{Heading: heading, Chart: b.draw(), Table: list, Half: half}
}

func (t *teller) distribution() section {
	out := section{ID: "distribution", Title: t.t("Supplements and refunds by size"),
		Empty: t.t("There is neither a supplement nor a refund."),
		Lead:  t.t("Supplements are definitive less called; refunds are paid less definitive, before offsets. In classes of EUR, all of one width but the last: a class begins at its first amount and ends below its second.")}
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
			out.Blocks = append(out.Blocks, block{Heading: t.t(d.heading), Text: t.t(d.none), Half: true})
			continue
		}
		out.Blocks = append(out.Blocks, t.block(&d.classes, t.t(d.heading), true))
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

func (t *teller) incomes() section {
	out := section{ID: incomesID, Title: t.t("By annual income"), Empty: t.t(noRegularisation),
		Lead: t.t("The income of the year on which contributions are computed, annualised, in classes of EUR.")}
	if !empty(t.s.Incomes[:]) {
		c := classes{"Regularisations by annual income", "EUR", "Definitive, EUR", 1, t.incomeName, t.s.Incomes[:]}
		out.Blocks = append(out.Blocks, t.block(&c, "", false))
	}
	return out
}

func (t *teller) late() section {
	out := section{ID: lateID, Title: t.t("Late statements"), Empty: t.t("No statement is late."),
		Lead: t.t("A statement is due by the last day of the month after that of the communication of income (RGS art. 43). Later ones are sent all the same. Ages are days after that day.")}
	late := t.s.Late.Rows()
	if late == 0 {
		return out
	}
	c := classes{"Late statements by age", "Days after the deadline", "Claims, EUR", 3, t.ageName, t.s.Late.Ages[:]}
	one := t.block(&c, "", false)
	one.Text = t.f("Late: %s of %s (%s), the oldest by %s. On time: %s, with claims of %s.", number(late),
		t.count(t.s.All.Rows, "statement", "statements"), t.share(late, t.s.All.Rows), t.count(int64(t.s.Late.Oldest), "day", "days"),
		number(t.s.Late.OnTime.Rows), t.eur(t.s.Late.OnTime.Amount))
	out.Blocks = append(out.Blocks, one)
	return out
}

// amountName names a class of supplements or refunds.
func (w *words) amountName(class int) string {
	return w.between(class, tally.AmountStep, tally.AmountCount-1)
}

// incomeName names a class of annual incomes.
func (w *words) incomeName(class int) string {
	if class == 0 {
		return w.t("no income or a loss")
	}
	return w.between(class-1, tally.IncomeStep, tally.IncomeCount-2)
}

// between names the class of that number, so wide, of which the last is open.
func (w *words) between(class int, step money.Cents, last int) string {
	low := euros(money.Cents(class) * step)
	if class == last {
		return w.f("%s and more", low)
	}
	return w.f("%s to %s", low, euros(money.Cents(class+1)*step))
}

// ageName names a class of late statements.
func (w *words) ageName(class int) string {
	if class == tally.AgeCount-1 {
		return w.f("over %d days", class*tally.AgeStep)
	}
	return w.f("%d to %d days", class*tally.AgeStep+1, (class+1)*tally.AgeStep)
}

// euros writes whole EUR without their unit.
func euros(amount money.Cents) string { return number(int64(amount / 100)) }
