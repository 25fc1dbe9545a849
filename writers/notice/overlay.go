package notice

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"github.com/goccy/go-yaml"

	"regul/pipeline"
)

// overlay is a kind of letter beside the notices to the self-employed: what its wording, in files of its name, lays over theirs.
type overlay struct {
	name     string  // of its files of wording: name-fr.yaml, name-nl.yaml, name-de.yaml
	layout   string  // changes when its letters change without a change of wording or identity
	index    *Index  // in which it says where each letter is
	replaced []*term // that read otherwise, under the same name and with the same placeholders
	silent   []*term // that it does not say
	specs    *[]spec // that it alone has
	law      term    // which its lines cite, all of them; noNote: those of the notices
}

// ownTerms is where the terms begin that an overlay alone has, beyond those of the notices: each overlay has its list.
const ownTerms term = 384

func declareIn(list *[]spec, name, must, may string) term {
	*list = append(*list, spec{name, must, may})
	return ownTerms + term(len(*list)-1)
}

// over makes the press of an overlay. The wording of the fund may have its files beside; what it lacks of these is built in.
func (o *overlay) over(plain *Press) (*Press, error) {
	if len(specs) > int(ownTerms) {
		panic("notice: the terms of the notices reach those of the overlays")
	}
	p := &Press{fund: plain.fund, asOf: plain.asOf, fonts: plain.fonts, logo: plain.logo, countries: plain.countries,
		finishing: plain.finishing, words: make([]*wording, len(plain.words)), letters: new(sync.Pool), Index: o.index}
	hash := sha256.New()
	fmt.Fprintf(hash, "%s %s\n%x\n", o.name, o.layout, plain.digest)
	var wrong []error
	for language := 1; language < len(plain.words); language++ {
		name := o.file(pipeline.Language(language))
		content, err := overlayFile(plain.given, name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
		words, errs := o.wording(plain.words[language], content, plain)
		for _, err := range errs {
			wrong = append(wrong, fmt.Errorf("%s: %w", name, err))
		}
		p.words[language] = words
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	for language := 1; language < len(p.words); language++ {
		l := p.open(io.Discard, "", pipeline.Language(language))
		wrong = append(wrong, l.err)
		p.letters.Put(l)
	}
	hash.Sum(p.digest[:0])
	return p, errors.Join(wrong...)
}

// file is the name of the file of wording in a language.
func (o *overlay) file(language pipeline.Language) string {
	return o.name + "-" + language.String() + ".yaml"
}

// overlayFile is a file of wording of the fund, or the one built in.
func overlayFile(files fs.FS, name string) ([]byte, error) {
	if files != nil {
		content, err := fs.ReadFile(files, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return content, err
		}
	}
	return fs.ReadFile(embedded, "wording/"+name)
}

// wording is the wording of a language in which the letter reads otherwise, with everything that is wrong.
func (o *overlay) wording(plain *wording, content []byte, p *Press) (*wording, []error) {
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
			if !p.fonts.Covers(part.literal) {
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
				w.articles[i] = w.texts[o.law][0].literal
			}
		}
	}
	return &w, nil
}
