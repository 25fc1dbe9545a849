package notice

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"

	"regul/pipeline"
)

// layer is what the wording of another kind of letter, in files of its name, lays over that of the notices.
type layer struct {
	name     string  // of its files: name-fr.yaml, name-nl.yaml, name-de.yaml
	replaced []*term // that read otherwise, under the same name and with the same placeholders
	silent   []*term // that it does not say
	specs    *[]spec // that it alone has
	law      term    // which its lines cite, all of them; noNote: those of the notices
}

// ownTerms is where the terms begin that a layer alone has, beyond those of the notices: each layer has its list.
const ownTerms term = 384

func declareIn(list *[]spec, name, must, may string) term {
	*list = append(*list, spec{name, must, may})
	return ownTerms + term(len(*list)-1)
}

// file is the name of the file of wording in a language.
func (o *layer) file(language pipeline.Language) string {
	return o.name + "-" + language.String() + ".yaml"
}

// layerFile is a file of wording of the fund, or the one built in.
func layerFile(files fs.FS, name string) ([]byte, error) {
	if files != nil {
		content, err := fs.ReadFile(files, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return content, err
		}
	}
	return fs.ReadFile(embedded, "wording/"+name)
}

// over is the wording of a language in which the letter reads otherwise, with everything that is wrong. covers says whether a text can be
// printed.
func (o *layer) over(plain *wording, content []byte, covers func(string) bool) (*wording, []error) {
	if len(specs) > int(ownTerms) {
		panic("wording: the terms of the notices reach those of the layers")
	}
	var raw map[string]map[string]string
	if err := yaml.Unmarshal(content, &raw); err != nil {
		return nil, []error{err}
	}
	w := *plain
	w.texts = make([]text, int(ownTerms)+len(*o.specs))
	copy(w.texts, plain.texts)
	r := reader{language: w.language, raw: raw, added: addedTerms(o.file(w.language)), known: map[string]bool{}}
	read := func(t term, s spec) {
		w.texts[t] = r.text(s)
		for _, part := range w.texts[t] {
			if !covers(part.literal) {
				r.wrong = append(r.wrong, fmt.Errorf("%s: holds a character that can't be printed", s.name))
			}
		}
	}
	for _, t := range o.replaced {
		read(*t, specs[*t])
	}
	for _, t := range o.silent {
		w.texts[*t] = nil
	}
	for i, s := range *o.specs {
		read(ownTerms+term(i), s)
	}
	r.unknown()
	if len(r.wrong) > 0 {
		return nil, r.wrong
	}
	if o.law != noNote {
		w.articles = make([]string, len(plain.articles)) // one law for all lines
		for i := range w.articles {
			if article(i) != noArticle {
				w.articles[i] = w.literal(o.law)
			}
		}
	}
	return &w, nil
}
