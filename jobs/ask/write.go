package ask

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/tables"
)

// writeBoth writes a table as Parquet and, with the same columns, as CSV. A table without rows gives no file.
func writeBoth(create func(name string) (io.WriteCloser, error), write func(tables.Create) error) error {
	var content bytes.Buffer
	var name string
	err := write(func(path string) (io.WriteCloser, error) {
		name = path
		return unclosed{&content}, nil
	})
	if err != nil || name == "" {
		return err
	}
	if err := writeFile(create, name, func(w io.Writer) error {
		_, err := w.Write(content.Bytes())
		return err
	}); err != nil {
		return err
	}
	return writeFile(create, strings.TrimSuffix(name, ".parquet")+".csv", func(w io.Writer) error { return asCSV(w, content.Bytes()) })
}

type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

func writeFile(create func(name string) (io.WriteCloser, error), name string, write func(io.Writer) error) error {
	file, err := create(name)
	if err != nil {
		return err
	}
	err = write(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

// asCSV writes the rows of a Parquet file. Texts that a spreadsheet would take for a formula are made harmless.
func asCSV(w io.Writer, content []byte) error {
	opened, err := parquet.Open(bytes.NewReader(content))
	if err != nil {
		return err
	}
	columns := opened.Columns()
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.Name
	}
	out := csv.NewWriter(w)
	out.Write(line) // Error tells it
	err = opened.Blocks(columns, 0, opened.RowGroups(), func(block *table.Block) error {
		for row := range block.Rows {
			for i, c := range columns {
				if line[i] = ""; block.Columns[i].Is(row) {
					cell := table.AppendCell(nil, c.Kind, &block.Columns[i], row)
					if c.Kind == table.Text {
						cell = table.Neutralise(cell)
					}
					line[i] = string(cell)
				}
			}
			out.Write(line) // Error tells it
		}
		return nil
	})
	out.Flush()
	return errors.Join(err, out.Error())
}
