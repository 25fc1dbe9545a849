package report

import (
	"cmp"

	"regul/writers/report/page"
)

// rejectsID is the place of the rejects in the page.
const rejectsID = "rejects"

func (t *teller) rejects() page.Section {
	out := page.Section{ID: rejectsID, Title: t.Say("Rejects"), Empty: t.Say("No row was rejected."),
		Lead: t.Say("Rows that were not taken, by code, with what to do. The table of rejects holds all of them with their text.")}
	if len(t.b.Rejects) == 0 {
		return out
	}
	all := rejected(t.b)
	codes := &page.Table{Caption: t.Say("Rejected rows by code"),
		Columns: []page.Column{t.Text("What is wrong"), t.Text("Code"), t.Numeric("Rows"), t.Numeric("Share"), t.Text("What to do")}}
	for _, c := range t.b.Rejects {
		codes.Rows = append(codes.Rows, page.Cells(t.Name("reject", c.Code), c.Code, page.Number(c.Rows), t.Share(c.Rows, all),
			t.remedy(&c)))
	}
	if len(t.b.Rejects) > 1 {
		codes.Total = t.Row("Total", "", page.Number(all), t.Share(all, all), "")
	}
	out.Blocks = append(out.Blocks, page.Block{Table: codes})
	examples := &page.Table{Caption: t.Say("Examples"),
		Columns: []page.Column{t.Text("Code"), t.Files("Source"), t.Numeric("Row"), t.Text("Message")}}
	for _, c := range t.b.Rejects {
		for _, e := range c.Examples {
			examples.Rows = append(examples.Rows, page.Cells(c.Code, masked(e.Source), page.Number(e.Row), masked(e.Message)))
		}
	}
	if len(examples.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Table: examples})
	}
	return out
}

// remedy says what to do about the rejects of a code.
func (t *teller) remedy(c *Code) string {
	if translated := t.Name("remedy", c.Code); t.Language != page.English && c.Remedy == "" && translated != c.Code {
		return translated
	}
	return cmp.Or(c.Remedy, Remedy(c.Code))
}
