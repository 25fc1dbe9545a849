package parquet

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"

	"regul/readers/table"
)

// Some rows of a row group are those that lie there when all of it is read, in every encoding: pages that are passed over count.
func TestSomeRowsOfARowGroup(t *testing.T) {
	for _, version := range []parquet.DataPageVersion{parquet.DataPageV1, parquet.DataPageV2} {
		for _, c := range []struct {
			dictionary bool
			delta      string
		}{{false, ""}, {true, ""}, {false, "length"}, {false, "prefix"}} {
			f, err := Open(bytes.NewReader(sample(t, c.dictionary, c.delta, compress.Codecs.Zstd, version)))
			if err != nil {
				t.Fatal(err)
			}
			all := textsOf(t, f, 1, 0, f.RowsOf(1))
			if len(all) != 150 {
				t.Fatalf("%d rows", len(all))
			}
			for first := int64(0); first <= 150; first += 7 {
				for _, end := range []int64{first, first + 1, first + 40, 150} {
					if end = min(end, 150); !slices.Equal(textsOf(t, f, 1, first, end), all[first:end]) {
						t.Fatalf("version %d, %+v: rows %d to %d are others", version, c, first, end)
					}
				}
			}
		}
	}
}

// textsOf are some rows of a row group, with their numbers.
func textsOf(t *testing.T, f *File, group int, first, end int64) (texts []string) {
	t.Helper()
	err := f.BlocksOfRows(damageColumns, group, first, end, func(b *table.Block) error {
		for row := range b.Rows {
			text := fmt.Sprint(b.First + int64(row))
			for i := range damageColumns {
				v := &b.Columns[i]
				text += fmt.Sprintf(" %d %s", v.States[row], table.AppendCell(nil, damageColumns[i].Kind, v, row))
			}
			texts = append(texts, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
