package current

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"regul/jobs/views"
	"regul/pipeline/law"
	"regul/writers/dictionary"
)

var updateDocs = flag.Bool("update", false, "write the generated parts of the documentation")

func standardTables(t *testing.T) []dictionary.Table {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return Dictionary(l)
}

// The columns of the tables in the reference of tables are those of the declarations. `make docs` writes them.
func TestDocumentationHasTheColumnsOfTheTables(t *testing.T) {
	const path = "../../docs/reference/tables.md"
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(written)
	tables := standardTables(t)
	parts := map[string]string{Folder: compactedLines(tables)}
	for i := range tables {
		if !isCompacted(&tables[i]) {
			parts[tables[i].Name] = columnLines(&tables[i])
		}
	}
	for name, lines := range parts {
		with, found := withPart(text, name, lines)
		if !found {
			t.Errorf("%s has no place for the columns of %s", path, name)
			continue
		}
		text = with
	}
	if text == string(written) {
		return
	}
	if !*updateDocs {
		t.Fatalf("%s does not have the columns of the tables: run make docs", path)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The views in the analyst's guide, and the columns of those that are computed in the reference of tables, are those of the declarations.
func TestDocumentationHasTheViews(t *testing.T) {
	list, columns := "| view | holds | key |\n|---|---|---|\n", ""
	for _, v := range views.Described(standardTables(t)) {
		meaning := v.Meaning
		if v.Of != "" {
			meaning += ". It is the table `" + v.Of + "`"
		} else {
			columns += "### " + v.Name + "\n\n" + v.Meaning + ". Key: " + keyOf(&v.Table) + ".\n\n" +
				below.ReplaceAllString(v.Markdown(), "](../$1") + "\n"
		}
		list += "| `" + v.Name + "` | " + meaning + " | " + keyOf(&v.Table) + " |\n"
	}
	writePart(t, "../../docs/analysts.md", "views", list)
	writePart(t, "../../docs/reference/tables.md", "views", strings.TrimSuffix(columns, "\n"))
}

// The query for Power BI names every table of current/ as views.sql does; of two names of one table the one that says which versions.
func TestPowerBIHasTheTables(t *testing.T) {
	text, err := os.ReadFile("../../docs/analyst/regul.pq")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range views.Described(standardTables(t)) {
		folder, _ := strings.CutPrefix(v.Of, Folder+"/")
		load := fmt.Sprintf("%s = Load(%q)", v.Name, folder)
		if twice := v.Name == "regularisations" || v.Name == "companies"; bytes.Contains(text, []byte(" "+load)) == (v.Of == "" || twice) {
			t.Errorf("%s: %q", v.Name, load)
		}
	}
}

// writePart compares the generated part of a page with its text, or writes it.
func writePart(t *testing.T, path, name, lines string) {
	t.Helper()
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, found := withPart(string(written), name, lines)
	switch {
	case !found:
		t.Errorf("%s has no place for %s", path, name)
	case text == string(written):
	case !*updateDocs:
		t.Errorf("%s does not have %s as they are declared: run make docs", path, name)
	default:
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// withPart is a page with other lines in the place of a name.
func withPart(text, name, lines string) (string, bool) {
	begin, end := fmt.Sprintf("<!-- %s: made by make docs -->\n", name), "<!-- end -->\n"
	before, rest, found := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	return before + begin + "\n" + lines + "\n" + end + after, found && closed
}

// isCompacted says whether a table has the columns of one of the batches.
func isCompacted(t *dictionary.Table) bool {
	return strings.HasPrefix(t.Name, Folder+"/") && t.Name != batchesAbout.Name && t.Name != openTables[0].about.Name
}

// columnLines are the columns of a table, with what a row is and what names it.
func columnLines(t *dictionary.Table) string {
	return below.ReplaceAllString(t.Meaning, "](../$1") + "\n\nFiles: `" + t.Glob() + "`. Key: " + keyOf(t) + ".\n\n" +
		below.ReplaceAllString(t.Markdown(), "](../$1")
}

// below finds the links of a declaration, which are those of a page in docs.
var below = regexp.MustCompile(`\]\(([a-z])`)

// compactedLines are the compacted tables, a row for each.
func compactedLines(tables []dictionary.Table) string {
	lines := "| table | holds | key |\n|---|---|---|\n"
	for i := range tables {
		if t := &tables[i]; strings.HasPrefix(t.Name, Folder+"/") {
			lines += "| `" + t.Name + "` | " + t.Meaning + " | " + keyOf(t) + " |\n"
		}
	}
	return lines
}

func keyOf(t *dictionary.Table) string { return "`" + strings.Join(t.Key, "`, `") + "`" }

// Every column says what it holds; keys and references name columns that are there, and the table they refer to.
func TestDictionaryIsComplete(t *testing.T) {
	all := map[string]*dictionary.Table{}
	tables := standardTables(t)
	for i := range tables {
		all[tables[i].Name] = &tables[i]
	}
	has := func(table *dictionary.Table, column string) bool {
		for _, c := range table.FromPath() {
			if c.Name == column {
				return true
			}
		}
		return table.Has(column)
	}
	for name, table := range all {
		if table.Meaning == "" || len(table.Key) == 0 {
			t.Errorf("%s has no meaning or no key", name)
		}
		for _, c := range table.Columns {
			if c.Meaning == "" {
				t.Errorf("%s.%s says nothing", name, c.Name)
			}
		}
		for _, column := range table.Key {
			if !has(table, column) {
				t.Errorf("%s: the key has %s, which is no column", name, column)
			}
		}
		for _, r := range table.References {
			to := all[r.Table]
			if to == nil || len(r.Columns) != len(r.To) {
				t.Errorf("%s refers to %s by %v: %v", name, r.Table, r.Columns, r.To)
				continue
			}
			for i := range r.Columns {
				if !has(table, r.Columns[i]) || !has(to, r.To[i]) {
					t.Errorf("%s.%s refers to %s.%s: one of them is no column", name, r.Columns[i], r.Table, r.To[i])
				}
			}
		}
	}
	if len(all) != len(tables) {
		t.Error("two tables have one name")
	}
}

// The data package is the same whenever it is written, and marks of Markdown do not reach it.
func TestDataPackageIsPlainAndAlwaysTheSame(t *testing.T) {
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := dictionary.WritePackage(b, standardTables(t), views.Described(standardTables(t))); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("written twice, it differs")
	}
	for _, mark := range []string{"**", "`", "]("} {
		if bytes.Contains(first.Bytes(), []byte(mark)) {
			t.Errorf("it holds %q", mark)
		}
	}
}
