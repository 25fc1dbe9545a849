package report

import (
	"slices"
	"strconv"
)

func parametersSection(b *Batch) section {
	out := section{ID: "parameters", Title: "Parameters", Lead: "What the batch was computed with."}
	t := &table{Caption: "Parameters of the batch", Columns: []column{text("Parameter"), text("Value")}}
	t.Rows = append(t.Rows, cells("Date of the batch and its notices", b.AsOf), append(cells("Version of the law"), digest(b.LawVersion)),
		cells("Earlier batches that it builds on", number(int64(b.Ledger))))
	for _, s := range b.Settings {
		t.Rows = append(t.Rows, cells(s.Name, masked(s.Value)))
	}
	out.Blocks = append(out.Blocks, block{Table: t})
	if fees := feesTable(b.Fees); fees != nil {
		out.Blocks = append(out.Blocks, block{Table: fees})
	} else {
		out.Blocks = append(out.Blocks, block{Text: "No management fee is known for any year."})
	}
	return out
}

// feesTable shows the management fees; years one after the other with the same fee share a line.
func feesTable(fees map[string]string) *table {
	var years []string
	for year := range fees {
		years = append(years, year)
	}
	if len(years) == 0 {
		return nil
	}
	slices.Sort(years)
	t := &table{Caption: "Management fees", Columns: []column{text("Contribution years"), numeric("Percent")}}
	for first := 0; first < len(years); {
		last := first
		for last+1 < len(years) && follows(years[last], years[last+1]) && fees[years[last+1]] == fees[years[first]] {
			last++
		}
		name := years[first]
		if last > first {
			name += " to " + years[last]
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
