package readers

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// doubled says whether a text seems to have been encoded twice, as é that became Ã©: it has a letter outside ASCII, all of it can be
// written in Windows-1252, and its bytes there are UTF-8. No name is spelled so.
func doubled(text []byte) bool {
	if !bytes.ContainsFunc(text, beyondASCII) {
		return false
	}
	once := make([]byte, 0, len(text))
	for _, r := range string(text) {
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok && r >= 0x80 && r <= 0x9F { // programs take the bytes that Windows-1252 lacks for these characters
			c, ok = byte(r), true
		}
		if !ok {
			return false
		}
		once = append(once, c)
	}
	return utf8.Valid(once)
}

func beyondASCII(r rune) bool { return r >= utf8.RuneSelf }

// look counts the row as one to look at if a text in one of some columns seems to have been encoded twice.
func (d *decoder) look(row int, columns ...int) {
	for _, column := range columns {
		if v := &d.block.Columns[column]; v.Is(row) && doubled(v.Texts[row]) {
			d.doubled++
			return
		}
	}
}
