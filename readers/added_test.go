package readers_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/rows"
	"regul/readers"
	"regul/readers/parquettest"
)

// without cuts columns out of the rows of an input.
func without(input pipeline.Input, rows [][]string, lacking []string) (names []string, cut [][]string) {
	cut = make([][]string, len(rows))
	for at, name := range readers.Columns(input) {
		if slices.Contains(lacking, name) {
			continue
		}
		names = append(names, name)
		for i, row := range rows {
			cut[i] = append(cut[i], row[at])
		}
	}
	return names, cut
}

// A file without the columns that came later, one with some of them and one in which they are all empty are alike: their content has
// one digest, the one that it had before there were such columns.
func TestAFileMayLackTheColumnsThatWereAdded(t *testing.T) {
	digests := map[pipeline.Input]rows.Digest{
		pipeline.Affiliates:    {Rows: 1, High: 0x44c550fea10c9d6, Low: 0xa6ddd1f2159e09c8},
		pipeline.Account:       {Rows: 1, High: 0xb388935f26736d77, Low: 0xcef5c3e6a365fc4e},
		pipeline.Payments:      {Rows: 1, High: 0x5f73d2c46f3c99f, Low: 0xff276f4bddd9b27a},
		pipeline.Revenue:       {Rows: 1, High: 0x34f4a9e78d8348b, Low: 0x807e57717c2ae2b6},
		pipeline.EvidenceInput: {Rows: 1, High: 0x66b11861e18a3cc2, Low: 0xef53bb59c11d187b},
	}
	for input, digest := range digests {
		row := strings.Split(validRows[input], ",")
		for i, name := range readers.Columns(input) {
			if slices.Contains(addedColumns, name) {
				row[i] = ""
			}
		}
		for i, lacking := range [][]string{nil, addedColumns, {"payment", "hold", "recovered_on", "started_on"}} {
			names, rows := without(input, [][]string{row}, lacking)
			columns := slices.DeleteFunc(columnsOf(input), func(c parquettest.Column) bool { return !slices.Contains(names, c.Name) })
			for name, content := range map[string][]byte{
				"x.csv":     dialect{separator: ';', lineEnd: "\n"}.csv(names, rows),
				"x.parquet": parquettest.Write(t, columns, rows, parquettest.Options{}),
			} {
				o := read(t, input, name, content)
				if o.records() != 1 || o.digest != digest {
					t.Errorf("%s, %s, way %d: %d records, digest %#v", input, name, i, o.records(), o.digest)
				}
				if want := strings.Join(rows[0], ","); name == "x.parquet" {
					for _, r := range rowsOf(&o) {
						if text, _, ok := readers.Render(o.parts, r.record, standardLaw().Codes()); !ok || text != want {
							t.Errorf("%s: rendered %q, want %q", input, text, want)
						}
					}
					if texts, _ := recall(t, o.parts, 1); texts[0] != want {
						t.Errorf("%s: recalled %q, want %q", input, texts[0], want)
					}
				}
			}
		}
	}
}

// Each of the added columns, alone in its file, comes into the record, and makes another content of the row.
func TestEachAddedColumnIsRead(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for at, name := range readers.Columns(input) {
			if !isAdded(input, name) {
				continue
			}
			lacking := slices.DeleteFunc(slices.Clone(addedColumns), func(other string) bool { return other == name })
			row := strings.Split(validRows[input], ",")
			names, rows := without(input, [][]string{row}, lacking)
			got := read(t, input, "x.csv", dialect{separator: ',', lineEnd: "\n"}.csv(names, rows))
			row[at] = ""
			names, rows = without(input, [][]string{row}, lacking)
			empty := read(t, input, "x.csv", dialect{separator: ',', lineEnd: "\n"}.csv(names, rows))
			if got.records() != 1 || empty.records() != 1 || got.digest == empty.digest {
				t.Errorf("%s: %d and %d records, digests %v and %v", name, got.records(), empty.records(), got.digest, empty.digest)
			}
			if reflect.DeepEqual(got.shard, empty.shard) {
				t.Errorf("%s: the record is the same without it", name)
			}
		}
	}
}

func TestCellsOfAFileThatLacksColumnsAreSplitUnderTheirNames(t *testing.T) {
	columns := slices.DeleteFunc(columnsOf(pipeline.Payments),
		func(c parquettest.Column) bool { return c.Name == "payment" || c.Name == "end_to_end" })
	row := []string{"85010112387", "2023", "", "2023-02-06", "350.87", "refund"}
	for name, content := range map[string][]byte{
		"x.csv":     []byte("niss,year,quarter,paid_on,amount,purpose\n" + strings.Join(row, ",") + "\n"),
		"x.parquet": parquettest.Write(t, columns, [][]string{row}, parquettest.Options{}),
	} {
		o := read(t, pipeline.Payments, name, content)
		splitter, err := readers.NewSplitter(o.parts)
		if err != nil {
			t.Fatal(err)
		}
		texts, _ := recall(t, o.parts, 1)
		cells, whole := splitter.Cells([]byte(texts[0]))
		var got []string
		for _, cell := range cells {
			got = append(got, string(cell))
		}
		if want := []string{"85010112387", "2023", "", "2023-02-06", "350.87", "", "refund", ""}; !whole || !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
