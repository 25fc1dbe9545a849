package report

import (
	"slices"
	"strconv"
)

func largestSection(_ *Batch, s *Statistics) section {
	out := section{ID: largestID, Title: "The largest", Empty: "Nothing is claimed and nothing is paid out.",
		Lead: "By dossier and contribution year, to look them up. What is out of the ordinary is worth a look before the letters go to the post."}
	for _, l := range []struct {
		caption string
		large   []Large
	}{{"The largest claims", s.Claims}, {"The largest payouts", s.Payouts}} {
		if len(l.large) == 0 {
			continue
		}
		t := &table{Caption: l.caption, Columns: []column{text("Dossier"), numeric("Year"), numeric("Version"), text("Outcome"), numeric("EUR")}}
		for i := range l.large {
			one := &l.large[i]
			t.Rows = append(t.Rows, cells(string(one.Dossier.Append(nil)), strconv.Itoa(one.Year), strconv.Itoa(one.Version),
				one.Outcome.String(), amount(one.Amount)))
		}
		out.Blocks = append(out.Blocks, block{Table: t, Half: true})
	}
	return out
}

func correctionsSection(_ *Batch, s *Statistics) section {
	out := section{ID: "corrections", Title: "Corrections", Empty: "The batch corrects no earlier notice.",
		Lead: "Regularisations of years that were regularised before: version 2 and later."}
	c := &s.Corrections
	var corrected Sums
	for version := 2; version < versionCount; version++ {
		corrected.Add(&s.Versions[version])
	}
	if corrected.Rows == 0 && s.Withdrawn == 0 && c.Interrupted == 0 {
		return out
	}
	facts := &table{Caption: "Corrections of earlier notices", Columns: []column{text("What"), numeric("Number or EUR")}, Rows: []row{
		cells("Corrections, version 2 and later", number(corrected.Rows)),
		cells("of these without a new communication: the account changed", number(c.Rechecked)),
		cells("Definitive before, EUR", amount(c.Before)),
		cells("Definitive now, EUR", amount(corrected.Definitive)),
		cells("Claims of the corrections, EUR", amount(corrected.Claim)),
		cells("Payouts of the corrections, EUR", amount(corrected.Payout)),
		cells("Notices of withdrawn batches that are corrected", number(s.Withdrawn)),
		cells("Regularisations after an interrupted limitation, any version", number(c.Interrupted)),
	}}
	if c.Otherwise > 0 {
		facts.Rows = slices.Insert(facts.Rows, 2, cells("and: the account did not change, but the fee, the law or the national number did", number(c.Otherwise)))
	}
	out.Blocks = append(out.Blocks, block{Table: facts})
	var rows []named
	for version := range s.Versions {
		if sums := s.Versions[version]; sums.Rows > 0 {
			rows = append(rows, named{versionName(version), sums})
		}
	}
	if len(rows) > 0 {
		out.Blocks = append(out.Blocks, sumsTables("version", rows)...)
	}
	return out
}

func versionName(version int) string {
	if version == versionCount-1 {
		return strconv.Itoa(version) + " and later"
	}
	return strconv.Itoa(version)
}
