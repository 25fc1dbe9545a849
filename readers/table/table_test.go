package table_test

import (
	"slices"
	"strings"
	"testing"

	"regul/readers/table"
)

// set reads a cell of a kind and returns it as text, "?" when it can't be read, "" when it is empty.
func set(kind table.Kind, text string) string {
	columns := []table.Column{{Name: "c", Kind: kind}}
	var b table.Block
	b.Reset(columns, nil, 1, 1)
	v := &b.Columns[0]
	v.Set(0, kind, []byte(text))
	switch v.States[0] {
	case table.Value:
		return string(table.AppendCell(nil, kind, v, 0))
	case table.Unreadable:
		return "?"
	}
	return ""
}

func TestCellsAreReadByTheirKind(t *testing.T) {
	for kind, cells := range map[table.Kind]map[string]string{
		table.Text: {"": "", "a b": "a b"},
		table.Integer: {"": "", "0": "0", "007": "7", "999999999": "999999999", "1000000000": "?", "0000000001": "?", "-1": "?", "+1": "?",
			"1.0": "?", "1 ": "?", "x": "?"},
		table.Amount: {"": "", "12": "12.00", "12.5": "12.50", "12,50": "12.50", "-0.01": "-0.01", "1e3": "?", "+5": "5.00", "++5": "?",
			"12.345": "?", "1.234,56": "?"},
		table.Date: {"": "", "2026-02-28": "2026-02-28", "2024-02-29": "2024-02-29", "1900-01-01": "1900-01-01",
			"2199-12-31": "2199-12-31", "2026-02-30": "?", "2026-2-3": "?", "1899-12-31": "?"},
		table.Boolean: {"": "", "true": "true", "TRUE": "true", "True": "true", "false": "false", "FALSE": "false", "False": "false",
			"1": "true", "0": "false", "VRAI": "true", "onwaar": "false", "Falsch": "false", "nee": "false", "oui": "true", "ja": "true",
			"tRUE": "true", "2": "?", "x": "?", "on": "?"},
	} {
		for cell, want := range cells {
			if got := set(kind, cell); got != want {
				t.Errorf("kind %d, %q: %q, want %q", kind, cell, got, want)
			}
		}
	}
}

func TestResetForgetsTheBlockBefore(t *testing.T) {
	columns := []table.Column{{Name: "t"}, {Name: "n", Kind: table.Integer}}
	var b table.Block
	b.Reset(columns, nil, 1, 3)
	for row := range 3 {
		b.Columns[0].Set(row, table.Text, []byte("x"))
		b.Columns[1].Set(row, table.Integer, []byte("x"))
		b.Torn[row] = true
	}
	b.Reset(columns, nil, 4, 2)
	if b.First != 4 || b.Rows != 2 || slices.Contains(b.Torn, true) || b.Columns[0].Texts[1] != nil ||
		b.Columns[1].States[1] != table.Value {
		t.Errorf("%+v", b)
	}
}

func TestLocateFindsColumnsInAnyOrder(t *testing.T) {
	positions, unknown, err := table.Locate([]table.Column{{Name: "a"}, {Name: "b"}}, []string{"x", "b", "y", "a", "x"})
	if err != nil || !slices.Equal(positions, []int{3, 1}) || !slices.Equal(unknown, []string{"x", "y", "x"}) {
		t.Error(positions, unknown, err)
	}
}

func TestLocateNamesEveryMissingColumn(t *testing.T) {
	_, _, err := table.Locate([]table.Column{{Name: "a"}, {Name: "b"}, {Name: "c"}}, []string{"b"})
	if err == nil || !strings.Contains(err.Error(), "missing columns: a, c; expected are a, b, c") {
		t.Error(err)
	}
}

func TestLocateRefusesAColumnTwice(t *testing.T) {
	if _, _, err := table.Locate([]table.Column{{Name: "a"}}, []string{"a", "b", "a"}); err == nil {
		t.Error("it is accepted")
	}
}

func TestACellIsQuotedWhereItMust(t *testing.T) {
	for cell, want := range map[string]string{"a b": "a b", "a,b": `"a,b"`, `a"b`: `"a""b"`, "a\nb": "\"a\nb\"", "a\rb": "\"a\rb\"",
		"": ""} {
		if got := string(table.AppendCSV(nil, []byte(cell))); got != want {
			t.Errorf("%q: %q", cell, got)
		}
	}
}
