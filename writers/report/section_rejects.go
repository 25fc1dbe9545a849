package report

func rejectsSection(b *Batch) section {
	out := section{ID: "rejects", Title: "Rejects", Empty: "No row was rejected.",
		Lead: "Rows that were not taken, by code, with what to do. The table of rejects holds all of them with their text."}
	if len(b.Rejects) == 0 {
		return out
	}
	all := rejected(b)
	codes := &table{Caption: "Rejected rows by code", Columns: []column{text("Code"), numeric("Rows"), numeric("Share"), text("What to do")}}
	for _, c := range b.Rejects {
		remedy := c.Remedy
		if remedy == "" {
			remedy = Remedy(c.Code)
		}
		codes.Rows = append(codes.Rows, cells(c.Code, number(c.Rows), share(c.Rows, all), remedy))
	}
	if len(b.Rejects) > 1 {
		codes.Total = cells("Total", number(all), share(all, all), "")
	}
	out.Blocks = append(out.Blocks, block{Table: codes})
	examples := &table{Caption: "Examples", Columns: []column{text("Code"), files("Source"), numeric("Row"), text("Message")}}
	for _, c := range b.Rejects {
		for _, e := range c.Examples {
			examples.Rows = append(examples.Rows, cells(c.Code, masked(e.Source), number(e.Row), masked(e.Message)))
		}
	}
	if len(examples.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: examples})
	}
	return out
}
