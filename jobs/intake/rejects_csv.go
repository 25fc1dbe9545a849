package intake

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/tables"
)

// rejectsCSV writes the rejects as CSV, a file for each input, in the order they are given: by input. A file has the input's own columns,
// for people to correct and send again. What the reader does not ask for, it ignores.
type rejectsCSV struct {
	create func(name string) (io.WriteCloser, error)
	path   func(pipeline.Input) string
	input  pipeline.Input
	file   io.WriteCloser // of the input; nil: none was begun
	line   []byte
}

// write writes one reject of a file, whose rows the splitter splits.
func (w *rejectsCSV) write(file *File, splitter *readers.Splitter, r *tables.Reject) error {
	if err := w.turnTo(file, splitter); err != nil {
		return err
	}
	w.line = w.line[:0]
	content := []byte(r.Content)
	cells, whole := splitter.Cells(content)
	if whole = whole && r.Code != pipeline.BadRow && len(content) < maxContent; whole {
		content = nil
	} else { // as one text beside its number
		cells = make([][]byte, len(splitter.Names()))
		cells[splitter.Key()] = []byte(r.Number) // sent again as it is, the row must keep waiting what waited before
	}
	for _, cell := range cells {
		w.cell(cell)
	}
	w.cell([]byte(r.Code.String()))
	w.cell([]byte(r.Message))
	w.cell([]byte(r.Source))
	w.cell(strconv.AppendInt(nil, r.Row, 10))
	w.cell(content)
	w.line[len(w.line)-1] = '\n'
	_, err := w.file.Write(w.line)
	return err
}

// cell adds a cell to the line, with a comma after it. Line ends become blanks: a reject is one line, which no reader can take for
// several rows.
func (w *rejectsCSV) cell(text []byte) {
	if bytes.ContainsAny(text, "\r\n") {
		text = bytes.TrimSpace(lineEnds.ReplaceAll(text, []byte{' '}))
	}
	w.line = append(table.AppendCSV(w.line, table.Neutralise(text)), ',')
}

var lineEnds = regexp.MustCompile(`[\r\n]+`)

// turnTo begins the file of an input, where it is another one than that of the last row.
func (w *rejectsCSV) turnTo(file *File, splitter *readers.Splitter) (err error) {
	if w.file != nil && w.input == file.Input {
		return nil
	}
	if err := w.close(); err != nil {
		return err
	}
	w.input = file.Input
	if w.file, err = w.create(w.path(file.Input)); err != nil {
		return err
	}
	_, err = io.WriteString(w.file, strings.Join(append(splitter.Names(), batch.RejectsHeader...), ",")+"\n")
	return err
}

// Close completes the file that was begun.
func (w *rejectsCSV) close() error {
	if w.file == nil {
		return nil
	}
	file := w.file
	w.file = nil
	return file.Close()
}
