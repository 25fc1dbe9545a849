package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"

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

// check makes sure that there are as many levels and values as the page says, before arrow decodes it: where they end early it
// reads without end. It counts the values that are not null.
func (p *pages) check(read *page) (defined int64, err error) {
	defined = read.values
	if p.column.MaxDefinitionLevel() > 0 {
		var levels runs
		levels.open(read.levels, 1, 2)
		if defined, err = levels.ones(read.values); err != nil {
			return 0, err
		}
	}
	physical := p.column.PhysicalType()
	switch read.encoding {
	case parquet.Encodings.DeltaBinaryPacked:
		if physical == parquet.Types.Int32 || physical == parquet.Types.Int64 {
			_, _, err = deltas(read.data, defined, read.values, false)
			return defined, err
		}
	case parquet.Encodings.DeltaLengthByteArray, parquet.Encodings.DeltaByteArray:
		if physical == parquet.Types.ByteArray {
			return defined, p.checkTexts(read, defined)
		}
	}
	return 0, fmt.Errorf("its %s values in the encoding %s can't be read", physical, read.encoding)
}

// checkTexts also counts what texts need that are put together from prefixes.
func (p *pages) checkTexts(read *page, defined int64) (err error) {
	data := read.data
	if read.encoding == parquet.Encodings.DeltaByteArray {
		var joined int64
		if data, joined, err = deltas(data, defined, read.values, true); err != nil {
			return err
		}
		p.last += joined
		if err := p.hold(joined); err != nil {
			return err
		}
	}
	_, _, err = deltas(data, defined, read.values, false)
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
