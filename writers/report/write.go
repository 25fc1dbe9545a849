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

// Write writes the page. Nothing is written if it can't be made.
func Write(w io.Writer, b *Batch, s *Statistics) error {
	css, err := embedded.ReadFile("templates/report.css")
	if err != nil {
		return err
	}
	p := page{Batch: b, CSS: template.CSS(css), Headline: headline(b, s), Summary: summary(b, s)}
	if p.Sections, err = sections(b, s); err != nil {
		return err
	}
	var text bytes.Buffer
	if err := templates.ExecuteTemplate(&text, "report.html", &p); err != nil {
		return err
	}
	_, err = w.Write(text.Bytes())
	return err
}
