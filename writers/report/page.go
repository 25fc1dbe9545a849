package report

import "html/template"

// page is what the template shows.
type page struct {
	CSS        template.CSS
	Kind       string // above the title
	Title      string
	Day, DayIs string // ISO 8601, and what it is
	Specimen   bool
	Headline   []figure
	Against    string // what the changes of the headline are against; "" is none
	Summary    []string
	Sections   []section
	Footer     string
}

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
}

// text is a column of texts, numeric one of numbers, files one of names of files.
func text(name string) column    { return column{Name: name} }
func numeric(name string) column { return column{Name: name, Number: true} }
func files(name string) column   { return column{Name: name, Long: true} }

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
