package readers

import (
	"encoding/binary"
	"unicode/utf8"
	"unsafe"
)

// borrow is a text over the bytes of the block: the scatter copies it, and nothing is allocated for a row.
func borrow(text []byte) string { return unsafe.String(unsafe.SliceData(text), len(text)) }

// printable says whether a text is UTF-8 without control characters. Most are some words of ASCII, of which the last two overlap.
func printable(text []byte) bool {
	for rest := text; len(rest) >= 8 && plainBytes(rest); rest = rest[8:] {
		if len(rest) < 16 && plainBytes(text[len(text)-8:]) {
			return true
		}
	}
	for _, c := range text {
		if c < ' ' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(text)
}

// plainBytes says whether the first eight bytes of a text are ASCII without control characters.
func plainBytes(text []byte) bool {
	const (
		each = 0x0101010101010101
		high = 0x80 * each
	)
	word := binary.LittleEndian.Uint64(text)
	// One more makes 7F the first that is no ASCII, and 60 more all that are not below the blank.
	return (word|(word+each))&high == 0 && (word+0x60*each)&high == high
}
