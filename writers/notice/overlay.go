package notice

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"regul/pipeline"
	"regul/writers/notice/index"
	"regul/writers/notice/wording"
)

// overlay is a kind of letter beside the notices to the self-employed.
type overlay struct {
	words  *wording.Layer // what its wording lays over theirs
	layout string         // changes when its letters change without a change of wording or identity
	index  *index.Index   // in which it says where each letter is
}

// over makes the press of an overlay. The wording of the fund may have its files beside; what it lacks of these is built in.
func (o *overlay) over(plain *Press) (*Press, error) {
	p := &Press{fund: plain.fund, asOf: plain.asOf, fonts: plain.fonts, logo: plain.logo, countries: plain.countries,
		finishing: plain.finishing, words: make([]*wording.Words, len(plain.words)), letters: new(sync.Pool), Index: o.index}
	hash := sha256.New()
	fmt.Fprintf(hash, "%s %s\n%x\n", o.words.Name, o.layout, plain.digest)
	var wrong []error
	for language := 1; language < len(plain.words); language++ {
		name := o.words.File(pipeline.Language(language))
		content, err := wording.LayerFile(plain.given, name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
		words, errs := o.words.Over(plain.words[language], content, plain.fonts.Covers)
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
