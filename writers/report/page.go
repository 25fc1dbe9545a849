package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
)

//go:embed templates/*.html templates/report.css
var embedded embed.FS

var templates = template.Must(template.New("report").Funcs(template.FuncMap{"cellsOf": cellsOf}).ParseFS(embedded, "templates/*.html"))

// page is what the template shows, in one language.
type page struct {
	*words
	CSS      template.CSS
	Kind     string // above the title
	Title    string
	Day      string // ISO 8601
	DayIs    string // what it is
	Specimen bool
	Point    string // the sentence with which the page opens
	Headline []figure
	Against  string // what the changes of the headline are against
	Summary  []string
	Sections []section
	Footer   string
	Script   string // that the page runs; "" is none
	Policy   string // that lets it run
}

// Code is the script, as the template takes it.
func (p *page) Code() template.JS { return template.JS(p.Script) }

// figure is one number of the headline, with its change against the previous batch.
type figure struct{ Name, Value, Change string }

// section is a part of the page with a heading. Without blocks it says in one sentence that there is nothing.
type section struct {
	ID, Title string
	Lead      string
	Blocks    []block
	Empty     string // the sentence
}

// block is one of: a text, a chart with its table, a table. A heading may stand above, and Half blocks stand two in a row.
type block struct {
	Heading string
	Text    string
	Chart   *chart
	Slider  *slider // above its table
	Table   *table
	Half    bool
}

// table has a caption and columns; the first cell of a row is its heading.
type table struct {
	Caption string
	Columns []column
	Rows    []row
	Total   row // nil: none
}

// column is a heading; numbers stand to the right; names of files are long and may break anywhere.
type column struct {
	Name   string
	Number bool
	Long   bool
}

// row is one line of a table.
type row []cell

// cell is a text, or a digest in parts between which a line may break.
type cell struct {
	Text  string
	Parts []string
	Link  string // a path from the page; "" is none
}

// cells makes a row of texts.
func cells(texts ...string) row {
	r := make(row, len(texts))
	for i, text := range texts {
		r[i].Text = text
	}
	return r
}

// digestPart is how many digits of a digest stand together: fewer than a national number has.
const digestPart = 8

// digest is a cell with a digest.
func digest(hex string) cell {
	var c cell
	for len(hex) > digestPart {
		c.Parts = append(c.Parts, hex[:digestPart])
		hex = hex[digestPart:]
	}
	c.Parts = append(c.Parts, hex)
	return c
}

// columnCell is a cell with its column.
type columnCell struct {
	cell
	Column column
}

// cellsOf gives the cells of a row their columns.
func cellsOf(columns []column, r row) []columnCell {
	list := make([]columnCell, len(r))
	for i := range r {
		list[i] = columnCell{r[i], columns[i]}
	}
	return list
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

// slider goes through the rows of the table below it.
type slider struct {
	Label    string
	At, Last int
}

//go:embed templates/slider.js
var sliderScript string

// sliderPolicy lets the script of the slider run, and no other.
var sliderPolicy = func() string {
	digest := sha256.Sum256([]byte(sliderScript))
	return "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
}()
