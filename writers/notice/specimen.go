package notice

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
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

// sampleRows are the rows of the affiliate of the specimen.
type sampleRows struct {
	scatter    pipeline.Scatter
	parameters pipeline.Parameters
	niss       pipeline.NISS
	main       law.Category
}

// newSample makes two years that show every part of a letter. Of the first one the affiliate paid too much, which pays a part
// of the second. Of the second one a notice went out before; its provisional contributions were reduced without reason.
func newSample(p *Press, language pipeline.Language) (*sampleRows, error) {
	years := p.law.Years()
	year := min(p.asOf.Year()-3, years[len(years)-1])
	s := &sampleRows{parameters: pipeline.Parameters{AsOf: p.asOf, Law: p.law, Fees: p.fees}, niss: 85073003328,
		scatter: pipeline.Scatter{Contacts: true}}
	rules, err := p.law.Year(year)
	if err != nil {
		return nil, err
	}
	main, known := p.law.Category("main")
	if _, err := p.law.Year(year - 1); err != nil || !known {
		return nil, fmt.Errorf("notice: the law has no two years for a specimen on %s", p.asOf)
	}
	s.main = main
	w := p.words[language]
	say := func(t wording.Term) string { return w.Literal(t) }
	s.scatter.Affiliate(&pipeline.Affiliate{NISS: s.niss, Dossier: pipeline.Dossier{Number: 123456, Digits: 8}, Language: language,
		Contact: pipeline.Contact{
			FirstName: say(wording.SpecimenFirstName), LastName: say(wording.SpecimenLastName), Street: say(wording.SpecimenStreet),
			Postcode: "5000", City: say(wording.SpecimenCity), Country: p.fund.Country,
		}})
	s.account(year-1, pipeline.ReductionRefused, 1_450_00, 1_450_00)
	s.income(year-1, "2025-W40-000001", pipeline.DateOf(year+2, time.October, 1), 24_000_00)
	s.account(year, pipeline.ReductionGranted, 1_600_00, 900_00)
	s.income(year, "2025-W20-000001", pipeline.DateOf(year+2, time.May, 14), 26_000_00)
	s.income(year, "2025-W40-000002", pipeline.DateOf(year+2, time.October, 1), 31_500_00)
	// What the earlier notice of the second year said.
	first := pipeline.DateOf(year+2, time.June, 12)
	quarter := rules.Schedule(main, 1, 0).Contribution(26_000_00, 4, p.fees[year])
	unpaid := 4*quarter.Definitive - 4*900_00
	s.scatter.PriorYear(&pipeline.PriorYear{NISS: s.niss, Year: int16(year), Version: 1, Communication: "2025-W20-000001",
		CommunicatedOn: pipeline.DateOf(year+2, time.May, 14), Income: 26_000_00, NotifiedOn: first,
		Surcharge: money.Rate(70_000).Of(unpaid) + 6*money.Rate(30_000).Of(unpaid)})
	s.scatter.Payment(&pipeline.Payment{NISS: s.niss, Year: int16(year), PaidOn: pipeline.DueDate(first), Amount: unpaid})
	for q := uint8(1); q <= 4; q++ {
		s.scatter.PriorQuarter(&pipeline.PriorQuarter{NISS: s.niss, Year: int16(year), Version: 1, Quarter: q,
			Definitive: quarter.Definitive, Fee: quarter.Fee})
	}
	return s, nil
}

// account adds four quarters of which the called amounts were paid.
func (s *sampleRows) account(year int, reduction pipeline.Reduction, legal, called money.Cents) {
	for q := uint8(1); q <= 4; q++ {
		s.scatter.Account(&pipeline.AccountQuarter{NISS: s.niss, Year: int16(year), Quarter: q, Category: s.main, Standing: pipeline.Due,
			Reduction: reduction, LegalProvisional: legal, Provisional: called})
		s.scatter.Payment(&pipeline.Payment{NISS: s.niss, Year: int16(year), Quarter: q, PaidOn: pipeline.QuarterEnd(year, int(q)),
			Amount: called})
	}
}

func (s *sampleRows) income(year int, communication string, on pipeline.Date, income money.Cents) {
	s.scatter.Component(&pipeline.Component{NISS: s.niss, Year: int16(year), Communication: communication, CommunicatedOn: on, Nature: 1,
		Income: income})
}
