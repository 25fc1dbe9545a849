package rows

import (
	"fmt"
	"sync"
)

// Tables are the kinds of rows that wait together, in the order in which those of a range are written to disk.
type Tables struct {
	width int64 // of a range of numbers
	slice int64 // width of a slice; the last one of a range may be narrower
	list  []table
	idle  sync.Pool // shards whose memory can be used again
}

// NewTables makes tables of rows whose numbers are positive and below the limit. A table belongs to one Tables.
func NewTables(limit int64, list ...AnyTable) *Tables {
	t := &Tables{width: limit/bucketCount + 1, list: list}
	t.slice = (t.width + slicesOfRange - 1) / slicesOfRange
	for i, table := range list {
		kind := table.base()
		kind.tables, kind.number, kind.heavy = t, i, table.weighs()
	}
	return t
}

// AnyTable is a Table, of whichever rows.
type AnyTable = table

// Table is one kind of row that waits, declared once.
type Table[Row any] struct {
	Number func(*Row) int64     // brings rows together
	Decode func(*Row, *Decoder) // reads a row back, from its number on
	Weighs bool                 // its rows count for the size of a shard
	kind
}

// kind is a table without the type of its rows.
type kind struct {
	tables *Tables
	number int  // in the tables
	heavy  bool // its rows weigh
}

// table is what a Table of any rows does.
type table interface {
	base() *kind
	weighs() bool
	held() held
}

func (k *kind) base() *kind        { return k }
func (t *Table[Row]) weighs() bool { return t.Weighs }
func (t *Table[Row]) held() held   { return &heldRows[Row]{table: t} }

// Begin starts a row: its number, then what encode writes. Its place may follow, and End files it.
func (k *kind) Begin(s *Scatter, number int64, encode func(*Encoder)) {
	s.begin(k, number)
	encode(&s.Encoder)
}

// held is the rows of one table in a shard.
type held interface {
	empty(rows int)
	decode(d *Decoder, rows int, only *numbers, chunks [][]byte)
	count(g *grouper)
	gather(ranks []int32)
}

// heldRows are decoded rows, then the same with those of each number together.
type heldRows[Row any] struct {
	table    *Table[Row]
	rows     []Row
	ordinals []int32 // of each row, in the order in which they were decoded
	starts   []int32 // of each rank, and the end of the last
}

// empty makes room for so many rows, if they are known: shards are of about the same size, and what grows leaves its memory behind.
func (h *heldRows[Row]) empty(rows int) {
	if cap(h.rows) < rows {
		h.rows = make([]Row, 0, rows+rows/8)
	}
	h.rows = h.rows[:0]
}

// decode decodes so many rows, and keeps those of only some numbers; nil is all.
func (h *heldRows[Row]) decode(d *Decoder, number int, only *numbers, chunks [][]byte) {
	rows, read := h.rows, h.table.Decode
	decoded := 0
	for _, chunk := range chunks {
		start := len(rows)
		d.Bytes = chunk
		for len(d.Bytes) > 0 {
			if len(rows) < cap(rows) {
				rows = rows[:len(rows)+1]
			} else {
				var zero Row
				rows = append(rows, zero)
			}
			read(&rows[len(rows)-1], d)
		}
		decoded += len(rows) - start
		if only != nil {
			rows = h.only(rows, start, only)
		}
	}
	if decoded != number {
		panic(fmt.Sprintf("rows: a range does not hold the %d rows it counted", number))
	}
	h.rows = rows
}

// only drops the rows from start on that are of other numbers.
func (h *heldRows[Row]) only(rows []Row, start int, only *numbers) []Row {
	kept := rows[:start]
	for i := start; i < len(rows); i++ {
		if n := h.table.Number(&rows[i]); n >= only.first && n < only.end {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

// Ungrouped is the rank of all rows of a shard, until Group moves them in the order in which they were decoded.
const Ungrouped = -1

// Of are the rows of the number at a rank that Shard.Group gave. They are valid until the shard is loaded again.
func (t *Table[Row]) Of(s *Shard, rank int) []Row {
	h := s.held[t.number].(*heldRows[Row])
	if rank == Ungrouped {
		return h.rows
	}
	return h.rows[h.starts[rank]:h.starts[rank+1]]
}
