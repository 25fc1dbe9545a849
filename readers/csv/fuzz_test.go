package csv_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"regul/pipeline"
	"regul/readers/csv"
	"regul/readers/table"
)

// FuzzSource reads any text after a header. Every byte must come back as part of one row, or be a line end between rows; and how
// the reader hands the bytes over must not matter.
func FuzzSource(f *testing.F) {
	for _, text := range []string{
		"", "\n", "1,a,2\n1,b,2", "1,a,2\r\n\r\n1;b;2\r", `1,"a, ""b""",2`, "1,\"a\nb\",2\n", "1,\"a,2\n1,\"b,2\n", "1,\"a\"b,2\n1,c",
		"\"1\n2\",a,\"3\"\r\n", " \"1\" ,\t\"\" , 2\n", "1,\xe9,2\n1,é,2", "1,\x00,2\n", ",,\n,\n,,,\n\"\"\n\"", "1,6\" pipe,2\n",
		"\xef\xbb\xbf1,a,2", "1,\"a\r\nb\",\"2\r\n\"\r\n",
	} {
		f.Add([]byte(text), ',')
		f.Add([]byte(strings.ReplaceAll(text, ",", ";")), ';')
	}
	f.Fuzz(func(t *testing.T, text []byte, separator rune) {
		head := head
		if separator == ';' {
			head = strings.ReplaceAll(head, ",", ";")
		}
		if len(text) > 1<<16 {
			return
		}
		content := append([]byte(head), text...)
		got := lines(t, bytes.NewReader(content))
		if slow := lines(t, iotest.HalfReader(bytes.NewReader(content))); !slices.Equal(got, slow) {
			t.Fatalf("in halves it is read as %v, else as %v", slow, got)
		}
		if shared := linesOf(t, bytes.NewReader(content), 3); !slices.Equal(got, shared) {
			t.Fatalf("by three in turn it is read as %v, else as %v", shared, got)
		}
		accounted(t, text, got)
	})
}

// accounted checks that the rows, one after the other, are the text.
func accounted(t *testing.T, text []byte, rows []line) {
	t.Helper()
	rest := text
	for i, l := range rows {
		if l.row != int64(i+1) {
			t.Fatalf("row %d has number %d", i+1, l.row)
		}
		for !bytes.Equal(firstOf(rest, l.text), []byte(l.text)) {
			blank, _, more := bytes.Cut(rest, []byte{'\n'})
			if !more || !ofNothing(blank) {
				t.Fatalf("row %d is %q, the text goes on with %q", i+1, l.text, rest)
			}
			rest = rest[len(blank)+1:]
		}
		rest = rest[min(len(rest), sizeOf(rest, l.text)):]
	}
	if !ofNothing(rest) {
		t.Fatalf("%q is in no row", rest)
	}
}

// ofNothing says whether a text holds line ends, separators, quotes and blanks alone.
func ofNothing(text []byte) bool {
	return len(bytes.TrimFunc(text, func(r rune) bool { return strings.ContainsRune(",;\"\r\n", r) || pipeline.IsBlank(r) })) == 0
}

// sizeOf is how many bytes of the text a row takes: as many as it has, or, if it was Windows-1252, as it has characters.
func sizeOf(rest []byte, row string) int {
	if bytes.HasPrefix(rest, []byte(row)) {
		return len(row)
	}
	return utf8.RuneCountInString(row)
}

// firstOf is the start of the text, as a row of that length would be read.
func firstOf(rest []byte, row string) []byte {
	first := rest[:min(len(rest), sizeOf(rest, row))]
	if utf8.Valid(first) {
		return first
	}
	first, _ = charmap.Windows1252.NewDecoder().Bytes(first)
	return first
}

// FuzzHeader reads any text as a whole file: an error, or rows.
func FuzzHeader(f *testing.F) {
	for _, text := range []string{head + "1,a,2", "\uFEFFNISS;\"Name\";amount;x\n1;2;3;4\n", "niss,name,amount\r1,a,2\r", "\xff\xfen\x00",
		"\"niss\n\",name,amount\n", "niss,name,amount,niss\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		source, err := csv.Open(bytes.NewReader(text), columns)
		if err != nil {
			return
		}
		var block table.Block
		for rows := int64(0); ; rows += int64(block.Rows) {
			more, err := source.Next(&block)
			if err != nil && err != io.EOF {
				t.Fatal(err)
			}
			if !more {
				return
			}
			if block.First != rows+1 || rows > int64(len(text)) {
				t.Fatalf("a block starts with row %d after %d rows", block.First, rows)
			}
		}
	})
}
