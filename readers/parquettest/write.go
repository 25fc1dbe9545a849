// Package parquettest writes small Parquet files in the many ways that other programs write them, for the tests of
// the readers: any physical type for a column, any encoding, page version and codec, with or without nulls.
package parquettest

import (
	"bytes"
	"fmt"
	"math/big"
	"strconv"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// Type is how the cells of a column are stored.
type Type uint8

// The types.
const (
	Text         Type = iota // BYTE_ARRAY, string
	Bytes                    // BYTE_ARRAY without a logical type
	Int32                    // INT32, integer
	Int64                    // INT64, integer
	BareInt32                // INT32 without a logical type
	BareInt64                // INT64 without a logical type
	Decimal32                // INT32, DECIMAL
	Decimal64                // INT64, DECIMAL
	DecimalFixed             // FIXED_LEN_BYTE_ARRAY of 12 bytes, DECIMAL
	DecimalBytes             // BYTE_ARRAY, DECIMAL
	Date                     // INT32, DATE
	Boolean                  // BOOLEAN
	Double                   // DOUBLE
	Timestamp                // INT64, TIMESTAMP
	Null                     // INT32, which holds nothing but nulls
)

// Column is a column of a file.
type Column struct {
	Name     string
	Type     Type
	Scale    int // of a DECIMAL
	Optional bool
	Encoding parquet.Encoding // plain unless given
	Few      bool             // written with a dictionary
}

// Options are how a file is written.
type Options struct {
	RowGroup int // rows; 0 is all in one
	PageSize int // bytes; 0 is 1 MiB
	Version2 bool
	Codec    compress.Compression
}

// fixedBytes is the length of a DecimalFixed.
const fixedBytes = 12

// Write makes a file of cells as CSV has them; an empty cell of an Optional column is a null.
func Write(t testing.TB, columns []Column, rows [][]string, o Options) []byte {
	t.Helper()
	var fields schema.FieldList
	properties := []parquet.WriterProperty{
		parquet.WithVersion(parquet.V2_LATEST), parquet.WithDictionaryDefault(false), parquet.WithCompression(o.Codec),
		parquet.WithDataPageVersion(parquet.DataPageV1), parquet.WithBatchSize(16),
	}
	if o.PageSize > 0 {
		properties = append(properties, parquet.WithDataPageSize(int64(o.PageSize)))
	}
	if o.Version2 {
		properties = append(properties, parquet.WithDataPageVersion(parquet.DataPageV2))
	}
	for _, c := range columns {
		fields = append(fields, node(t, c))
		properties = append(properties, parquet.WithDictionaryFor(c.Name, c.Few), parquet.WithEncodingFor(c.Name, c.Encoding))
	}
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := file.NewParquetWriter(&out, root, file.WithWriterProps(parquet.NewWriterProperties(properties...)))
	for first := true; first || len(rows) > 0; first = false {
		n := len(rows)
		if o.RowGroup > 0 {
			n = min(n, o.RowGroup)
		}
		writeGroup(t, w.AppendRowGroup(), columns, rows[:n])
		rows = rows[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func node(t testing.TB, c Column) schema.Node {
	t.Helper()
	repetition := parquet.Repetitions.Required
	if c.Optional {
		repetition = parquet.Repetitions.Optional
	}
	decimal := func(precision int32) schema.LogicalType {
		return schema.NewDecimalLogicalType(precision, int32(c.Scale))
	}
	var logical schema.LogicalType = schema.NoLogicalType{}
	physical, length := parquet.Types.ByteArray, -1
	switch c.Type {
	case Text:
		logical = schema.StringLogicalType{}
	case Int32, BareInt32:
		physical = parquet.Types.Int32
	case Int64, BareInt64:
		physical = parquet.Types.Int64
	case Decimal32:
		physical, logical = parquet.Types.Int32, decimal(9)
	case Decimal64:
		physical, logical = parquet.Types.Int64, decimal(18)
	case DecimalFixed:
		physical, logical, length = parquet.Types.FixedLenByteArray, decimal(28), fixedBytes
	case DecimalBytes:
		logical = decimal(30)
	case Date:
		physical, logical = parquet.Types.Int32, schema.DateLogicalType{}
	case Boolean:
		physical = parquet.Types.Boolean
	case Double:
		physical = parquet.Types.Double
	case Null:
		physical, logical = parquet.Types.Int32, schema.NullLogicalType{}
	case Timestamp:
		physical, logical = parquet.Types.Int64, schema.NewTimestampLogicalType(true, schema.TimeUnitMicros)
	}
	switch c.Type {
	case Int32:
		logical = schema.NewIntLogicalType(32, true)
	case Int64:
		logical = schema.NewIntLogicalType(64, true)
	}
	n, err := schema.NewPrimitiveNodeLogical(c.Name, repetition, logical, physical, length, -1)
	if err != nil {
		t.Fatalf("column %s: %v", c.Name, err)
	}
	return n
}

func writeGroup(t testing.TB, group file.SerialRowGroupWriter, columns []Column, rows [][]string) {
	t.Helper()
	for i, c := range columns {
		chunk, err := group.NextColumn()
		if err != nil {
			t.Fatal(err)
		}
		var levels []int16
		var cells []string
		for _, row := range rows {
			if c.Optional && row[i] == "" {
				levels = append(levels, 0)
				continue
			}
			levels, cells = append(levels, 1), append(cells, row[i])
		}
		if !c.Optional {
			levels = nil
		}
		if err := writeColumn(c, chunk, cells, levels); err != nil {
			t.Fatalf("column %s: %v", c.Name, err)
		}
		if err := chunk.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := group.Close(); err != nil {
		t.Fatal(err)
	}
}

func writeColumn(c Column, chunk file.ColumnChunkWriter, cells []string, levels []int16) (err error) {
	switch w := chunk.(type) {
	case *file.ByteArrayColumnChunkWriter:
		_, err = w.WriteBatch(convert(cells, func(s string) parquet.ByteArray { return text(c, s) }), levels, nil)
	case *file.FixedLenByteArrayColumnChunkWriter:
		_, err = w.WriteBatch(convert(cells, func(s string) parquet.FixedLenByteArray {
			return twosComplement(unscaled(s, c.Scale),
				fixedBytes)
		}), levels, nil)
	case *file.Int32ColumnChunkWriter:
		_, err = w.WriteBatch(convert(cells, func(s string) int32 { return int32(number(c, s)) }), levels, nil)
	case *file.Int64ColumnChunkWriter:
		_, err = w.WriteBatch(convert(cells, func(s string) int64 { return number(c, s) }), levels, nil)
	case *file.BooleanColumnChunkWriter:
		_, err = w.WriteBatch(convert(cells, func(s string) bool { return s == "true" }), levels, nil)
	case *file.Float64ColumnChunkWriter:
		_, err = w.WriteBatch(make([]float64, len(cells)), levels, nil)
	default:
		err = fmt.Errorf("no writer for %T", chunk)
	}
	return err
}

func convert[T any](cells []string, to func(string) T) []T {
	values := make([]T, len(cells))
	for i, cell := range cells {
		values[i] = to(cell)
	}
	return values
}

func text(c Column, cell string) []byte {
	if c.Type != DecimalBytes {
		return []byte(cell)
	}
	n := unscaled(cell, c.Scale)
	return twosComplement(n, n.BitLen()/8+1)
}

// number is a cell as an integer of its type.
func number(c Column, cell string) int64 {
	switch c.Type {
	case Date:
		day, err := time.Parse(time.DateOnly, cell)
		if err != nil {
			panic(err)
		}
		return day.Unix() / (24 * 60 * 60)
	case Decimal32, Decimal64:
		return unscaled(cell, c.Scale).Int64()
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// unscaled is a decimal times ten to the power of the scale.
func unscaled(cell string, scale int) *big.Int {
	r, ok := new(big.Rat).SetString(cell)
	if !ok {
		panic("no number: " + cell)
	}
	r.Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	if !r.IsInt() {
		panic(cell + " has more decimals than its scale")
	}
	return r.Num()
}

// twosComplement is a number in so many bytes, the most significant first.
func twosComplement(n *big.Int, length int) []byte {
	if n.Sign() < 0 {
		n = new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(length)*8))
	}
	return n.FillBytes(make([]byte, length))
}
