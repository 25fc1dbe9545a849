package report

import (
	"bytes"
	"embed"
	"html/template"
	"io"

	"regul/writers/report/tally"
)

//go:embed templates/*.html templates/report.css
var embedded embed.FS

var templates = template.Must(template.New("report").Funcs(template.FuncMap{"cellsOf": cellsOf}).ParseFS(embedded, "templates/*.html"))

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

// write fills the template in. Nothing is written if that fails.
func (p *page) write(w io.Writer) error {
	css, err := embedded.ReadFile("templates/report.css")
	if err != nil {
		return err
	}
	p.CSS = template.CSS(css)
	var text bytes.Buffer
	if err := templates.ExecuteTemplate(&text, "report.html", p); err != nil {
		return err
	}
	_, err = w.Write(text.Bytes())
	return err
}
