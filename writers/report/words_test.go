package report

import (
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"regul/pipeline"
)

// Every text of the page is in the dictionary, in every language, and the dictionary has no text that the page does not use.
func TestTheDictionaryIsComplete(t *testing.T) {
	lines, err := csv.NewReader(strings.NewReader(dictionary)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html", "../../jobs/run/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || files == nil {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(text)
		}
	}
	for i, line := range lines {
		key := line[0]
		if i > 0 && lines[i-1][0] == key {
			t.Errorf("%q is there twice", key)
		}
		for column, text := range line[2:] {
			if text == "" || strings.Count(text, "%") != strings.Count(key, "%") && !strings.Contains(key, ".") {
				t.Errorf("%q in column %d is %q", key, column, text)
			}
		}
		if named := slices.Contains([]string{"category", "size", "outcome", "language", "payment", "status", "unposted", "input", "reject", "remedy", "standing", "state"}, strings.SplitN(key, ".", 2)[0]); !named &&
			i > 0 && !strings.Contains(sources.String(), strconv.Quote(key)) {
			t.Errorf("%q is not used", key)
		}
	}
}

// said are the methods whose first text is a key; those of the simulation, which is in English, are others.
var said = []string{"t", "f", "row", "text", "numeric", "files", "count", "totalsTable"}

func TestEveryTextIsInTheDictionary(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "simulation") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains(said, method.Sel.Name) {
				return true
			}
			for _, argument := range call.Args {
				literal, ok := argument.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING || literal.Value == `""` || method.Sel.Name == "row" && argument != call.Args[0] {
					continue
				}
				key, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				if found++; in("fr").texts[key] == "" {
					t.Errorf("%s: %q is not in the dictionary", file, key)
				}
			}
			return true
		})
	}
	if found < 150 {
		t.Errorf("only %d texts were looked for", found)
	}
}

// What is a key by another way: names of codes, of totals, meanings and remedies.
func TestEveryCodeHasAName(t *testing.T) {
	var keys []string
	for _, total := range totalNames {
		keys = append(keys, total.text)
	}
	for _, g := range totalGroups {
		keys = append(keys, g.title)
		if g.balance != "" {
			keys = append(keys, g.balance)
		}
	}
	keys = append(keys, outcomeMeanings[pipeline.NoOutcome+1:]...)
	for status, meaning := range statusMeanings {
		keys = append(keys, meaning, "status."+status)
	}
	for reason, meaning := range unpostedMeanings {
		keys = append(keys, meaning, "unposted."+reason)
	}
	for _, code := range pipeline.CodeNames()[1:] {
		keys = append(keys, "reject."+code, "remedy."+code)
	}
	for _, code := range standardLaw(t).Codes() {
		keys = append(keys, "category."+code)
	}
	for _, outcome := range pipeline.Outcomes()[1:] {
		keys = append(keys, "outcome."+outcome)
	}
	for _, key := range keys {
		if in("de").texts[key] == "" || in("de").texts[key] == key && !strings.Contains(key, "EUR") {
			t.Errorf("%q is not in the dictionary", key)
		}
	}
}

// A page in another language says everything in it, and amounts with its decimal mark.
func TestThePageInOtherLanguages(t *testing.T) {
	b, s, _ := sample(t)
	for language, want := range map[string][]string{
		"fr": {`<html lang="fr">`, "À faire avant l’envoi", "Aller au rapport", "activité complémentaire", "Nothing"},
		"nl": {`<html lang="nl">`, "Te doen voor de verzending", "bijberoep"},
		"de": {`<html lang="de">`, "Vor dem Versand zu tun", "Nebenberuf"},
	} {
		b.Language = language
		page := write(t, b, s)
		for _, text := range append(want, in(language).amount(s.All.Claim)) {
			if strings.Contains(page, text) == (text == "Nothing") {
				t.Errorf("%s: %q", language, text)
			}
		}
		reachable(t, read(t, page))
	}
}
