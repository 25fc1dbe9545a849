package parquet

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"regul/pipeline"
	"regul/readers/table"
)

// convert brings a batch into the cells of a block.
type convert func(c *chunk, v *table.Vector, rows int)

// errNested says that a cell is more than a value.
var errNested = errors.New("each row holds a list or a group of values: write one value a row")

// converter finds how a column of a file becomes a column of a block. Text is parsed for any kind; a type that
// would need a guess (a float, a scale unknown) is refused.
func converter(column *schema.Column, wanted table.Column) (convert, error) {
	if column.MaxRepetitionLevel() > 0 || column.MaxDefinitionLevel() > 1 {
		return nil, errNested
	}
	physical, logical := column.PhysicalType(), column.LogicalType()
	decimal, isDecimal := logical.(*schema.DecimalLogicalType)
	_, isDate := logical.(schema.DateLogicalType)
	_, isNumber := logical.(*schema.IntLogicalType)
	plain := !isDecimal && !isDate && (isNumber || logical.IsNone() || !logical.IsValid())
	whole := physical == parquet.Types.Int32 || physical == parquet.Types.Int64
	_, isNull := logical.(schema.NullLogicalType)
	switch {
	case isNull && whole:
		return fromNulls, nil
	case physical == parquet.Types.ByteArray && !isDecimal:
		return fromText(wanted.Kind), nil
	case wanted.Kind == table.Text && whole && plain:
		return fromDigits(wanted.Digits), nil
	case wanted.Kind == table.Integer && whole && plain:
		return fromRange(0, 999_999_999), nil
	case wanted.Kind == table.Date && physical == parquet.Types.Int32 && isDate:
		return fromRange(firstDay, lastDay), nil
	case wanted.Kind == table.Boolean && physical == parquet.Types.Boolean:
		return fromBooleans, nil
	case wanted.Kind == table.Boolean && whole && plain:
		return fromRange(0, 1), nil
	case wanted.Kind == table.Amount && isDecimal:
		return fromDecimals(physical, int(decimal.Scale()), 2, math.MinInt64)
	case wanted.Kind == table.Decimal && isDecimal:
		return fromDecimals(physical, int(decimal.Scale()), 4, 0)
	case wanted.Kind == table.Decimal && whole && plain:
		return fromDecimals(physical, 0, 4, 0)
	}
	return nil, unfit(physical, logical, wanted.Kind)
}

// The days that a file may hold.
var (
	firstDay = int64(pipeline.DateOf(pipeline.FirstYear, time.January, 1))
	lastDay  = int64(pipeline.DateOf(pipeline.LastYear, time.December, 31))
)

func fromText(kind table.Kind) convert {
	return func(c *chunk, v *table.Vector, rows int) {
		if kind == table.Text && c.count == rows {
			for row, text := range c.texts[:rows] {
				if len(text) > 0 && (mayBeBlank(text[0]) || mayBeBlank(text[len(text)-1])) {
					text = table.Trim(text)
				}
				if v.Texts[row] = text; len(text) == 0 {
					v.States[row] = table.Empty
				}
			}
			return
		}
		c.each(rows, func(row, at int) { v.Set(row, kind, table.Trim(c.texts[at])) }, func(row int) { v.States[row] = table.Empty })
	}
}

// mayBeBlank says whether a blank may begin or end with a byte.
func mayBeBlank(b byte) bool { return b <= ' ' || b >= utf8.RuneSelf }

// fromDigits makes texts of numbers, of at least so many digits.
func fromDigits(digits int) convert {
	return func(c *chunk, v *table.Vector, rows int) {
		c.digits = c.digits[:0]
		fromIntegers(func(v *table.Vector, row int, value int64) {
			start := len(c.digits)
			c.digits = appendPadded(c.digits, value, digits)
			v.Texts[row] = c.digits[start:len(c.digits):len(c.digits)]
		})(c, v, rows)
	}
}

// appendPadded appends a number in at least so many digits.
func appendPadded(dst []byte, n int64, digits int) []byte {
	var buffer [20]byte
	text := strconv.AppendInt(buffer[:0], n, 10)
	for missing := digits - len(text); missing > 0 && n >= 0; missing-- {
		dst = append(dst, '0')
	}
	return append(dst, text...)
}

// fromRange takes numbers as they are; those out of range, which 0 is in, can't be read.
func fromRange(lowest, highest int64) convert {
	return func(c *chunk, v *table.Vector, rows int) {
		if c.count < rows {
			fromIntegers(func(v *table.Vector, row int, value int64) { v.Ints[row] = value })(c, v, rows)
		} else {
			copy(v.Ints, c.numbers[:rows])
		}
		for row, value := range v.Ints[:rows] {
			if value < lowest || value > highest {
				v.States[row] = table.Unreadable
			}
		}
	}
}

func fromIntegers(set func(v *table.Vector, row int, value int64)) convert {
	return func(c *chunk, v *table.Vector, rows int) {
		c.each(rows, func(row, at int) { set(v, row, c.numbers[at]) }, func(row int) { v.States[row] = table.Empty })
	}
}

// fromNulls takes a column that says it holds nulls alone. A value in it can't be read.
func fromNulls(c *chunk, v *table.Vector, rows int) {
	c.each(rows, func(row, at int) { v.States[row] = table.Unreadable }, func(row int) { v.States[row] = table.Empty })
}

func fromBooleans(c *chunk, v *table.Vector, rows int) {
	c.each(rows, func(row, at int) { v.Ints[row] = c.numbers[at] }, func(row int) { v.States[row] = table.Empty })
}

// fromDecimals reads a decimal of any scale from 0 to 18 in units of so many decimal places; further decimals that are not zero,
// and values below the lowest, can't be read. Where every number is one, what is too large for 64 bits is the largest of its sign, as in a
// text.
func fromDecimals(physical parquet.Type, scale, places int, lowest int64) (convert, error) {
	if scale < 0 || scale > 18 {
		return nil, fmt.Errorf("a decimal of scale %s can't be read", strconv.Itoa(scale))
	}
	multiply, divide := int64(1), int64(1)
	for s := scale; s < places; s++ {
		multiply *= 10
	}
	for s := scale; s > places; s-- {
		divide *= 10
	}
	large := func(v *table.Vector, row int, value *big.Int) {
		n, rest := value.QuoRem(value, big.NewInt(divide), new(big.Int))
		n.Mul(n, big.NewInt(multiply))
		switch {
		case rest.Sign() != 0 || lowest != math.MinInt64:
			v.States[row] = table.Unreadable
		case n.IsInt64():
			v.Ints[row] = n.Int64()
		case n.Sign() < 0:
			v.Ints[row] = math.MinInt64
		default:
			v.Ints[row] = math.MaxInt64
		}
	}
	set := func(v *table.Vector, row int, value int64) {
		kept := value / divide
		v.Ints[row] = kept * multiply
		if v.Ints[row]/multiply != kept {
			large(v, row, big.NewInt(value))
		} else if kept*divide != value || v.Ints[row] < lowest {
			v.States[row] = table.Unreadable
		}
	}
	if physical == parquet.Types.Int32 || physical == parquet.Types.Int64 {
		if scale == places {
			return fromRange(lowest, math.MaxInt64), nil
		}
		return fromIntegers(set), nil
	}
	return func(c *chunk, v *table.Vector, rows int) {
		c.each(rows, func(row, at int) {
			if value, ok := bigEndian(c.texts[at]); ok {
				set(v, row, value)
			} else if len(c.texts[at]) > 0 {
				large(v, row, twosComplement(c.texts[at]))
			} else {
				v.States[row] = table.Unreadable
			}
		}, func(row int) { v.States[row] = table.Empty })
	}, nil
}

// bigEndian reads a two's complement number, most significant byte first; false when it does not fit 64 bits.
func bigEndian(bytes []byte) (int64, bool) {
	if len(bytes) == 0 {
		return 0, false
	}
	value := int64(int8(bytes[0])) >> 7 // 0 or -1
	for i, b := range bytes {
		if i < len(bytes)-8 && b != byte(value) {
			return 0, false
		}
		value = value<<8 | int64(b)
	}
	negative := bytes[0] >= 0x80
	return value, (value < 0) == negative
}
