package report

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report/tally"
)

// teller tells of a batch in a language.
type teller struct {
	*words
	b *Batch
	s *tally.Statistics
}

// point is the sentence with which the page opens: whether more goes out than comes in.
func (t *teller) point() string {
	in, out := t.s.All.Claim, t.s.All.Payout
	claimed, paid := t.eur(in), t.eur(out)
	difference := number(wholeEUR(max(in, out)-min(in, out))) + fixedSpace + "EUR"
	switch {
	case in == 0 && out == 0:
		return t.t("No money moves: nothing is claimed and nothing is paid out.")
	case out > in:
		return t.f("%s more goes out than comes in: %s is claimed and %s is paid out.", difference, claimed, paid)
	case in > out:
		return t.f("%s more comes in than goes out: %s is claimed and %s is paid out.", difference, claimed, paid)
	}
	return t.f("As much comes in as goes out: %s.", claimed)
}

// headline is the night in five numbers: money first.
func (t *teller) headline() []figure {
	p := t.b.Previous
	figures := []figure{
		{Name: t.t("To claim, EUR"), Value: t.amount(t.s.All.Claim)},
		{Name: t.t("To pay out, EUR"), Value: t.amount(t.s.All.Payout)},
		{Name: t.t("Regularisations"), Value: number(t.s.All.Rows)},
		{Name: t.t("Notices"), Value: number(t.s.Notices)},
		{Name: t.t("Rejected rows"), Value: number(rejected(t.b))},
	}
	if p == nil {
		return figures
	}
	figures[0].Change = t.changeOf("claim", t.s.All.Claim)
	figures[1].Change = t.changeOf("payout", t.s.All.Payout)
	figures[2].Change = change(t.words, t.s.All.Rows, p.Regularisations(), number)
	figures[3].Change = change(t.words, t.s.Notices, p.Notices, number)
	figures[4].Change = change(t.words, rejected(t.b), p.Rejects, number)
	return figures
}

// changeOf is the change of a control total, if the previous batch has it.
func (t *teller) changeOf(name string, now money.Cents) string {
	before, known := total(t.b.Previous.Totals, name)
	if !known {
		return t.t("not known of the previous batch")
	}
	return change(t.words, now, before, t.amount)
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
	lines := []string{t.t("The batch settled nothing.")}
	years := t.count(t.s.All.Rows, "contribution year", "contribution years")
	switch {
	case t.s.All.Rows > 0 && t.b.Companies:
		lines[0] = t.f("The batch settled the yearly contribution of companies: %s.", years)
	case t.s.All.Rows > 0:
		lines[0] = t.f("The batch regularised %s of %s.", years, t.count(t.s.Affiliates, "affiliate", "affiliates"))
	}
	if rows := t.s.Outcomes[pipeline.Unchanged].Rows; rows > 0 {
		lines = append(lines, t.f("%s of the years changed; for the others, what is due is what was called.",
			t.share(t.s.All.Rows-rows, t.s.All.Rows)))
	}
	if t.b.Ledger > 0 {
		lines = append(lines, t.f("It builds on %s.", t.count(int64(t.b.Ledger), "earlier batch", "earlier batches")))
	}
	return lines
}
