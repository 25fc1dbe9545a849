package jobs_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// house is every package of the product with the packages that it may import, from the lowest floor to the highest: a package
// stands below those that import it. The floors and what each owns are in docs/architecture.md.
var house = []struct {
	name string
	may  string // "folder/..." is a folder with all below
}{
	{"pipeline/money", ""},
	{"pipeline/law/data", ""},
	{"pipeline/law", "pipeline/money pipeline/law/data"},
	{"pipeline/law/reference", "pipeline/law/data"},
	{"pipeline/rows", "pipeline/money"},
	{"pipeline/spelling", ""},
	{"pipeline", "pipeline/money pipeline/law pipeline/rows"},
	{"pipeline/company", "pipeline/money pipeline/law pipeline/rows pipeline"},

	{"readers/table", "pipeline pipeline/money"},
	{"readers/csv", "pipeline pipeline/spelling readers/table"},
	{"readers/parquet", "pipeline readers/table"},
	{"readers/iso20022", "pipeline"},
	{"readers/parquettest", ""},
	{"readers/second", ""},
	{"readers", "pipeline/... readers/table readers/csv readers/iso20022 readers/parquet"},

	{"writers/parquet", ""},
	{"writers/dictionary", "writers/parquet"},
	{"writers/sheet", "pipeline/... readers/table"},
	{"writers/fund", "pipeline pipeline/money"},
	{"writers/notice/pdf", ""},
	{"writers/notice/wording", "pipeline/..."},
	{"writers/notice/index", "pipeline/... writers/dictionary writers/parquet writers/notice/pdf"},
	{"writers/payments", "pipeline/... writers/fund writers/dictionary writers/parquet"},
	{"writers/notice", "pipeline/... writers/fund writers/notice/pdf writers/notice/wording writers/notice/index writers/payments"},
	{"writers/tables", "pipeline/... writers/dictionary writers/parquet"},
	{"writers/report/tally", "pipeline/..."},
	{"writers/report/page", "pipeline pipeline/law pipeline/money"},
	{"writers/report", "pipeline/... writers/report/..."},

	{"fixtures/browser", ""},
	{"fixtures/corrupt", ""},
	{"fixtures/pdfcheck", ""},
	{"fixtures/population", "pipeline/..."},
	{"fixtures/readback", "readers/second"},
	{"fixtures/reference", "pipeline/law/reference"},
	{"fixtures/cases", "fixtures/reference pipeline/law/reference"},
	{"fixtures/decade", ""},
	{"fixtures/manual", ""},
	{"fixtures/filled", ""},
	{"fixtures/prose", ""},
	{"fixtures/prose/measure", "fixtures/prose"},

	{"jobs", "pipeline pipeline/money"},
	{"jobs/storage", ""},
	{"jobs/minisig", "jobs/storage"},
	{"jobs/packed", ""},
	{"jobs/batch", "jobs jobs/storage jobs/packed pipeline/... readers/... writers/..."},
	{"jobs/compact", "readers/... writers/dictionary writers/parquet"},
	{"jobs/kept", "jobs/storage jobs/batch readers readers/parquet readers/table writers/parquet"},
	{"jobs/views", "jobs jobs/compact pipeline readers/table writers/dictionary writers/parquet writers/payments " +
		"writers/notice/index writers/sheet writers/tables"},
	{"jobs/current", "jobs jobs/storage jobs/batch jobs/compact jobs/views pipeline/... readers/... writers/..."},
	{"jobs/ledger", "jobs jobs/storage jobs/batch jobs/kept jobs/current pipeline/... readers/... writers/..."},
	{"jobs/intake", "jobs jobs/storage jobs/minisig jobs/batch pipeline/... readers/... writers/..."},
	{"jobs/transfers", "jobs/storage jobs/batch pipeline/... readers/... writers/..."},
	{"jobs/outgoing", "jobs jobs/storage jobs/batch pipeline/... readers/... writers/..."},
	{"jobs/run", "jobs jobs/storage jobs/minisig jobs/batch jobs/current jobs/ledger jobs/intake jobs/transfers jobs/outgoing pipeline/... readers/... writers/..."},
	{"jobs/task", "jobs jobs/storage jobs/batch jobs/intake jobs/outgoing jobs/run pipeline/... writers/notice/index"},
	{"jobs/forecast", "pipeline/money"},
	{"jobs/ask", "jobs jobs/storage jobs/batch jobs/ledger jobs/outgoing jobs/run pipeline/... readers/... writers/..."},
	{"jobs/diff", "jobs jobs/storage jobs/batch pipeline/... readers/... writers/..."},
	{"jobs/whatif", "jobs jobs/storage jobs/batch jobs/intake jobs/run jobs/forecast pipeline/... readers/... writers/..."},
	{"jobs/export", "jobs jobs/storage jobs/batch pipeline/... readers/... writers/..."},
	{"jobs/handover", "jobs jobs/storage jobs/batch jobs/ledger pipeline/... writers/..."},
	{"jobs/generate", "jobs jobs/storage jobs/batch fixtures/population pipeline/... writers/..."},
	{"jobs/verify", "jobs jobs/storage jobs/minisig jobs/batch jobs/transfers jobs/ledger jobs/outgoing pipeline/... readers/... writers/..."},
	{"jobs/jobstest", "jobs jobs/storage jobs/batch jobs/outgoing jobs/run fixtures/... pipeline/... readers"},

	{"cmd/regul/config", "jobs jobs/storage jobs/batch jobs/outgoing jobs/run pipeline/spelling"},
	{"cmd/regul/terminal", "jobs jobs/run pipeline/money"},
	{"cmd/regul/tell", "cmd/regul/terminal jobs jobs/storage jobs/batch jobs/run jobs/diff jobs/whatif jobs/verify"},
	{"cmd/regul", "cmd/regul/config cmd/regul/terminal cmd/regul/tell pipeline/spelling jobs jobs/storage jobs/batch jobs/current jobs/ledger jobs/outgoing jobs/run jobs/task jobs/ask jobs/diff jobs/whatif jobs/export jobs/minisig jobs/handover jobs/generate jobs/verify"},
}

// Nobody imports what stands above him: the table knows every package, and every import is one that it allows.
func TestFloors(t *testing.T) {
	imports := productImports(t, "..")
	var below []string
	for _, room := range house {
		imported, there := imports[room.name]
		if !there {
			t.Errorf("%s is in the table of the house, but there is no such package", room.name)
		}
		for _, allowed := range strings.Fields(room.may) {
			if !slices.ContainsFunc(below, func(lower string) bool { return within(lower, allowed) }) {
				t.Errorf("%s may import %s, which does not stand below it", room.name, allowed)
			}
		}
		for _, name := range imported {
			if !slices.ContainsFunc(strings.Fields(room.may), func(allowed string) bool { return within(name, allowed) }) {
				t.Errorf("%s imports %s", room.name, name)
			}
		}
		below = append(below, room.name)
		delete(imports, room.name)
	}
	for name := range imports {
		t.Errorf("%s is not in the table of the house", name)
	}
}

// within says whether a package is the allowed one, or in the allowed folder.
func within(name, allowed string) bool {
	folder, all := strings.CutSuffix(allowed, "/...")
	return name == folder || all && strings.HasPrefix(name, folder+"/")
}

// productImports reads which packages of this module each one imports, its tests left out. Other modules are passed over.
func productImports(t *testing.T, root string) map[string][]string {
	t.Helper()
	const module = "regul/"
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if nested, _ := filepath.Glob(filepath.Join(path, "go.mod")); len(nested) > 0 && path != root || entry.Name() == "testdata" ||
				entry.Name() == "build" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		found[folder] = append(found[folder], nil...)
		for _, i := range file.Imports {
			if name, err := strconv.Unquote(i.Path.Value); err != nil {
				return err
			} else if own, is := strings.CutPrefix(name, module); is && !slices.Contains(found[folder], own) {
				found[folder] = append(found[folder], own)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
