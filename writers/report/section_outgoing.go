package report

func (t *teller) letters() section {
	out := section{ID: "notices", Title: t.t("Notices"), Empty: t.t("The batch was made without letters.")}
	if t.b.Notices == nil {
		return out
	}
	var all Letters
	list := &table{Caption: t.t("Letters by language"),
		Columns: []column{t.text("Language"), t.numeric("Letters"), t.numeric("Pages"), t.numeric("Sheets")}}
	for _, n := range t.b.Notices {
		all.Letters, all.Pages, all.Sheets, all.Postage = all.Letters+n.Letters, all.Pages+n.Pages, all.Sheets+n.Sheets,
			all.Postage+n.Postage
		list.Rows = append(list.Rows, cells(t.name("language", n.Language), number(n.Letters), number(n.Pages), number(n.Sheets)))
	}
	if all.Letters == 0 {
		out.Empty = t.t("Nobody has to be told anything: there is no letter.")
		return out
	}
	list.Total = t.row("Total", number(all.Letters), number(all.Pages), number(all.Sheets))
	told := t.count(t.s.Notices, "affiliate", "affiliates")
	if t.b.Companies {
		told = t.count(t.s.Notices, "company", "companies")
	}
	text := t.f("%s to be told: %s on %s, printed on both sides.", told, t.count(all.Letters, "letter", "letters"),
		t.count(all.Sheets, "sheet", "sheets"))
	if all.Postage > 0 {
		text += " " + t.f("Postage: %s.", t.eur(all.Postage))
	}
	out.Blocks = append(out.Blocks, block{Text: text, Table: list})
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
func (t *teller) notPostable(reasons []Count) block {
	var letters int64
	list := &table{Caption: t.t("Letters that can't be posted"),
		Columns: []column{t.text("Reason"), t.numeric("Letters"), t.text("Meaning, and what to do")}}
	for _, r := range reasons {
		letters += r.Rows
		list.Rows = append(list.Rows, cells(t.name("unposted", r.Name), number(r.Rows), t.t(unpostedMeanings[r.Name])))
	}
	list.Total = t.row("Total", number(letters), "")
	return block{Text: t.f("Not to be posted: %s. See the files notices/unposted-*.pdf, and not_postable in notices/index.parquet.",
		t.count(letters, "letter", "letters")), Table: list}
}

// The status of what is in a payment file, and of what the affiliate pays.
const (
	sent       = "sent"
	byTransfer = "by_transfer"
)

// Freed is the status of what an earlier batch held and this one sends.
const Freed = "freed"

func (t *teller) payments() section {
	out := section{ID: "payments", Title: t.t("Payments"), Empty: t.t("The batch was made without payment files.")}
	if t.b.Payments == nil {
		return out
	}
	columns := []column{t.text("Kind"), t.text("Status"), t.numeric("Number"), {Name: "EUR", Number: true},
		t.text("Meaning, and what to do")}
	in := &table{Caption: t.t("In the payment files"), Columns: columns}
	not := &table{Caption: t.t("Listed but not sent"), Columns: columns}
	for _, p := range t.b.Payments {
		if p.Rows == 0 {
			continue
		}
		list := not
		if p.Status == sent || p.Status == Freed {
			list = in
		}
		list.Rows = append(list.Rows, cells(t.name("payment", p.Kind), t.name("status", p.Status), number(p.Rows), t.amount(p.Amount),
			t.t(statusMeanings[p.Status])))
	}
	out.Empty = t.t("There is nothing to pay out and nothing to collect.")
	if len(in.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: in})
	} else if len(not.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Text: t.t("Nothing is in a payment file.")})
	}
	if len(not.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: not})
	} else if len(in.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Text: t.t("Everything that is listed was sent.")})
	}
	return out
}
