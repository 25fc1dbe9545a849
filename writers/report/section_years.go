package report

import (
	"slices"
	"strconv"

	"regul/writers/report/page"
	"regul/writers/report/tally"
)

func (t *teller) largest() page.Section {
	out := page.Section{ID: largestID, Title: t.Say("The largest"), Empty: t.Say("Nothing is claimed and nothing is paid out."),
		Lead: t.Say("By dossier and contribution year, to look them up. What is out of the ordinary is worth a look before the letters go to the post.")}
	for _, l := range []struct {
		caption string
		large   []tally.Large
	}{{"The largest claims", t.s.Claims}, {"The largest payouts", t.s.Payouts}} {
		if len(l.large) == 0 {
			continue
		}
		list := &page.Table{Caption: t.Say(l.caption),
			Columns: []page.Column{t.Text("Dossier"), t.Numeric("Year"), t.Numeric("Version"), t.Text("Outcome"),
				{Name: "EUR", Number: true}}}
		for i := range l.large {
			one := &l.large[i]
			list.Rows = append(list.Rows, page.Cells(string(one.Dossier.Append(nil)), strconv.Itoa(one.Year), strconv.Itoa(one.Version),
				t.outcome(one.Outcome), t.Amount(one.Amount)))
		}
		out.Blocks = append(out.Blocks, page.Block{Table: list, Half: true})
	}
	return out
}

func (t *teller) corrections() page.Section {
	out := page.Section{ID: "corrections", Title: t.Say("Corrections"), Empty: t.Say("The batch corrects no earlier notice."),
		Lead: t.Say("Regularisations of years that were regularised before: version 2 and later.")}
	c := &t.s.Corrections
	var corrected tally.Sums
	for version := 2; version < tally.VersionCount; version++ {
		corrected.Add(&t.s.Versions[version])
	}
	if corrected.Rows == 0 && t.s.Withdrawn == 0 && c.Interrupted == 0 {
		return out
	}
	facts := &page.Table{Caption: t.Say("Corrections of earlier notices"),
		Columns: []page.Column{t.Text("What"), t.Numeric("Number or EUR")}, Rows: []page.Row{
			t.Row("Corrections, version 2 and later", page.Number(corrected.Rows)),
			t.Row("of these without a new communication: the account changed", page.Number(c.Rechecked)),
			t.Row("Definitive before, EUR", t.Amount(c.Before)),
			t.Row("Definitive now, EUR", t.Amount(corrected.Definitive)),
			t.Row("Claims of the corrections, EUR", t.Amount(corrected.Claim)),
			t.Row("Payouts of the corrections, EUR", t.Amount(corrected.Payout)),
			t.Row("Notices of withdrawn batches that are corrected", page.Number(t.s.Withdrawn)),
			t.Row("Regularisations after an interrupted limitation, any version", page.Number(c.Interrupted)),
		}}
	if c.Otherwise > 0 {
		facts.Rows = slices.Insert(facts.Rows, 2,
			t.Row("and: the account did not change, but the fee, the law or the national number did", page.Number(c.Otherwise)))
	}
	out.Blocks = append(out.Blocks, page.Block{Table: facts})
	var rows []named
	for version := range t.s.Versions {
		if sums := t.s.Versions[version]; sums.Rows > 0 {
			rows = append(rows, named{t.version(version), sums})
		}
	}
	if len(rows) > 0 {
		out.Blocks = append(out.Blocks, t.sumsTables("Version", rows)...)
	}
	return out
}

func (t *teller) version(version int) string {
	if version == tally.VersionCount-1 {
		return t.Sayf("%d and later", version)
	}
	return strconv.Itoa(version)
}
