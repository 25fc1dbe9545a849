package readers

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// A text is looked at by words of eight bytes: every length and every place of what may not be there.
func TestPrintable(t *testing.T) {
	plain := func(text string) bool {
		return utf8.ValidString(text) && strings.IndexFunc(text, unicode.IsControl) < 0
	}
	for length := range 36 {
		whole := strings.Repeat("2026-W23 ~", 4)[:length]
		if got := printable([]byte(whole)); !got {
			t.Errorf("%q is not printable", whole)
		}
		for at := range length {
			for _, c := range []string{"\x00", "\t", "\x1f", " ", "~", "\x7f", "\xff", "é"} {
				text := whole[:at] + c + whole[at+1:]
				if got, want := printable([]byte(text)), plain(text); got != want {
					t.Errorf("%q: %v, want %v", text, got, want)
				}
			}
		}
	}
}
