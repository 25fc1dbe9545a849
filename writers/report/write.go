package report

import (
	"io"

	"regul/writers/report/tally"
)

// Write writes the page of a batch in its language. Nothing is written if it can't be made.
func Write(w io.Writer, b *Batch, s *tally.Statistics) error {
	t := teller{in(b.Language), b, s}
	p := page{
		words: t.words, Kind: t.t("Regularisation of contributions"), Title: t.f("Batch %s", b.Name), Day: b.AsOf,
		DayIs: t.t("the date of its notices"), Specimen: b.Specimen, Point: t.point(), Headline: t.headline(),
		Against: t.t("There is no previous batch to compare with."), Summary: t.summary(), Sections: t.sections(),
		Footer: t.t("Made with the batch by regul. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number."),
	}
	if b.Previous != nil {
		p.Against = t.f("Changes are against the batch %s of %s.", b.Previous.Name, b.Previous.AsOf)
	}
	return p.write(w)
}
