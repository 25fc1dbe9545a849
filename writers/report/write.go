package report

import (
	"bytes"
	"embed"
	"html/template"
	"io"
)

//go:embed templates/*.html templates/report.css
var embedded embed.FS

var templates = template.Must(template.New("report").Funcs(template.FuncMap{"cellsOf": cellsOf}).ParseFS(embedded, "templates/*.html"))

// Write writes the page of a batch. Nothing is written if it can't be made.
func Write(w io.Writer, b *Batch, s *Statistics) error {
	p := page{
		Kind: "Regularisation of contributions", Title: "Batch " + b.Name, Day: b.AsOf, DayIs: "the date of its notices", Specimen: b.Specimen,
		Headline: headline(b, s), Summary: summary(b, s),
		Footer: "Made with the batch by regul. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number.",
	}
	if b.Previous != nil {
		p.Against = "Changes are against the batch " + b.Previous.Name + " of " + b.Previous.AsOf + "."
	}
	var err error
	if p.Sections, err = sections(b, s); err != nil {
		return err
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
