package report

import (
	"slices"
	"strings"

	"regul/writers/report/page"
)

func (t *teller) inputs() page.Section {
	out := page.Section{ID: "inputs", Title: t.Say("Inputs"), Empty: t.Say("No file came in."),
		Lead: t.Say("What came in, and what became of its rows: every row has one fate.")}
	if len(t.b.Counts) > 0 {
		list := &page.Table{Caption: t.Say("Rows by input and fate"),
			Columns: []page.Column{t.Text("Input"), t.Numeric("Read"), t.Numeric("Settled"), t.Numeric("Superseded"),
				t.Numeric("Already settled"), t.Numeric("Repeated"), t.Numeric("Rejected")}}
		for _, f := range t.b.Counts {
			list.Rows = append(list.Rows, page.Cells(t.Name("input", f.Input), page.Number(f.Read), page.Number(f.Settled),
				page.Number(f.Superseded), page.Number(f.AlreadySettled), page.Number(f.Repeated), page.Number(f.Rejected)))
		}
		out.Blocks = append(out.Blocks, page.Block{Table: list})
	}
	if len(t.b.Inputs) > 0 {
		list := &page.Table{Caption: t.Say("Files that came in, with their SHA-256"),
			Columns: []page.Column{t.Files("File"), t.Text("Input"), t.Numeric("Rows"), t.Numeric("Size"), {Name: "SHA-256"}}}
		for _, in := range t.b.Inputs {
			list.Rows = append(list.Rows, append(page.Cells(masked(in.Source), t.Name("input", in.Input), page.Number(in.Rows),
				t.Size(in.Size)),
				page.Digest(in.SHA256)))
		}
		out.Blocks = append(out.Blocks, page.Block{Table: list})
	}
	return out
}

func (t *teller) folders() page.Section {
	out := page.Section{ID: "files", Title: t.Say("Files of the batch"), Empty: t.Say("The batch has no other file."),
		Lead: t.Say("By folder. The manifest lists each with its SHA-256.")}
	if len(t.b.Files) == 0 {
		return out
	}
	type folder struct{ files, rows, size int64 }
	folders := map[string]*folder{}
	var names []string
	for _, f := range t.b.Files {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if !inFolder {
			name = t.Say("(the batch itself)")
		}
		if folders[name] == nil {
			folders[name] = &folder{}
			names = append(names, name)
		}
		sum := folders[name]
		sum.files, sum.rows, sum.size = sum.files+1, sum.rows+f.Rows, sum.size+f.Size
	}
	slices.Sort(names)
	list := &page.Table{Caption: t.Say("Files by folder"),
		Columns: []page.Column{t.Text("Folder"), t.Numeric("Files"), t.Numeric("Rows"), t.Numeric("Size")}}
	for _, name := range names {
		sum := folders[name]
		list.Rows = append(list.Rows, page.Cells(masked(name), page.Number(sum.files), page.Number(sum.rows), t.Size(sum.size)))
	}
	out.Blocks = append(out.Blocks, page.Block{Table: list})
	return out
}
