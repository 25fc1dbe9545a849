package report

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

// words writes texts, numbers and amounts in one language.
type words struct {
	language string
	texts    map[string]string
	decimal  string // between EUR and cents
}

var lexicons = func() map[string]*words {
	var lines [][]string
	for _, file := range []string{dictionary, stepWords} {
		read, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			panic(err) // built in, and tested
		}
		lines = append(lines, read[1:]...)
	}
	all := map[string]*words{}
	for i, language := range Languages() {
		w := &words{language, make(map[string]string, len(lines)), ","}
		if language == English {
			w.decimal = "."
		}
		for _, line := range lines {
			if w.texts[line[0]] = line[i+1]; line[i+1] == "" {
				w.texts[line[0]] = line[0]
			}
		}
		all[language] = w
	}
	return all
}()

// in are the words of a language; "" is English.
func in(language string) *words {
	if w := lexicons[language]; w != nil {
		return w
	}
	return lexicons[English]
}

// t is a text in the language; the key itself where the dictionary has none.
func (w *words) t(key string) string {
	if text, known := w.texts[key]; known {
		return text
	}
	return key
}

// f is a text with what it says filled in.
func (w *words) f(key string, filled ...any) string { return fmt.Sprintf(w.t(key), filled...) }

// name is the name of a code, such as that of a category; the code itself where it has none.
func (w *words) name(of, code string) string {
	if text, known := w.texts[of+"."+code]; known {
		return text
	}
	return code
}

// count writes a number with its noun.
func (w *words) count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + w.t(one)
	}
	return number(n) + " " + w.t(many)
}

// cells makes a row of texts, the first in the language.
func (w *words) row(key string, texts ...string) row {
	return cells(slices.Concat([]string{w.t(key)}, texts)...)
}

// Columns of texts, of numbers and of names of files, with their headings in the language.
func (w *words) text(key string) column    { return column{Name: w.t(key)} }
func (w *words) numeric(key string) column { return column{Name: w.t(key), Number: true} }
func (w *words) files(key string) column   { return column{Name: w.t(key), Long: true} }
