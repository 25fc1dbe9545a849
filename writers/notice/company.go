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

// companyLayout changes when the letters to companies change without a change of wording or identity.
const companyLayout = "3"

// NewCompanies is New for letters to companies. The wording may have companies-fr.yaml, -nl and -de beside; what it lacks of these is built in.
func NewCompanies(s Settings) (*Press, error) {
	plain, err := New(s)
	if err != nil {
		return nil, err
	}
	if len(specs)+len(companySpecs) > int(noNote) {
		panic("notice: more terms than a term can number")
	}
	p := &Press{fund: plain.fund, asOf: plain.asOf, fonts: plain.fonts, logo: plain.logo, countries: plain.countries,
		words: make([]*wording, len(plain.words)), letters: new(sync.Pool), Index: companyIndex}
	hash := sha256.New()
	fmt.Fprintf(hash, "companies %s\n%x\n", companyLayout, plain.digest)
	var wrong []error
	for language := 1; language < len(plain.words); language++ {
		name := "companies-" + pipeline.Languages()[language] + ".yaml"
		content, err := companyFile(s.Wording, name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
		words, errs := companyWording(plain.words[language], content, plain)
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

// companyFile is a file of wording of the fund, or the one built in.
func companyFile(files fs.FS, name string) ([]byte, error) {
	if files != nil {
		content, err := fs.ReadFile(files, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return content, err
		}
	}
	return fs.ReadFile(embedded, "wording/"+name)
}

// companyWording is the wording of a language in which a letter to a company reads otherwise, with everything that is wrong.
func companyWording(plain *wording, content []byte, p *Press) (*wording, []error) {
	var raw map[string]map[string]string
	if err := yaml.Unmarshal(content, &raw); err != nil {
		return nil, []error{err}
	}
	w := *plain
	w.texts = make([]text, noNote)
	copy(w.texts, plain.texts)
	r := reader{language: w.language, raw: raw, known: map[string]bool{}}
	read := func(t term, s spec) {
		w.texts[t] = r.text(s)
		for _, part := range w.texts[t] {
			if !p.fonts.Covers(part.literal) {
				r.wrong = append(r.wrong, fmt.Errorf("%s: holds a character that can't be printed", s.name))
			}
		}
	}
	for _, t := range replaced {
		read(*t, specs[*t])
	}
	for _, t := range silent {
		w.texts[*t] = nil
	}
	for i, s := range companySpecs {
		read(lastTerm-term(i), s)
	}
	r.unknown()
	if len(r.wrong) > 0 {
		return nil, r.wrong
	}
	w.articles = make([]string, len(plain.articles)) // one law for all lines
	for i := range w.articles {
		if article(i) != noArticle {
			w.articles[i] = w.texts[companyBasis][0].literal
		}
	}
	return &w, nil
}
