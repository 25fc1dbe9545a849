package parquet

import (
	"bytes"
	"strings"
	"testing"

	"regul/readers/table"
)

var int32Schema = schemaOf(int32Type, 0)

func TestAFooterIsRead(t *testing.T) {
	f, err := Open(bytes.NewReader(sealed(nil,
		footerOf(int32Schema, 12, groupOf(5, chunk32(0, 5, 4, 0)), groupOf(7, chunk32(0, 7, 4, 0))))))
	if err != nil {
		t.Fatal(err)
	}
	if f.Rows() != 12 || f.RowGroups() != 2 {
		t.Errorf("%d rows in %d groups", f.Rows(), f.RowGroups())
	}
}

func TestADamagedFooterIsRefused(t *testing.T) {
	good := sealed(nil, footerOf(int32Schema, 5, groupOf(5, chunk32(0, 5, 4, 0))))
	for says, content := range map[string][]byte{
		"only 11 bytes":               good[:11],
		"it holds 1073741824 rows in": sealed(nil, footerOf(int32Schema, 1<<30, groupOf(1<<30, chunk32(0, 1<<30, 4, 0)))),
		"cut off, or encrypted":       good[:len(good)-1],
		"larger than the file":        append(bytes.Clone(good[:len(good)-8]), 0xff, 0xff, 0xff, 0x7f, 'P', 'A', 'R', '1'),
		"it can't be read":            sealed(nil, structOf(int32Of(1, 2), listOf(2, 1<<30), int64Of(3, 5))),
		"its schema is damaged":       sealed(nil, footerOf(listOf(2, 1, structOf(textOf(4, "schema"), int32Of(5, 1<<30))), 0)),
		"its schema is no tree":       sealed(nil, footerOf(listOf(2, 2, structOf(textOf(4, "schema")), structOf(textOf(4, "n"))), 0)),
		"a row group of 7 rows":       sealed(nil, footerOf(int32Schema, 6, groupOf(7, chunk32(0, 7, 4, 0)))),
		"a row group of -5 rows":      sealed(nil, footerOf(int32Schema, 5, groupOf(-5, chunk32(0, 7, 4, 0)))),
		"2 rows are in no row group":  sealed(nil, footerOf(int32Schema, 7, groupOf(5, chunk32(0, 5, 4, 0)))),
		"the file only has 0 columns": sealed(nil, footerOf(int32Schema, 5, groupOf(5))),
	} {
		isRefused(t, content, says)
	}
}

func TestASchemaNestedTooDeepIsRefused(t *testing.T) {
	var elements [][]byte
	for range 1000 {
		elements = append(elements, structOf(textOf(4, "g"), int32Of(5, 1)))
	}
	isRefused(t, sealed(nil, footerOf(listOf(2, len(elements), elements...), 0)), "its schema is damaged, or too large")
}

func TestAColumnBeyondTheFileIsAnError(t *testing.T) {
	for _, place := range [][2]int64{{-1, 4}, {4, -1}, {1 << 40, 4}, {4, 1 << 40}, {1 << 62, 1 << 62}} {
		isRefused(t, sealed(nil, footerOf(int32Schema, 5, groupOf(5, chunk32(0, 5, place[0], place[1])))), "column n: it lies "+
			"outside the file")
	}
}

func TestAColumnMustHaveTheRowsOfItsRowGroup(t *testing.T) {
	isRefused(t, sealed(nil, footerOf(int32Schema, 5, groupOf(5, chunk32(0, 4, 4, 0)))), "has 4 values for 5 rows")
}

func TestColumnsInGroupsAreFoundButNotRead(t *testing.T) {
	schema := listOf(2, 4, structOf(textOf(4, "schema"), int32Of(5, 2)), structOf(int32Of(3, 0), textOf(4, "G"), int32Of(5, 1)),
		structOf(int32Of(1, int32Type), int32Of(3, 1), textOf(4, "X")), structOf(int32Of(1, int32Type), int32Of(3, 2), textOf(4, "list")))
	f, err := Open(bytes.NewReader(sealed(nil, footerOf(schema, 0))))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range f.names {
		_, err := f.Source([]table.Column{{Name: name, Kind: table.Integer}}, 0, 0)
		if nested := err != nil && strings.Contains(err.Error(), "holds a list"); nested != (name == "list") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
