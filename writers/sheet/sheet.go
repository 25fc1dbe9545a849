// Package sheet writes rows for people who open them in a spreadsheet: as CSV, or as XLSX with typed cells. What the columns are is said
// by its callers.
package sheet

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"regul/pipeline/money"
	"regul/readers/table"
)

// Writer takes the rows of one table.
type Writer interface {
	// Write takes the cells of a row of a block, one for each column.
	Write(b *table.Block, row int) error
	// Close completes the file. The sink is not closed.
	Close() error
}

// csvWriter writes UTF-8 with commas, decimal points and ISO days, as regul reads them.
type csvWriter struct {
	to      io.Writer
	columns []table.Column
	line    []byte
	cell    []byte
}

// NewCSV starts a CSV file with a header. Texts that a spreadsheet would take for a formula are made harmless.
func NewCSV(to io.Writer, columns []table.Column) (Writer, error) {
	w := &csvWriter{to: to, columns: columns}
	for _, c := range columns {
		w.line = append(append(w.line, c.Name...), ',')
	}
	return w, w.end()
}

func (w *csvWriter) Write(b *table.Block, row int) error {
	for i, c := range w.columns {
		if v := &b.Columns[i]; v.States[row] == table.Value {
			w.cell = table.AppendCell(w.cell[:0], c.Kind, v, row)
			if c.Kind == table.Text {
				w.cell = table.Neutralise(w.cell)
			}
			w.line = table.AppendCSV(w.line, w.cell)
		}
		w.line = append(w.line, ',')
	}
	return w.end()
}

// end writes the line.
func (w *csvWriter) end() error {
	w.line[len(w.line)-1] = '\n'
	_, err := w.to.Write(w.line)
	w.line = w.line[:0]
	return err
}

func (w *csvWriter) Close() error { return nil }

// maxRows is how many rows a sheet of Excel holds; further ones go to another sheet.
const maxRows = excelize.TotalRows

// xlsxWriter writes amounts as numbers with two decimals, days as dates and all else as it is: numbers of people stay texts, with
// their leading zeros.
type xlsxWriter struct {
	to        io.Writer
	name      string
	columns   []table.Column
	file      *excelize.File
	stream    *excelize.StreamWriter
	sheets    int
	row       int // the last one of the sheet
	amount    int // styles
	date      int
	sheetRows int // of a sheet, the header among them
}

// NewXLSX starts a workbook of one table.
func NewXLSX(to io.Writer, name string, columns []table.Column) (Writer, error) {
	return newXLSX(to, name, columns, maxRows)
}

func newXLSX(to io.Writer, name string, columns []table.Column, sheetRows int) (Writer, error) {
	w := &xlsxWriter{to: to, name: name, columns: columns, file: excelize.NewFile(), sheetRows: sheetRows}
	var err error
	twoDecimals, day := "0.00", "yyyy-mm-dd"
	if w.amount, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &twoDecimals}); err != nil {
		return nil, err
	}
	if w.date, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &day}); err != nil {
		return nil, err
	}
	return w, w.turn()
}

// turn completes the sheet and starts the next one, with a header that stays in view.
func (w *xlsxWriter) turn() (err error) {
	if w.stream != nil {
		if err := w.stream.Flush(); err != nil {
			return err
		}
	}
	w.sheets++
	name := w.name
	if w.sheets == 1 {
		err = w.file.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s %d", w.name, w.sheets)
		_, err = w.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if w.stream, err = w.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(w.columns))
	for i, c := range w.columns {
		header[i] = c.Name
	}
	w.row = 1
	return w.stream.SetRow("A1", header)
}

func (w *xlsxWriter) Write(b *table.Block, row int) error {
	if w.row == w.sheetRows {
		if err := w.turn(); err != nil {
			return err
		}
	}
	w.row++
	cells := make([]any, len(w.columns))
	for i, c := range w.columns {
		if v := &b.Columns[i]; v.States[row] == table.Value {
			cells[i] = w.cell(c.Kind, v, row)
		}
	}
	return w.stream.SetRow("A"+strconv.Itoa(w.row), cells)
}

const secondsPerDay = 24 * 60 * 60

// cell is a cell with its type. An amount of at most 15 digits is exact: the workbook holds its shortest decimal.
func (w *xlsxWriter) cell(kind table.Kind, v *table.Vector, row int) any {
	switch kind {
	case table.Text:
		return string(v.Texts[row])
	case table.Amount:
		euros, _ := strconv.ParseFloat(string(money.Cents(v.Ints[row]).Append(nil)), 64)
		return excelize.Cell{StyleID: w.amount, Value: euros}
	case table.Date:
		return excelize.Cell{StyleID: w.date, Value: time.Unix(v.Ints[row]*secondsPerDay, 0).UTC()}
	case table.Boolean:
		return v.Ints[row] == 1
	}
	return v.Ints[row]
}

func (w *xlsxWriter) Close() error {
	if err := w.stream.Flush(); err != nil {
		return err
	}
	if _, err := w.file.WriteTo(w.to); err != nil {
		return err
	}
	return w.file.Close()
}
