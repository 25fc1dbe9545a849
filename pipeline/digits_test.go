package pipeline_test

import (
	"encoding/binary"
	"strconv"
	"testing"

	"regul/pipeline"
)

// Every byte at every place: digits are read, all others are not.
func TestEightDigits(t *testing.T) {
	for at := range 8 {
		for c := range 256 {
			text := []byte("20260630")
			text[at] = byte(c)
			want, err := strconv.ParseUint(string(text), 10, 64)
			got, ok := pipeline.EightDigits(binary.LittleEndian.Uint64(text))
			if ok != (err == nil) || uint64(got) != want {
				t.Errorf("%q is %d, %v", text, got, ok)
			}
		}
	}
}

// A national number of eleven bytes is one only if all of them are digits.
func TestNationalNumberOfOtherBytes(t *testing.T) {
	const number = "85073003328"
	if niss, ok := pipeline.ParseNISS([]byte(number)); !ok || niss != 85073003328 {
		t.Fatalf("%s is %d, %v", number, niss, ok)
	}
	for at := range number {
		for _, c := range []byte("/:p\x00\xb0 .") {
			text := []byte(number)
			text[at] = c
			if niss, ok := pipeline.ParseNISS(text); ok || niss != 0 {
				t.Errorf("%q is %d, %v", text, niss, ok)
			}
		}
	}
}
