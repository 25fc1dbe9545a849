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
	"regul/writers/report/page"
)

// Every text of the page is in the dictionary, in every language, and the dictionary has no text that the page does not use.
func TestTheDictionaryIsComplete(t *testing.T) {
	lines, err := csv.NewReader(strings.NewReader(dictionary(t, "words"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, pattern := range []string{"*.go", "page/*.go", "page/templates/*.html", "../../jobs/run/*.go"} {
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
		if named := slices.Contains([]string{"category", "size", "outcome", "language", "payment", "status", "unposted", "input", "reject",
			"remedy", "standing", "state", "situation", "threshold", "rate"}, strings.SplitN(key, ".", 2)[0]); !named &&
			i > 0 && !strings.Contains(sources.String(), strconv.Quote(key)) {
			t.Errorf("%q is not used", key)
		}
	}
}

// dictionary is a file of texts.
func dictionary(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile("page/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// said are the methods whose first text is a key.
var said = []string{"Say", "Sayf", "Row", "Text", "Numeric", "Files", "Count", "totalsTable"}

func TestEveryTextIsInTheDictionary(t *testing.T) {
	files, err := filepath.Glob("*.go")
	inPage, _ := filepath.Glob("page/*.go")
	files = append(files, inPage...)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
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
				if !ok || literal.Kind != token.STRING || literal.Value == `""` || method.Sel.Name == "Row" && argument != call.Args[0] {
					continue
				}
				key, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				if found++; page.In("fr").Texts[key] == "" {
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

// An explanation is made of phrases, each in the dictionary: a line that is a text alone could not be said in another language.
func TestEveryStepOfAnExplanationIsInTheDictionary(t *testing.T) {
	files, err := filepath.Glob("../../jobs/ask/explain*.go")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	found := 0
	for _, file := range append(slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_page.go") }),
		"../../pipeline/law/steps.go") {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "Text" || key.Name == "Title") {
					t.Errorf("%s: %s is given without its phrase", file, key.Name)
				}
			case *ast.CallExpr:
				name := ""
				switch called := n.Fun.(type) {
				case *ast.Ident:
					name = called.Name
				case *ast.SelectorExpr:
					name = called.Sel.Name
				}
				if name != "step" && name != "Say" {
					return true
				}
				for _, argument := range n.Args {
					literal, ok := argument.(*ast.BasicLit)
					if !ok || literal.Kind != token.STRING {
						continue
					}
					key, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					if strings.HasPrefix(key, "AR 38 ") || strings.HasPrefix(key, "RGS ") {
						continue
					}
					if found++; page.In("fr").Texts[key] == "" {
						t.Errorf("%s: %q is not in the dictionary", file, key)
					}
				}
			}
			return true
		})
	}
	if found < 35 {
		t.Errorf("only %d phrases were looked for", found)
	}
}

// Each language cites the law as its own text of it does.
func TestArticlesAreCitedInTheLanguage(t *testing.T) {
	const cited = "AR 38 art. 13 §4 al. 1 and 2; RGS art. 37/1; law of 18-07-2025"
	for language, want := range map[string]string{
		"en": cited,
		"fr": "AR 38 art. 13 §4 al. 1 et 2; RGS art. 37/1; loi du 18-07-2025",
		"nl": "KB 38 art. 13 §4 lid 1 en 2; ARS art. 37/1; wet van 18-07-2025",
		"de": "KE 38 Art. 13 §4 Abs. 1 und 2; KE 1967 Art. 37/1; Gesetz vom 18-07-2025",
	} {
		if got := page.Article(language, cited); got != want {
			t.Errorf("%s: %s, want %s", language, got, want)
		}
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
	for _, s := range pipeline.Situations() {
		keys = append(keys, "situation."+s.Quarter)
	}
	for _, code := range standardLaw(t).Codes() {
		keys = append(keys, "category."+code)
	}
	for _, outcome := range pipeline.Outcomes()[1:] {
		keys = append(keys, "outcome."+outcome)
	}
	for _, key := range keys {
		if page.In("de").Texts[key] == "" || page.In("de").Texts[key] == key && !strings.Contains(key, "EUR") {
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
		shown := write(t, b, s)
		for _, text := range append(want, page.In(language).Amount(s.All.Claim)) {
			if strings.Contains(shown, text) == (text == "Nothing") {
				t.Errorf("%s: %q", language, text)
			}
		}
		reachable(t, read(t, shown))
	}
}

// Every parameter that a reform can change has its name in each language.
func TestEveryParameterHasAName(t *testing.T) {
	l := standardLaw(t)
	named := func(of, code string) {
		for _, language := range page.Languages() {
			if page.In(language).Name(of, code) == code {
				t.Errorf("%s: the %s %s has no name", language, of, code)
			}
		}
	}
	for _, number := range l.Years() {
		year, err := l.Year(number)
		if err != nil {
			continue
		}
		for _, threshold := range year.Thresholds {
			named("threshold", threshold.Name)
		}
		for _, rate := range l.Rates(number) {
			named("rate", rate.Name)
		}
	}
}
