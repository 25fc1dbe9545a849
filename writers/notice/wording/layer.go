package wording

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"

	"regul/pipeline"
)

// Layer is what the wording of another kind of letter, in files of its name, lays over that of the notices.
type Layer struct {
	Name     string  // of its files: name-fr.yaml, name-nl.yaml, name-de.yaml
	replaced []*Term // that read otherwise, under the same name and with the same placeholders
	silent   []*Term // that it does not say
	specs    *[]spec // that it alone has
	law      Term    // which its lines cite, all of them; noNote: those of the notices
}

// ownTerms is where the terms begin that a layer alone has, beyond those of the notices: each layer has its list.
const ownTerms Term = 384

func declareIn(list *[]spec, name, must, may string) Term {
	*list = append(*list, spec{name, must, may})
	return ownTerms + Term(len(*list)-1)
}

// File is the name of the file of wording in a language.
func (o *Layer) File(language pipeline.Language) string {
	return o.Name + "-" + language.String() + ".yaml"
}

// LayerFile is a file of wording of the fund, or the one built in.
func LayerFile(files fs.FS, name string) ([]byte, error) {
	if files != nil {
		content, err := fs.ReadFile(files, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return content, err
		}
	}
	return fs.ReadFile(embedded, name)
}

// Over is the wording of a language in which the letter reads otherwise, with everything that is wrong. covers says whether a text can be
// printed.
func (o *Layer) Over(plain *Words, content []byte, covers func(string) bool) (*Words, []error) {
	if len(Specs) > int(ownTerms) {
		panic("wording: the terms of the notices reach those of the layers")
	}
	var raw map[string]map[string]string
	if err := yaml.Unmarshal(content, &raw); err != nil {
		return nil, []error{err}
	}
	w := *plain
	w.Texts = make([]Text, int(ownTerms)+len(*o.specs))
	copy(w.Texts, plain.Texts)
	r := reader{language: w.Language, raw: raw, added: addedTerms(o.File(w.Language)), known: map[string]bool{}}
	read := func(t Term, s spec) {
		w.Texts[t] = r.text(s)
		for _, part := range w.Texts[t] {
			if !covers(part.Literal) {
				r.wrong = append(r.wrong, fmt.Errorf("%s: holds a character that can't be printed", s.Name))
			}
		}
	}
	for _, t := range o.replaced {
		read(*t, Specs[*t])
	}
	for _, t := range o.silent {
		w.Texts[*t] = nil
	}
	for i, s := range *o.specs {
		read(ownTerms+Term(i), s)
	}
	r.unknown()
	if len(r.wrong) > 0 {
		return nil, r.wrong
	}
	if o.law != None {
		w.Articles = make([]string, len(plain.Articles)) // one law for all lines
		for i := range w.Articles {
			if Article(i) != NoArticle {
				w.Articles[i] = w.Literal(o.law)
			}
		}
	}
	return &w, nil
}
