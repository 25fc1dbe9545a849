package parquet

import "encoding/binary"

// runs reads runs of repeated and of bit-packed numbers, of 0 to 32 bits, which are all below a limit.
type runs struct {
	rest     []byte
	width    int
	limit    uint64
	repeated int64 // numbers of a run of repeated ones that are left
	number   uint64
	packed   int64 // or those of a run of bit-packed ones
	bits     []byte
	bit      int // the next one in bits
}

// open starts with the first run.
func (r *runs) open(data []byte, width int, limit uint64) {
	*r = runs{rest: data, width: width, limit: limit}
}

// head reads the head of the next run.
func (r *runs) head() error {
	head, used := binary.Uvarint(r.rest)
	count := int64(head >> 1)
	if used <= 0 || count == 0 || count >= 1<<31 || head&1 == 1 && count >= 1<<28 {
		return errRun
	}
	r.rest = r.rest[used:]
	if head&1 == 1 {
		size := min(count*int64(r.width), int64(len(r.rest)))
		if r.packed = count * 8; r.width > 0 {
			r.packed = size * 8 / int64(r.width) // the last bytes may be left out
		}
		if r.packed == 0 {
			return errShort
		}
		r.bits, r.bit, r.rest = r.rest[:size], 0, r.rest[size:]
		return nil
	}
	size := (r.width + 7) / 8
	if len(r.rest) < size {
		return errShort
	}
	if r.number = bitsAt(r.rest[:size], 0, size*8); r.number >= r.limit {
		return errRun
	}
	r.repeated, r.rest = count, r.rest[size:]
	return nil
}

// read reads the next numbers.
func read[Number byte | uint32](r *runs, to []Number) error {
	for len(to) > 0 {
		if r.repeated == 0 && r.packed == 0 {
			if err := r.head(); err != nil {
				return err
			}
		}
		n := int(min(int64(len(to)), r.repeated+r.packed))
		if r.repeated > 0 {
			for i := range to[:n] {
				to[i] = Number(r.number)
			}
			r.repeated -= int64(n)
		} else {
			if !unpack(r, to[:n]) {
				return errRun
			}
			r.packed -= int64(n)
		}
		to = to[n:]
	}
	return nil
}

// unpack reads bit-packed numbers, and says whether they are all below the limit.
func unpack[Number byte | uint32](r *runs, to []Number) bool {
	mask, largest := uint64(1)<<r.width-1, uint64(0)
	i, bit := 0, r.bit
	for ; i < len(to) && bit>>3+8 <= len(r.bits); i++ {
		n := binary.LittleEndian.Uint64(r.bits[bit>>3:]) >> (bit & 7) & mask
		largest = max(largest, n)
		to[i] = Number(n)
		bit += r.width
	}
	for ; i < len(to); i++ {
		n := bitsAt(r.bits, bit, r.width)
		largest = max(largest, n)
		to[i] = Number(n)
		bit += r.width
	}
	r.bit = bit
	return largest < r.limit
}

// ones passes over so many numbers and counts those that are 1.
func (r *runs) ones(numbers int64) (ones int64, err error) {
	var some [512]byte
	for numbers > 0 {
		if r.repeated == 0 && r.packed == 0 {
			if err := r.head(); err != nil {
				return 0, err
			}
		}
		n := min(numbers, r.repeated)
		if n > 0 {
			if r.number == 1 {
				ones += n
			}
			r.repeated -= n
		} else {
			n = min(numbers, r.packed, int64(len(some)))
			if err := read(r, some[:n]); err != nil {
				return 0, err
			}
			for _, one := range some[:n] {
				ones += int64(one)
			}
		}
		numbers -= n
	}
	return ones, nil
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
