package ask

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers/table"
)

// WriteCSV writes the rejects of each input as CSV, in the input's own columns, to be corrected and sent again: create makes the file of an
// input. The rows are those of the batches' files of rejects.
func (f *Rejects) WriteCSV(storage storage.Storage, create func(input string) (io.WriteCloser, error)) error {
	for _, input := range f.Inputs() {
		lines, err := f.linesOf(storage, input)
		if err != nil {
			return err
		}
		file, err := create(input)
		if err != nil {
			return err
		}
		err = csv.NewWriter(file).WriteAll(lines)
		if closing := file.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Inputs are the inputs that have open rejects.
func (f *Rejects) Inputs() (inputs []string) {
	for _, s := range f.Sums {
		if !slices.Contains(inputs, s.Input) {
			inputs = append(inputs, s.Input)
		}
	}
	return inputs
}

// rejectedLine is a row of a batch's rejects as CSV, by column.
type rejectedLine map[string]string

// linesOf are the header and the open rows of an input. A column that the batch of a row did not have yet is empty.
func (f *Rejects) linesOf(storage storage.Storage, input string) ([][]string, error) {
	var header []string
	lines := map[string]map[batch.RejectPlace]rejectedLine{} // by batch
	var rows [][]string
	for _, r := range f.Rows {
		if r.Input != input || lines[r.Batch] != nil {
			continue
		}
		columns, read, err := rejectedLines(storage, r.Batch, input)
		if err != nil {
			return nil, err
		}
		lines[r.Batch] = read
		for i, column := range columns {
			if !slices.Contains(header, column) {
				header = slices.Insert(header, min(i, len(header)), column)
			}
		}
	}
	rows = append(rows, header)
	for _, r := range f.Rows {
		if r.Input != input {
			continue
		}
		line := lines[r.Batch][batch.RejectPlace{Source: r.Source, Row: r.Row}]
		if line == nil {
			return nil, fmt.Errorf("the batch %s has a rejected row of %s that is not in its CSV", r.Batch, r.Source)
		}
		cells := make([]string, len(header))
		for i, column := range header {
			cells[i] = string(table.Neutralise([]byte(line[column]))) // an older program left more as it was
		}
		rows = append(rows, cells)
	}
	return rows, nil
}

// rejectedLines reads the rejects of an input in a batch, by their place, and the columns of its file.
func rejectedLines(storage storage.Storage, name, input string) (columns []string, lines map[batch.RejectPlace]rejectedLine, err error) {
	m, err := batch.Find(storage, name)
	if err != nil {
		return nil, nil, err
	}
	files := m.File(m.About().RejectsCSV(input))
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("the batch %s is of a program that wrote no rejects as CSV: take its rows from the files that it read",
			name)
	}
	file, err := batch.OpenVerified(storage, m, files[0])
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	if columns, err = reader.Read(); err != nil {
		return nil, nil, fmt.Errorf("%s/%s: %w", m.Folder(), files[0].Path, err)
	}
	lines = map[batch.RejectPlace]rejectedLine{}
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			return columns, lines, nil
		} else if err != nil {
			return nil, nil, fmt.Errorf("%s/%s: %w", m.Folder(), files[0].Path, err)
		}
		line := rejectedLine{}
		for i, cell := range cells {
			line[columns[i]] = cell
		}
		row, err := strconv.ParseInt(line["row"], 10, 64)
		if err != nil {
			return nil, nil, fmt.Errorf("%s/%s: no row: %w", m.Folder(), files[0].Path, err)
		}
		lines[batch.RejectPlace{Source: line["source"], Row: row}] = line
	}
}
