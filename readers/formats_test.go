package readers_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"

	"regul/pipeline"
	"regul/readers"
	"regul/readers/parquettest"
)

// sheet is the rows of an input as cells, in the columns of the contract.
type sheet struct {
	input pipeline.Input
	rows  [][]string
}

// format is a way to write a sheet.
type format struct {
	name  string // of the test
	file  string // how the file's name ends
	write func(testing.TB, sheet) []byte
}

// dialect is how CSV is written.
type dialect struct {
	separator    byte
	decimalComma bool
	lineEnd      string
	quoteAll     bool
	blanks       bool      // around cells
	wide         bool      // around cells: blanks that are no space
	words        [2]string // for false and true
}

// csv writes a sheet in a dialect.
func (d dialect) csv(names []string, rows [][]string) []byte {
	var out bytes.Buffer
	for i, row := range append([][]string{names}, rows...) {
		for at, cell := range row {
			if at > 0 {
				out.WriteByte(d.separator)
			}
			if i > 0 && d.decimalComma && slices.Contains([]string{"legal_provisional", "provisional", "amount", "net_income",
				"admitted_income"}, names[at]) {
				cell = strings.Replace(cell, ".", ",", 1)
			}
			if d.words[0] != "" && kindOf(names[at]) == parquettest.Boolean && i > 0 {
				cell = strings.NewReplacer("false", d.words[0], "true", d.words[1]).Replace(cell)
			}
			if d.quoteAll || strings.ContainsAny(cell, "\"\n"+string(d.separator)) {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			if d.wide {
				cell = "\u00a0" + cell + "\u200b\u2009"
			}
			if d.blanks {
				cell = " " + cell + "\t "
			}
			out.WriteString(cell)
		}
		out.WriteString(d.lineEnd)
	}
	return out.Bytes()
}

func plainCSV(_ testing.TB, s sheet) []byte {
	return dialect{separator: ',', lineEnd: "\n"}.csv(readers.Columns(s.input), s.rows)
}

func inDialect(d dialect) func(testing.TB, sheet) []byte {
	return func(_ testing.TB, s sheet) []byte { return d.csv(readers.Columns(s.input), s.rows) }
}

// shuffled is a sheet with its columns turned around and unknown ones between them.
func shuffled(s sheet) ([]string, [][]string) {
	turn := func(row []string, extra string) []string {
		turned := slices.Clone(row)
		slices.Reverse(turned)
		return slices.Concat([]string{extra}, turned[:2], []string{extra + "2"}, turned[2:])
	}
	var rows [][]string
	for _, row := range s.rows {
		rows = append(rows, turn(row, "1.5"))
	}
	return turn(readers.Columns(s.input), "Remark"), rows
}

func gzipped(content []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(content)
	w.Close()
	return out.Bytes()
}

func zstandard(content []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true))
	if err != nil {
		panic(err)
	}
	return w.EncodeAll(content, nil)
}

// The ways to write CSV.
var csvFormats = []format{
	{"comma", ".csv", plainCSV},
	{"semicolon", ".csv", inDialect(dialect{separator: ';', lineEnd: "\n"})},
	{"semicolon and decimal comma", ".csv", inDialect(dialect{separator: ';', lineEnd: "\n", decimalComma: true})},
	{"comma and quoted decimal comma", ".csv", inDialect(dialect{separator: ',', lineEnd: "\n", decimalComma: true})},
	{"Windows-1252", ".csv", func(t testing.TB, s sheet) []byte {
		content, err := charmap.Windows1252.NewEncoder().Bytes(plainCSV(t, s))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}},
	{"byte order mark", ".csv", func(t testing.TB, s sheet) []byte { return append([]byte("\uFEFF"), plainCSV(t, s)...) }},
	{"carriage returns", ".csv", inDialect(dialect{separator: ',', lineEnd: "\r\n"})},
	{"all quoted", ".csv", inDialect(dialect{separator: ';', lineEnd: "\r\n", quoteAll: true})},
	{"blanks around cells", ".csv", inDialect(dialect{separator: ',', lineEnd: "\n", blanks: true})},
	{"blanks around quotes", ".csv", inDialect(dialect{separator: ',', lineEnd: "\n", quoteAll: true, blanks: true})},
	{"tabs", ".csv", inDialect(dialect{separator: '\t', lineEnd: "\n"})},
	{"tabs, all quoted", ".csv", inDialect(dialect{separator: '\t', lineEnd: "\r\n", quoteAll: true})},
	{"vertical bars", ".csv", inDialect(dialect{separator: '|', lineEnd: "\n"})},
	{"blanks that are no space", ".csv", inDialect(dialect{separator: ';', lineEnd: "\n", wide: true})},
	{"VRAI and FAUX", ".csv", inDialect(dialect{separator: ';', lineEnd: "\n", words: [2]string{"FAUX", "VRAI"}})},
	{"waar and onwaar", ".csv", inDialect(dialect{separator: ';', lineEnd: "\n", words: [2]string{"onwaar", "waar"}})},
	{"Falsch and Wahr", ".csv", inDialect(dialect{separator: ';', lineEnd: "\n", words: [2]string{"Falsch", "Wahr"}})},
	{"0 and 1", ".csv", inDialect(dialect{separator: ',', lineEnd: "\n", words: [2]string{"0", "1"}})},
	{"the separator said first", ".csv", func(t testing.TB, s sheet) []byte {
		return append([]byte("\uFEFFsep=;\r\n"), dialect{separator: ';', lineEnd: "\r\n"}.csv(readers.Columns(s.input), s.rows)...)
	}},
	{"two byte order marks", ".csv", func(t testing.TB, s sheet) []byte { return append([]byte("\uFEFF\uFEFF"), plainCSV(t, s)...) }},
	{"rows of empty cells", ".csv", inDialect(dialect{separator: ',', lineEnd: "\n,,,\n\"\",\n"})},
	{"gzip, padded with zeros", ".csv.gz", func(t testing.TB,
		s sheet) []byte {
		return append(gzipped(plainCSV(t, s)), make([]byte, 1000)...)
	}},
	{"blank lines", ".csv", inDialect(dialect{separator: ',', lineEnd: "\n\r\n\n"})},
	{"no final line end", ".csv", func(t testing.TB, s sheet) []byte { return bytes.TrimRight(plainCSV(t, s), "\n") }},
	{"mixed line ends", ".csv", func(t testing.TB, s sheet) []byte {
		half := len(s.rows) / 2
		first := plainCSV(t, sheet{s.input, s.rows[:half]})
		second := dialect{separator: ',', lineEnd: "\r\n"}.csv(readers.Columns(s.input), s.rows[half:])
		return append(first, second[bytes.IndexByte(second, '\n')+1:]...)
	}},
	{"shuffled columns", ".csv", func(_ testing.TB, s sheet) []byte {
		names, rows := shuffled(s)
		return dialect{separator: ',', lineEnd: "\n"}.csv(names, rows)
	}},
	{"gzip", ".csv.gz", func(t testing.TB, s sheet) []byte { return gzipped(plainCSV(t, s)) }},
	{"gzip of two members", ".csv.gz", func(t testing.TB, s sheet) []byte {
		content := plainCSV(t, s)
		return append(gzipped(content[:len(content)/3]), gzipped(content[len(content)/3:])...)
	}},
	{"zstd", ".csv.zst", func(t testing.TB, s sheet) []byte { return zstandard(plainCSV(t, s)) }},
	{"zstd of two frames", ".csv.zst", func(t testing.TB, s sheet) []byte {
		content := plainCSV(t, s)
		return append(zstandard(content[:len(content)/3]), zstandard(content[len(content)/3:])...)
	}},
	{"zstd by content, not by name", ".csv", func(t testing.TB, s sheet) []byte { return zstandard(plainCSV(t, s)) }},
}
