package report

import (
	"io"

	"regul/writers/report/page"
	"regul/writers/report/tally"
)

// Write writes the page of a batch in its language. Nothing is written if it can't be made.
func Write(w io.Writer, b *Batch, s *tally.Statistics) error {
	t := teller{page.In(b.Language), meaningful(b), s}
	p := page.Page{
		Words: t.Words, Kind: t.Say("Regularisation of contributions"), Title: t.Sayf("Batch %s", b.Name), Day: b.AsOf,
		DayIs: t.Say("the date of its notices"), Specimen: b.Specimen, Point: t.point(), Headline: t.headline(),
		Against: t.Say("There is no previous batch to compare with."), Summary: t.summary(), Sections: t.sections(),
		Footer: t.Say("Made with the batch by regul. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number."),
	}
	if b.Previous != nil {
		p.Against = t.Sayf("Changes are against the batch %s of %s.", b.Previous.Name, b.Previous.AsOf)
	}
	return p.Write(w)
}
