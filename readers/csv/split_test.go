package csv_test

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"regul/readers/csv"
	"regul/readers/table"
)

// FuzzSplit splits every row again from its text alone: the cells must be those that were read, and a torn row must not split.
func FuzzSplit(f *testing.F) {
	for _, text := range []string{"1,a,2\n1;b;2\n", "1,\"a\nb\",2\n", " \"1\" ,\t\"\" , 2\r\n", "1,è,'=2\n1,é,2", "'=1,'@a,'-1",
		"1,\x00,2\n", "1,\"a, \"\"b\"\"\",2", "\"1\n2\",a,3\n,,", ",,\"\"\r\r", "1,a,2\r\r\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<16 || !utf8.Valid(text) { // a row in two encodings has cells that its text shows otherwise
			return
		}
		source, err := csv.Open(bytes.NewReader(append([]byte(head), text...)), columns)
		if err != nil {
			t.Fatal(err)
		}
		var block table.Block
		for {
			more, err := source.Next(&block)
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				return
			}
			for row := range block.Rows {
				read := source.RowText(row)
				cells, whole := source.Split(read)
				if whole == block.Torn[row] {
					t.Fatalf("%q is torn: %v; split: %v", read, block.Torn[row], whole)
				}
				for i := range columns[:2] {
					if whole && !bytes.Equal(table.Bare(cells[i]), block.Columns[i].Texts[row]) {
						t.Fatalf("%q: column %d was read as %q, split as %q", read, i, block.Columns[i].Texts[row], cells[i])
					}
				}
			}
		}
	})
}

// What was exported for a spreadsheet is read as it was.
func TestApostropheBeforeAFormulaIsDropped(t *testing.T) {
	reads(t, "'=1,'@x,'-12.30\n'1,'s-Gravenhage,-12.30\n'+1,'',1\n", "=1|@x|-12.30", "'1|'s-Gravenhage|-12.30", "+1|''|1.00")
	reads(t, "1,\"'=a,b\",2\n", "1|=a,b|2.00")
}
