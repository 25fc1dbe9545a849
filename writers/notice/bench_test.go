package notice

import (
	"slices"
	"testing"
	"time"

	"regul/fixtures/population"
	"regul/pipeline"
	"regul/pipeline/law"
)

// counter counts the bytes that are written.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// mix is the settlements of a synthetic fund whose affiliates must be told, by language.
func mix(tb testing.TB, people int) (all [4][]*pipeline.Settlement) {
	tb.Helper()
	made, err := population.New(population.Options{Affiliates: people, Seed: 7, BadRows: -1})
	if err != nil {
		tb.Fatal(err)
	}
	l := standard(tb)
	scatter := pipeline.Scatter{Contacts: true}
	var person population.Person
	for i := range people {
		made.Person(i, &person)
		scatterPerson(&scatter, l, &person)
	}
	_, err = pipeline.People.Run(tb.Context(),
		pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{&scatter}, pipeline.ShardRows),
		pipeline.Parameters{AsOf: day(tb, asOf), Law: l, Fees: fees(l)}, 1, printer(func(s *pipeline.Settlement) {
			if s.Notable() {
				all[s.Party.Language] = append(all[s.Party.Language], clone(s))
			}
		}), func(*pipeline.Decisions) {})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func scatterPerson(s *pipeline.Scatter, l *law.Law, person *population.Person) {
	date := func(d population.Day) pipeline.Date {
		if d == 0 {
			return 0
		}
		year, month, day := d.Civil()
		return pipeline.DateOf(year, time.Month(month), day)
	}
	for _, a := range person.Affiliates {
		s.Affiliate(&pipeline.Affiliate{NISS: pipeline.NISS(a.NISS), Dossier: pipeline.Dossier{Number: uint32(a.Dossier), Digits: 8},
			Language: pipeline.Language(slices.Index(pipeline.Languages(), a.Language)), Contact: pipeline.Contact{
				LastName: a.LastName, FirstName: a.FirstName, Street: string(a.Street), Postcode: a.Postcode, City: a.City,
				Country: a.Country, IBAN: string(a.IBAN), Mandate: string(a.Mandate), MandateSignedOn: date(a.MandateSignedOn)}})
	}
	for _, q := range person.Account {
		category, _ := l.Category(q.Category)
		s.Account(&pipeline.AccountQuarter{NISS: pipeline.NISS(q.NISS), Year: int16(q.Year), Quarter: uint8(q.Quarter), Category: category,
			Standing: pipeline.Standing(slices.Index(pipeline.Standings(), q.Standing)), Starter: uint8(q.StarterYear),
			Reduction: pipeline.Reduction(q.ReductionGranted), LegalProvisional: q.LegalProvisional, Provisional: q.Provisional})
	}
	for _, p := range person.Payments {
		s.Payment(&pipeline.Payment{NISS: pipeline.NISS(p.NISS), Year: int16(p.Year), Quarter: uint8(p.Quarter), PaidOn: date(p.PaidOn),
			Amount: p.Amount})
	}
	for _, r := range person.Revenue {
		s.Component(&pipeline.Component{NISS: pipeline.NISS(r.NISS), Year: int16(r.IncomeYear), Communication: string(r.Communication),
			CommunicatedOn: date(r.CommunicatedOn), Nature: 1, Assessment: string(r.Assessment), Income: r.NetIncome})
	}
}

// BenchmarkLetters writes files of 1000 letters, a language after the other, on one core.
func BenchmarkLetters(b *testing.B) {
	p := press(b, false)
	letters := mix(b, 6000)
	var written counter
	count := 0
	b.ReportAllocs()
	for b.Loop() {
		for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
			for batch := range slices.Chunk(letters[language], MaxLetters) {
				placed, err := p.Write(&written, "2026-06-30-93171ce0", language, each(batch))
				if err != nil {
					b.Fatal(err)
				}
				count += len(placed)
			}
		}
	}
	b.ReportMetric(float64(count)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(written)/float64(count), "B/letter")
}
