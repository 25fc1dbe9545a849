package report

import "cmp"

// rejectsID is the place of the rejects in the page.
const rejectsID = "rejects"

func (t *teller) rejects() section {
	out := section{ID: rejectsID, Title: t.t("Rejects"), Empty: t.t("No row was rejected."),
		Lead: t.t("Rows that were not taken, by code, with what to do. The table of rejects holds all of them with their text.")}
	if len(t.b.Rejects) == 0 {
		return out
	}
	all := rejected(t.b)
	codes := &table{Caption: t.t("Rejected rows by code"),
		Columns: []column{t.text("What is wrong"), t.text("Code"), t.numeric("Rows"), t.numeric("Share"), t.text("What to do")}}
	for _, c := range t.b.Rejects {
		codes.Rows = append(codes.Rows, cells(t.name("reject", c.Code), c.Code, number(c.Rows), t.share(c.Rows, all), t.remedy(&c)))
	}
	if len(t.b.Rejects) > 1 {
		codes.Total = t.row("Total", "", number(all), t.share(all, all), "")
	}
	out.Blocks = append(out.Blocks, block{Table: codes})
	examples := &table{Caption: t.t("Examples"), Columns: []column{t.text("Code"), t.files("Source"), t.numeric("Row"), t.text("Message")}}
	for _, c := range t.b.Rejects {
		for _, e := range c.Examples {
			examples.Rows = append(examples.Rows, cells(c.Code, masked(e.Source), number(e.Row), masked(e.Message)))
		}
	}
	if len(examples.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: examples})
	}
	return out
}

// remedy says what to do about the rejects of a code.
func (t *teller) remedy(c *Code) string {
	if translated := t.name("remedy", c.Code); t.language != English && c.Remedy == "" && translated != c.Code {
		return translated
	}
	return cmp.Or(c.Remedy, Remedy(c.Code))
}
