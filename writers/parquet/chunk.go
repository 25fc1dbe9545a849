package parquet

import (
	"bytes"
	"encoding/binary"

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
	sink      *sink
	header    compact
	content   []byte // of the page, before compression
	packed    []byte // after it
	positions positions
	numbers   dictionary[int64]
	values    []int64 // of a column
	words     dictionary[string]
	strings   []string // the texts of a column
	chunk     chunk    // that is being written
	levels    []byte   // of an optional column, of the rows that are still to come
	optional  bool
	row       int64 // the first of the page
	rows      int64 // of the page
	levelRuns []run // of the page
	nulls     int64 // of the page
}

// write writes a column of a row group.
func (e *encoder) write(c *Column, b *buffer, rows int) (chunk, error) {
	if err := b.check(c.Optional, rows); err != nil {
		return chunk{}, err
	}
	e.chunk = chunk{start: e.sink.written, data: -1, distinct: -1}
	e.levels, e.optional, e.row = b.levels, c.Optional, 0
	e.values = append(b.aside.appendTo(e.values[:0]), b.values...)
	var err error
	switch c.Type {
	case Text:
		e.writeTexts(b)
	case Code:
		err = e.writeCodes(c, e.values)
	case Boolean:
		err = e.writeBooleans(e.values)
	default:
		err = e.writeNumbers(c.Type, e.values)
	}
	return e.chunk, err
}

// begin starts a page of data of so many values, the last of the column or not, with the levels of its rows.
func (e *encoder) begin(values int, last bool) {
	e.content, e.rows, e.nulls = e.content[:0], int64(values), 0
	if !e.optional {
		return
	}
	rows := len(e.levels)
	if !last {
		rows = rowsOf(e.levels, values)
	}
	e.appendLevels(e.levels[:rows])
	e.levels, e.rows, e.nulls = e.levels[rows:], int64(rows), int64(rows-values)
}

// rowsOf is how many rows have so many values, by their levels.
func rowsOf(levels []byte, values int) int {
	const step = 512 // a count of many is fast
	rows := 0
	for rows+step <= len(levels) {
		n := bytes.Count(levels[rows:rows+step], []byte{1})
		if n >= values {
			break
		}
		values -= n
		rows += step
	}
	for ; values > 0; rows++ {
		values -= int(levels[rows])
	}
	return rows
}

// appendLevels appends levels with their length before them.
func (e *encoder) appendLevels(levels []byte) {
	e.levelRuns = e.levelRuns[:0]
	for rest := levels; len(rest) > 0; {
		n := bytes.IndexByte(rest, 1-rest[0])
		if n < 0 {
			n = len(rest)
		}
		e.levelRuns = append(e.levelRuns, run{int32(rest[0]), int32(n)})
		rest = rest[n:]
	}
	e.content = append(e.content, 0, 0, 0, 0)
	start := len(e.content)
	e.content = appendRuns(e.content, e.levelRuns, 1)
	binary.LittleEndian.PutUint32(e.content[start-4:], uint32(len(e.content)-start))
}

// putWords writes the page with the words of the dictionary.
func (e *encoder) putWords() {
	e.chunk.distinct = int64(e.positions.words)
	e.squeeze(dictionaryPage)
	e.header.open(7)
	e.header.int32(1, int64(e.positions.words))
	e.header.int32(2, int64(parquet.Encodings.Plain))
	e.header.end()
	e.put()
}

// putPositions writes the pages with the positions.
func (e *encoder) putPositions(boundsOf func([]run) bounds) {
	width := positionBits(e.positions.words)
	for runs := e.positions.runs; len(runs) > 0; {
		n := min(len(runs), pageSize/runBytes(width))
		values := 0
		for _, r := range runs[:n] {
			values += int(r.times)
		}
		e.begin(values, n == len(runs))
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
