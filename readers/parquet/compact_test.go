package parquet

import (
	"slices"
	"testing"
)

func skipped(text []byte) *compact {
	c := &compact{rest: text}
	c.skip(kindStruct)
	return c
}

func TestEveryKindOfFieldIsPassedOver(t *testing.T) {
	text := structOf(
		part{1, kindTrue, nil}, part{2, kindFalse, nil}, part{3, kindByte, []byte{0xff}}, part{4, kindInt16, []byte{0x80, 1}},
		int32Of(5, -7), int64Of(300, 1<<40), part{301, kindDouble, make([]byte, 8)}, textOf(302, "text"),
		listOf(303, 1, structOf(int32Of(1, 1))), part{304, kindSet, []byte{0x33, 1, 2, 3}},
		part{305, kindMap, []byte{2, byte(kindByte)<<4 | byte(kindTrue), 1, 1, 2, 2}}, part{306, kindMap, []byte{0}},
		part{307, kindList, []byte{0x21, 1, 2}}, part{308, kindUUID, make([]byte, 16)}, structField(309, structField(1)),
	)
	c := skipped(append(text, 0xab))
	if c.failed || !slices.Equal(c.rest, []byte{0xab}) || c.depth != 0 {
		t.Errorf("failed %v, %d bytes left, depth %d", c.failed, len(c.rest), c.depth)
	}
	for length := range text {
		if !skipped(text[:length]).failed {
			t.Errorf("%d of %d bytes are enough", length, len(text))
		}
	}
}

func TestMoreElementsThanBytesAreAFailure(t *testing.T) {
	for _, f := range []part{
		listOf(1, 1<<30), {1, kindList, []byte{0xe3, 1}}, {1, kindSet, []byte{0xf5, 0xff, 0xff, 0xff, 0xff, 0x0f}},
		{1, kindMap, []byte{0xff, 0xff, 0xff, 0xff, 0x0f, 0x33}}, {1, kindBinary, []byte{0xff, 0xff, 0xff, 0xff, 0x0f}},
		{1, kindList, []byte{0xf0}},
	} {
		if !skipped(structOf(f)).failed {
			t.Errorf("%x is passed over", f.body)
		}
	}
}

func TestAnUnknownKindIsAFailure(t *testing.T) {
	for _, k := range []kind{0, 14, 15} {
		if !skipped([]byte{0x10 | byte(k), 0, 0, 0}).failed {
			t.Errorf("kind %d is passed over", k)
		}
	}
}

func TestStructsNestedTooDeepAreAFailure(t *testing.T) {
	deep := structOf()
	for range 10_000 {
		deep = structOf(part{1, kindStruct, deep})
	}
	lists := []byte{}
	for range 10_000 {
		lists = append(lists, 0x19)
	}
	if !skipped(deep).failed || !skipped(append([]byte{0x19}, lists...)).failed {
		t.Error("they are passed over")
	}
}

func TestAfterAFailureEverythingIsZero(t *testing.T) {
	c := &compact{}
	if c.signed() != 0 || !c.failed || c.byte() != 0 || c.binary() != nil || c.unsigned() != 0 {
		t.Error("it is not")
	}
}
