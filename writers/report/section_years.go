package report

import (
	"slices"
	"strconv"

	"regul/writers/report/tally"
)

func (t *teller) largest() section {
	out := section{ID: largestID, Title: t.t("The largest"), Empty: t.t("Nothing is claimed and nothing is paid out."),
		Lead: t.t("By dossier and contribution year, to look them up. What is out of the ordinary is worth a look before the letters go to the post.")}
	for _, l := range []struct {
		caption string
		large   []tally.Large
	}{{"The largest claims", t.s.Claims}, {"The largest payouts", t.s.Payouts}} {
		if len(l.large) == 0 {
			continue
		}
		list := &table{Caption: t.t(l.caption),
			Columns: []column{t.text("Dossier"), t.numeric("Year"), t.numeric("Version"), t.text("Outcome"), {Name: "EUR", Number: true}}}
		for i := range l.large {
			one := &l.large[i]
			list.Rows = append(list.Rows, cells(string(one.Dossier.Append(nil)), strconv.Itoa(one.Year), strconv.Itoa(one.Version),
				t.outcome(one.Outcome), t.amount(one.Amount)))
		}
		out.Blocks = append(out.Blocks, block{Table: list, Half: true})
	}
	return out
}

func (t *teller) corrections() section {
	out := section{ID: "corrections", Title: t.t("Corrections"), Empty: t.t("The batch corrects no earlier notice."),
		Lead: t.t("Regularisations of years that were regularised before: version 2 and later.")}
	c := &t.s.Corrections
	var corrected tally.Sums
	for version := 2; version < tally.VersionCount; version++ {
		corrected.Add(&t.s.Versions[version])
	}
	if corrected.Rows == 0 && t.s.Withdrawn == 0 && c.Interrupted == 0 {
		return out
	}
	facts := &table{Caption: t.t("Corrections of earlier notices"), Columns: []column{t.text("What"), t.numeric("Number or EUR")},
		Rows: []row{
			t.row("Corrections, version 2 and later", number(corrected.Rows)),
			t.row("of these without a new communication: the account changed", number(c.Rechecked)),
			t.row("Definitive before, EUR", t.amount(c.Before)),
			t.row("Definitive now, EUR", t.amount(corrected.Definitive)),
			t.row("Claims of the corrections, EUR", t.amount(corrected.Claim)),
			t.row("Payouts of the corrections, EUR", t.amount(corrected.Payout)),
			t.row("Notices of withdrawn batches that are corrected", number(t.s.Withdrawn)),
			t.row("Regularisations after an interrupted limitation, any version", number(c.Interrupted)),
		}}
	if c.Otherwise > 0 {
		facts.Rows = slices.Insert(facts.Rows, 2,
			t.row("and: the account did not change, but the fee, the law or the national number did", number(c.Otherwise)))
	}
	out.Blocks = append(out.Blocks, block{Table: facts})
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
		return t.f("%d and later", version)
	}
	return strconv.Itoa(version)
}
