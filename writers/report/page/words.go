package page

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// dictionary has a line for each text of the page: its key, then the text in each of Languages. The key is the English text itself where
// that column is empty; names of codes have keys such as category.main.
//
//go:embed words.csv
var dictionary string

// steps has the lines of an explanation, in the same columns.
//
//go:embed steps.csv
var stepWords string

// Languages are the languages of the page; the first is that of a page that asks for none.
func Languages() []string { return []string{"en", "fr", "nl", "de"} }

// English is the language of a page that asks for none.
const English = "en"

// Words writes texts, numbers and amounts in one language.
type Words struct {
	Language string
	Texts    map[string]string
	decimal  string // between EUR and cents
}

var lexicons = func() map[string]*Words {
	var lines [][]string
	for _, file := range []string{dictionary, stepWords} {
		read, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			panic(err) // built in, and tested
		}
		lines = append(lines, read[1:]...)
	}
	all := map[string]*Words{}
	for i, language := range Languages() {
		w := &Words{language, make(map[string]string, len(lines)), ","}
		if language == English {
			w.decimal = "."
		}
		for _, line := range lines {
			if w.Texts[line[0]] = line[i+1]; line[i+1] == "" {
				w.Texts[line[0]] = line[0]
			}
		}
		all[language] = w
	}
	return all
}()

// In are the words of a language; "" is English.
func In(language string) *Words {
	if w := lexicons[language]; w != nil {
		return w
	}
	return lexicons[English]
}

// Say is a text in the language; the key itself where the dictionary has none.
func (w *Words) Say(key string) string {
	if text, known := w.Texts[key]; known {
		return text
	}
	return key
}

// Sayf is a text with what it says filled in.
func (w *Words) Sayf(key string, filled ...any) string { return fmt.Sprintf(w.Say(key), filled...) }

// Which says more closely what is meant: refund: without an account.
func (w *Words) Which(what, which string) string { return w.Sayf("%s: %s", what, which) }

// Name is the name of a code, such as that of a category; the code itself where it has none.
func (w *Words) Name(of, code string) string {
	if text, known := w.Texts[of+"."+code]; known {
		return text
	}
	return code
}

// Count writes a number with its noun.
func (w *Words) Count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + w.Say(one)
	}
	return Number(n) + " " + w.Say(many)
}

// cells makes a row of texts, the first in the language.
func (w *Words) Row(key string, texts ...string) Row {
	return Cells(slices.Concat([]string{w.Say(key)}, texts)...)
}

// Columns of texts, of numbers and of names of files, with their headings in the language.
func (w *Words) Text(key string) Column    { return Column{Name: w.Say(key)} }
func (w *Words) Numeric(key string) Column { return Column{Name: w.Say(key), Number: true} }
func (w *Words) Files(key string) Column   { return Column{Name: w.Say(key), Long: true} }
