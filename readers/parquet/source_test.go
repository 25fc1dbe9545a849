package parquet_test

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"testing"

	reader "regul/readers/parquet"
	"regul/readers/parquettest"
	"regul/readers/table"
)

var amount = []table.Column{{Name: "a", Kind: table.Amount}}

// reads asks that cells of a type are read as the given ones.
func reads(t *testing.T, c parquettest.Column, wanted table.Column, pairs map[string]string) {
	t.Helper()
	c.Name, wanted.Name = "a", "a"
	for cell, want := range pairs {
		got, err := cellsOf(parquettest.Write(t, []parquettest.Column{c}, [][]string{{cell}}, parquettest.Options{}),
			[]table.Column{wanted})
		if err != nil || got[0][0] != want {
			t.Errorf("%q is read as %q (%v), want %q", cell, got, err, want)
		}
	}
}

func TestDecimalsOfAnyScaleAreReadAsCents(t *testing.T) {
	for scale, pairs := range map[int]map[string]string{
		0: {"12": "12.00", "-3": "-3.00"}, 1: {"0.5": "0.50"}, 2: {"-0.01": "-0.01"}, 3: {"12.340": "12.34", "12.345": "?", "-0.001": "?"},
		9: {"1.230000000": "1.23", "1.230000001": "?"},
	} {
		for _, kind := range []parquettest.Type{parquettest.Decimal64, parquettest.DecimalFixed, parquettest.DecimalBytes} {
			reads(t, parquettest.Column{Type: kind, Scale: scale}, table.Column{Kind: table.Amount}, pairs)
		}
	}
}

// As in a text: such an amount is out of any range, and no other error. Fractions of a cent can't be read, however large it is.
func TestDecimalsBeyond64BitsAreTheLargest(t *testing.T) {
	const most, least = "92233720368547758.07", "-92233720368547758.08"
	reads(t, parquettest.Column{Type: parquettest.DecimalFixed, Scale: 2}, table.Column{Kind: table.Amount},
		map[string]string{most: most, "92233720368547758.08": most, least: least, "-92233720368547758.09": least,
			"12345678901234567890.12": most, "-12345678901234567890.12": least})
	reads(t, parquettest.Column{Type: parquettest.DecimalFixed, Scale: 6}, table.Column{Kind: table.Amount},
		map[string]string{"12345678901234567.890000": "12345678901234567.89", "12345678901234567.890001": "?"})
	reads(t, parquettest.Column{Type: parquettest.Decimal64}, table.Column{Kind: table.Amount},
		map[string]string{"92233720368547759": most, "-92233720368547759": least, "92233720368547758": "92233720368547758.00"})
	reads(t, parquettest.Column{Type: parquettest.DecimalFixed, Scale: 2}, table.Column{Kind: table.Decimal},
		map[string]string{"92233720368547758.08": "?"})
}

func TestADecimalOfAnImpossibleScaleIsRefused(t *testing.T) {
	content := parquettest.Write(t, []parquettest.Column{{Name: "a", Type: parquettest.DecimalFixed, Scale: 19}}, nil,
		parquettest.Options{})
	if _, err := cellsOf(content, amount); err == nil {
		t.Error("it is read")
	}
}

func TestNumbersBecomeTextOfTheirDigits(t *testing.T) {
	for _, kind := range []parquettest.Type{parquettest.Int32, parquettest.Int64, parquettest.BareInt64} {
		reads(t, parquettest.Column{Type: kind}, table.Column{Kind: table.Text, Digits: 5},
			map[string]string{"7": "00007", "123456": "123456", "-7": "-7", "0": "00000"})
		reads(t, parquettest.Column{Type: kind}, table.Column{Kind: table.Text}, map[string]string{"7": "7", "0": "0"})
	}
}

func TestNumbersOutOfRangeCanNotBeRead(t *testing.T) {
	reads(t, parquettest.Column{Type: parquettest.Int64}, table.Column{Kind: table.Integer},
		map[string]string{"999999999": "999999999", "1000000000": "?", "-1": "?", "0": "0"})
	reads(t, parquettest.Column{Type: parquettest.Date}, table.Column{Kind: table.Date},
		map[string]string{"1899-12-31": "?", "1900-01-01": "1900-01-01", "2199-12-31": "2199-12-31", "2200-01-01": "?"})
}

func TestTextIsReadLikeCSV(t *testing.T) {
	reads(t, parquettest.Column{Type: parquettest.Text}, table.Column{Kind: table.Text},
		map[string]string{" a b\t": "a b", "  ": "", "": ""})
	reads(t, parquettest.Column{Type: parquettest.Bytes}, table.Column{Kind: table.Amount},
		map[string]string{" 12,5 ": "12.50", "1e3": "?", "": ""})
	reads(t, parquettest.Column{Type: parquettest.Text}, table.Column{Kind: table.Boolean},
		map[string]string{"TRUE": "true", "no": "false", "nope": "?"})
}

// numbered is a file of the numbers from 1, in row groups.
func numbered(t *testing.T, rows, group int) *reader.File {
	t.Helper()
	var cells [][]string
	for i := range rows {
		cells = append(cells, []string{fmt.Sprintf("%03d", i+1), fmt.Sprint(i + 1)})
	}
	columns := []parquettest.Column{{Name: "t", Type: parquettest.Text}, {Name: "a", Type: parquettest.Decimal64}}
	f, err := reader.Open(bytes.NewReader(parquettest.Write(t, columns, cells, parquettest.Options{RowGroup: group})))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSkipToPassesOverWholeRowGroups(t *testing.T) {
	f := numbered(t, 50, 10)
	for row := int64(1); row <= 50; row++ {
		s, err := f.Source(amount, 0, 5)
		if err != nil {
			t.Fatal(err)
		}
		s.SkipTo(row)
		var block table.Block
		if more, err := s.Next(&block); err != nil || !more || block.First != (row-1)/10*10+1 ||
			block.Columns[0].Ints[0] != block.First*100 {
			t.Fatalf("to row %d: a block from row %d, first %d (%v)", row, block.First, block.Columns[0].Ints[0], err)
		}
		s.SkipTo(50)
		if more, err := s.Next(&block); row <= 40 && (err != nil || !more || block.First != 41) {
			t.Fatalf("then to row 50: a block from row %d (%v)", block.First, err)
		}
	}
}

func TestSkipToTheEndLeavesNothing(t *testing.T) {
	s, err := numbered(t, 50, 10).Source(amount, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	s.SkipTo(1000)
	if more, err := s.Next(&table.Block{}); more || err != nil {
		t.Error(more, err)
	}
}

func TestSourcesOfOneFileMayBeReadAtOnce(t *testing.T) {
	f := numbered(t, 400, 50)
	var group sync.WaitGroup
	for first := range f.RowGroups() {
		group.Go(func() {
			s, err := f.Source(amount, first, first+1)
			if err != nil {
				t.Error(err)
				return
			}
			var block table.Block
			if more, err := s.Next(&block); err != nil || !more || block.First != int64(first*50+1) || block.Rows != 50 ||
				block.Columns[0].Ints[49] != int64(first+1)*5000 {
				t.Errorf("group %d: %d rows from %d (%v)", first, block.Rows, block.First, err)
			}
		})
	}
	group.Wait()
}

func TestMayHoldFollowsTheStatistics(t *testing.T) {
	f := numbered(t, 50, 10)
	for text, want := range map[string][]bool{
		"001": {true, false, false, false, false}, "010": {true, false, false, false, false}, "0105": {false, false, false, false, false},
		"033": {false, false, false, true, false}, "999": {false, false, false, false, false},
	} {
		var got []bool
		for group := range f.RowGroups() {
			may, err := f.MayHold(group, "t", text)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, may)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestMayHoldIsTrueWithoutStatisticsOfText(t *testing.T) {
	f := numbered(t, 5, 5)
	if may, err := f.MayHold(0, "a", "x"); !may || err != nil {
		t.Error(may, err)
	}
	if _, err := f.MayHold(0, "none", "x"); err == nil {
		t.Error("a column that is not there")
	}
}

func TestTextsOfABlockOutliveTheirPages(t *testing.T) {
	var cells [][]string
	for i := range 8000 {
		cells = append(cells, []string{fmt.Sprintf("text %d", i)})
	}
	columns := []parquettest.Column{{Name: "a", Type: parquettest.Text, Optional: true}}
	for _, few := range []bool{false, true} {
		columns[0].Few = few
		got, err := cellsOf(parquettest.Write(t, columns, cells, parquettest.Options{PageSize: 64}), []table.Column{{Name: "a"}})
		if err != nil || !slices.EqualFunc(got, cells, slices.Equal) {
			t.Errorf("dictionary %v: they differ (%v)", few, err)
		}
	}
}
