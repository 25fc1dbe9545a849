package parquet

import (
	"bytes"
	"encoding/binary"
	"testing"

	"regul/readers/table"
)

// raw writes files byte by byte, to say in them what no writer would.

// part is a field of a struct in the compact protocol.
type part struct {
	id   int
	kind kind
	body []byte
}

func structOf(fields ...part) []byte {
	var out []byte
	last := 0
	for _, f := range fields {
		if step := f.id - last; step > 0 && step < 16 {
			out = append(out, byte(step)<<4|byte(f.kind))
		} else {
			out = binary.AppendVarint(append(out, byte(f.kind)), int64(f.id))
		}
		out, last = append(out, f.body...), f.id
	}
	return append(out, 0)
}

func int32Of(id int, v int64) part { return part{id, kindInt32, binary.AppendVarint(nil, v)} }
func int64Of(id int, v int64) part { return part{id, kindInt64, binary.AppendVarint(nil, v)} }

func textOf(id int, text string) part {
	return part{id, kindBinary, append(binary.AppendUvarint(nil, uint64(len(text))), text...)}
}

func structField(id int, fields ...part) part { return part{id, kindStruct, structOf(fields...)} }

// listOf says that it has n structs, however many there are.
func listOf(id, n int, items ...[]byte) part {
	head := binary.AppendUvarint([]byte{0xf0 | byte(kindStruct)}, uint64(n))
	return part{id, kindList, append(head, bytes.Join(items, nil)...)}
}

// schemaOf is a schema with one column, named n.
func schemaOf(physical, repetition int64) part {
	return listOf(2, 2, structOf(textOf(4, "schema"), int32Of(5, 1)),
		structOf(int32Of(1, physical), int32Of(2, 4), int32Of(3, repetition), textOf(4, "n")))
}

// chunk32 is the place of an INT32 column of a row group.
func chunk32(method, rows, start, size int64) []byte {
	return chunkOf(int32Type, method, rows, start, size)
}

func chunkOf(physical, method, rows, start, size int64) []byte {
	return structOf(int64Of(2, 0), structField(3, int32Of(1, physical), part{2, kindList, []byte{0x15, 0}},
		part{3, kindList, []byte{0x18, 1, 'n'}}, int32Of(4, method), int64Of(5, rows), int64Of(6, size), int64Of(7, size),
		int64Of(9, start)))
}

func groupOf(rows int64, chunks ...[]byte) []byte {
	return structOf(listOf(1, len(chunks), chunks...), int64Of(2, 0), int64Of(3, rows))
}

func footerOf(schema part, rows int64, groups ...[]byte) []byte {
	return structOf(int32Of(1, 2), schema, int64Of(3, rows), listOf(4, len(groups), groups...))
}

// sealed puts a footer behind pages.
func sealed(pages []byte, footer []byte) []byte {
	out := append([]byte(magic), pages...)
	out = append(out, footer...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(footer))), magic...)
}

// The numbers of the format that the tests need.
const (
	int32Type         = 1
	codecNone         = 0
	codecSnappy       = 1
	codecZstd         = 6
	plainNumbers      = 0
	runsOfNumbers     = 3
	differences       = 5
	dictionaryNumbers = 8
)

// rawFile describes a file with one column of one row group.
type rawFile struct {
	physical int64
	optional int64
	rows     int64
	codec    int64
	pages    [][]byte
}

func (r rawFile) bytes() []byte {
	pages := bytes.Join(r.pages, nil)
	chunk := chunkOf(r.physical, r.codec, r.rows, int64(len(magic)), int64(len(pages)))
	return sealed(pages, footerOf(schemaOf(r.physical, r.optional), r.rows, groupOf(r.rows, chunk)))
}

// dataOf is a page of version 1.
func dataOf(values, encoding int64, body []byte) []byte {
	return append(structOf(int32Of(1, dataPage), int32Of(2, int64(len(body))), int32Of(3, int64(len(body))),
		structField(5, int32Of(1, values), int32Of(2, encoding), int32Of(3, runsOfNumbers), int32Of(4, runsOfNumbers))), body...)
}

// wordsOf is a page with a dictionary.
func wordsOf(values int64, body []byte) []byte {
	return append(structOf(int32Of(1, dictionaryPage), int32Of(2, int64(len(body))), int32Of(3, int64(len(body))),
		structField(7, int32Of(1, values), int32Of(2, plainNumbers))), body...)
}

func int32s(numbers ...int32) []byte {
	var out []byte
	for _, n := range numbers {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	return out
}

// wanted is what the tests ask a file for.
var wanted = []table.Column{{Name: "n", Kind: table.Integer}}

// ints reads the column of a file; an empty cell is -1.
func ints(content []byte) ([]int64, error) {
	f, err := Open(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	s, err := f.Source(wanted, 0, f.RowGroups())
	if err != nil {
		return nil, err
	}
	var all []int64
	var block table.Block
	for {
		more, err := s.Next(&block)
		if err != nil || !more {
			return all, err
		}
		for row, n := range block.Columns[0].Ints {
			if block.Columns[0].States[row] == table.Empty {
				n = -1
			}
			all = append(all, n)
		}
	}
}

// givesInts asks that a file is read as the given numbers.
func givesInts(t *testing.T, content []byte, want ...int64) {
	t.Helper()
	got, err := ints(content)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// isRefused asks that a file is refused with an error that says something.
func isRefused(t *testing.T, content []byte, says string) {
	t.Helper()
	got, err := ints(content)
	if err == nil {
		t.Fatalf("it is read as %v", got)
	}
	if !bytes.Contains([]byte(err.Error()), []byte(says)) {
		t.Errorf("the error does not say %q: %v", says, err)
	}
}
