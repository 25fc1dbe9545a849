package report

import (
	"slices"
	"strings"
)

func inputsSection(b *Batch) section {
	out := section{ID: "inputs", Title: "Inputs", Empty: "No file came in.", Lead: "What came in, and what became of its rows: every row has one fate."}
	if len(b.Counts) > 0 {
		t := &table{Caption: "Rows by input and fate", Columns: []column{text("Input"), numeric("Read"), numeric("Settled"), numeric("Superseded"),
			numeric("Already settled"), numeric("Repeated"), numeric("Rejected")}}
		for _, f := range b.Counts {
			t.Rows = append(t.Rows, cells(f.Input, number(f.Read), number(f.Settled), number(f.Superseded), number(f.AlreadySettled), number(f.Repeated), number(f.Rejected)))
		}
		out.Blocks = append(out.Blocks, block{Table: t})
	}
	if len(b.Inputs) > 0 {
		t := &table{Caption: "Files that came in, with their SHA-256", Columns: []column{files("File"), text("Input"), numeric("Rows"), numeric("Size"), text("SHA-256")}}
		for _, in := range b.Inputs {
			t.Rows = append(t.Rows, append(cells(masked(in.Source), in.Input, number(in.Rows), size(in.Size)), digest(in.SHA256)))
		}
		out.Blocks = append(out.Blocks, block{Table: t})
	}
	return out
}

func filesSection(b *Batch) section {
	out := section{ID: "files", Title: "Files of the batch", Empty: "The batch has no other file.",
		Lead: "By folder. The manifest lists each with its SHA-256."}
	if len(b.Files) == 0 {
		return out
	}
	type folder struct{ files, rows, size int64 }
	folders := map[string]*folder{}
	var names []string
	for _, f := range b.Files {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if !inFolder {
			name = "(the batch itself)"
		}
		if folders[name] == nil {
			folders[name] = &folder{}
			names = append(names, name)
		}
		sum := folders[name]
		sum.files, sum.rows, sum.size = sum.files+1, sum.rows+f.Rows, sum.size+f.Size
	}
	slices.Sort(names)
	t := &table{Caption: "Files by folder", Columns: []column{text("Folder"), numeric("Files"), numeric("Rows"), numeric("Size")}}
	for _, name := range names {
		sum := folders[name]
		t.Rows = append(t.Rows, cells(masked(name), number(sum.files), number(sum.rows), size(sum.size)))
	}
	out.Blocks = append(out.Blocks, block{Table: t})
	return out
}
