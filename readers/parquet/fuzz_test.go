package parquet_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"

	reader "regul/readers/parquet"
	"regul/readers/parquettest"
	"regul/readers/table"
)

// smallFiles are files with every type, encoding and kind of page, of a few rows.
func smallFiles(t testing.TB) [][]byte {
	columns := []parquettest.Column{
		{Name: "a", Type: parquettest.Text}, {Name: "b", Type: parquettest.Int32}, {Name: "c", Type: parquettest.Decimal64, Scale: 2},
		{Name: "d", Type: parquettest.Date}, {Name: "e", Type: parquettest.Boolean}, {Name: "f", Type: parquettest.DecimalFixed, Scale: 2},
	}
	var rows [][]string
	for i := range 12 {
		rows = append(rows, []string{fmt.Sprint("text", i/2), fmt.Sprint(i * 37), fmt.Sprintf("%d.5", i-3), "2026-06-30",
			fmt.Sprint(i%2 == 0), fmt.Sprintf("-%d.25", i)})
	}
	files := [][]byte{parquettest.Write(t, columns, rows, parquettest.Options{})}
	for i := range columns {
		columns[i].Optional = i%2 == 0
		columns[i].Few = columns[i].Type != parquettest.Boolean
	}
	rows[3], rows[5] = []string{"", "1", "", "2026-01-01", "", "0"}, []string{"", "1", "", "2026-01-01", "", "0"}
	files = append(files, parquettest.Write(t, columns, rows, parquettest.Options{RowGroup: 5, Version2: true}))
	for i := range columns {
		columns[i].Few = false
		switch columns[i].Type {
		case parquettest.Text:
			columns[i].Encoding = parquet.Encodings.DeltaByteArray
		case parquettest.Int32, parquettest.Decimal64, parquettest.Date:
			columns[i].Encoding = parquet.Encodings.DeltaBinaryPacked
		case parquettest.Boolean:
			columns[i].Encoding = parquet.Encodings.RLE
		}
	}
	files = append(files, parquettest.Write(t, columns, rows, parquettest.Options{PageSize: 10}))
	columns[0].Encoding = parquet.Encodings.DeltaLengthByteArray
	for _, codec := range []compress.Compression{compress.Codecs.Snappy, compress.Codecs.Gzip, compress.Codecs.Zstd,
		compress.Codecs.Brotli} {
		files = append(files, parquettest.Write(t, columns, rows,
			parquettest.Options{Version2: codec == compress.Codecs.Snappy, Codec: codec}))
	}
	return files
}

// names are the columns of the small files, and the kinds that a reader may ask them for.
var names = []string{"a", "b", "c", "d", "e", "f"}

// maxRows is how many rows of a fuzzed file are read: a few bytes may say any number of equal rows.
const maxRows = 1 << 17

// readAll reads every column that is there, for every kind that its type allows. It fails when the rows are not those of the footer.
func readAll(t testing.TB, content []byte) error {
	f, err := reader.Open(bytes.NewReader(content))
	if err != nil {
		return err
	}
	for _, name := range names {
		for kind := table.Text; kind <= table.Boolean; kind++ {
			s, err := f.Source([]table.Column{{Name: name, Kind: kind}}, 0, f.RowGroups())
			if err != nil {
				continue
			}
			var block table.Block
			for rows := int64(0); rows < maxRows; {
				more, err := s.Next(&block)
				if err != nil {
					return err
				}
				if !more {
					if rows != f.Rows() {
						t.Fatalf("column %s: %d rows, but the footer says %d", name, rows, f.Rows())
					}
					break
				}
				rows += int64(block.Rows)
				s.RowText(0)
				s.RowText(block.Rows - 1)
			}
		}
	}
	return nil
}

// FuzzFile reads any bytes as a Parquet file: an error, or the rows that its footer promises.
func FuzzFile(f *testing.F) {
	for _, content := range smallFiles(f) {
		if err := readAll(f, content); err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) { readAll(t, content) })
}

// FuzzDamage changes a sound file in a few places, which reaches deeper than bytes of any kind.
func FuzzDamage(f *testing.F) {
	files := smallFiles(f)
	for i := range files {
		f.Add(uint8(i), uint16(100), uint16(300), byte(1), byte(0x80), uint16(0))
	}
	f.Fuzz(func(t *testing.T, file uint8, at, at2 uint16, change, change2 byte, cut uint16) {
		content := bytes.Clone(files[int(file)%len(files)])
		content[int(at)%len(content)] ^= change
		content[int(at2)%len(content)] += change2
		start := int(at2) % len(content)
		content = append(content[:start], content[start+int(cut)%(len(content)-start):]...)
		readAll(t, content)
	})
}
