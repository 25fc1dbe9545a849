package parquet

import (
	"math/big"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v17/parquet/schema"

	"regul/readers/table"
)

// RowText is a row of the last block as CSV, in the order of the columns that were asked for; those that the file lacks are left out.
func (s *Source) RowText(row int) []byte {
	var text, cell []byte
	for i, c := range s.chunks {
		if !s.Has(i) {
			continue
		}
		if i > 0 {
			text = append(text, ',')
		}
		v := &s.block.Columns[i]
		switch v.States[row] {
		case table.Value:
			cell = table.AppendCell(cell[:0], s.columns[i].Kind, v, row)
		case table.Unreadable:
			cell = c.appendRaw(cell[:0], c.position(row))
		case table.Empty:
			continue
		}
		text = table.AppendCSV(text, cell)
	}
	return text
}

// position is where the value of a row stands among the values of the block.
func (c *chunk) position(row int) int {
	if !c.optional {
		return row
	}
	at := 0
	for _, level := range c.levels[:row] {
		at += int(level)
	}
	return at
}

// appendRaw appends a value that could not be read, as the file has it.
func (c *chunk) appendRaw(dst []byte, at int) []byte {
	decimal, isDecimal := c.pages.column.LogicalType().(*schema.DecimalLogicalType)
	_, isDate := c.pages.column.LogicalType().(schema.DateLogicalType)
	physical := c.pages.column.PhysicalType()
	switch {
	case isText(physical) && isDecimal:
		return appendDecimal(dst, twosComplement(c.texts[at]), int(decimal.Scale()))
	case isText(physical):
		return append(dst, c.texts[at]...)
	case isDecimal:
		return appendDecimal(dst, big.NewInt(c.numbers[at]), int(decimal.Scale()))
	case isDate:
		return time.Unix(c.numbers[at]*24*60*60, 0).UTC().AppendFormat(dst, time.DateOnly)
	}
	return strconv.AppendInt(dst, c.numbers[at], 10)
}

// twosComplement reads a number of any size, most significant byte first.
func twosComplement(bytes []byte) *big.Int {
	n := new(big.Int).SetBytes(bytes)
	if len(bytes) > 0 && bytes[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(bytes))*8))
	}
	return n
}

// appendDecimal appends a decimal of which n is the digits and scale how many of them stand after the point.
func appendDecimal(dst []byte, n *big.Int, scale int) []byte {
	if n.Sign() < 0 {
		dst = append(dst, '-')
	}
	digits := new(big.Int).Abs(n).String()
	for len(digits) <= scale {
		digits = "0" + digits
	}
	dst = append(dst, digits[:len(digits)-scale]...)
	if scale > 0 {
		dst = append(append(dst, '.'), digits[len(digits)-scale:]...)
	}
	return dst
}
