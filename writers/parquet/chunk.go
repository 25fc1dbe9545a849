package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/apache/arrow/go/v17/parquet"
)

// chunk is what the footer says of a column of a row group, and the index of its pages.
type chunk struct {
	start, data  int64 // in the file: its first byte, and its first page of data
	packed, size int64 // in bytes, in the file and before compression, with the headers of the pages
	distinct     int64 // how many values differ, or -1: it was not counted
	nulls        int64
	bounds       bounds
	pages        []page
}

// bounds are the lowest and the highest value of a page or a column, as PLAIN has them; nil if every cell is null.
type bounds struct{ lowest, highest []byte }

// page is a page of data as the index of pages has it.
type page struct {
	start  int64 // in the file
	packed int64 // in bytes, with its header
	row    int64 // its first, counted from 0 within the row group
	nulls  int64
	bounds bounds
}

// The kinds of pages, as numbered by the format.
const (
	dataPage       = 0
	dictionaryPage = 2
)

// encoder writes the columns of row groups as pages. It holds the memory for it, which files lend each other.
type encoder struct {
	sink       *sink
	header     compact
	content    []byte // of the page, before compression
	packed     []byte // after it
	dictionary dictionary
	chunk      chunk  // that is being written
	levels     []byte // of an optional column, of the rows that are still to come
	optional   bool
	row        int64 // the first of the page
	rows       int64 // of the page
	levelRuns  []run // of the page
	nulls      int64 // of the page
}

// write writes a column of a row group.
func (e *encoder) write(c *Column, b *buffer, rows int) (chunk, error) {
	if err := b.check(c.Optional, rows); err != nil {
		return chunk{}, err
	}
	e.chunk = chunk{start: e.sink.written, data: -1, distinct: -1}
	e.levels, e.optional, e.row = b.levels, c.Optional, 0
	var err error
	switch c.Type {
	case Text:
		e.texts(b)
	case Code:
		err = e.codes(c, b.values)
	case Boolean:
		err = e.booleans(b.values)
	default:
		err = e.numbers(c.Type, b.values)
	}
	return e.chunk, err
}

// begin starts a page of data of so many values, the last of the column or not, with the levels of its rows.
func (e *encoder) begin(values int, last bool) {
	e.content, e.rows, e.nulls = e.content[:0], int64(values), 0
	if !e.optional {
		return
	}
	rows := 0
	for left := values; rows < len(e.levels) && (left > 0 || last); rows++ {
		left -= int(e.levels[rows])
	}
	e.appendLevels(e.levels[:rows])
	e.levels, e.rows, e.nulls = e.levels[rows:], int64(rows), int64(rows-values)
}

// appendLevels appends levels with their length before them.
func (e *encoder) appendLevels(levels []byte) {
	e.levelRuns = e.levelRuns[:0]
	for i, level := range levels {
		if i > 0 && level == levels[i-1] {
			e.levelRuns[len(e.levelRuns)-1].times++
		} else {
			e.levelRuns = append(e.levelRuns, run{int32(level), 1})
		}
	}
	e.content = append(e.content, 0, 0, 0, 0)
	start := len(e.content)
	e.content = appendRuns(e.content, e.levelRuns, 1)
	binary.LittleEndian.PutUint32(e.content[start-4:], uint32(len(e.content)-start))
}

// texts writes a column of texts, plain.
func (e *encoder) texts(b *buffer) {
	var whole bounds
	for at, first := 0, true; at < len(b.ends) || first; first = false {
		start, size := at, 0
		for at < len(b.ends) && size < pageSize {
			size += len(b.text(at)) + 4
			at++
		}
		e.begin(at-start, at == len(b.ends))
		var of bounds
		for i := start; i < at; i++ {
			text := b.text(i)
			e.content = append(binary.LittleEndian.AppendUint32(e.content, uint32(len(text))), text...)
			of.take(text)
		}
		e.end(parquet.Encodings.Plain, of.copied())
		if at > start {
			whole.take(of.lowest)
			whole.take(of.highest)
		}
	}
	e.chunk.bounds = whole.copied()
}

// take widens the bounds of texts, which mostly ascend.
func (o *bounds) take(text []byte) {
	switch {
	case o.lowest == nil:
		o.lowest, o.highest = text, text
	case bytes.Compare(text, o.highest) >= 0:
		o.highest = text
	case bytes.Compare(text, o.lowest) < 0:
		o.lowest = text
	}
}

// copied is the bounds in bytes that do not change.
func (o bounds) copied() bounds { return bounds{bytes.Clone(o.lowest), bytes.Clone(o.highest)} }

// booleans writes a column of booleans as bits.
func (e *encoder) booleans(values []int64) error {
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

var errRange = fmt.Errorf("a value does not fit its type")

// extremes are the lowest and the highest number; of none, the one is larger than the other.
func extremes(numbers []int64) (lowest, highest int64) {
	lowest, highest = math.MaxInt64, math.MinInt64
	for _, n := range numbers {
		lowest, highest = min(lowest, n), max(highest, n)
	}
	return lowest, highest
}

// numbers writes a column of numbers: with a dictionary if that is shorter, else plain.
func (e *encoder) numbers(t Type, numbers []int64) error {
	if e.dictionary.take(numbers) && e.dictionary.pays(len(numbers), t.width()) {
		return e.numbersOfDictionary(t)
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

func (e *encoder) numbersOfDictionary(t Type) error {
	d := &e.dictionary
	lowest, highest := extremes(d.numbers)
	if !t.holds(lowest, highest) {
		return errRange
	}
	e.chunk.bounds = t.bounds(lowest, highest)
	e.content = t.append(e.content[:0], d.numbers)
	e.words(len(d.numbers))
	e.positions(func(of []run) bounds {
		lowest, highest := int64(math.MaxInt64), int64(math.MinInt64)
		for _, r := range of {
			lowest, highest = min(lowest, d.numbers[r.position]), max(highest, d.numbers[r.position])
		}
		return t.bounds(lowest, highest)
	})
	return nil
}

// codes writes a column of codes; its dictionary is those that occur, in the order of the list.
func (e *encoder) codes(c *Column, values []int64) error {
	d := &e.dictionary
	d.runs = d.runs[:0]
	positions := make([]int32, len(c.Codes))
	last := int64(0)
	for i, v := range values {
		if i > 0 && v == last {
			d.runs[len(d.runs)-1].times++
			continue
		}
		if v < 0 || v >= int64(len(c.Codes)) {
			return fmt.Errorf("there is no code %d", v)
		}
		d.runs = append(d.runs, run{int32(v), 1})
		positions[v], last = 1, v
	}
	e.content = e.content[:0]
	var used []string
	for code, occurs := range positions {
		if occurs == 1 {
			positions[code] = int32(len(used))
			used = append(used, c.Codes[code])
			e.content = append(binary.LittleEndian.AppendUint32(e.content, uint32(len(c.Codes[code]))), c.Codes[code]...)
			e.chunk.bounds.take([]byte(c.Codes[code]))
		}
	}
	for i := range d.runs {
		d.runs[i].position = positions[d.runs[i].position]
	}
	if len(used) > 0 {
		e.words(len(used))
	}
	e.positions(func(of []run) bounds {
		var o bounds
		for _, r := range of {
			o.take([]byte(used[r.position]))
		}
		return o
	})
	return nil
}

// words writes the page with so many words of the dictionary.
func (e *encoder) words(n int) {
	e.chunk.distinct = int64(n)
	e.squeeze(dictionaryPage)
	e.header.open(7)
	e.header.int32(1, int64(n))
	e.header.int32(2, int64(parquet.Encodings.Plain))
	e.header.end()
	e.put()
}

// positions writes the column as positions in its dictionary.
func (e *encoder) positions(boundsOf func([]run) bounds) {
	d := &e.dictionary
	if e.chunk.distinct <= 0 { // every cell is null
		e.begin(0, true)
		e.end(parquet.Encodings.Plain, bounds{})
		return
	}
	width := positionBits(int(e.chunk.distinct))
	left := 0
	for _, r := range d.runs {
		left += int(r.times)
	}
	for runs := d.runs; len(runs) > 0; {
		n := min(len(runs), pageSize/runBytes(width))
		values := 0
		for _, r := range runs[:n] {
			values += int(r.times)
		}
		left -= values
		e.begin(values, left == 0)
		e.content = appendRuns(append(e.content, byte(width)), runs[:n], width)
		e.end(parquet.Encodings.RLEDict, boundsOf(runs[:n]))
		runs = runs[n:]
	}
}

// end writes the page of data that begin started.
func (e *encoder) end(encoding parquet.Encoding, of bounds) {
	e.squeeze(dataPage)
	e.header.open(5)
	e.header.int32(1, e.rows)
	e.header.int32(2, int64(encoding))
	e.header.int32(3, int64(parquet.Encodings.RLE))
	e.header.int32(4, int64(parquet.Encodings.RLE))
	e.header.end()
	start := e.sink.written
	if e.chunk.data < 0 {
		e.chunk.data = start
	}
	e.put()
	e.chunk.pages = append(e.chunk.pages, page{start, e.sink.written - start, e.row, e.nulls, of})
	e.chunk.nulls += e.nulls
	e.row += e.rows
}

// squeeze compresses the page, and starts its header.
func (e *encoder) squeeze(kind int64) {
	e.packed = squeezer.EncodeAll(e.content, e.packed[:0])
	e.header.reset()
	e.header.int32(1, kind)
	e.header.int32(2, int64(len(e.content)))
	e.header.int32(3, int64(len(e.packed)))
}

// put writes the page behind its header.
func (e *encoder) put() {
	e.header.end()
	e.chunk.size += int64(len(e.header.bytes) + len(e.content))
	e.chunk.packed += int64(len(e.header.bytes) + len(e.packed))
	e.sink.write(e.header.bytes)
	e.sink.write(e.packed)
}
