package tell

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/diff"
)

// Difference is a comparison as people read it: first whether and where the batches differ, last what they were made of.
func Difference(d *diff.Difference) string {
	parts := []string{terminal.Table("ll", [][]string{{"A", d.A}, {"B", d.B}}), verdictText(d), yearsText(d)}
	if len(d.Largest) > 0 {
		parts = append(parts, changesText(d))
	}
	return strings.Join(append(parts, sumsText(d), madeOfText(d)), "\n")
}

// verdictText says whether the batches differ.
func verdictText(d *diff.Difference) string {
	one, _ := whose(d)
	if d.Same {
		return terminal.Good("The batches do not differ:") + " every " + one + "'s year is in both, with the same amounts.\n"
	}
	return terminal.Watch("The batches differ.") + "\n"
}

// madeOfText is what the batches were made with and of, as far as it differs.
func madeOfText(d *diff.Difference) string {
	rows := [][]string{{"made with", "A", "B"}}
	for _, p := range groupFees(d.Parameters) {
		rows = append(rows, []string{p.Name, shortDigest(p.A), shortDigest(p.B)})
	}
	for _, batch := range d.Ledger.OnlyA {
		rows = append(rows, []string{"ledger", batch, ""})
	}
	for _, batch := range d.Ledger.OnlyB {
		rows = append(rows, []string{"ledger", "", batch})
	}
	same := 0
	for _, i := range d.Inputs {
		name := fmt.Sprintf("%s (%.12s)", i.Source, i.SHA256)
		switch {
		case i.InA && i.InB:
			same++
		case i.InA:
			rows = append(rows, []string{i.Input, name, ""})
		default:
			rows = append(rows, []string{i.Input, "", name})
		}
	}
	if len(rows) == 1 {
		return fmt.Sprintf("Both were made with the same parameters, of the same %d files.\n", same)
	}
	return terminal.Table("lll", rows) + fmt.Sprintf("Else the same; the same in both: %d input files.\n", same)
}

// groupFees names the parameters for people, the years of which the fee differs in the same way together.
func groupFees(parameters []diff.TextDifference) []diff.TextDifference {
	var list []diff.TextDifference
	years := map[int][]int{} // by position in the list
	for _, p := range parameters {
		name := strings.TrimPrefix(p.Name, "parameters.")
		year, err := strconv.Atoi(strings.TrimPrefix(name, "fees."))
		if err != nil {
			list = append(list, diff.TextDifference{Name: spaced(name), A: p.A, B: p.B})
			continue
		}
		at := slices.IndexFunc(list, func(d diff.TextDifference) bool { return d.Name == "" && d.A == p.A && d.B == p.B })
		if at < 0 {
			at = len(list)
			list = append(list, diff.TextDifference{A: p.A, B: p.B})
		}
		years[at] = append(years[at], year)
	}
	for at, of := range years {
		list[at].Name = "fund fee of " + terminal.Span(of)
	}
	return list
}

// shortDigest shortens a SHA-256, and leaves every other text as it is.
func shortDigest(text string) string {
	if len(text) == 64 && strings.Trim(text, "0123456789abcdef") == "" {
		return terminal.Short(text)
	}
	return text
}

// whose says with whom the batches settled: with one, with several.
func whose(d *diff.Difference) (one, several string) {
	about := batch.AboutOf(d.Job)
	return about.One, about.Several
}

// yearsText counts the years of affiliates or companies by contribution year.
func yearsText(d *diff.Difference) string {
	_, several := whose(d)
	rows := [][]string{{several + "' years", "only in A", "only in B", "changed", "same"}}
	line := func(name string, y *diff.YearCounts) {
		rows = append(rows, []string{name, terminal.Number(y.OnlyA), terminal.Number(y.OnlyB), terminal.Number(y.Changed), terminal.Number(y.Same)})
	}
	for i := range d.ByYear {
		line(fmt.Sprintf("  %d", d.ByYear[i].Year), &d.ByYear[i])
	}
	line("in all", &d.Years)
	return terminal.Table("lrrrr", rows)
}

// sumsText are the sums that differ, what the batches hold before what they count.
func sumsText(d *diff.Difference) string {
	rows := [][]string{{"what differs", "A", "B", "difference"}}
	same := 0
	for _, n := range d.Amounts {
		if n.Difference == 0 {
			same++
			continue
		}
		rows = append(rows, []string{spaced(n.Name) + " EUR", terminal.Amount(n.A), terminal.Amount(n.B), terminal.Amount(n.Difference)})
	}
	for _, list := range []struct {
		before string
		counts []diff.CountDifference
	}{{"outcome ", d.Outcomes}, {"rejects ", d.Rejects}, {"", d.Counts}} {
		for _, n := range list.counts {
			if n.Difference == 0 {
				same++
				continue
			}
			rows = append(rows, []string{list.before + spaced(n.Name), terminal.Number(n.A), terminal.Number(n.B), terminal.Number(n.Difference)})
		}
	}
	if len(rows) == 1 {
		return fmt.Sprintf("All %d sums and counts are the same in both.\n", same)
	}
	return terminal.Table("lrrr", rows) + fmt.Sprintf("The same in both: %d other sums and counts.\n", same)
}

// spaced is a name of the manifest as people read it.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }

// changesText are the largest changes, with what differs in each.
func changesText(d *diff.Difference) string {
	who, _ := whose(d)
	if who == "affiliate" {
		who = "dossier"
	}
	rows := [][]string{{who, "year", "", "A", "B", "difference"}}
	numbers := slices.ContainsFunc(d.Largest, func(c *diff.Change) bool { return c.NISS != "" })
	for _, c := range d.Largest {
		who := c.Dossier + c.Enterprise
		if numbers {
			who += " " + c.NISS
		}
		rows = append(rows, []string{who, fmt.Sprint(c.Year), kindText(c), netText(c.A), netText(c.B), terminal.Amount(c.Difference)})
	}
	lines, fields := terminal.Rows("lllrrr", rows), fieldsTexts(d.Largest)
	var b strings.Builder
	all := d.Years.OnlyA + d.Years.OnlyB + d.Years.Changed
	fmt.Fprintf(&b, "The largest of %s changes, by what is to pay less what is refunded, EUR\n%s", terminal.Number(all), lines[0])
	for i := range d.Largest {
		b.WriteString(lines[i+1] + fields[i])
	}
	return b.String()
}

// kindText is what happened to the year, in words.
func kindText(c *diff.Change) string {
	switch {
	case c.B == nil:
		return "only in A, " + c.A.Outcome
	case c.A == nil:
		return "only in B, " + c.B.Outcome
	case c.A.Outcome != c.B.Outcome:
		return c.A.Outcome + " becomes " + c.B.Outcome
	}
	return "changed, " + c.A.Outcome
}

func netText(s *diff.ChangedSide) string {
	if s == nil {
		return ""
	}
	return terminal.Amount(s.Net())
}

// fieldsTexts are the columns that differ, for each change: a row each, of the year and then of the quarters that differ alike. All have
// the same columns.
func fieldsTexts(changes []*diff.Change) []string {
	var rows [][]string
	ends := make([]int, len(changes))
	for i, c := range changes {
		rows = append(rows, fieldRows(c)...)
		ends[i] = len(rows)
	}
	lines, texts, from := terminal.Rows("llrr", rows), make([]string, len(changes)), 0
	for i, end := range ends {
		texts[i], from = strings.Join(lines[from:end], ""), end
	}
	return texts
}

// fieldRows are the rows of one change.
func fieldRows(c *diff.Change) (rows [][]string) {
	var of [5][][]string // the year, then the quarters
	for _, f := range c.Fields {
		of[f.Quarter] = append(of[f.Quarter], []string{spaced(f.Field), valueText(f.A), valueText(f.B)})
	}
	for first := 0; first <= 4; {
		last := first
		for first > 0 && last < 4 && slices.EqualFunc(of[last+1], of[first], slices.Equal) {
			last++
		}
		for i, row := range of[first] {
			name := ""
			if i == 0 {
				name = placeText(first, last)
			}
			rows = append(rows, append([]string{"    " + name}, row...))
		}
		first = last + 1
	}
	return rows
}

// placeText names the year, 0, or quarters.
func placeText(first, last int) string {
	switch {
	case first == 0:
		return "year"
	case first == last:
		return fmt.Sprintf("quarter %d", first)
	}
	return fmt.Sprintf("quarters %d to %d", first, last)
}

// valueText is a value of a column as people read it.
func valueText(value any) string {
	switch v := value.(type) {
	case nil:
		return "none"
	case jobs.Cents:
		return terminal.Amount(v)
	}
	return fmt.Sprint(value)
}
