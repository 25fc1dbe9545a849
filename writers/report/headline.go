package report

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// headline is the night in five numbers.
func headline(b *Batch, s *Statistics) []figure {
	p := b.Previous
	figures := []figure{
		{Name: "Regularisations", Value: number(s.All.Rows)},
		{Name: "Notices", Value: number(s.Notices)},
		{Name: "To claim, EUR", Value: amount(s.All.Claim)},
		{Name: "To pay out, EUR", Value: amount(s.All.Payout)},
		{Name: "Rejected rows", Value: number(rejected(b))},
	}
	if p == nil {
		for i := range figures {
			figures[i].Change = "no previous batch"
		}
		return figures
	}
	figures[0].Change = change(s.All.Rows, p.Regularisations(), number)
	figures[1].Change = change(s.Notices, p.Notices, number)
	figures[2].Change = changeOf("claim", s.All.Claim, p)
	figures[3].Change = changeOf("payout", s.All.Payout, p)
	figures[4].Change = change(rejected(b), p.Rejects, number)
	return figures
}

// changeOf is the change of a control total, if the previous batch has it.
func changeOf(name string, now money.Cents, p *Previous) string {
	before, known := total(p.Totals, name)
	if !known {
		return "not known of the previous batch"
	}
	return change(now, before, amount)
}

// rejected is how many rows were rejected.
func rejected(b *Batch) int64 {
	var rows int64
	for i := range b.Rejects {
		rows += b.Rejects[i].Rows
	}
	return rows
}

// summary is the night in a few sentences.
func summary(b *Batch, s *Statistics) []string {
	first := "The batch settled nothing."
	if s.All.Rows > 0 {
		first = "The batch regularised " + count(s.All.Rows, "contribution year", "contribution years") + " of " +
			count(s.Affiliates, "affiliate", "affiliates") + "."
	}
	if b.Companies && s.All.Rows > 0 {
		first = "The batch settled the yearly contribution of " + count(s.All.Rows, "company and year", "companies and years") + "."
	}
	lines := []string{first}
	if rows := s.Outcomes[pipeline.Unchanged].Rows; rows > 0 {
		lines = append(lines, share(s.All.Rows-rows, s.All.Rows)+" of the years changed; for the others, what is due is what was called.")
	}
	switch b.Ledger {
	case 0:
		lines = append(lines, "It builds on no earlier batch.")
	default:
		lines = append(lines, "It builds on "+count(int64(b.Ledger), "earlier batch", "earlier batches")+".")
	}
	return lines
}

// count writes a number with its noun.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}
