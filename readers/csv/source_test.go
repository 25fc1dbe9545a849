package csv_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"regul/readers/csv"
	"regul/readers/table"
)

var block table.Block

func TestWindows1252IsReadRowByRow(t *testing.T) {
	reads(t, "1,\xc9lodie \x8c\x80,2\n1,Élodie,2\n1,\xe9\xe9,2\n", "1|Élodie Œ€|2.00", "1|Élodie|2.00", "1|éé|2.00")
}

func TestATornRowInWindows1252HasItsTextInUTF8(t *testing.T) {
	if got := lines(t, strings.NewReader(head+"1,\xe9\n")); got[0].text != "1,é" {
		t.Errorf("%q", got[0].text)
	}
}

func TestASeparatorOfSemicolonsIsFoundInTheHeader(t *testing.T) {
	got := lines(t, strings.NewReader("niss;name;amount\n1;a, b;\n1;c;2,50\n"))
	if len(got) != 2 || got[0].cells != "1|a, b|" || got[1].cells != "1|c|2.50" {
		t.Errorf("%v", got)
	}
}

func TestAByteOrderMarkIsNoPartOfTheFirstName(t *testing.T) {
	if got := lines(t, strings.NewReader("\uFEFF"+head+"1,a,2\n")); len(got) != 1 || got[0].cells != "1|a|2.00" {
		t.Errorf("%v", got)
	}
}

func TestBlankLinesMayStandBeforeTheHeader(t *testing.T) {
	if got := lines(t, strings.NewReader("\n\r\n"+head+"1,a,2\n")); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestATextWithoutAHeaderIsRefused(t *testing.T) {
	for _, text := range []string{"", "\n\n", "\uFEFF", "\"niss,name,amount\n", strings.Repeat("x", 3<<20)} {
		if _, err := csv.Open(strings.NewReader(text), columns); err == nil || !strings.Contains(err.Error(), "no header line") {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func TestAnErrorOfTheReaderIsNoEnd(t *testing.T) {
	broken := errors.New("broken")
	for _, text := range []string{"", "niss,na", head, head + "1,a,2\n1,b"} {
		source, err := csv.Open(io.MultiReader(strings.NewReader(text), iotestErr{broken}), columns)
		if err == nil {
			_, err = source.Next(&block)
		}
		if !errors.Is(err, broken) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

type iotestErr struct{ err error }

func (e iotestErr) Read([]byte) (int, error) { return 0, e.err }

func TestRowsAreNumberedOverBlocks(t *testing.T) {
	got := lines(t, strings.NewReader(head+strings.Repeat("1,a,2\n", 10_000)))
	for i, l := range got {
		if l.row != int64(i+1) {
			t.Fatalf("row %d has number %d", i+1, l.row)
		}
	}
	if len(got) != 10_000 {
		t.Errorf("%d rows", len(got))
	}
}
