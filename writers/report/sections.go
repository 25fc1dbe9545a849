package report

// sections are the parts of the page in the order of reading.
func sections(b *Batch, s *Statistics) ([]section, error) {
	list := []section{}
	for _, make := range []func(*Batch, *Statistics) (section, error){
		outcomesSection,
		plain(func(b *Batch, _ *Statistics) section { return amountsSection(b) }),
		distributionSection, categorySection, yearSection, languageSection, incomeSection,
		plain(largestSection), plain(correctionsSection), lateSection,
		plain(func(b *Batch, _ *Statistics) section { return rejectsSection(b) }),
		plain(noticesSection),
		plain(func(b *Batch, _ *Statistics) section { return paymentsSection(b) }),
		plain(comparisonSection),
		plain(func(b *Batch, _ *Statistics) section { return inputsSection(b) }),
		plain(func(b *Batch, _ *Statistics) section { return filesSection(b) }),
		plain(func(b *Batch, _ *Statistics) section { return parametersSection(b) }),
	} {
		one, err := make(b, s)
		if err != nil {
			return nil, err
		}
		if b.Companies && (one.ID == incomesID || one.ID == lateID) {
			continue
		}
		list = append(list, one)
	}
	return list, nil
}

// The sections that companies do not have: nobody communicates their income.
const (
	incomesID = "incomes"
	lateID    = "late"
)

// plain is a section without charts: nothing can fail.
func plain(make func(*Batch, *Statistics) section) func(*Batch, *Statistics) (section, error) {
	return func(b *Batch, s *Statistics) (section, error) { return make(b, s), nil }
}

// named are sums under a name.
type named struct {
	name string
	Sums
}

// sumsTables are two tables of the same rows: what is due, and what moves. Together they have every amount of the sums, and
// each is narrow enough for a sheet of paper. A total stands below several rows.
func sumsTables(by string, rows []named) []block {
	due := &table{Caption: "What is due, by " + by + ", in EUR", Columns: []column{text(upper(by)), numeric("Regularisations"), numeric("Share"),
		numeric("Definitive"), numeric("Called"), numeric("To pay"), numeric("Cancelled")}}
	moves := &table{Caption: "What moves, by " + by + ", in EUR", Columns: []column{text(upper(by)), numeric("Claim"), numeric("Payout"), numeric("Refund"),
		numeric("Offsets"), numeric("Surcharge"), numeric("Arrears")}}
	all := named{name: "Total"}
	for i := range rows {
		all.Add(&rows[i].Sums)
	}
	dueRow := func(n *named) row {
		return cells(n.name, number(n.Rows), share(n.Rows, all.Rows), amount(n.Definitive), amount(n.Called), amount(n.ToPay), amount(n.Cancelled))
	}
	movesRow := func(n *named) row {
		return cells(n.name, amount(n.Claim), amount(n.Payout), amount(n.Refund), amount(n.Offsets), amount(n.Surcharge), amount(n.Arrears))
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

// countsChart is a chart of one series.
func countsChart(label string, colour int, half bool, names []string, counts []int64) (*chart, error) {
	b := bars{label: label, names: names, series: []series{{colour: colour, counts: counts}}, half: half}
	return b.draw()
}

// countsOf are the names and numbers of rows of sums.
func countsOf(rows []named) (names []string, counts []int64) {
	for i := range rows {
		names, counts = append(names, rows[i].name), append(counts, rows[i].Rows)
	}
	return names, counts
}

// upper begins a word with a capital.
func upper(word string) string { return string(word[0]-'a'+'A') + word[1:] }
