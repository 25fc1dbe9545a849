package wording

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"regul/pipeline"
	"regul/pipeline/law"
)

// embedded is the built-in wording. The terms in wording/added came later: a wording without them is whole, and takes these. They are no
// part of a press's digest, so that a wording of before goes on to give the batches that it gave: only letters say them that there were
// none of before.
//
//go:embed *.yaml added/*.yaml
var embedded embed.FS

// Words is the texts of one language, compiled. It is immutable.
type Words struct {
	Language   pipeline.Language
	Style      *style
	Texts      []Text   // by term
	Categories []string // by law.Category
	Standings  []string // by pipeline.Standing, of one quarter
	Plural     []string // of several
	Outcomes   []string // by pipeline.Outcome
	Reasons    []string // by pipeline.StatusReason
	Articles   []string // by article
	Bases      []string // by position in law.Law.Articles
}

// BuiltIn are the files of the built-in wording.
func BuiltIn() fs.FS { return embedded }

// Literal is the text of a term that has no placeholder.
func (w *Words) Literal(t Term) string { return w.Texts[t][0].Literal }

// Uncovered says which terms hold what can't be printed.
func (w *Words) Uncovered(covers func(string) bool) (wrong []error) {
	for i, t := range w.Texts {
		for _, part := range t {
			if !covers(part.Literal) {
				wrong = append(wrong, fmt.Errorf("%s.yaml: %s: holds a character that can't be printed", w.Language, Specs[i].Name))
			}
		}
	}
	for _, text := range slices.Concat(w.Categories, w.Standings, w.Plural, w.Reasons, w.Articles, w.Bases) {
		if !covers(text) {
			wrong = append(wrong, fmt.Errorf("%s.yaml: %q holds a character that can't be printed", w.Language, text))
		}
	}
	return wrong
}

// Read reads the files of all languages. Its error says everything that is missing, unknown or wrong in them, each with
// its file and term. The content of the files is passed to sum.
func Read(files fs.FS, l *law.Law, sum func(name string, content []byte)) ([]*Words, error) {
	all := make([]*Words, len(pipeline.Languages()))
	var wrong []error
	for language := 1; language < len(all); language++ {
		name := pipeline.Languages()[language] + ".yaml"
		if language >= len(Styles) {
			wrong = append(wrong, fmt.Errorf("%s: the program does not know how this language writes amounts and days", name))
			continue
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			wrong = append(wrong, unread(name, err))
			continue
		}
		sum(name, content)
		var raw map[string]map[string]string
		if err := yaml.Unmarshal(content, &raw); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", name, err))
			continue
		}
		w, errs := newWording(pipeline.Language(language), raw, addedTerms(name), l)
		for _, err := range errs {
			wrong = append(wrong, fmt.Errorf("%s: %w", name, err))
		}
		all[language] = w
	}
	return all, errors.Join(wrong...)
}

// unread says that a file of wording can't be read: the folder must have one in each language.
func unread(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("notices.wording: the folder has no %s that can be read: %w", name, err)
}

// addedTerms are the built-in terms of a file that a wording may lack; nil where nothing came later.
func addedTerms(name string) map[string]map[string]string {
	var added map[string]map[string]string
	content, err := embedded.ReadFile("added/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = yaml.Unmarshal(content, &added)
	}
	if err != nil {
		panic("wording: the built-in added/" + name + " can't be read: " + err.Error())
	}
	return added
}

func newWording(language pipeline.Language, raw, added map[string]map[string]string, l *law.Law) (*Words, []error) {
	w := &Words{Language: language, Style: &Styles[language], Texts: make([]Text, len(Specs))}
	r := reader{language: language, raw: raw, added: added, known: map[string]bool{}}
	for i, s := range Specs {
		w.Texts[i] = r.text(s)
	}
	plain := func(section string, codes []string) []string {
		var texts []string
		for _, code := range codes {
			var said string
			if t := r.text(spec{Name: section + "." + code}); t != nil {
				said = t[0].Literal
			}
			texts = append(texts, said)
		}
		return texts
	}
	s := sections(l)
	w.Categories = plain("category", s["category"])
	w.Standings = append([]string{""}, plain("standing", s["standing"])...)
	w.Plural = append([]string{""}, plain("standings", s["standing"])...)
	w.Outcomes = append([]string{""}, plain("outcome", s["outcome"])...)
	w.Reasons = append([]string{""}, plain("status", s["status"])...)
	all := plain("articles", s["articles"])
	w.Articles, w.Bases = append([]string{""}, all[:len(articles)-1]...), all[len(articles)-1:]
	r.unknown()
	return w, r.wrong
}

// reader takes terms out of a file and remembers which there were.
type reader struct {
	language pipeline.Language
	raw      map[string]map[string]string
	added    map[string]map[string]string // what stands in for terms that raw lacks
	known    map[string]bool
	wrong    []error
}

// text is a term compiled, or nil if it is wrong.
func (r *reader) text(s spec) Text {
	section, name, _ := strings.Cut(s.Name, ".")
	raw, found := r.raw[section][name]
	if !found {
		raw, found = r.added[section][name]
	}
	if r.known[s.Name] = true; !found {
		r.wrong = append(r.wrong, fmt.Errorf("%s: is missing", s.Name))
		return nil
	}
	t, err := compile(typeset(r.language, raw), s)
	if err != nil {
		r.wrong = append(r.wrong, err)
	}
	return t
}

// unknown says which terms of the file do not exist.
func (r *reader) unknown() {
	for _, section := range slices.Sorted(maps.Keys(r.raw)) {
		for _, name := range slices.Sorted(maps.Keys(r.raw[section])) {
			if !r.known[section+"."+name] && !slices.Contains(retired, section+"."+name) {
				r.wrong = append(r.wrong, fmt.Errorf("%s.%s: there is no such term", section, name))
			}
		}
	}
}
