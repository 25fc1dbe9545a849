package readers_test

import (
	"bytes"
	"slices"
	"strconv"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/parquettest"
	writer "regul/writers/parquet"
)

// optionalColumns may be empty.
var optionalColumns = []string{"last_name", "first_name", "street", "postcode", "city", "country", "iban", "mandate",
	"mandate_signed_on", "starter_year", "reduction_granted", "assessment"}

// addedColumns came to the contract later: a file may lack them.
var addedColumns = []string{"addressee", "hold", "if_main", "recovered_on", "late_affiliation", "deferred_to", "surcharges_waived",
	"payment", "purpose", "end_to_end", "admitted_income", "started_on", "ended_on", "copy_name", "copy_street", "copy_postcode", "copy_city",
	"copy_country"}

// isAdded says whether a column came to its input later.
func isAdded(input pipeline.Input, column string) bool {
	return input != pipeline.ConfirmationsInput && slices.Contains(addedColumns, column)
}

func mayBeEmpty(input pipeline.Input, column string) bool {
	return slices.Contains(optionalColumns, column) || isAdded(input, column) || input == pipeline.Payments && column == "quarter" ||
		input == pipeline.ConfirmationsInput && column == "amount"
}

// kindOf is what a column holds.
func kindOf(column string) parquettest.Type {
	switch column {
	case "year", "income_year", "quarter", "starter_year":
		return parquettest.Int32
	case "legal_provisional", "provisional", "amount", "net_income", "admitted_income":
		return parquettest.Decimal64
	case "paid_on", "communicated_on", "mandate_signed_on", "recovered_on", "deferred_to", "started_on", "ended_on", "since", "on":
		return parquettest.Date
	case "reduction_granted", "late_affiliation", "surcharges_waived":
		return parquettest.Boolean
	}
	return parquettest.Text
}

// columnsOf are the columns of an input as a typed file has them.
func columnsOf(input pipeline.Input) []parquettest.Column {
	var columns []parquettest.Column
	for _, name := range readers.Columns(input) {
		columns = append(columns, parquettest.Column{Name: name, Type: kindOf(name), Scale: 2, Optional: mayBeEmpty(input, name)})
	}
	return columns
}

// parquetFormat writes Parquet with columns changed by a function, in row groups and pages of an odd size.
func parquetFormat(name string, o parquettest.Options, change func(*parquettest.Column)) format {
	return format{name, ".parquet", func(t testing.TB, s sheet) []byte {
		columns := columnsOf(s.input)
		for i := range columns {
			change(&columns[i])
		}
		return parquettest.Write(t, columns, s.rows, o)
	}}
}

func asIs(*parquettest.Column) {}

// changed returns a change of the columns of one type.
func changed(from, to parquettest.Type, scale int) func(*parquettest.Column) {
	return func(c *parquettest.Column) {
		if c.Type == from {
			c.Type, c.Scale = to, scale
		}
	}
}

// The ways to write Parquet.
var parquetFormats = []format{
	{"the product's writer", ".parquet", writeProduct},
	parquetFormat("Parquet, typed", parquettest.Options{}, asIs),
	parquetFormat("Parquet, several row groups and small pages", parquettest.Options{RowGroup: 1000, PageSize: 200}, asIs),
	parquetFormat("Parquet, all optional", parquettest.Options{RowGroup: 777}, func(c *parquettest.Column) { c.Optional = true }),
	parquetFormat("Parquet, dictionaries", parquettest.Options{RowGroup: 500},
		func(c *parquettest.Column) { c.Few = c.Type != parquettest.Boolean }),
	parquetFormat("Parquet, numbers as INT64", parquettest.Options{}, func(c *parquettest.Column) {
		switch {
		case c.Name == "niss", c.Name == "niss_before", c.Name == "dossier":
			c.Type = parquettest.Int64
		case c.Type == parquettest.Int32:
			c.Type = parquettest.BareInt64
		}
	}),
	parquetFormat("Parquet, numbers without a logical type", parquettest.Options{}, func(c *parquettest.Column) {
		switch {
		case c.Name == "niss", c.Name == "niss_before":
			c.Type = parquettest.BareInt64
		case c.Name == "dossier", c.Type == parquettest.Int32:
			c.Type = parquettest.BareInt32
		}
	}),
	parquetFormat("Parquet, DECIMAL as INT32", parquettest.Options{}, changed(parquettest.Decimal64, parquettest.Decimal32, 2)),
	parquetFormat("Parquet, DECIMAL as fixed bytes", parquettest.Options{}, changed(parquettest.Decimal64, parquettest.DecimalFixed, 2)),
	parquetFormat("Parquet, DECIMAL as bytes", parquettest.Options{}, changed(parquettest.Decimal64, parquettest.DecimalBytes, 2)),
	parquetFormat("Parquet, DECIMAL with four decimals", parquettest.Options{}, changed(parquettest.Decimal64, parquettest.Decimal64, 4)),
	parquetFormat("Parquet, DECIMAL with nine decimals as bytes", parquettest.Options{PageSize: 100},
		changed(parquettest.Decimal64, parquettest.DecimalBytes, 9)),
	parquetFormat("Parquet, text for everything", parquettest.Options{}, func(c *parquettest.Column) { c.Type = parquettest.Text }),
	parquetFormat("Parquet, optional text without a logical type in dictionaries", parquettest.Options{RowGroup: 100},
		func(c *parquettest.Column) {
			c.Type, c.Few, c.Optional = parquettest.Bytes, true, true
		}),
	parquetFormat("Parquet, pages of version 2", parquettest.Options{Version2: true, PageSize: 300, Codec: compress.Codecs.Zstd}, asIs),
	parquetFormat("Parquet, Snappy", parquettest.Options{Codec: compress.Codecs.Snappy}, asIs),
	parquetFormat("Parquet, gzip", parquettest.Options{Codec: compress.Codecs.Gzip}, asIs),
	parquetFormat("Parquet, Brotli", parquettest.Options{Codec: compress.Codecs.Brotli}, asIs),
	parquetFormat("Parquet, differences", parquettest.Options{Codec: compress.Codecs.Zstd, PageSize: 500}, func(c *parquettest.Column) {
		switch c.Type {
		case parquettest.Int32, parquettest.Decimal64, parquettest.Date:
			c.Encoding = parquet.Encodings.DeltaBinaryPacked
		case parquettest.Text:
			c.Encoding = parquet.Encodings.DeltaLengthByteArray
		case parquettest.Boolean:
			c.Encoding = parquet.Encodings.RLE
		}
	}),
	parquetFormat("Parquet, shared prefixes", parquettest.Options{Version2: true}, func(c *parquettest.Column) {
		if c.Type == parquettest.Text {
			c.Encoding = parquet.Encodings.DeltaByteArray
		}
	}),
	{"Parquet, shuffled columns", ".parquet", func(t testing.TB, s sheet) []byte {
		names, rows := shuffled(s)
		var columns []parquettest.Column
		for _, name := range names {
			c := parquettest.Column{Name: name, Type: kindOf(name), Scale: 2, Optional: mayBeEmpty(s.input, name)}
			if name == "Remark" {
				c.Type = parquettest.Double
			}
			columns = append(columns, c)
		}
		return parquettest.Write(t, columns, rows, parquettest.Options{RowGroup: 999})
	}},
}

// writeProduct writes a sheet as the product writes its own tables.
func writeProduct(t testing.TB, s sheet) []byte {
	types := map[parquettest.Type]writer.Type{parquettest.Text: writer.Text, parquettest.Int32: writer.Integer,
		parquettest.Decimal64: writer.Income, parquettest.Date: writer.Date, parquettest.Boolean: writer.Boolean}
	of := columnsOf(s.input)
	if len(s.rows) > 0 {
		of = of[:len(s.rows[0])] // a generated sheet lacks the optional columns that came later
	}
	var columns []writer.Column
	for _, c := range of {
		columns = append(columns, writer.Column{Name: c.Name, Type: types[c.Type], Optional: c.Optional})
	}
	var out bytes.Buffer
	w := writer.NewSchema(s.input.String(), columns).NewWriter(&out)
	for _, row := range s.rows {
		for i, cell := range row {
			switch {
			case columns[i].Type == writer.Text:
				w.AppendOptional(i, func(dst []byte) []byte { return append(dst, cell...) })
				continue
			case columns[i].Optional && cell == "":
				w.Null(i)
				continue
			case columns[i].Optional:
				w.Present(i)
			}
			w.Int(i, cellValue(t, columns[i].Type, cell))
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// cellValue is a cell as the product's writer takes it.
func cellValue(t testing.TB, kind writer.Type, cell string) int64 {
	t.Helper()
	switch kind {
	case writer.Income:
		cents, err := money.Parse(cell)
		if err != nil {
			t.Fatal(err)
		}
		return int64(cents)
	case writer.Date:
		day, ok := pipeline.ParseDate([]byte(cell))
		if !ok {
			t.Fatalf("no date: %q", cell)
		}
		return int64(day)
	case writer.Boolean:
		if cell == "true" {
			return 1
		}
		return 0
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
