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
	told := count(s.Notices, "affiliate is", "affiliates are") + " to be told, and there " + are(letters) + " " + count(letters, "letter", "letters") + "."
	out.Blocks = append(out.Blocks, block{Text: told, Table: t})
	return out
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
