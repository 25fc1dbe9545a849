package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	"github.com/apache/arrow/go/v17/parquet"
)

var (
	errShort = errors.New("a page holds fewer values than it says")
	errRun   = errors.New("a page holds an impossible run, or a position outside the dictionary")
	errDelta = errors.New("a page with differences is damaged")
)

// smallest is how many bits a value takes at least when it is written plainly.
func (p *pages) smallest() int64 {
	switch p.column.PhysicalType() {
	case parquet.Types.Boolean:
		return 1
	case parquet.Types.Int32, parquet.Types.Float, parquet.Types.ByteArray:
		return 32
	case parquet.Types.Int64, parquet.Types.Double:
		return 64
	case parquet.Types.Int96:
		return 96
	}
	return 8 * max(1, int64(p.column.TypeLength()))
}

// checkDictionary makes sure that every value is there: arrow makes room for as many as the header says, and reads
// without end where one is missing.
func (p *pages) checkDictionary(h *pageHeader, data []byte) error {
	if p.dictionary >= 0 || p.column.PhysicalType() == parquet.Types.Boolean || h.values > int64(len(data))*8/p.smallest() {
		return errors.New("its dictionary is damaged")
	}
	p.dictionary, p.kept = h.values, h.size*8 // about as much again for each value
	if p.column.PhysicalType() == parquet.Types.ByteArray {
		for range h.values {
			if len(data) < 4 || int64(binary.LittleEndian.Uint32(data)) > int64(len(data)-4) {
				return errors.New("its dictionary is damaged")
			}
			data = data[4+binary.LittleEndian.Uint32(data):]
		}
	}
	p.last = 0
	return p.hold(p.kept)
}

// checkData makes sure that there are as many levels and values as the header says. Where they end early arrow reads
// without end.
func (p *pages) checkData(h *pageHeader, data []byte) error {
	levels := []byte(nil)
	optional := p.column.MaxDefinitionLevel() > 0
	switch {
	case h.kind == dataPageV2:
		levels, data = data[h.otherLevelSize:h.levelSize+h.otherLevelSize], data[h.levelSize+h.otherLevelSize:]
	case optional && h.levelEncoding != parquet.Encodings.RLE:
		return fmt.Errorf("its levels in %s can't be read", h.levelEncoding)
	case optional:
		var err error
		if levels, data, err = sized(data); err != nil {
			return err
		}
	}
	defined := h.values
	if optional {
		var err error
		if defined, err = runs(levels, h.values, 1, 2); err != nil {
			return err
		}
	}
	return p.checkValues(h, data, defined)
}

func (p *pages) checkValues(h *pageHeader, data []byte, defined int64) error {
	physical := p.column.PhysicalType()
	switch h.encoding {
	case parquet.Encodings.Plain:
		if defined > int64(len(data))*8/p.smallest() {
			return errShort
		}
		return nil
	case parquet.Encodings.PlainDict, parquet.Encodings.RLEDict:
		switch {
		case p.dictionary < 0:
			return errors.New("its dictionary is missing")
		case defined == 0:
			return nil
		case len(data) == 0 || data[0] > 32:
			return errShort
		}
		_, err := runs(data[1:], defined, int(data[0]), uint64(p.dictionary))
		return err
	case parquet.Encodings.RLE:
		if physical == parquet.Types.Boolean {
			text, _, err := sized(data)
			if err == nil {
				_, err = runs(text, defined, 1, 2)
			}
			return err
		}
	case parquet.Encodings.DeltaBinaryPacked:
		if physical == parquet.Types.Int32 || physical == parquet.Types.Int64 {
			_, _, err := deltas(data, defined, h.values, false)
			return err
		}
	case parquet.Encodings.DeltaLengthByteArray, parquet.Encodings.DeltaByteArray:
		if physical == parquet.Types.ByteArray {
			return p.checkTexts(h, data, defined)
		}
	}
	return fmt.Errorf("its %s values in the encoding %s can't be read", physical, h.encoding)
}

// checkTexts also counts what texts need that are put together from prefixes.
func (p *pages) checkTexts(h *pageHeader, data []byte, defined int64) (err error) {
	if h.encoding == parquet.Encodings.DeltaByteArray {
		var joined int64
		if data, joined, err = deltas(data, defined, h.values, true); err != nil {
			return err
		}
		p.last += joined
		if err := p.hold(joined); err != nil {
			return err
		}
	}
	_, _, err = deltas(data, defined, h.values, false)
	return err
}

// sized splits off the bytes whose number stands before them.
func sized(data []byte) (part, rest []byte, err error) {
	if len(data) < 4 || int64(binary.LittleEndian.Uint32(data)) > int64(len(data)-4) {
		return nil, nil, errShort
	}
	n := 4 + int(binary.LittleEndian.Uint32(data))
	return data[4:n], data[n:], nil
}

// runs makes sure that the runs of repeated and of bit-packed numbers, of 0 to 32 bits, hold so many, all below a
// limit. It counts the ones.
func runs(data []byte, values int64, width int, limit uint64) (ones int64, err error) {
	for values > 0 {
		head, used := binary.Uvarint(data)
		count := int64(head >> 1)
		if used <= 0 || count == 0 || count >= 1<<31 || head&1 == 1 && count >= 1<<28 {
			return 0, errRun
		}
		data = data[used:]
		if head&1 == 1 {
			n := min(values, count*8)
			if n*int64(width) > int64(len(data))*8 || limit < 1<<width && !below(data, int(n), width, limit) {
				return 0, errRun
			}
			if width == 1 {
				ones += countOnes(data, int(n))
			}
			data = data[min(count*int64(width), int64(len(data))):]
			values -= n
			continue
		}
		size := (width + 7) / 8
		if len(data) < size {
			return 0, errShort
		}
		number, n := bitsAt(data[:size], 0, size*8), min(values, count)
		if number >= limit {
			return 0, errRun
		}
		if number == 1 {
			ones += n
		}
		data = data[size:]
		values -= n
	}
	return ones, nil
}

// below says whether n bit-packed numbers are all below a limit, which fits their width. It adds what lacks to
// the next power of two to several numbers at once, and looks for a carry; neighbours leave each other room.
func below(data []byte, n, width int, limit uint64) bool {
	lanes := max(56/width&^1, 1)
	var numbers, lacks, carries uint64
	for shift := 0; shift < lanes*width; shift += 2 * width {
		numbers |= (1<<width - 1) << shift
		lacks |= (1<<width - limit) << shift
		carries |= 1 << (shift + width)
	}
	other := numbers
	if lanes == 1 {
		other = 0
	}
	bit := 0
	for ; n >= lanes && bit>>3+8 <= len(data); n -= lanes {
		x := binary.LittleEndian.Uint64(data[bit>>3:]) >> (bit & 7)
		if ((x&numbers+lacks)|(x>>width&other+lacks&-(other&1)))&carries != 0 {
			return false
		}
		bit += lanes * width
	}
	for ; n > 0; n-- {
		if bitsAt(data, bit, width) >= limit {
			return false
		}
		bit += width
	}
	return true
}

// countOnes counts among the first n bits.
func countOnes(data []byte, n int) (ones int64) {
	for ; n >= 64; n, data = n-64, data[8:] {
		ones += int64(bits.OnesCount64(binary.LittleEndian.Uint64(data)))
	}
	for bit := range n {
		ones += int64(data[bit>>3] >> (bit & 7) & 1)
	}
	return ones
}

// bitsAt is the number of so many bits, 0 to 64, that starts at a bit; what is not there is zero.
func bitsAt(data []byte, bit, width int) uint64 {
	var text [16]byte
	copy(text[:], data[min(bit>>3, len(data)):])
	low, high := binary.LittleEndian.Uint64(text[:]), binary.LittleEndian.Uint64(text[8:])
	if shift := bit & 7; shift > 0 {
		low = low>>shift | high<<(64-shift)
	}
	return low & (1<<width - 1)
}

// deltas makes sure that bit-packed differences (DELTA_BINARY_PACKED) hold at least and at most so many numbers. It
// returns what stands behind them, and, if they are lengths, their sum.
func deltas(data []byte, least, most int64, lengths bool) (rest []byte, sum int64, err error) {
	if len(data) == 0 && least == 0 {
		return nil, 0, nil
	}
	var header [3]uint64
	for i := range header {
		v, n := binary.Uvarint(data)
		if n <= 0 {
			return nil, 0, errDelta
		}
		header[i], data = v, data[n:]
	}
	last, n := binary.Varint(data)
	block, minis, total := header[0], header[1], header[2]
	if n <= 0 || block == 0 || block > 1<<20 || minis == 0 || minis > 1<<10 || block%(minis*8) != 0 ||
		total < uint64(least) || total > uint64(most) {
		return nil, 0, errDelta
	}
	data = data[n:]
	add := func(difference int64) {
		if last = int64(int32(last + difference)); last < 0 {
			err = errDelta
		}
		sum += last
	}
	if lengths && total > 0 {
		add(0)
	}
	size := int64(block / minis)
	for left := int64(total) - 1; left > 0; {
		smallest, n := binary.Varint(data)
		if n <= 0 || len(data)-n < int(minis) {
			return nil, 0, errDelta
		}
		widths := data[n : n+int(minis)]
		data = data[n+int(minis):]
		for i := 0; i < len(widths) && left > 0; i++ {
			width := int(widths[i])
			values := min(left, size)
			if width > 64 || values*int64(width) > int64(len(data))*8 {
				return nil, 0, errDelta
			}
			for at := range int(values) {
				if lengths {
					add(smallest + int64(bitsAt(data, at*width, width)))
				}
			}
			data = data[min(size*int64(width)/8, int64(len(data))):]
			left -= size
		}
	}
	return data, sum, err
}
