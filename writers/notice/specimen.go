package notice

import (
	"context"
	"fmt"
	"io"
	"sync"

	"regul/pipeline"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// Specimen writes a letter to an affiliate who does not exist, with a number at each part, and a page that explains the
// numbers. Its amounts are settled as those of a batch are.
func (p *Press) Specimen(w io.Writer, language pipeline.Language) error {
	sender := *p.fund
	sender.Specimen = true // whoever sends it
	sample := &Press{fund: &sender, law: p.law, fees: pipeline.Fees{}, asOf: p.asOf, words: p.words, countries: p.countries, fonts: p.fonts,
		logo: p.logo, letters: new(sync.Pool)}
	for _, year := range p.law.Years() {
		sample.fees[year] = p.fees[year]
	}
	s, err := newSample(sample, language)
	if err != nil {
		return err
	}
	l := sample.open(w, p.asOf.String()+"-00000000", language)
	l.annotated = true
	printed := false
	_, err = pipeline.People.Run(context.Background(),
		pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{&s.scatter}, pipeline.ShardRows), s.parameters, 1,
		printer(func(settled *pipeline.Settlement) {
			printed = true
			l.compose(settled)
			l.legend()
			l.emit()
		}), func(*pipeline.Decisions) {})
	if err == nil && !printed {
		err = fmt.Errorf("notice: the specimen has no year to settle on %s", p.asOf)
	}
	if err != nil {
		return err
	}
	return l.close()
}

// printer prints the settlements of a run.
type printer func(*pipeline.Settlement)

func (p printer) Shard(int) (pipeline.ShardResults, error) { return p, nil }
func (p printer) Balances([]pipeline.Balance)              {}
func (p printer) Settlement(s *pipeline.Settlement)        { p(s) }
func (p printer) Close() error                             { return nil }

// legend explains the numbers on the letter, on further pages.
func (l *letter) legend() {
	l.nextPage()
	l.title(pdf.Heading2, subject, l.say(wording.SpecimenTitle))
	l.space(6)
	l.flow(body, l.say(wording.SpecimenText))
	l.space(10)
	for i := range l.notes {
		text := l.say(l.notes[i])
		const x = left + 10*millimetre
		l.need(l.height(body, right-x, text))
		l.fill(accent, left, l.y, 15, 13)
		number := l.plain(i + 1)
		l.enter(pdf.Paragraph)
		l.write(numbered, left+(15-l.width(numbered, number))/2, l.y+9.5, number)
		l.flowIn(body, x, right-x, text)
		l.leave()
		l.space(7)
	}
}
