package terminal

import "strings"

// Bar draws a range from low to high and a mark in it, on a scale from 0 to top, in so many columns: a line with ends, and a dot.
// marks are drawn over it, in the order given. All are amounts of one unit; top is above 0.
func Bar(low, high, top int64, columns int, marks ...Mark) string {
	at := func(value int64) int { return int(min(max(value, 0), top) * int64(columns-1) / top) }
	cells := []rune(strings.Repeat(" ", columns))
	for i := at(low); i <= at(high); i++ {
		cells[i] = '─'
	}
	cells[at(low)], cells[at(high)] = '├', '┤'
	for _, m := range marks {
		cells[at(m.At)] = m.Sign
	}
	return strings.TrimRight(string(cells), " ")
}

// Mark is a value on a bar.
type Mark struct {
	At   int64
	Sign rune
}

// BarColumns is how wide a bar is.
const BarColumns = 16
