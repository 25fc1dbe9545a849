package report

import "regul/writers/report/page"

func (t *teller) letters() page.Section {
	out := page.Section{ID: "notices", Title: t.Say("Notices"), Empty: t.Say("The batch was made without letters.")}
	if t.b.Notices == nil {
		return out
	}
	var all Letters
	list := &page.Table{Caption: t.Say("Letters by language"),
		Columns: []page.Column{t.Text("Language"), t.Numeric("Letters"), t.Numeric("Pages"), t.Numeric("Sheets")}}
	for _, n := range t.b.Notices {
		all.Letters, all.Pages, all.Sheets, all.Postage = all.Letters+n.Letters, all.Pages+n.Pages, all.Sheets+n.Sheets,
			all.Postage+n.Postage
		list.Rows = append(list.Rows, page.Cells(t.Name("language", n.Language), page.Number(n.Letters), page.Number(n.Pages),
			page.Number(n.Sheets)))
	}
	if all.Letters == 0 {
		out.Empty = t.Say("Nobody has to be told anything: there is no letter.")
		return out
	}
	list.Total = t.Row("Total", page.Number(all.Letters), page.Number(all.Pages), page.Number(all.Sheets))
	told := t.Count(t.s.Notices, "affiliate", "affiliates")
	if t.b.Companies {
		told = t.Count(t.s.Notices, "company", "companies")
	}
	text := t.Sayf("%s to be told: %s on %s, printed on both sides.", told, t.Count(all.Letters, "letter", "letters"),
		t.Count(all.Sheets, "sheet", "sheets"))
	if all.Postage > 0 {
		text += " " + t.Sayf("Postage: %s.", t.EUR(all.Postage))
	}
	out.Blocks = append(out.Blocks, page.Block{Text: text, Table: list})
	if len(t.b.NotPostable) > 0 {
		out.Blocks = append(out.Blocks, t.notPostable(t.b.NotPostable))
	}
	return out
}

// unpostedMeanings say what is wrong with an address, and what to do.
var unpostedMeanings = map[string]string{
	"no_name":         "The register has no name. Complete it.",
	"no_street":       "The register has no street. Complete it.",
	"no_town":         "The register has no town. Complete it.",
	"no_country":      "The country is missing or is not a country, and the postcode is not one of the fund's country. Complete it.",
	"unknown_letters": "The name or the address has letters that can't be printed. Write it in Latin letters, as the identity card does.",
	"too_long":        "The address does not fit into the window of an envelope. Shorten it, or write the envelope by hand.",
}

// notPostable lists the letters that nobody may put into an envelope.
func (t *teller) notPostable(reasons []Count) page.Block {
	var letters int64
	list := &page.Table{Caption: t.Say("Letters that can't be posted"),
		Columns: []page.Column{t.Text("Reason"), t.Numeric("Letters"), t.Text("Meaning, and what to do")}}
	for _, r := range reasons {
		letters += r.Rows
		list.Rows = append(list.Rows, page.Cells(t.Name("unposted", r.Name), page.Number(r.Rows), t.Say(unpostedMeanings[r.Name])))
	}
	list.Total = t.Row("Total", page.Number(letters), "")
	return page.Block{Text: t.Sayf("Not to be posted: %s. See the files notices/unposted-*.pdf, and not_postable in notices/index.parquet.",
		t.Count(letters, "letter", "letters")), Table: list}
}

// The status of what is in a payment file, and of what the affiliate pays.
const (
	sent       = "sent"
	byTransfer = "by_transfer"
)

// Freed is the status of what an earlier batch held and this one sends.
const Freed = "freed"

func (t *teller) payments() page.Section {
	out := page.Section{ID: "payments", Title: t.Say("Payments"), Empty: t.Say("The batch was made without payment files.")}
	if t.b.Payments == nil {
		return out
	}
	columns := []page.Column{t.Text("Kind"), t.Text("Status"), t.Numeric("Number"), {Name: "EUR", Number: true},
		t.Text("Meaning, and what to do")}
	in := &page.Table{Caption: t.Say("In the payment files"), Columns: columns}
	not := &page.Table{Caption: t.Say("Listed but not sent"), Columns: columns}
	for _, p := range t.b.Payments {
		if p.Rows == 0 {
			continue
		}
		list := not
		if p.Status == sent || p.Status == Freed {
			list = in
		}
		list.Rows = append(list.Rows, page.Cells(t.Name("payment", p.Kind), t.Name("status", p.Status), page.Number(p.Rows),
			t.Amount(p.Amount), t.Say(statusMeanings[p.Status])))
	}
	out.Empty = t.Say("There is nothing to pay out and nothing to collect.")
	if len(in.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Table: in})
	} else if len(not.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Text: t.Say("Nothing is in a payment file.")})
	}
	if len(not.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Table: not})
	} else if len(in.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Text: t.Say("Everything that is listed was sent.")})
	}
	return out
}
