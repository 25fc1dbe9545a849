package sheet

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"regul/readers/table"
)

var columns = []table.Column{{Name: "niss", Kind: table.Text}, {Name: "year", Kind: table.Integer}, {Name: "amount", Kind: table.Amount},
	{Name: "due", Kind: table.Date}, {Name: "late", Kind: table.Boolean}}

// block is rows with cells of each kind; the last row is empty.
func block(rows int) *table.Block {
	b := &table.Block{}
	b.Reset(columns, []int{0, 1, 2, 3, 4}, 1, rows+1)
	for row := range rows {
		b.Columns[0].Texts[row] = []byte(fmt.Sprintf("%011d", row))
		b.Columns[1].Ints[row] = 2023
		b.Columns[2].Ints[row] = -1 - int64(row)*10
		b.Columns[3].Ints[row] = 20_361 // 2025-09-30
		b.Columns[4].Ints[row] = int64(row % 2)
	}
	for i := range columns {
		b.Columns[i].States[rows] = table.Empty
	}
	return b
}

func write(t *testing.T, w Writer, b *table.Block) {
	t.Helper()
	for row := range b.Rows {
		if err := w.Write(b, row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	w, err := NewCSV(&out, columns)
	if err != nil {
		t.Fatal(err)
	}
	b := block(2)
	b.Columns[0].Texts[1] = []byte(`=1,"2"`)
	write(t, w, b)
	want := "niss,year,amount,due,late\n00000000000,2023,-0.01,2025-09-30,false\n\"'=1,\"\"2\"\"\",2023,-0.11,2025-09-30,true\n,,,,\n"
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
}

// Numbers of people keep their zeros, amounts are numbers to the cent, days are days; what does not fit a sheet goes to another one.
func TestXLSX(t *testing.T) {
	var out bytes.Buffer
	w, err := newXLSX(&out, "latest", columns, 3)
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, block(3))
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"latest!A1": "niss", "latest!A2": "00000000000", "latest!B2": "2023", "latest!C2": "-0.01",
		"latest!C3": "-0.11", "latest!D2": "2025-09-30", "latest!E3": "TRUE", "latest!A4": "", "latest 2!C1": "amount",
		"latest 2!C2": "-0.21", "latest 2!A3": ""} {
		sheet, at, _ := bytes.Cut([]byte(cell), []byte("!"))
		if got, err := f.GetCellValue(string(sheet), string(at)); err != nil || got != want {
			t.Errorf("%s is %q, want %q: %v", cell, got, want, err)
		}
	}
	if kind, err := f.GetCellType("latest", "C2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("an amount is no number: %v, %v", kind, err)
	}
	if kind, err := f.GetCellType("latest", "A2"); err != nil || kind != excelize.CellTypeInlineString &&
		kind != excelize.CellTypeSharedString {
		t.Errorf("a number of a person is no text: %v, %v", kind, err)
	}
}
