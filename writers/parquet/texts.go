package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unsafe"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/zeebo/xxh3"
)

// sample is how many texts are looked at before all are.
const sample = 2048

// writeTexts writes a column of texts: with a dictionary if few differ, else plain.
func (e *encoder) writeTexts(b *buffer) {
	if len(b.ends) > 0 && e.takeTexts(b, min(sample, len(b.ends))) && e.takeTexts(b, len(b.ends)) {
		size := 0
		for _, word := range e.words.words {
			size += 4 + len(word)
		}
		if e.positions.pays(size, len(b.ends), len(b.bytes)+4*len(b.ends)) {
			e.writeWords(e.words.words)
			return
		}
	}
	e.writePlainTexts(b)
}

// takeTexts makes the dictionary of the first texts.
func (e *encoder) takeTexts(b *buffer, n int) bool {
	e.strings = e.strings[:0]
	for at := range n {
		text := b.text(at)
		e.strings = append(e.strings, unsafe.String(unsafe.SliceData(text), len(text))) // until the row group is written
	}
	return e.words.take(&e.positions, e.strings, mostTexts, xxh3.HashString)
}

func (e *encoder) writePlainTexts(b *buffer) {
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

// writeCodes writes a column of codes; its dictionary is those that occur, in the order of the list.
func (e *encoder) writeCodes(c *Column, values []int64) error {
	p := &e.positions
	p.runs = p.runs[:0]
	places := make([]int32, len(c.Codes))
	last := int64(0)
	for i, v := range values {
		if i > 0 && v == last {
			p.runs[len(p.runs)-1].times++
			continue
		}
		if v < 0 || v >= int64(len(c.Codes)) {
			return fmt.Errorf("there is no code %d", v)
		}
		p.runs = append(p.runs, run{int32(v), 1})
		places[v], last = 1, v
	}
	var used []string
	for code, occurs := range places {
		if occurs == 1 {
			places[code] = int32(len(used))
			used = append(used, c.Codes[code])
		}
	}
	for i := range p.runs {
		p.runs[i].position = places[p.runs[i].position]
	}
	p.words = len(used)
	e.writeWords(used)
	return nil
}

// writeWords writes a column of texts as positions among its words.
func (e *encoder) writeWords(words []string) {
	if len(words) == 0 { // every cell is null
		e.begin(0, true)
		e.end(parquet.Encodings.Plain, bounds{})
		return
	}
	var whole bounds
	e.content = e.content[:0]
	for _, word := range words {
		e.content = append(binary.LittleEndian.AppendUint32(e.content, uint32(len(word))), word...)
		whole.take([]byte(word))
	}
	e.chunk.bounds = whole
	e.putWords()
	e.putPositions(func(of []run) bounds { return boundsAmong(words, of) })
}

// boundsAmong are the bounds of the words to which the runs point.
func boundsAmong(words []string, of []run) (found bounds) {
	seen, left := make([]bool, len(words)), len(words)
	for _, r := range of {
		if !seen[r.position] {
			seen[r.position] = true
			found.take([]byte(words[r.position]))
			if left--; left == 0 {
				break
			}
		}
	}
	return found
}

// take widens the bounds of texts, which mostly ascend.
func (o *bounds) take(text []byte) {
	if text == nil {
		text = []byte{} // an empty text is a value: nil says that there is none
	}
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
