package report

import (
	"slices"
	"strings"
)

func (t *teller) inputs() section {
	out := section{ID: "inputs", Title: t.t("Inputs"), Empty: t.t("No file came in."),
		Lead: t.t("What came in, and what became of its rows: every row has one fate.")}
	if len(t.b.Counts) > 0 {
		list := &table{Caption: t.t("Rows by input and fate"),
			Columns: []column{t.text("Input"), t.numeric("Read"), t.numeric("Settled"), t.numeric("Superseded"),
				t.numeric("Already settled"), t.numeric("Repeated"), t.numeric("Rejected")}}
		for _, f := range t.b.Counts {
			list.Rows = append(list.Rows, cells(t.name("input", f.Input), number(f.Read), number(f.Settled), number(f.Superseded),
				number(f.AlreadySettled), number(f.Repeated), number(f.Rejected)))
		}
		out.Blocks = append(out.Blocks, block{Table: list})
	}
	if len(t.b.Inputs) > 0 {
		list := &table{Caption: t.t("Files that came in, with their SHA-256"),
			Columns: []column{t.files("File"), t.text("Input"), t.numeric("Rows"), t.numeric("Size"), {Name: "SHA-256"}}}
		for _, in := range t.b.Inputs {
			list.Rows = append(list.Rows, append(cells(masked(in.Source), t.name("input", in.Input), number(in.Rows), t.size(in.Size)),
				digest(in.SHA256)))
		}
		out.Blocks = append(out.Blocks, block{Table: list})
	}
	return out
}

func (t *teller) folders() section {
	out := section{ID: "files", Title: t.t("Files of the batch"), Empty: t.t("The batch has no other file."),
		Lead: t.t("By folder. The manifest lists each with its SHA-256.")}
	if len(t.b.Files) == 0 {
		return out
	}
	type folder struct{ files, rows, size int64 }
	folders := map[string]*folder{}
	var names []string
	for _, f := range t.b.Files {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if !inFolder {
			name = t.t("(the batch itself)")
		}
		if folders[name] == nil {
			folders[name] = &folder{}
			names = append(names, name)
		}
		sum := folders[name]
		sum.files, sum.rows, sum.size = sum.files+1, sum.rows+f.Rows, sum.size+f.Size
	}
	slices.Sort(names)
	list := &table{Caption: t.t("Files by folder"),
		Columns: []column{t.text("Folder"), t.numeric("Files"), t.numeric("Rows"), t.numeric("Size")}}
	for _, name := range names {
		sum := folders[name]
		list.Rows = append(list.Rows, cells(masked(name), number(sum.files), number(sum.rows), t.size(sum.size)))
	}
	out.Blocks = append(out.Blocks, block{Table: list})
	return out
}
