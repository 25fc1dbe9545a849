// Package parquet writes tables as Parquet files that analysts open with DuckDB, Spark or Power BI: sorted as
// given, row groups of about 122 880 rows, zstd, statistics on every column, money as DECIMAL on
// INT64, days as DATE, codes as dictionary strings.
//
// It owns the physical format alone: which tables and columns there are is said by its callers. It uses the
// low-level column writers of arrow, which are several times faster than its record writers.
package parquet

import (
	"fmt"

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
	Few      bool     // few different values in a row group: written as a dictionary
	Codes    []string // of a Code, at most 256
}

// Schema is the columns of a table, prepared for writing. It is immutable and safe for concurrent use.
type Schema struct {
	Columns    []Column
	node       *schema.GroupNode
	properties *parquet.WriterProperties
	free       freeList
}

// RowGroup is the number of rows of a full row group: the size that DuckDB writes, and prunes by.
const RowGroup = 122_880

// pageSize is the size of a data page before compression, in bytes: small enough for a processor's cache. writeBatch is how
// many cells are handed to arrow at a time; it looks at the size of the page only after each.
const (
	pageSize   = 256 << 10
	writeBatch = RowGroup / 16
)

// NewSchema prepares a table. It panics on a column that can't be written: tables are written in code.
func NewSchema(name string, columns []Column) *Schema {
	fields := make(schema.FieldList, len(columns))
	properties := []parquet.WriterProperty{
		parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithDataPageVersion(parquet.DataPageV1),
		parquet.WithDataPageSize(pageSize),
		parquet.WithBatchSize(writeBatch),
		parquet.WithMaxRowGroupLength(RowGroup),
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCompressionLevel(1),
		parquet.WithDictionaryDefault(false),
		parquet.WithStats(true),
		parquet.WithCreatedBy("regul"),
		parquet.WithRootName(name),
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
		if c.Type == Code || c.Few {
			properties = append(properties, parquet.WithDictionaryFor(c.Name, true))
		}
	}
	node, err := schema.NewGroupNode(name, parquet.Repetitions.Required, fields, -1)
	if err != nil {
		panic(fmt.Sprintf("parquet: table %s: %v", name, err))
	}
	for i := range fields {
		node.Field(i).Path() // arrow caches it at the first call, without a lock: files are opened concurrently
	}
	return &Schema{Columns: columns, node: node, properties: parquet.NewWriterProperties(properties...)}
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

// largest is the largest magnitude that fits a type; out of range values would be narrowed silently.
func (t Type) largest() int64 {
	switch t {
	case Amount:
		return 999_999_999_999
	case Income:
		return 99_999_999_999_999
	case Integer, Date:
		return 1<<31 - 1
	}
	return 1<<63 - 1
}
