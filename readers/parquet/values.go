package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/apache/arrow/go/v17/parquet"
)

// values are those of a batch, nulls left out: numbers of every physical type that has them, and a boolean as 0 or 1;
// else texts, which lie in the pages.
type values struct {
	numbers []int64
	texts   [][]byte
}

// room makes room for so many values behind those that are kept.
func (v *values) room(physical parquet.Type, kept, more int) {
	if isText(physical) {
		v.texts = extend(v.texts, kept, more)
	} else {
		v.numbers = extend(v.numbers, kept, more)
	}
}

// extend keeps the first values and makes room for so many more.
func extend[T any](s []T, kept, more int) []T {
	if cap(s) >= kept+more {
		return s[:kept+more]
	}
	return append(s[:kept], make([]T, more)...)
}

// isText says whether the values of a type are texts.
func isText(physical parquet.Type) bool {
	return physical == parquet.Types.ByteArray || physical == parquet.Types.FixedLenByteArray
}

// words are the dictionary of a column of a row group.
type words struct {
	count   int64  // or -1: there is none
	content []byte // of the page, in which texts lie
	values
}

var errWords = errors.New("its dictionary is damaged")

// readWords reads the page with the dictionary, of which there is one at most.
func (p *pages) readWords(h *pageHeader, content []byte) error {
	physical := p.column.PhysicalType()
	plain := h.encoding == parquet.Encodings.Plain || h.encoding == parquet.Encodings.PlainDict
	if p.words.count >= 0 || !plain || physical == parquet.Types.Boolean || h.values > int64(len(content))*8/p.smallest() {
		return errWords
	}
	p.words.count, p.kept = h.values, h.size*8 // about as much again for each value
	p.words.room(physical, 0, int(h.values))
	d := plainDecoder{physical, p.column.TypeLength(), content, 0}
	if d.read(&p.words.values, 0, int(h.values)) != nil {
		return errWords
	}
	p.last = 0
	return p.hold(p.kept)
}

// plainDecoder reads values as PLAIN has them.
type plainDecoder struct {
	physical parquet.Type
	length   int // of a FIXED_LEN_BYTE_ARRAY
	rest     []byte
	bit      int // of a boolean, the next one
}

// read reads the next values into v, in which there is room for them, from a position on.
func (d *plainDecoder) read(v *values, at, n int) error {
	switch d.physical {
	case parquet.Types.Int32:
		if len(d.rest)/4 < n {
			return errShort
		}
		for i := range v.numbers[at : at+n] {
			v.numbers[at+i] = int64(int32(binary.LittleEndian.Uint32(d.rest[4*i:])))
		}
		d.rest = d.rest[4*n:]
	case parquet.Types.Int64:
		if len(d.rest)/8 < n {
			return errShort
		}
		for i := range v.numbers[at : at+n] {
			v.numbers[at+i] = int64(binary.LittleEndian.Uint64(d.rest[8*i:]))
		}
		d.rest = d.rest[8*n:]
	case parquet.Types.Boolean:
		if len(d.rest)*8-d.bit < n {
			return errShort
		}
		for i := range v.numbers[at : at+n] {
			v.numbers[at+i] = int64(d.rest[d.bit>>3] >> (d.bit & 7) & 1)
			d.bit++
		}
	case parquet.Types.ByteArray:
		return d.readTexts(v.texts[at : at+n])
	case parquet.Types.FixedLenByteArray:
		if d.length <= 0 || len(d.rest)/d.length < n {
			return errShort
		}
		for i := range v.texts[at : at+n] {
			v.texts[at+i] = d.rest[i*d.length : (i+1)*d.length : (i+1)*d.length]
		}
		d.rest = d.rest[n*d.length:]
	default:
		return fmt.Errorf("its %s values can't be read", d.physical)
	}
	return nil
}

func (d *plainDecoder) readTexts(to [][]byte) error {
	rest := d.rest
	for i := range to {
		if len(rest) < 4 {
			return errShort
		}
		n := int64(binary.LittleEndian.Uint32(rest))
		if n > int64(len(rest)-4) {
			return errShort
		}
		to[i] = rest[4 : 4+n : 4+n]
		rest = rest[4+n:]
	}
	d.rest = rest
	return nil
}

// decoder reads the values of a page.
type decoder interface {
	read(v *values, at, n int) error
}

// wordDecoder reads values as positions in the dictionary.
type wordDecoder struct {
	words     *words
	runs      runs
	positions []uint32
}

func (d *wordDecoder) read(v *values, at, n int) error {
	d.positions = grow(d.positions, n)
	if err := read(&d.runs, d.positions); err != nil {
		return err
	}
	if d.words.texts != nil {
		for i, position := range d.positions {
			v.texts[at+i] = d.words.texts[position]
		}
		return nil
	}
	for i, position := range d.positions {
		v.numbers[at+i] = d.words.numbers[position]
	}
	return nil
}

// bitDecoder reads booleans as runs.
type bitDecoder struct{ wordDecoder }

func (d *bitDecoder) read(v *values, at, n int) error {
	d.positions = grow(d.positions, n)
	if err := read(&d.runs, d.positions); err != nil {
		return err
	}
	for i, bit := range d.positions {
		v.numbers[at+i] = int64(bit)
	}
	return nil
}
