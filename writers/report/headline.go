package report

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report/page"
	"regul/writers/report/tally"
)

// teller tells of a batch in a language.
type teller struct {
	*page.Words
	b *Batch
	s *tally.Statistics
}

// point is the sentence with which the page opens: whether more goes out than comes in.
func (t *teller) point() string {
	in, out := t.s.All.Claim, t.s.All.Payout
	claimed, paid := t.EUR(in), t.EUR(out)
	difference := page.Number(page.WholeEUR(max(in, out)-min(in, out))) + page.FixedSpace + "EUR"
	switch {
	case in == 0 && out == 0:
		return t.Say("No money moves: nothing is claimed and nothing is paid out.")
	case out > in:
		return t.Sayf("%s more goes out than comes in: %s is claimed and %s is paid out.", difference, claimed, paid)
	case in > out:
		return t.Sayf("%s more comes in than goes out: %s is claimed and %s is paid out.", difference, claimed, paid)
	}
	return t.Sayf("As much comes in as goes out: %s.", claimed)
}

// headline is the night in five numbers: money first.
func (t *teller) headline() []page.Figure {
	p := t.b.Previous
	figures := []page.Figure{
		{Name: t.Say("To claim, EUR"), Value: t.Amount(t.s.All.Claim)},
		{Name: t.Say("To pay out, EUR"), Value: t.Amount(t.s.All.Payout)},
		{Name: t.Say("Regularisations"), Value: page.Number(t.s.All.Rows)},
		{Name: t.Say("Notices"), Value: page.Number(t.s.Notices)},
		{Name: t.Say("Rejected rows"), Value: page.Number(rejected(t.b))},
	}
	if p == nil {
		return figures
	}
	figures[0].Change = t.changeOf("claim", t.s.All.Claim)
	figures[1].Change = t.changeOf("payout", t.s.All.Payout)
	figures[2].Change = page.Change(t.Words, t.s.All.Rows, p.Regularisations(), page.Number)
	figures[3].Change = page.Change(t.Words, t.s.Notices, p.Notices, page.Number)
	figures[4].Change = page.Change(t.Words, rejected(t.b), p.Rejects, page.Number)
	return figures
}

// changeOf is the change of a control total, if the previous batch has it.
func (t *teller) changeOf(name string, now money.Cents) string {
	before, known := total(t.b.Previous.Totals, name)
	if !known {
		return t.Say("not known of the previous batch")
	}
	return page.Change(t.Words, now, before, t.Amount)
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
func (t *teller) summary() []string {
	lines := []string{t.Say("The batch settled nothing.")}
	years := t.Count(t.s.All.Rows, "contribution year", "contribution years")
	switch {
	case t.s.All.Rows > 0 && t.b.Companies:
		lines[0] = t.Sayf("The batch settled the yearly contribution of companies: %s.", years)
	case t.s.All.Rows > 0:
		lines[0] = t.Sayf("The batch regularised %s of %s.", years, t.Count(t.s.Affiliates, "affiliate", "affiliates"))
	}
	if rows := t.s.Outcomes[pipeline.Unchanged].Rows; rows > 0 {
		lines = append(lines, t.Sayf("%s of the years changed; for the others, what is due is what was called.",
			t.Share(t.s.All.Rows-rows, t.s.All.Rows)))
	}
	if t.b.Ledger > 0 {
		lines = append(lines, t.Sayf("It builds on %s.", t.Count(int64(t.b.Ledger), "earlier batch", "earlier batches")))
	}
	return lines
}
