package notice

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"sync"

	"github.com/goccy/go-yaml"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/writers/fund"
)

// CompanySettings are what letters to companies need beside the results.
type CompanySettings struct {
	Fund    *fund.Fund
	Wording fs.FS // as for Settings, with companies-fr.yaml, -nl and -de beside; what it lacks of these is built in. nil: all built in
	AsOf    pipeline.Date
}

// CompanyPress prints letters to companies: those of a Press, in other words. It is immutable and shared by goroutines.
type CompanyPress struct{ press *Press }

// companyLayout changes when the letters to companies change without a change of wording or identity.
const companyLayout = "2"

// NewCompanies checks the identity and all wording; its error says everything that is missing or wrong.
func NewCompanies(s CompanySettings) (*CompanyPress, error) {
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	plain, err := New(Settings{Fund: s.Fund, Wording: s.Wording, Law: l, AsOf: s.AsOf})
	if err != nil {
		return nil, err
	}
	if len(specs)+len(companySpecs) > int(noNote) {
		panic("notice: more terms than a term can number")
	}
	p := &Press{fund: plain.fund, asOf: plain.asOf, fonts: plain.fonts, logo: plain.logo, countries: plain.countries,
		words: make([]*wording, len(plain.words)), letters: new(sync.Pool)}
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
	return &CompanyPress{p}, errors.Join(wrong...)
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

// Digest identifies what letters say beside the results: wording, identity, logo and layout.
func (p *CompanyPress) Digest() [sha256.Size]byte { return p.press.digest }

// Postable says whether the letter of a result can be posted, and why not.
func (p *CompanyPress) Postable(r *company.Result) Reason {
	contact := r.Contact.Affiliate()
	return p.press.Postable(r.Language, &contact)
}

// Write writes the letters of one language into one file, at most MaxLetters, and says where each stands.
func (p *CompanyPress) Write(w io.Writer, batch string, language pipeline.Language, letters iter.Seq[*company.Result]) ([]CompanyPlaced, error) {
	l := p.press.open(w, batch, language)
	defer p.press.letters.Put(l)
	var placed []CompanyPlaced
	for r := range letters {
		if r.Language != language || len(placed) == MaxLetters {
			return nil, fmt.Errorf("notice: a letter in %s, or more than %d letters, in a file in %s", r.Language, MaxLetters, language)
		}
		first := l.out.Pages() + 1
		l.composeCompany(r)
		l.emit()
		placed = append(placed, CompanyPlaced{Number: r.Number, Year: int(r.Year), Place: Place{Language: language, Postcode: r.Contact.Affiliate().Postcode,
			FirstPage: first, Pages: len(l.sheets), Claim: l.claim, Payout: l.payout, NotPostable: l.reason}})
	}
	return placed, l.close()
}
