package parquet

import (
	"bytes"
	"hash/crc32"
	"testing"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"regul/readers/table"
)

func file32(rows int64, pages ...[]byte) []byte {
	return rawFile{physical: int32Type, rows: rows, pages: pages}.bytes()
}

func TestPagesOfPlainNumbersAreRead(t *testing.T) {
	givesInts(t, file32(3, dataOf(2, plainNumbers, int32s(1, 2)), dataOf(1, plainNumbers, int32s(3))), 1, 2, 3)
}

func TestADictionaryIsRead(t *testing.T) {
	givesInts(t, file32(3, wordsOf(2, int32s(7, 8)), dataOf(3, dictionaryNumbers, []byte{1, 3, 0b010})), 7, 8, 7)
}

// The footer lists PLAIN alone: what a page says of itself decides.
func TestEveryPageIsReadInItsOwnEncoding(t *testing.T) {
	// 7, 5, 3, 1, 2, 3, 4, 5 as differences
	differing := append([]byte{32, 4, 8, 14, 3, 2, 0, 0, 0}, 0xc0, 0x3f)
	givesInts(t, file32(16, wordsOf(2, int32s(70, 80)), dataOf(3, dictionaryNumbers, []byte{1, 3, 0b010}),
		dataOf(2, plainNumbers, int32s(1, 2)), dataOf(8, differences, differing), dataOf(1, 2, []byte{1, 2, 1}),
		dataOf(2, plainNumbers, int32s(3, 4))),
		70, 80, 70, 1, 2, 7, 5, 3, 1, 2, 3, 4, 5, 80, 3, 4)
}

func TestPositionsOfAnyWidthAreRead(t *testing.T) {
	var dictionary []int32
	for i := range int32(300) {
		dictionary = append(dictionary, i*7)
	}
	for width := 9; width <= 32; width++ {
		var packed []byte // the numbers 299, 0, 1, ... as bits, in groups of eight
		var want []int64
		bits := make([]byte, width*3)
		for i := range 24 {
			position := (299 + i) % 300
			want = append(want, int64(position)*7)
			for bit := range width {
				at := i*width + bit
				bits[at/8] |= byte(position>>bit&1) << (at % 8)
			}
		}
		packed = append([]byte{byte(width), 3<<1 | 1}, bits...)
		givesInts(t, file32(24, wordsOf(300, int32s(dictionary...)), dataOf(24, dictionaryNumbers, packed)), want...)
		// the bytes of the numbers that are not there may be missing
		cut := packed[:2+(20*width+7)/8]
		givesInts(t, file32(20, wordsOf(300, int32s(dictionary...)), dataOf(20, dictionaryNumbers, cut)), want[:20]...)
	}
}

func TestAPageWithoutRowsIsPassedOver(t *testing.T) {
	givesInts(t, file32(1, dataOf(0, plainNumbers, nil), dataOf(1, plainNumbers, int32s(5))), 5)
}

func TestAPageOfAnotherKindIsPassedOver(t *testing.T) {
	index := append(structOf(int32Of(1, 1), int32Of(2, 1000), int32Of(3, 3)), 9, 9, 9)
	givesInts(t, file32(1, index, dataOf(1, plainNumbers, int32s(5))), 5)
}

func TestNullsAreRead(t *testing.T) {
	body := append([]byte{2, 0, 0, 0, 3, 0b101}, int32s(1, 3)...)
	givesInts(t, rawFile{physical: int32Type, optional: 1, rows: 3, pages: [][]byte{dataOf(3, plainNumbers, body)}}.bytes(), 1, -1, 3)
}

func TestAPageOfNullsAloneNeedsNoValues(t *testing.T) {
	for _, encoding := range []int64{plainNumbers, differences} {
		body := []byte{2, 0, 0, 0, 6, 0}
		givesInts(t, rawFile{physical: int32Type, optional: 1, rows: 3, pages: [][]byte{dataOf(3, encoding, body)}}.bytes(), -1, -1, -1)
	}
}

func TestDifferencesOfTheSpecificationAreRead(t *testing.T) {
	// 7, 5, 3, 1, 2, 3, 4, 5: the second example of the format's Encodings.md, in mini-blocks of 8
	body := append([]byte{32, 4, 8, 14, 3, 2, 0, 0, 0}, 0xc0, 0x3f)
	givesInts(t, file32(8, dataOf(8, differences, body)), 7, 5, 3, 1, 2, 3, 4, 5)
}

func TestAChecksumIsChecked(t *testing.T) {
	body := int32s(1)
	page := func(sum uint32) []byte {
		return append(structOf(int32Of(1, dataPage), int32Of(2, 4), int32Of(3, 4), int32Of(4, int64(int32(sum))),
			structField(5, int32Of(1, 1), int32Of(2, plainNumbers), int32Of(3, runsOfNumbers))), body...)
	}
	givesInts(t, file32(1, page(crc32.ChecksumIEEE(body))), 1)
	isRefused(t, file32(1, page(crc32.ChecksumIEEE(body)^1)), "is damaged: column n: the checksum of a page is wrong")
}

func TestAPageMayNotBeLargerThanTheLimit(t *testing.T) {
	page := append(structOf(int32Of(1, dataPage), int32Of(2, maxPage+1), int32Of(3, 4), structField(5, int32Of(1, 1))), int32s(1)...)
	isRefused(t, file32(1, page), "can't be read: column n: a page of 134217729 bytes")
}

func TestAPageMayNotBeLargerThanItsColumn(t *testing.T) {
	page := append(structOf(int32Of(1, dataPage), int32Of(2, 4), int32Of(3, 1<<30), structField(5, int32Of(1, 1))), int32s(1)...)
	isRefused(t, file32(1, page), "larger than its column")
}

func TestSizesMayNotBeNegative(t *testing.T) {
	for _, page := range [][]byte{
		structOf(int32Of(1, dataPage), int32Of(2, -4), int32Of(3, 4), structField(5, int32Of(1, 1))),
		structOf(int32Of(1, dataPage), int32Of(2, 4), int32Of(3, -4), structField(5, int32Of(1, 1))),
		structOf(int32Of(1, dataPage), int32Of(2, 4), int32Of(3, 4), structField(5, int32Of(1, -1))),
		structOf(int32Of(1, dataPageV2), int32Of(2, 4), int32Of(3, 4), structField(8, int32Of(1, 1), int32Of(5, -1))),
		structOf(int32Of(1, dataPageV2), int32Of(2, 4), int32Of(3, 4), structField(8, int32Of(1, 1), int32Of(5, 3), int32Of(6, 2))),
		structOf(int32Of(1, dataPage), int32Of(2, 4), int32Of(3, 4)),
	} {
		isRefused(t, file32(1, append(page, int32s(1)...)), "is damaged: column n: a page ")
	}
}

func TestTheSizeOfAPageMustBeWhatItSays(t *testing.T) {
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	body := int32s(1, 2)
	for method, packed := range map[int64][]byte{codecNone: body, codecSnappy: s2.EncodeSnappy(nil, body),
		codecZstd: encoder.EncodeAll(body, nil)} {
		for _, size := range []int64{4, 12, 1 << 20} {
			page := append(structOf(int32Of(1, dataPage), int32Of(2, size), int32Of(3, int64(len(packed))),
				structField(5, int32Of(1, 1), int32Of(2, plainNumbers), int32Of(3, runsOfNumbers))), packed...)
			if got, err := ints(rawFile{physical: int32Type, rows: 1, codec: method, pages: [][]byte{page}}.bytes()); err == nil {
				t.Errorf("codec %d: a page of %d bytes that says %d is read as %v", method, len(body), size, got)
			}
		}
	}
}

func TestDamageIsAnErrorThatSaysWhat(t *testing.T) {
	for says, content := range map[string][]byte{
		"rows are missing: 3":                      file32(3),
		"rows are missing: 1":                      file32(3, dataOf(2, plainNumbers, int32s(1, 2))),
		"4 values has more than the 3 rows":        file32(3, dataOf(4, plainNumbers, int32s(1, 2, 3, 4))),
		"fewer values than it says":                file32(3, dataOf(3, plainNumbers, int32s(1, 2))),
		"header of a page can't be read":           file32(3, []byte{0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f}),
		"its dictionary is damaged":                file32(1, wordsOf(1<<22, int32s(1)), dataOf(1, plainNumbers, int32s(1))),
		"a position outside the dictionary":        file32(1, wordsOf(2, int32s(7, 8)), dataOf(1, dictionaryNumbers, []byte{2, 3, 2})),
		"encoding BYTE_STREAM_SPLIT can't be read": file32(1, dataOf(1, 9, int32s(1))),
		"an impossible run":                        file32(1, wordsOf(1, int32s(7)), dataOf(1, dictionaryNumbers, []byte{1, 0, 0})),
		"differences is damaged":                   file32(1, dataOf(1, differences, []byte{0, 0, 0, 0})),
	} {
		isRefused(t, content, says)
	}
}

func TestPositionsOfMoreThan32BitsAreAnError(t *testing.T) {
	isRefused(t, file32(1, wordsOf(2, int32s(7, 8)), dataOf(1, dictionaryNumbers, []byte{33, 3, 2})), "fewer values")
}

func TestASecondDictionaryIsAnError(t *testing.T) {
	isRefused(t, file32(1, wordsOf(1, int32s(1)), wordsOf(1, int32s(1)), dataOf(1, plainNumbers, int32s(1))), "its dictionary is damaged")
}

func TestPositionsWithoutADictionaryAreAnError(t *testing.T) {
	isRefused(t, file32(1, dataOf(1, dictionaryNumbers, []byte{1, 2, 0})), "its dictionary is missing")
}

func TestADictionaryWithFewerWordsThanItSaysIsAnError(t *testing.T) {
	isRefused(t, file32(1, wordsOf(1<<21, int32s(1)), dataOf(1, dictionaryNumbers, []byte{1, 2, 0})), "its dictionary is damaged")
}

func TestLevelsOfAPageMustBeThere(t *testing.T) {
	optional := func(page []byte) []byte {
		return rawFile{physical: int32Type, optional: 1, rows: 100, pages: [][]byte{page}}.bytes()
	}
	isRefused(t, optional(dataOf(100, plainNumbers, []byte{1, 0})), "fewer values")
	isRefused(t, optional(dataOf(100, plainNumbers, append([]byte{200, 0, 0, 0}, int32s(1, 2)...))), "fewer values")
	isRefused(t, optional(dataOf(100, plainNumbers, append([]byte{2, 0, 0, 0, 20, 1}, int32s(1, 2)...))), "an impossible run")
	isRefused(t, optional(dataOf(100, plainNumbers, append([]byte{3, 0, 0, 0, 200, 1, 2}, int32s(1, 2)...))), "an impossible run")
}

func TestAnUnknownCodecIsRefusedByNumber(t *testing.T) {
	isRefused(t, rawFile{physical: int32Type, rows: 1, codec: 5, pages: [][]byte{dataOf(1, plainNumbers, int32s(1))}}.bytes(), ""+
		"can't be read: column n: its compression is number 5")
}

func TestARunOfAnyLengthTakesNoMemory(t *testing.T) {
	// a page that says 1 048 576 zeros in five bytes: as many as a file of any size may have
	run := []byte{0, 0x80, 0x80, 0x80, 0x01, 0}
	content := file32(1<<20, wordsOf(1, int32s(7)), dataOf(1<<20, dictionaryNumbers, run))
	f, err := Open(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Source(wanted, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	var block table.Block
	for range 10 {
		if more, err := s.Next(&block); err != nil || !more {
			t.Fatal(more, err)
		}
	}
	if s.held > 1000 {
		t.Errorf("%d bytes are held", s.held)
	}
}
