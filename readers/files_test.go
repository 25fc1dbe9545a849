package readers_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/readers"
	"regul/readers/parquettest"
)

func TestAnEmptyFileIsRefusedWithTheColumnsItNeeds(t *testing.T) {
	for _, name := range []string{"x.csv", "x.csv.gz", "x.parquet"} {
		refused(t, pipeline.Payments, name, nil, "empty", "niss, year, quarter, paid_on, amount")
	}
}

func TestAFileWithAHeaderAloneHasNoRows(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for _, content := range []string{header(input), header(input) + "\n", "\uFEFF" + header(input) + "\r\n\r\n"} {
			if o := read(t, input, "x.csv", []byte(content)); o.read.Rows != 0 {
				t.Errorf("%s: %d rows", input, o.read.Rows)
			}
		}
	}
}

func TestAParquetFileWithoutRowsHasNoRows(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		if o := read(t, input, "x.parquet", parquettest.Write(t, columnsOf(input), nil, parquettest.Options{})); o.read.Rows != 0 {
			t.Errorf("%s: %d rows", input, o.read.Rows)
		}
	}
}

func TestAMissingColumnIsRefusedByName(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for i, missing := range readers.Columns(input) {
			if isAdded(input, missing) {
				continue
			}
			names := slices.Delete(slices.Clone(readers.Columns(input)), i, i+1)
			refused(t, input, "some.csv", []byte(strings.Join(names, ";")+"\n"), "missing columns: "+missing+";")
			columns := slices.Delete(columnsOf(input), i, i+1)
			refused(t, input, "some.parquet", parquettest.Write(t, columns, nil, parquettest.Options{}), "missing columns: "+missing+";")
		}
	}
}

func TestAColumnThatStandsThereTwiceIsRefused(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for i, double := range readers.Columns(input) {
			refused(t, input, "some.csv", []byte(header(input)+","+double+"\n"), "column "+double+" stands there twice")
			columns := append(columnsOf(input), columnsOf(input)[i])
			columns[len(columns)-1].Name = strings.ToUpper(double)
			refused(t, input, "some.parquet", parquettest.Write(t, columns, nil, parquettest.Options{}), "column "+double+
				" stands there twice")
		}
	}
}

func TestAnUnknownColumnMayStandThereTwice(t *testing.T) {
	o := read(t, pipeline.Interruptions, "x.csv", []byte("note,niss,year,Note,\n,85010112387,2015,,\n"))
	if want := []string{"note", "note", ""}; o.records() != 1 || !slices.Equal(o.unknown, want) {
		t.Errorf("%d records; unknown %q", o.records(), o.unknown)
	}
}

func TestNamesOfColumnsMayBeInCapitalsAndQuoted(t *testing.T) {
	if o := read(t, pipeline.Interruptions, "x.csv", []byte("\"NISS\"; \"Year\" \n85010112387;2015\n")); o.records() != 1 {
		t.Errorf("%d records", o.records())
	}
}

func TestNamesInWindows1252AreListedInUTF8(t *testing.T) {
	o := read(t, pipeline.Interruptions, "x.csv", []byte("niss,year,ann\xe9e\n"))
	if want := []string{"année"}; !slices.Equal(o.unknown, want) {
		t.Errorf("unknown %q", o.unknown)
	}
}

func TestAWrongFormatForTheNameIsRefused(t *testing.T) {
	text := []byte(header(pipeline.Payments) + "\n")
	for _, suffix := range []string{".parquet", ".gz", ".zst", ".PARQUET", ".csv.GZ"} {
		refused(t, pipeline.Payments, "some"+suffix, text, strings.ToLower(suffix[strings.LastIndex(suffix, "."):])+" file", "misnamed")
	}
	refused(t, pipeline.Payments, "some.gz", zstandard(text), ".gz file")
	refused(t, pipeline.Payments, "some.zst", gzipped(text), ".zst file")
}

func TestAFileThatIsNoTextIsRefused(t *testing.T) {
	utf16 := []byte{0xff, 0xfe}
	for _, c := range header(pipeline.Payments) + "\n" {
		utf16 = append(utf16, byte(c), 0)
	}
	refused(t, pipeline.Payments, "x.csv", utf16, "UTF-8")
	refused(t, pipeline.Payments, "x.csv", gzipped(utf16), "UTF-8")
	refused(t, pipeline.Payments, "x.csv", []byte("PK\x03\x04\x00\x00\x00"), "UTF-8")
}

func TestLinesThatEndWithACarriageReturnAloneAreRefused(t *testing.T) {
	text := strings.ReplaceAll(header(pipeline.Payments)+"\n"+validRows[pipeline.Payments]+"\n", "\n", "\r")
	refused(t, pipeline.Payments, "x.csv", []byte(text), "carriage return")
}

func TestATypeThatNeedsAGuessIsRefusedByColumn(t *testing.T) {
	for column, refusal := range map[string]struct {
		kind parquettest.Type
		says string
	}{
		"amount":  {parquettest.Double, "it holds floating-point numbers (DOUBLE), but must be DECIMAL(p,2) or a string: a float"},
		"paid_on": {parquettest.Timestamp, "it holds timestamps (a day with a time), but must be DATE or a string such as 2023-06-30: cast it to a date"},
		"year":    {parquettest.Double, "but must be a whole number"},
		"niss":    {parquettest.Boolean, "it holds booleans, but must be a string: cast it"},
		"quarter": {parquettest.Date, "it holds dates, but must be a whole number"},
	} {
		columns := columnsOf(pipeline.Payments)
		for i := range columns {
			if columns[i].Name == column {
				columns[i].Type = refusal.kind
			}
		}
		refused(t, pipeline.Payments, "x.parquet", parquettest.Write(t, columns, nil, parquettest.Options{}), "column "+column+": ",
			refusal.says)
	}
}

func TestAnAmountWithoutAScaleIsRefused(t *testing.T) {
	columns := columnsOf(pipeline.Payments)
	columns[4].Type = parquettest.Int64
	refused(t, pipeline.Payments, "x.parquet", parquettest.Write(t, columns, nil, parquettest.Options{}), "column amount: ", "DECIMAL(p,2)")
}

func TestACancelledContextStopsTheRead(t *testing.T) {
	opened, err := parts(pipeline.Payments, "x.csv", []byte(header(pipeline.Payments)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := opened[0].Read(ctx, &pipeline.Scatter{}, standardLaw().Category, func(int) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// failing is a file whose reads fail from an offset on.
type failing struct {
	*bytes.Reader
	from int64
}

var errDisk = errors.New("input/output error")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, off)
}

func TestAReadErrorIsAnErrorThatNamesTheFile(t *testing.T) {
	rows := strings.Repeat(validRows[pipeline.Payments]+"\n", 100_000)
	csv := []byte(header(pipeline.Payments) + "\n" + rows)
	for name, content := range map[string][]byte{"x.csv": csv, "x.csv.gz": gzipped(csv), "x.csv.zst": zstandard(csv)} {
		f := failing{bytes.NewReader(content), int64(len(content) * 3 / 4)}
		opened, err := readers.Parts(&readers.File{Input: pipeline.Payments, Name: name, Content: f, Size: int64(len(content))})
		if err == nil {
			_, err = opened[0].Read(context.Background(), &pipeline.Scatter{}, standardLaw().Category, func(int) {})
		}
		if !errors.Is(err, errDisk) || !strings.HasPrefix(fmt.Sprint(err), name+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
