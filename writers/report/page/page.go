package page

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

var templates = template.Must(template.New("report").Funcs(template.FuncMap{"cellsOf": cellsOf, "tied": tied}).ParseFS(embedded, "templates/*.html"))

// Page is what the template shows, in one language.
type Page struct {
	*Words
	CSS      template.CSS
	Kind     string // above the title
	Title    string
	Day      string // ISO 8601
	DayIs    string // what it is
	Specimen bool
	Point    string // the sentence with which the page opens
	Headline []Figure
	Against  string // what the changes of the headline are against
	Summary  []string
	Sections []Section
	Footer   string
	Script   string // that the page runs; "" is none
	Policy   string // that lets it run
}

// Code is the script, as the template takes it.
func (p *Page) Code() template.JS { return template.JS(p.Script) }

// Figure is one number of the headline, with its change against the previous batch.
type Figure struct{ Name, Value, Change string }

// Section is a part of the page with a heading. Without blocks it says in one sentence that there is nothing.
type Section struct {
	ID, Title string
	Lead      string
	Steps     bool // its tables are the lines of one calculation
	Blocks    []Block
	Empty     string // the sentence
}

// Block is one of: a text, a chart with its table, a table. A heading may stand above, and Half blocks stand two in a row.
type Block struct {
	Heading string
	Text    string
	Chart   *Chart
	Slider  *Slider // above its table
	Table   *Table
	Half    bool
}

// Table has a caption and columns; the first cell of a row is its heading.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
	Total   Row // nil: none
}

// Column is a heading; numbers stand to the right; names of files are long and may break anywhere.
type Column struct {
	Name   string
	Number bool
	Long   bool
}

// Row is one line of a table.
type Row []Cell

// Cell is a text, or a digest in parts between which a line may break.
type Cell struct {
	Text  string
	Parts []string
	Link  string // a path from the page; "" is none
}

// Cells makes a row of texts.
func Cells(texts ...string) Row {
	r := make(Row, len(texts))
	for i, text := range texts {
		r[i].Text = text
	}
	return r
}

// digestPart is how many digits of a digest stand together: fewer than a national number has.
const digestPart = 8

// Digest is a cell with a digest.
func Digest(hex string) Cell {
	var c Cell
	for len(hex) > digestPart {
		c.Parts = append(c.Parts, hex[:digestPart])
		hex = hex[digestPart:]
	}
	c.Parts = append(c.Parts, hex)
	return c
}

// columnCell is a cell with its column. The template looks embedded fields up much more slowly.
type columnCell struct {
	First  bool // of its row
	Cell   Cell
	Column Column
}

// cellsOf gives the cells of a row their columns.
func cellsOf(columns []Column, r Row) []columnCell {
	list := make([]columnCell, len(r))
	for i := range r {
		list[i] = columnCell{i == 0, r[i], columns[i]}
	}
	return list
}

// Write fills the template in. Nothing is written if that fails.
func (p *Page) Write(w io.Writer) error {
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

// Slider goes through the rows of the table below it.
type Slider struct {
	Label    string
	At, Last int
}

//go:embed templates/slider.js
var SliderScript string

// SliderPolicy lets the script of the slider run, and no other.
var SliderPolicy = func() string {
	digest := sha256.Sum256([]byte(SliderScript))
	return "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
}()
