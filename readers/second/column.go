package second

import (
	"fmt"
	"strings"

	"github.com/xitongsys/parquet-go/parquet"
)

// Column is a column as the footer describes it.
type Column struct {
	Name     string
	Type     string // text, int32, int64, decimal(12,2), date, boolean; else what it is stored as
	Optional bool
}

// String is such as "due_date date?": the mark says that the column may hold null.
func (c Column) String() string {
	if c.Optional {
		return c.Name + " " + c.Type + "?"
	}
	return c.Name + " " + c.Type
}

func newColumn(name string, e *parquet.SchemaElement) Column {
	return Column{name, typeOf(e), e.GetRepetitionType() == parquet.FieldRepetitionType_OPTIONAL}
}

func typeOf(e *parquet.SchemaElement) string {
	var logical parquet.ConvertedType = -1
	if e.ConvertedType != nil {
		logical = *e.ConvertedType
	}
	physical := e.GetType()
	switch {
	case physical == parquet.Type_BYTE_ARRAY && logical == parquet.ConvertedType_UTF8:
		return "text"
	case physical == parquet.Type_INT64 && logical == parquet.ConvertedType_DECIMAL:
		return fmt.Sprintf("decimal(%d,%d)", e.GetPrecision(), e.GetScale())
	case physical == parquet.Type_INT32 && logical == parquet.ConvertedType_DATE:
		return "date"
	case physical == parquet.Type_INT32 && (logical == parquet.ConvertedType_INT_32 || logical < 0),
		physical == parquet.Type_INT64 && (logical == parquet.ConvertedType_INT_64 || logical < 0),
		physical == parquet.Type_BOOLEAN:
		return strings.ToLower(physical.String())
	}
	if logical < 0 {
		return strings.ToLower(physical.String())
	}
	return strings.ToLower(physical.String() + " as " + logical.String())
}

// fill takes the values of the library. An error tells the row in the block: a null where none may be, or a value of
// another type than the column's.
func (c *Cells) fill(column *Column, values []any) (row int, err error) {
	c.Nulls, c.Ints, c.Texts = c.Nulls[:0], c.Ints[:0], c.Texts[:0]
	for row, value := range values {
		if column.Optional {
			c.Nulls = append(c.Nulls, value == nil)
		} else if value == nil {
			return row, fmt.Errorf("a null where none may be")
		}
		if column.Type == "text" {
			text, ok := value.(string)
			if !ok && value != nil {
				return row, fmt.Errorf("a value of type %T", value)
			}
			c.Texts = append(c.Texts, text)
			continue
		}
		number, ok := integer(value)
		if !ok {
			return row, fmt.Errorf("a value of type %T", value)
		}
		c.Ints = append(c.Ints, number)
	}
	return 0, nil
}

// integer is a value that is no text as an integer; a null is 0.
func integer(value any) (int64, bool) {
	switch v := value.(type) {
	case nil:
		return 0, true
	case int64:
		return v, true
	case int32:
		return int64(v), true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}
