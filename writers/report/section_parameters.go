package report

import (
	"slices"
	"strconv"
)

func (t *teller) parameters() section {
	out := section{ID: "parameters", Title: t.t("Parameters"), Lead: t.t("What the batch was computed with.")}
	list := &table{Caption: t.t("Parameters of the batch"), Columns: []column{t.text("Parameter"), t.text("Value")}}
	list.Rows = append(list.Rows, t.row("Date of the batch and its notices", t.b.AsOf),
		append(t.row("Version of the law"), digest(t.b.LawVersion)), t.row("Earlier batches that it builds on", number(int64(t.b.Ledger))))
	for _, s := range t.b.Settings {
		list.Rows = append(list.Rows, t.row(s.Name, masked(t.t(s.Value))))
	}
	out.Blocks = append(out.Blocks, block{Table: list})
	if fees := t.feesTable(t.b.Fees); fees != nil {
		out.Blocks = append(out.Blocks, block{Table: fees})
	} else {
		out.Blocks = append(out.Blocks, block{Text: t.t("No management fee is known for any year.")})
	}
	return out
}

// feesTable shows the management fees; years one after the other with the same fee share a line.
func (w *words) feesTable(fees map[string]string) *table {
	var years []string
	for year := range fees {
		years = append(years, year)
	}
	if len(years) == 0 {
		return nil
	}
	slices.Sort(years)
	t := &table{Caption: w.t("Management fees"), Columns: []column{w.text("Contribution years"), w.numeric("Percent")}}
	for first := 0; first < len(years); {
		last := first
		for last+1 < len(years) && follows(years[last], years[last+1]) && fees[years[last+1]] == fees[years[first]] {
			last++
		}
		name := years[first]
		if last > first {
			name = w.f("%s to %s", name, years[last])
		}
		t.Rows = append(t.Rows, cells(name, fees[years[first]]))
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
