package report

func noticesSection(b *Batch, s *Statistics) section {
	out := section{ID: "notices", Title: "Notices", Empty: "The batch was made without letters."}
	if b.Notices == nil {
		return out
	}
	var letters int64
	t := &table{Caption: "Letters by language", Columns: []column{text("Language"), numeric("Letters")}}
	for _, n := range b.Notices {
		letters += n.Rows
		name := n.Name
		if known, ok := languageNames[name]; ok {
			name = known
		}
		t.Rows = append(t.Rows, cells(name, number(n.Rows)))
	}
	if letters == 0 {
		out.Empty = "Nobody has to be told anything: there is no letter."
		return out
	}
	t.Total = cells("Total", number(letters))
	one, many := "affiliate is", "affiliates are"
	if b.Companies {
		one, many = "company is", "companies are"
	}
	told := count(s.Notices, one, many) + " to be told, and there " + are(letters) + " " + count(letters, "letter", "letters") + "."
	out.Blocks = append(out.Blocks, block{Text: told, Table: t})
	if len(b.NotPostable) > 0 {
		out.Blocks = append(out.Blocks, notPostable(b.NotPostable))
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
func notPostable(reasons []Count) block {
	var letters int64
	t := &table{Caption: "Letters that can't be posted", Columns: []column{text("Reason"), numeric("Letters"), text("Meaning, and what to do")}}
	for _, r := range reasons {
		letters += r.Rows
		t.Rows = append(t.Rows, cells(r.Name, number(r.Rows), unpostedMeanings[r.Name]))
	}
	t.Total = cells("Total", number(letters), "")
	return block{Text: count(letters, "letter", "letters") + " can't be posted: see the files notices/unposted-*.pdf, and not_postable in notices/index.parquet.", Table: t}
}

// sent is the status of what is in a payment file.
const sent = "sent"

func paymentsSection(b *Batch) section {
	out := section{ID: "payments", Title: "Payments", Empty: "The batch was made without payment files."}
	if b.Payments == nil {
		return out
	}
	columns := []column{text("Kind"), text("Status"), numeric("Number"), numeric("EUR"), text("Meaning, and what to do")}
	in := &table{Caption: "In the payment files", Columns: columns}
	not := &table{Caption: "Listed but not sent", Columns: columns}
	for _, p := range b.Payments {
		if p.Rows == 0 {
			continue
		}
		t := not
		if p.Status == sent {
			t = in
		}
		t.Rows = append(t.Rows, cells(p.Kind, p.Status, number(p.Rows), amount(p.Amount), statusMeanings[p.Status]))
	}
	out.Empty = "There is nothing to pay out and nothing to collect."
	if len(in.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: in})
	} else if len(not.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Text: "Nothing is in a payment file."})
	}
	if len(not.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: not})
	} else if len(in.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Text: "Everything that is listed was sent."})
	}
	return out
}
