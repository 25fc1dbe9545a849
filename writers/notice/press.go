package notice

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"sync"
	"time"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/writers/fund"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// layoutVersion changes when the letters change without a change of wording or identity, so that batches that print other
// letters get another identity.
const layoutVersion = "8"

// MaxLetters is the number of letters that a file may hold.
const MaxLetters = 1000

// Settings are what letters need beside the settlements. They are not changed after New.
type Settings struct {
	Fund    *fund.Fund
	Wording fs.FS // fr.yaml, nl.yaml and de.yaml; nil: the built-in ones
	Law     *law.Law
	Fees    pipeline.Fees
	AsOf    pipeline.Date // of the batch; letters and files are dated by it

	Finishing Finishing
}

// Press prints letters. It is immutable and shared by goroutines.
type Press struct {
	fund      *fund.Fund
	law       *law.Law
	fees      pipeline.Fees
	asOf      pipeline.Date
	words     []*wording.Words    // by language
	countries []map[string]string // by language and code
	given     fs.FS               // the wording of the fund; nil: none
	fonts     *pdf.Fonts
	logo      *pdf.Picture // nil: none
	finishing Finishing
	digest    [sha256.Size]byte
	letters   *sync.Pool // of *letter

	Index *index.Index // in which it says where each letter is
}

// New checks the identity and all wording; its error says everything that is missing or wrong.
func New(s Settings) (*Press, error) {
	p := &Press{fund: s.Fund, law: s.Law, fees: s.Fees, asOf: s.AsOf, given: s.Wording, finishing: s.Finishing, letters: new(sync.Pool),
		Index: index.People}
	files := s.Wording
	if files == nil {
		files = wording.BuiltIn()
	}
	fonts, err := pdf.LoadFonts()
	if err != nil {
		return nil, err
	}
	p.fonts, p.countries = fonts, countryNames()
	hash := sha256.New()
	fmt.Fprintf(hash, "letters %s\n", layoutVersion)
	if s.Finishing != (Finishing{}) {
		fmt.Fprintf(hash, "finishing %v %v\n", s.Finishing.Duplex, s.Finishing.Marks)
	}
	words, wrong := wording.Read(files, s.Law, func(name string, content []byte) {
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
	})
	p.words = words
	errs := []error{wrong, s.Fund.Check()}
	if wrong == nil {
		errs = append(errs, p.covered())
	}
	if len(s.Fund.Logo) > 0 {
		if p.logo, err = pdf.LoadImage(s.Fund.Logo); err != nil {
			errs = append(errs, fmt.Errorf("fund.logo: %w", err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for language := 1; language < len(p.words); language++ {
		l := p.open(io.Discard, "", pipeline.Language(language))
		errs = append(errs, l.err)
		p.letters.Put(l)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	identity, err := json.Marshal(s.Fund)
	if err != nil {
		return nil, err
	}
	hash.Write(identity)
	hash.Sum(p.digest[:0])
	return p, nil
}

// covered says which terms hold characters that the letters' faces lack.
func (p *Press) covered() error {
	var wrong []error
	for _, w := range p.words[1:] {
		wrong = append(wrong, w.Uncovered(p.fonts.Covers)...)
		if f := p.fund; !p.fonts.Covers(f.Name.In(w.Language) + f.Street.In(w.Language) + f.City.In(w.Language)) {
			wrong = append(wrong, fmt.Errorf("fund: name, street or city in %s hold a character that can't be printed", w.Language))
		}
	}
	return errors.Join(wrong...)
}

// Digest identifies what letters say beside the settlements: wording, identity, logo and layout.
func (p *Press) Digest() [sha256.Size]byte { return p.digest }

// Write writes the letters of one language into one file, at most MaxLetters, and says where each stands. A settlement is not
// used after the next one is asked for.
func (p *Press) Write(w io.Writer, batch string, language pipeline.Language,
	letters iter.Seq2[*pipeline.Settlement, error]) ([]index.Placed, error) {
	l := p.open(w, batch, language)
	defer p.letters.Put(l)
	var placed []index.Placed
	for s, err := range letters {
		if err != nil {
			return nil, err
		}
		if s.Party.Language != language {
			return nil, fmt.Errorf("notice: a letter in %s among those in %s", s.Party.Language, language)
		}
		if len(placed) == MaxLetters {
			return nil, fmt.Errorf("notice: more than %d letters in a file", MaxLetters)
		}
		first := l.out.Pages() + 1
		l.compose(s)
		l.emit()
		at := index.Placed{
			Number: s.Party.Number, Digits: s.Party.Digits, Dossier: s.Party.Dossier, Year: l.years[0],
			Place: index.Place{Language: language, Postcode: strings.Clone(s.Party.Contact.Postcode),
				FirstPage: first, Pages: l.out.Pages() + 1 - first, Claim: l.claim, Payout: l.payout,
				NotPostable: l.reason, Copy: s.Copied},
		}
		if s.Copied { // the letter has the amounts: no sum counts them twice
			at.Postcode, at.Claim, at.Payout = strings.Clone(s.Party.Contact.Copy.Postcode), 0, 0
		}
		placed = append(placed, at)
	}
	return placed, l.close()
}

// open begins a file.
func (p *Press) open(w io.Writer, batch string, language pipeline.Language) *letter {
	words := p.words[language]
	info := pdf.Info{
		Title: words.Literal(wording.LetterTitle), Author: p.fund.Name.In(language), Subject: batch,
		Language: language.String() + "-BE", Created: time.Unix(int64(p.asOf)*24*60*60, 0).UTC(),
	}
	l, used := p.letters.Get().(*letter)
	if used {
		l.out.Reset(w, info)
	} else {
		l = &letter{Press: p, out: pdf.NewDocument(w, p.fonts, info)}
	}
	l.w, l.batch, l.annotated, l.err = words, batch, false, nil
	l.letterheads()
	return l
}

// close completes the file.
func (l *letter) close() error { return errors.Join(l.err, l.out.Close()) }
