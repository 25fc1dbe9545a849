package report

import (
	"slices"
	"strconv"

	"regul/writers/report/page"
)

func (t *teller) parameters() page.Section {
	out := page.Section{ID: "parameters", Title: t.Say("Parameters"), Lead: t.Say("What the batch was computed with.")}
	list := &page.Table{Caption: t.Say("Parameters of the batch"), Columns: []page.Column{t.Text("Parameter"), t.Text("Value")}}
	list.Rows = append(list.Rows, t.Row("Date of the batch and its notices", t.b.AsOf),
		append(t.Row("Version of the law"), page.Digest(t.b.LawVersion)),
		t.Row("Earlier batches that it builds on", page.Number(int64(t.b.Ledger))))
	for _, s := range t.b.Settings {
		list.Rows = append(list.Rows, t.Row(s.Name, masked(t.Say(s.Value))))
	}
	out.Blocks = append(out.Blocks, page.Block{Table: list})
	if fees := feesTable(t.Words, t.b.Fees); fees != nil {
		out.Blocks = append(out.Blocks, page.Block{Table: fees})
	} else if !t.b.Companies {
		out.Blocks = append(out.Blocks, page.Block{Text: t.Say("No management fee is known for any year.")})
	}
	return out
}

// feesTable shows the management fees; years one after the other with the same fee share a line.
func feesTable(w *page.Words, fees map[string]string) *page.Table {
	var years []string
	for year := range fees {
		years = append(years, year)
	}
	if len(years) == 0 {
		return nil
	}
	slices.Sort(years)
	t := &page.Table{Caption: w.Say("Management fees"), Columns: []page.Column{w.Text("Contribution years"), w.Numeric("Percent")}}
	for first := 0; first < len(years); {
		last := first
		for last+1 < len(years) && follows(years[last], years[last+1]) && fees[years[last+1]] == fees[years[first]] {
			last++
		}
		name := years[first]
		if last > first {
			name = w.Sayf("%s to %s", name, years[last])
		}
		t.Rows = append(t.Rows, page.Cells(name, w.Decimal(fees[years[first]])))
		first = last + 1
	}
	return t
}

// follows says whether a year is the one after another.
func follows(year, next string) bool {
	a, first := strconv.Atoi(year)
	b, second := strconv.Atoi(next)
	return first == nil && second == nil && b == a+1
}
