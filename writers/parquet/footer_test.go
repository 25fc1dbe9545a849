package parquet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/apache/thrift/lib/go/thrift"
	format "github.com/xitongsys/parquet-go/parquet"

	"regul/readers/second"
)

// footerOf reads the footer of a file with the second implementation.
func footerOf(t *testing.T, content []byte) *format.FileMetaData {
	t.Helper()
	f, err := second.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return f.Footer
}

// parquet-java takes a name apart by this expression; where it fails it drops the statistics of texts.
var javaVersion = regexp.MustCompile(`^(.*?)\s+version\s*(?:([^(]*?)(?:\s*\(\s*build\s*([^)]*?)\s*\))?)?$`)

func TestTheProgramIsNamedAsReadersParseIt(t *testing.T) {
	content := (&table{columns: []Column{{Name: "n", Type: Long}}}).write(t)
	name := footerOf(t, content).GetCreatedBy()
	if parts := javaVersion.FindStringSubmatch(name); len(parts) != 4 || parts[1] != "regul" || parts[2] == "" || parts[3] == "" {
		t.Errorf("%q is taken apart as %q", name, parts)
	}
}

func TestAFileSaysTheFactsOfItself(t *testing.T) {
	content := (&table{columns: []Column{{Name: "n", Type: Long}}}).write(t, Fact{"batch", "2026-06-30-1"}, Fact{"é", "ü"})
	var got []string
	for _, f := range footerOf(t, content).KeyValueMetadata {
		got = append(got, f.Key+"="+f.GetValue())
	}
	if fmt.Sprint(got) != "[batch=2026-06-30-1 é=ü]" {
		t.Errorf("%q", got)
	}
}

func TestAFactThatIsNoTextIsAnError(t *testing.T) {
	w := NewSchema("t", []Column{{Name: "n", Type: Long}}).NewWriter(io.Discard, Fact{"key", "\xff"})
	if err := w.Close(); err == nil {
		t.Error("it is written")
	}
}

func TestAFileWithoutRowsIsRead(t *testing.T) {
	content := (&table{columns: []Column{{Name: "n", Type: Long}, {Name: "t"}}}).write(t)
	if f := footerOf(t, content); f.NumRows != 0 || len(f.RowGroups) != 0 || len(f.Schema) != 3 {
		t.Errorf("%+v", f)
	}
}

// A text that statistics can't quote leaves them without that bound; it is written nevertheless.
func TestStatisticsQuoteNoEndlessText(t *testing.T) {
	long := strings.Repeat("z", maxBound+1)
	tb := &table{columns: []Column{{Name: "t"}}, cells: [][]cell{{{text: "a"}, {text: long}}}, rows: 2}
	content := tb.write(t)
	said := footerOf(t, content).RowGroups[0].Columns[0].MetaData.Statistics
	if string(said.MinValue) != "a" || said.MaxValue != nil {
		t.Errorf("from %q, and an end of %d bytes", said.MinValue, len(said.MaxValue))
	}
	tb.checkSecond(t, content)
}

// An empty text is a value like any other, also where a page holds no other and no byte was ever written.
func TestEmptyTextsHaveBounds(t *testing.T) {
	for _, rows := range []int{1, 3, 5000} {
		tb := &table{columns: []Column{{Name: "t"}, {Name: "o", Optional: true}}, cells: [][]cell{make([]cell, rows), make([]cell, rows)},
			rows: rows}
		content := tb.write(t)
		for _, column := range footerOf(t, content).RowGroups[0].Columns {
			if said := column.MetaData.Statistics; said.MinValue == nil || said.MaxValue == nil || len(said.MaxValue) > 0 ||
				said.GetNullCount() != 0 {
				t.Errorf("%d rows: %+v", rows, said)
			}
		}
		tb.checkSecond(t, content)
	}
}

// structure is what thrift reads.
type structure interface {
	Read(context.Context, thrift.TProtocol) error
}

func readAt(t *testing.T, content []byte, offset int64, length int32, to structure) {
	t.Helper()
	transport := &thrift.TMemoryBuffer{Buffer: bytes.NewBuffer(content[offset : offset+int64(length)])}
	if err := to.Read(context.Background(), thrift.NewTCompactProtocolConf(transport, nil)); err != nil {
		t.Fatal(err)
	}
	if transport.Len() != 0 {
		t.Fatalf("%d bytes are left", transport.Len())
	}
}

// The index leads to the pages, and says what they hold.
func TestTheIndexOfPagesIsTrue(t *testing.T) {
	tb := randomTable(rand.New(rand.NewPCG(11, 12)), RowGroup+5)
	content := tb.write(t)
	footer := footerOf(t, content)
	several := 0
	for i := range tb.columns {
		c, place := &tb.columns[i], footer.RowGroups[0].Columns[i]
		var places format.OffsetIndex
		var held format.ColumnIndex
		readAt(t, content, place.GetOffsetIndexOffset(), place.GetOffsetIndexLength(), &places)
		readAt(t, content, place.GetColumnIndexOffset(), place.GetColumnIndexLength(), &held)
		for p, where := range places.PageLocations {
			var header format.PageHeader
			transport := &thrift.TMemoryBuffer{Buffer: bytes.NewBuffer(content[where.Offset : where.Offset+int64(where.CompressedPageSize)])}
			if err := header.Read(context.Background(), thrift.NewTCompactProtocolConf(transport, nil)); err != nil {
				t.Fatal(err)
			}
			rows := int(header.DataPageHeader.NumValues)
			if transport.Len() != int(header.CompressedPageSize) {
				t.Errorf("column %+v, page %d: %d bytes after the header, it says %d", c, p, transport.Len(), header.CompressedPageSize)
			}
			end := int64(RowGroup)
			if p+1 < len(places.PageLocations) {
				end, several = places.PageLocations[p+1].FirstRowIndex, several+1
			}
			if where.FirstRowIndex+int64(rows) != end {
				t.Errorf("column %+v, page %d: it ends before row %d, the next one starts at %d", c, p, where.FirstRowIndex+int64(rows),
					end)
			}
			lowest, highest, nulls, different := tb.truth(i, int(where.FirstRowIndex), rows)
			want := [2][]byte{c.plain(lowest), c.plain(highest)}
			if different == 0 {
				want = [2][]byte{}
			}
			if !bytes.Equal(held.MinValues[p], want[0]) || !bytes.Equal(held.MaxValues[p], want[1]) ||
				held.NullPages[p] != (different == 0) ||
				held.NullCounts[p] != int64(nulls) {
				t.Errorf("column %+v, page %d: from %x to %x, %d nulls, want %x to %x, %d", c, p, held.MinValues[p], held.MaxValues[p],
					held.NullCounts[p], want[0], want[1], nulls)
			}
		}
	}
	if several == 0 {
		t.Error("no column has several pages")
	}
	if last := footer.RowGroups[1].Columns[0]; last.OffsetIndexOffset != nil || last.ColumnIndexOffset != nil {
		t.Error("a row group of single pages has an index")
	}
}

func TestNumbersBeyondTheirTypeAreAnError(t *testing.T) {
	for kind, largest := range map[Type]int64{Amount: 999_999_999_999, Income: 99_999_999_999_999, Integer: math.MaxInt32,
		Date: math.MaxInt32, Boolean: 1} {
		for _, beyond := range []int64{largest + 1, -largest - 1} {
			for _, rows := range []int{1, 1000} { // plain, and with a dictionary
				w := NewSchema("t", []Column{{Name: "n", Type: kind}}).NewWriter(io.Discard)
				for range rows {
					w.Int(0, beyond)
					if err := w.EndRow(); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.Close(); !errors.Is(err, errRange) {
					t.Errorf("type %d, %d times %d: %v", kind, rows, beyond, err)
				}
			}
		}
	}
}

func TestACodeThatIsNotThereIsAnError(t *testing.T) {
	for _, code := range []int64{-1, 2} {
		w := NewSchema("t", []Column{{Name: "c", Type: Code, Codes: []string{"a", "b"}}}).NewWriter(io.Discard)
		w.Int(0, code)
		w.EndRow()
		if err := w.Close(); err == nil || !strings.Contains(err.Error(), "column c: there is no code") {
			t.Errorf("code %d: %v", code, err)
		}
	}
}

func TestARowWithoutACellIsAnError(t *testing.T) {
	columns := []Column{{Name: "n", Type: Long}, {Name: "m", Type: Long, Optional: true}}
	for name, fill := range map[string]func(*Writer){
		"required":           func(w *Writer) { w.Null(1) },
		"optional":           func(w *Writer) { w.Int(0, 1) },
		"present, no value":  func(w *Writer) { w.Int(0, 1); w.Present(1) },
		"a value, no levels": func(w *Writer) { w.Int(0, 1); w.Int(1, 1) },
	} {
		w := NewSchema("t", columns).NewWriter(io.Discard)
		fill(w)
		w.EndRow()
		if err := w.Close(); err == nil {
			t.Errorf("%s: it is written", name)
		}
	}
}

// failing fails at the write of a number, or takes less than it is given.
type failing struct {
	left  int
	short bool
}

var errFull = errors.New("the disk is full")

func (f *failing) Write(p []byte) (int, error) {
	if f.left--; f.left >= 0 {
		return len(p), nil
	}
	if f.short {
		return len(p) - 1, nil
	}
	return 0, errFull
}

// Whichever write fails, the file is not called complete.
func TestEveryFailedWriteIsToldOf(t *testing.T) {
	schema := NewSchema("t", []Column{{Name: "n", Type: Long}, {Name: "t"}})
	fill := func(to io.Writer) error {
		w := schema.NewWriter(to)
		for i := range int64(50_000) {
			w.Int(0, i*i)
			w.Text(1, fmt.Sprint(i))
			if err := w.EndRow(); err != nil {
				return err
			}
		}
		return w.Close()
	}
	for _, short := range []bool{false, true} {
		writes := 0
		for ; ; writes++ {
			err := fill(&failing{left: writes, short: short})
			if err == nil {
				break
			}
			if want := map[bool]error{true: io.ErrShortWrite, false: errFull}[short]; !errors.Is(err, want) {
				t.Fatalf("write %d: %v", writes, err)
			}
		}
		if writes < 10 {
			t.Errorf("only %d writes", writes)
		}
	}
}
