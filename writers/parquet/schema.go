// Package parquet writes tables as Parquet files that analysts open with DuckDB, Spark or Power BI: sorted as
// given, row groups of about 122 880 rows, zstd, statistics on every column, money as DECIMAL on
// INT64, days as DATE, codes as dictionary strings.
//
// It owns the physical format alone: which tables and columns there are is said by its callers. The pages are encoded here,
// into memory that files lend each other: arrow's column writers allocate for every value or page, hash every value of a
// dictionary, and take half as long again. Arrow knows what a schema and a footer are: it writes those.
package parquet

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// Type is the type of a column.
type Type uint8

// The types of columns. Every value but Text is given as an int64.
const (
	Text    Type = iota // string
	Code                // string of a closed list, given as its position in Column.Codes
	Integer             // INT32
	Long                // INT64
	Amount              // DECIMAL(12,2), in cents
	Income              // DECIMAL(14,2), in cents
	Date                // days since 1970-01-01
	Boolean             // 0 or 1
)

// Column describes one column of a table.
type Column struct {
	Name     string
	Type     Type
	Optional bool     // may hold null
	Codes    []string // of a Code, at most 256
}

// Schema is the columns of a table, prepared for writing. It is immutable and safe for concurrent use.
type Schema struct {
	Columns    []Column
	tree       *schema.Schema
	properties *parquet.WriterProperties
	free       freeList
}

// RowGroup is the number of rows of a full row group: the size that DuckDB writes, and prunes by.
const RowGroup = 122_880

// pageSize is about the size of a page of data before compression, in bytes: what zstd compresses best, and fastest.
const pageSize = 64 << 10

// NewSchema prepares a table. It panics on a column that can't be written: tables are written in code.
func NewSchema(name string, columns []Column) *Schema {
	fields := make(schema.FieldList, len(columns))
	properties := []parquet.WriterProperty{
		parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCreatedBy(createdBy()),
	}
	for i, c := range columns {
		repetition := parquet.Repetitions.Required
		if c.Optional {
			repetition = parquet.Repetitions.Optional
		}
		logical, physical := types(c.Type)
		node, err := schema.NewPrimitiveNodeLogical(c.Name, repetition, logical, physical, 0, -1)
		if err != nil {
			panic(fmt.Sprintf("parquet: column %s: %v", c.Name, err))
		}
		fields[i] = node
	}
	root, err := schema.NewGroupNode(name, parquet.Repetitions.Required, fields, -1)
	if err != nil {
		panic(fmt.Sprintf("parquet: table %s: %v", name, err))
	}
	for i := range fields {
		root.Field(i).Path() // arrow caches it at the first call, without a lock: files are written concurrently
	}
	return &Schema{Columns: columns, tree: schema.NewSchema(root), properties: parquet.NewWriterProperties(properties...)}
}

func types(t Type) (schema.LogicalType, parquet.Type) {
	switch t {
	case Text, Code:
		return schema.StringLogicalType{}, parquet.Types.ByteArray
	case Integer:
		return schema.NewIntLogicalType(32, true), parquet.Types.Int32
	case Long:
		return schema.NewIntLogicalType(64, true), parquet.Types.Int64
	case Amount:
		return schema.NewDecimalLogicalType(12, 2), parquet.Types.Int64
	case Income:
		return schema.NewDecimalLogicalType(14, 2), parquet.Types.Int64
	case Date:
		return schema.DateLogicalType{}, parquet.Types.Int32
	case Boolean:
		return schema.NoLogicalType{}, parquet.Types.Boolean
	}
	panic(fmt.Sprintf("parquet: there is no column type %d", t))
}

// holds says whether numbers from the lowest to the highest fit a type; those out of its range would be narrowed silently.
func (t Type) holds(lowest, highest int64) bool {
	largest := int64(math.MaxInt64)
	switch t {
	case Amount:
		largest = 999_999_999_999
	case Income:
		largest = 99_999_999_999_999
	case Integer, Date:
		largest = math.MaxInt32
	}
	return lowest >= -largest && highest <= largest
}

// width is how many bytes a number of a type takes.
func (t Type) width() int {
	if t == Integer || t == Date {
		return 4
	}
	return 8
}

// append appends numbers as PLAIN has them.
func (t Type) append(dst []byte, numbers []int64) []byte {
	start, width := len(dst), t.width()
	dst = slices.Grow(dst, len(numbers)*width)[:start+len(numbers)*width]
	to := dst[start:]
	if width == 4 {
		for i, n := range numbers {
			binary.LittleEndian.PutUint32(to[4*i:], uint32(n))
		}
		return dst
	}
	for i, n := range numbers {
		binary.LittleEndian.PutUint64(to[8*i:], uint64(n))
	}
	return dst
}

// bounds are the bounds of numbers; none if the one is larger than the other.
func (t Type) bounds(lowest, highest int64) bounds {
	if lowest > highest {
		return bounds{}
	}
	return bounds{t.append(nil, []int64{lowest}), t.append(nil, []int64{highest})}
}
