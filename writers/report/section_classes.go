package report

import "regul/pipeline/money"

// classes is a distribution that a section shows.
type classes struct {
	caption, by, what string // what the table shows, what its rows are, what is added up
	colour            int
	names             []string
	classes           []Class
}

// block is the chart of the distribution and the table below it, on half of the width of the page or all of it.
func (c *classes) block(heading string, half bool) (block, error) {
	t := &table{Caption: c.caption, Columns: []column{text(c.by), numeric("Number"), numeric("Share"), numeric(c.what)}}
	var all Class
	for i := range c.classes {
		all.add(&c.classes[i])
	}
	counts := make([]int64, len(c.classes))
	for i, class := range c.classes {
		counts[i] = class.Rows
		t.Rows = append(t.Rows, cells(c.names[i], number(class.Rows), share(class.Rows, all.Rows), amount(class.Amount)))
	}
	t.Total = cells("Total", number(all.Rows), share(all.Rows, all.Rows), amount(all.Amount))
	drawn, err := countsChart(c.caption, c.colour, half, c.names, counts)
	return block{Heading: heading, Chart: drawn, Table: t, Half: half}, err
}

// namesOf are the names of so many classes.
func namesOf(classes int, name func(int) string) []string {
	names := make([]string, classes)
	for i := range names {
		names[i] = name(i)
	}
	return names
}

func distributionSection(_ *Batch, s *Statistics) (section, error) {
	out := section{ID: "distribution", Title: "Supplements and refunds by size", Empty: "There is neither a supplement nor a refund.",
		Lead: "Supplements are definitive less called; refunds are paid less definitive, before offsets. In classes of EUR: a class begins at its first amount and ends below its second."}
	for _, d := range []struct {
		heading, none string
		classes       classes
	}{
		{"Supplements", "There is no supplement.", classes{"Supplements by size", "EUR", "Sum, EUR", 1, namesOf(len(s.Supplements), amountName), s.Supplements[:]}},
		{"Refunds", "There is no refund.", classes{"Refunds by size", "EUR", "Sum, EUR", 2, namesOf(len(s.Refunds), amountName), s.Refunds[:]}},
	} {
		if empty(d.classes.classes) {
			out.Blocks = append(out.Blocks, block{Heading: d.heading, Text: d.none, Half: true})
			continue
		}
		one, err := d.classes.block(d.heading, true)
		if err != nil {
			return out, err
		}
		out.Blocks = append(out.Blocks, one)
	}
	if empty(s.Supplements[:]) && empty(s.Refunds[:]) {
		out.Blocks = nil
	}
	return out, nil
}

func empty(classes []Class) bool {
	for _, c := range classes {
		if c.Rows > 0 {
			return false
		}
	}
	return true
}

func incomeSection(_ *Batch, s *Statistics) (section, error) {
	out := section{ID: incomesID, Title: "By annual income", Empty: "The batch holds no regularisation.",
		Lead: "The income of the year on which contributions are computed, annualised, in classes of EUR."}
	if empty(s.Incomes[:]) {
		return out, nil
	}
	c := classes{"Regularisations by annual income", "EUR", "Definitive, EUR", 1, namesOf(len(s.Incomes), incomeName), s.Incomes[:]}
	one, err := c.block("", false)
	out.Blocks = append(out.Blocks, one)
	return out, err
}

func lateSection(_ *Batch, s *Statistics) (section, error) {
	out := section{ID: lateID, Title: "Late statements", Empty: "No statement is late.",
		Lead: "A statement is due by the last day of the month after that of the communication of income (RGS art. 43). Later ones are sent all the same. Ages are days after that day: up to a week, a month, three months, half a year, a year, two years."}
	late := s.Late.Rows()
	if late == 0 {
		return out, nil
	}
	c := classes{"Late statements by age", "Days after the deadline", "Claims, EUR", 3, ageNames[:], s.Late.Ages[:]}
	one, err := c.block("", false)
	one.Text = number(late) + " of " + count(s.All.Rows, "statement", "statements") + " (" + share(late, s.All.Rows) + ") " + are(late) + " late, the oldest by " +
		count(int64(s.Late.Oldest), "day", "days") + ". On time: " + number(s.Late.OnTime.Rows) + ", with claims of " + eur(s.Late.OnTime.Amount) + "."
	out.Blocks = append(out.Blocks, one)
	return out, err
}

func are(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// EUR writes an amount with its unit, as the page does.
func EUR(c money.Cents) string { return eur(c) }

// eur writes an amount with its unit.
func eur(c money.Cents) string { return amount(c) + fixedSpace + "EUR" }
