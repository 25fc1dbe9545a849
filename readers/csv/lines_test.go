package csv_test

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"regul/readers/csv"
)

const limit = 1 << 20 // bytes of a row

func TestBlankLinesArePassedOver(t *testing.T) {
	reads(t, "\n\r\n1,a,2\n\n\n1,b,2\r\n\r\n\n", "1|a|2.00", "1|b|2.00")
}

// A spreadsheet ends a table with rows of nothing.
func TestALineOfEmptyCellsIsNoRow(t *testing.T) {
	reads(t, "  \n1,a,2\n,,\n , ,\t\r\n\"\",\"\",\"\"\n\u00a0,\u200b,\n,\n,,,,\n1,b,2\n\ufeff", "1|a|2.00", "1|b|2.00")
}

func TestTheFinalLineEndMayBeMissing(t *testing.T) {
	reads(t, "1,a,2", "1|a|2.00")
	reads(t, "1,a,2\r", "1|a|2.00")
	reads(t, `1,a,"2"`, "1|a|2.00")
	reads(t, `1,a,"2"`+"\r", "1|a|2.00")
}

func TestLineEndsMayBeMixed(t *testing.T) {
	reads(t, "1,a,2\r\n1,b,2\n\"1\",c,2\r\n1,\"d\",2\n", "1|a|2.00", "1|b|2.00", "1|c|2.00", "1|d|2.00")
}

func TestACarriageReturnInsideALineIsText(t *testing.T) {
	reads(t, "1,a\rb,2\n1,c,2\r1,d,2\n", "1|a\rb|2.00", "torn 1||")
}

func TestARowWithTooFewOrTooManyFieldsIsTorn(t *testing.T) {
	reads(t, "1,a\n1,a,2,3\n1\n1,b,2\n", "torn 1||", "torn 1||", "torn 1||", "1|b|2.00")
}

func TestARowWithANULIsTorn(t *testing.T) { reads(t, "1,a\x00,2\n1,b,2\n", "torn 1||", "1|b|2.00") }

func TestARowAtTheLimitIsReadWhereverItLies(t *testing.T) {
	long := "1," + strings.Repeat("x", limit-4) + ",2"
	for _, before := range []int{0, 1, limit / 13, limit/13 + 1, 2 * limit / 13} {
		text := head + strings.Repeat("1,2345678,2.\n", before) + long + "\r\n" + long + "\n1,b,2\n"
		got := lines(t, strings.NewReader(text))
		for i, want := range []string{"torn 1||", strings.ReplaceAll(long[:len(long)-2], ",", "|") + "|2.00", "1|b|2.00"} {
			if cells := got[before+i].cells; cells != want {
				t.Errorf("after %d rows: %.20q, want %.20q", before, cells, want)
			}
		}
	}
}

func TestARowBeyondTheLimitIsTornWhereverItLies(t *testing.T) {
	for _, length := range []int{limit + 1, 2*limit - 40, 2 * limit, 3 * limit} {
		for _, before := range []int{0, 1, limit / 13} {
			text := head + strings.Repeat("1,2345678,2.\n", before) + "85010112387," + strings.Repeat("x", length-14) + ",2\n1,b,2\n1,c,2"
			got := lines(t, strings.NewReader(text))[before:]
			if len(got) != 3 || got[0].cells != "torn 85010112387||" || got[1].cells != "1|b|2.00" || got[2].cells != "1|c|2.00" ||
				got[0].row != int64(before+1) {
				t.Errorf("%d bytes after %d rows: %d rows, %v", length, before, len(got), got)
			}
		}
	}
}

func TestAQuotedRecordBeyondTheLimitTearsItsFirstLine(t *testing.T) {
	body := strings.Repeat("x", limit/3)
	for _, before := range []int{0, limit / 13} {
		text := head + strings.Repeat("1,2345678,2.\n", before) + "1,\"" + strings.Repeat(body+"\n", 4) + "\",2\n1,b,2\n"
		got := lines(t, strings.NewReader(text))[before:]
		if len(got) != 6 || got[0].cells != "torn 1||" || got[5].cells != "1|b|2.00" {
			t.Errorf("%d rows, %v", len(got), got)
		}
	}
}

func TestAClosedQuoteBeforeALineWithoutEndIsNoRecord(t *testing.T) {
	text := head + "1,\"a\nb\"," + strings.Repeat("2", 3*limit) + "\n1,c,2\n"
	got := lines(t, strings.NewReader(text))
	if len(got) != 3 || got[0].cells != "torn 1||" || got[2].cells != "1|c|2.00" {
		t.Errorf("%d rows, %v", len(got), got)
	}
}

// endless gives the same bytes again and again, up to a size.
type endless struct {
	head string
	text string
	left int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && e.left > 0 {
		n += copy(p[n:], e.text)
		e.left -= len(e.text)
	}
	return n, nil
}

func TestMemoryIsBoundedWhateverTheTextHolds(t *testing.T) {
	for _, text := range []string{"x", ",", `"`, `""`, `"a` + "\n", "\xff", strings.Repeat(",", limit-1) + "\n"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := 0
		source, err := csv.Open(&endless{head, text, 10 << 20}, columns)
		for more := true; more && err == nil; got++ {
			more, err = source.Next(&block)
		}
		runtime.ReadMemStats(&after)
		if made := after.TotalAlloc - before.TotalAlloc; err != nil || made > 9<<20 {
			t.Errorf("%.20q: %d MiB allocated (%v)", text, made>>20, err)
		}
	}
}

func TestMemoryIsBoundedWithAMillionColumns(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	commas := strings.Repeat(",", limit-len(head))
	source, err := csv.Open(strings.NewReader(strings.TrimSuffix(head, "\n")+commas+"\n1,a,2"+commas+"\n1,b,2"+commas+"\n"), columns)
	rows := 0
	for more := true; more && err == nil; rows += block.Rows {
		more, err = source.Next(&block)
	}
	runtime.ReadMemStats(&after)
	if made := after.TotalAlloc - before.TotalAlloc; err != nil || rows != 2 || made > 600<<20 {
		t.Errorf("%d rows, %d MiB allocated (%v)", rows, made>>20, err)
	}
}
