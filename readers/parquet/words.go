package parquet

import (
	"fmt"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"regul/readers/table"
)

// expected is what a column must be, and how a program writes that.
var expected = map[table.Kind]string{
	table.Text: "a string", table.Integer: "a whole number (INT32 or INT64) or a string", table.Amount: "DECIMAL(p,2) or a string",
	table.Date: "DATE or a string such as 2023-06-30", table.Boolean: "a boolean", table.Decimal: "DECIMAL(p,4) or a string",
}

// unfit says that a column has a type from which a kind can't be read, and what to do.
func unfit(physical parquet.Type, logical schema.LogicalType, kind table.Kind) error {
	what := fmt.Sprintf("it holds %s, but must be %s", inWords(physical, logical), expected[kind])
	switch _, timestamp := logical.(*schema.TimestampLogicalType); {
	case timestamp && kind == table.Date:
		return fmt.Errorf("%s: cast it to a date before it is written", what)
	case physical == parquet.Types.Float || physical == parquet.Types.Double:
		return fmt.Errorf("%s: a float does not hold every number exactly; cast it before it is written", what)
	}
	return fmt.Errorf("%s: cast it before it is written", what)
}

// inWords is a type as its user knows it.
func inWords(physical parquet.Type, logical schema.LogicalType) string {
	switch l := logical.(type) {
	case *schema.TimestampLogicalType:
		return "timestamps (a day with a time)"
	case *schema.TimeLogicalType:
		return "times of day"
	case schema.DateLogicalType:
		return "dates"
	case *schema.DecimalLogicalType:
		return fmt.Sprintf("DECIMAL(%d,%d)", l.Precision(), l.Scale())
	}
	switch physical {
	case parquet.Types.Boolean:
		return "booleans"
	case parquet.Types.Int32, parquet.Types.Int64:
		return "whole numbers"
	case parquet.Types.Int96:
		return "timestamps of an older kind (INT96)"
	case parquet.Types.Float, parquet.Types.Double:
		return "floating-point numbers (DOUBLE)"
	case parquet.Types.FixedLenByteArray:
		return "bytes of a fixed length"
	}
	return "strings"
}
