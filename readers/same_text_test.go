package readers_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"regul/readers"
)

func TestSameText(t *testing.T) {
	text := paymentsHead + strings.Repeat(paymentRow, 5000)
	other := text[:len(text)-2] + "9\n"
	file := func(content []byte) *readers.File {
		return &readers.File{Name: "x.csv", Content: bytes.NewReader(content), Size: int64(len(content))}
	}
	packed := func(text string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte(text))
		w.Close()
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		a, b []byte
		want bool
	}{
		"a file and the same packed":   {[]byte(text), packed(text), true},
		"packed, and so once more":     {packed(text), packed(text), true},
		"the last byte differs":        {[]byte(other), packed(text), false},
		"one is longer":                {[]byte(text + paymentRow), packed(text), false},
		"one is longer than the block": {packed(text), []byte(text[:1<<15]), false},
	} {
		if same, err := readers.SameText(file(c.a), file(c.b)); err != nil || same != c.want {
			t.Errorf("%s: %t, %v", name, same, err)
		}
	}
	if plain := file([]byte(text)); plain.IsPacked() || !file(packed(text)).IsPacked() {
		t.Error("a packed file is not known")
	}
}
