package main

import (
	"encoding"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/tell"
	"regul/jobs/ask"
	"regul/jobs/batch"
	"regul/jobs/current"
	"regul/jobs/diff"
	"regul/jobs/export"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/task"
	"regul/jobs/verify"
	"regul/jobs/whatif"
)

// jsonResult is what commands write with --json: its type, and a command line of the folder of the examples (help_test.go) that writes one.
type jsonResult struct {
	commands string
	value    any
	line     string
}

// difference is what diff writes: every change as it is found, then what they come to.
type difference struct {
	Changes []*diff.Change `json:"changes"`
	*diff.Difference
}

var jsonResults = []jsonResult{
	{"run, companies, task publish, rerun --rejects", tell.Summary{}, "run --config regul.yaml --as-of 2026-07-03 --recheck"},
	{"batches", []ledger.Listed{}, "batches --out batches"},
	{"show", shown{}, "show BATCH --out batches"},
	{"release", batch.Manifest{}, "release DRAFT --out batches"},
	{"status", ask.Status{}, "status --niss 85010112387 --out batches"},
	{"rejects", ask.Rejects{}, "rejects --out batches"},
	{"explain", ask.Explanation{}, "explain --niss 85010112387 --year 2023 --out batches"},
	{"explain --enterprise", ask.ExplainedCompany{}, "explain --enterprise 0450010120 --year 2024 --out batches"},
	{"diff", difference{}, "diff batches/batch=BATCH trial/batch=*"},
	{"verify", verify.Verification{}, "verify BATCH --out batches"},
	{"rerun", run.RerunResult{}, "rerun BATCH --out batches --only 85010112387"},
	{"withdraw", batch.Withdrawal{}, "withdraw BATCH --why trial --out batches"},
	{"withdraw --only, --possible", ledger.PartWithdrawn{}, "withdraw BATCH --why trial --possible --out batches"},
	{"discard", discarded{}, "discard DRAFT --out batches"},
	{"notice", ask.Letter{}, "notice --niss 85010112387 --to l.pdf --out batches"},
	{"notice --specimen", specimenFiles{}, "notice --specimen --to specimens"},
	{"export --pseudonymise", export.Result{}, "export BATCH --pseudonymise key --to shared --out batches"},
	{"export --report", exportedReport{}, "export BATCH --report --to shared.html --out batches"},
	{"export --table", exportedTable{}, "export --table regularisations --to all.csv --out batches"},
	{"simulate", whatif.Simulation{}, "simulate --reform reform.yaml --affiliates affiliates.csv --account account.csv --payments payments.csv " +
		"--revenue revenue.csv --fund-fee 3.05 --as-of 2026-06-30"},
	{"companies --years", ask.CompanyLaw{}, "companies --years"},
	{"forecast", whatif.Expected{}, "forecast --config regul.yaml --as-of 2026-06-30"},
	{"forecast --back-test", whatif.Tested{}, ""},
	{"surcharges", whatif.SurchargeState{}, "surcharges --config regul.yaml --as-of 2026-06-30 --niss 85010112387"},
	{"law", []ask.LawYear{}, "law --year 2023"},
	{"law --missing", []ask.LawGap{}, "law --missing"},
	{"generate", []string{}, "generate --affiliates 10 --out made"},
	{"config --check", usable{}, "config --check regul.yaml"},
	{"config --print", []config.Effective{}, "config --print regul.yaml"},
	{"outstanding", ask.AllOutstanding{}, "outstanding --config regul.yaml --as-of 2026-07-01"},
	{"certificate", ask.Certificates{}, "certificate --year 2023 --config regul.yaml --as-of 2026-06-30"},
	{"career", ask.Career{}, "career --config regul.yaml --as-of 2026-06-30 --niss 85010112387"},
	{"version", programVersion{}, "version"},
	{"current", current.Made{}, "current --out batches"},
	{"man", manualPages{}, "man --to man1"},
	{"expire", expirations{}, "expire --before 2026-07-01 --insist --why trial --out batches"},
	{"deliver", deliveries{}, "deliver BATCH --tables srv/analysts --out batches"},
	{"task plan, task plan-companies", task.Planned{}, "task plan --config regul.yaml --as-of 2026-07-02"},
	{"task scatter, settle, print", shared{}, ""},
	{"a failure", failure{}, "show none --out batches"},
	{"withdraw, refused", refusedWithdrawal{}, ""},
}

// jsonKey is a place in a JSON value, such as years[].versions[].batch.
type jsonKey struct {
	path, kind, is string
	always         bool // it is never left out
}

// keysOf are the keys that a type writes, in their order. Below a manifest and below another type that has its own table it does not go.
func keysOf(t *testing.T, of reflect.Type) (keys []jsonKey) {
	t.Helper()
	var visit func(of reflect.Type, path string, always bool)
	visit = func(of reflect.Type, path string, always bool) {
		for of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		switch {
		case of.Kind() == reflect.Slice && of != reflect.TypeFor[ask.Cells]() && of.Elem().Kind() != reflect.Uint8:
			visit(of.Elem(), path+"[]", always)
		case of.Kind() == reflect.Map:
			visit(of.Elem(), path+".*", false)
		case of.Kind() == reflect.Struct && kindOfJSON(of) == "object":
			for field := range of.Fields() {
				name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
				if name == "-" || !field.IsExported() && !field.Anonymous {
					continue
				}
				if field.Anonymous && name == "" {
					visit(field.Type, path, always)
					continue
				}
				below := strings.TrimPrefix(path+"."+name, ".")
				stays := always && !strings.Contains(options, "omitempty")
				keys = append(keys, jsonKey{below, kindOfJSON(field.Type), commentOf(t, of, field.Name), stays})
				if elem := field.Type; elem != reflect.TypeFor[*batch.Manifest]() {
					visit(elem, below, false)
				}
			}
		}
	}
	visit(of, "", true)
	return keys
}

// kindOfJSON is what a value of a type is in JSON, in the words of the page.
func kindOfJSON(of reflect.Type) string {
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of == reflect.TypeFor[ask.Cells]() {
		return "row of a table"
	}
	if of == reflect.TypeFor[time.Time]() {
		return "time"
	}
	if of.Implements(reflect.TypeFor[json.Marshaler]()) {
		if zero, err := json.Marshal(reflect.Zero(of).Interface()); err == nil && zero[0] != '"' {
			return "EUR"
		}
		return "text"
	}
	if of.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return "text"
	}
	switch of.Kind() {
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Slice:
		if of.Elem().Kind() == reflect.Uint8 {
			return "base64"
		}
		return "list"
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	}
	return "number"
}

// sources are the comments of struct fields, by package, type and field.
var sources = map[string]map[string]string{}

func commentOf(t *testing.T, of reflect.Type, field string) string {
	t.Helper()
	folder := strings.TrimPrefix(of.PkgPath(), "regul/")
	if folder == "main" {
		folder = "cmd/regul"
	}
	if sources[folder] == nil {
		sources[folder] = map[string]string{}
		files, err := filepath.Glob("../../" + folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if spec, is := n.(*ast.TypeSpec); is {
					addComments(sources[folder], spec)
				}
				return true
			})
		}
	}
	return strings.ReplaceAll(sources[folder][of.Name()+"."+field], "\n", " ")
}

func addComments(to map[string]string, spec *ast.TypeSpec) {
	if s, is := spec.Type.(*ast.StructType); is {
		for _, f := range s.Fields.List {
			for _, name := range f.Names {
				to[spec.Name.Name+"."+name.Name] = strings.TrimSpace(f.Comment.Text() + f.Doc.Text())
			}
		}
	}
}

func jsonPage(t *testing.T) string {
	var b strings.Builder
	b.WriteString("# JSON\n\nWhat each command writes with `--json`. The rules that hold for all of it: [exit status and JSON](exit-status-and-json.md). `[]` is each value of a\n" +
		"list, `*` each key of an object whose keys are data, such as codes. A key that may be left out is in italics. EUR is a number with two decimals.\n" +
		"Columns of tables: [tables](tables.md).\n")
	for _, r := range jsonResults {
		of := reflect.TypeOf(r.value)
		fmt.Fprintf(&b, "\n## %s\n\n", r.commands)
		keys := keysOf(t, of)
		switch {
		case of == reflect.TypeFor[[]string]():
			b.WriteString("A list of texts: the files.\n")
			continue
		case of.Kind() == reflect.Slice:
			b.WriteString("A list; of each:\n\n")
		case of == reflect.TypeFor[batch.Manifest]():
			b.WriteString("The manifest of the batch, `manifest.json`:\n\n")
		case of == reflect.TypeFor[shown]():
			b.WriteString("The manifest of the batch, as [release](#release) writes it, and:\n\n")
			keys = keys[len(keysOf(t, reflect.TypeFor[batch.Manifest]())):]
		}
		b.WriteString("| key | is | |\n|---|---|---|\n")
		for _, k := range keys {
			path := strings.TrimPrefix(k.path, "[].")
			name := "`" + path + "`"
			if !k.always && !strings.ContainsAny(path, ".[*") {
				name = "*" + name + "*"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", name, k.kind, cell(k.is))
		}
	}
	return b.String()
}

// pathsIn are the keys of a value that was read from JSON; a list of rows of a table is not gone into.
func pathsIn(value any, path string, found map[string]bool) {
	switch v := value.(type) {
	case []any:
		for _, each := range v {
			pathsIn(each, path+"[]", found)
		}
	case map[string]any:
		for name, each := range v {
			below := strings.TrimPrefix(path+"."+name, ".")
			found[below] = true
			pathsIn(each, below, found)
		}
	}
}

// fits tells whether a path is one of a type: where the type has a map, every key is.
func fits(path string, keys []jsonKey) bool {
	parts := strings.Split(path, ".")
	for _, k := range keys {
		of := strings.Split(k.path, ".")
		if len(of) > len(parts) {
			continue
		}
		same := true
		for i, part := range of {
			if part != parts[i] && part != "*" && !(strings.HasPrefix(part, "*[") && strings.HasSuffix(parts[i], part[1:])) {
				same = false
			}
		}
		if same && (len(of) == len(parts) || k.kind == "row of a table" || k.kind == "object" || k.kind == "list") {
			return true
		}
	}
	return false
}

// What each command writes has no key that docs/reference/json.md lacks, and every key that is never left out.
func TestJSONHasTheKeysOfThePage(t *testing.T) {
	t.Parallel()
	kept, tools, words := exampleFund(t)
	for _, r := range jsonResults {
		if r.line == "" {
			continue
		}
		t.Run(r.commands, func(t *testing.T) {
			folder := t.TempDir()
			if out, err := exec.Command("cp", "-a", kept+"/.", folder).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			writeFile(t, folder+"/reform.yaml", "thresholds: {2023: {MIN: 17000.00}}\n", 0o600)
			writeFile(t, folder+"/key", "a6696e29983f628e15a931891ee7142a082f7098feb69df2282cba18e4a069ad", 0o600)
			command := exec.Command("sh", "-c", "regul "+words.Replace(r.line)+" --json --quiet")
			command.Dir, command.Env = folder, append(os.Environ(), "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"))
			written, err := command.Output()
			var value any
			if decoding := json.Unmarshal(written, &value); decoding != nil {
				t.Fatalf("%v, %v: %s", err, decoding, written)
			}
			found, keys := map[string]bool{}, keysOf(t, reflect.TypeOf(r.value))
			pathsIn(value, "", found)
			for path := range found {
				if !fits(path, keys) {
					t.Errorf("%s is not in the page: %.200s", path, written)
				}
			}
			for _, k := range keys {
				if k.always && !found[k.path] && !strings.Contains(k.path, "[") {
					t.Errorf("%s is in the page, and is not written", k.path)
				}
			}
		})
	}
}

// Every command that writes JSON is in the page.
func TestThePageOfJSONHasEveryCommand(t *testing.T) {
	t.Parallel()
	var all []string
	for _, r := range jsonResults {
		for name := range strings.SplitSeq(r.commands, ", ") {
			all = append(all, name)
		}
	}
	root, _ := newRoot()
	everyCommand(root, func(c *cobra.Command) {
		name := strings.TrimPrefix(c.CommandPath(), "regul ")
		if c.HasSubCommands() {
			return // it only names others
		}
		if c.Runnable() && !slices.ContainsFunc(all, func(known string) bool {
			return known == name || strings.HasPrefix(known, name+" --") || strings.HasSuffix(name, " "+known)
		}) {
			t.Errorf("docs/reference/json.md does not tell what %s writes", name)
		}
	})
}
