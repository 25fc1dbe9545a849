package parquet

import (
	"errors"
	"math"

	"github.com/apache/arrow/go/v17/parquet"
)

// writeBooleans writes a column of booleans as bits.
func (e *encoder) writeBooleans(values []int64) error {
	e.begin(len(values), true)
	lowest, highest := extremes(values)
	if lowest < 0 || highest > 1 {
		return errRange
	}
	for at := 0; at < len(values); at += 8 {
		packed := byte(0)
		for i, v := range values[at:min(at+8, len(values))] {
			packed |= byte(v) << i
		}
		e.content = append(e.content, packed)
	}
	var of bounds
	if len(values) > 0 {
		of = bounds{[]byte{byte(lowest)}, []byte{byte(highest)}}
		e.chunk.distinct = 1 + highest - lowest
	}
	e.chunk.bounds = of
	e.end(parquet.Encodings.Plain, of)
	return nil
}

var errRange = errors.New("a value does not fit its type")

// extremes are the lowest and the highest number; of none, the one is larger than the other.
func extremes(numbers []int64) (lowest, highest int64) {
	lowest, highest = math.MaxInt64, math.MinInt64
	for _, n := range numbers {
		lowest, highest = min(lowest, n), max(highest, n)
	}
	return lowest, highest
}

// writeNumbers writes a column of numbers: with a dictionary if that is shorter, else plain.
func (e *encoder) writeNumbers(t Type, numbers []int64) error {
	if e.numbers.take(&e.positions, numbers, mostNumbers, hashNumber) &&
		e.positions.pays(e.positions.words*t.width(), len(numbers), len(numbers)*t.width()) {
		return e.writeFewNumbers(t)
	}
	most := pageSize / t.width()
	least, largest := int64(math.MaxInt64), int64(math.MinInt64)
	for first := true; len(numbers) > 0 || first; first = false {
		n := min(len(numbers), most)
		e.begin(n, n == len(numbers))
		lowest, highest := extremes(numbers[:n])
		if n > 0 && !t.holds(lowest, highest) {
			return errRange
		}
		e.content = t.append(e.content, numbers[:n])
		e.end(parquet.Encodings.Plain, t.bounds(lowest, highest))
		least, largest = min(least, lowest), max(largest, highest)
		numbers = numbers[n:]
	}
	e.chunk.bounds = t.bounds(least, largest)
	return nil
}

func (e *encoder) writeFewNumbers(t Type) error {
	words := e.numbers.words
	lowest, highest := extremes(words)
	if !t.holds(lowest, highest) {
		return errRange
	}
	e.chunk.bounds = t.bounds(lowest, highest)
	e.content = t.append(e.content[:0], words)
	e.putWords()
	e.putPositions(func(of []run) bounds {
		lowest, highest := int64(math.MaxInt64), int64(math.MinInt64)
		for _, r := range of {
			lowest, highest = min(lowest, words[r.position]), max(highest, words[r.position])
		}
		return t.bounds(lowest, highest)
	})
	return nil
}
