package readers_test

import (
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/readers"
	"regul/readers/parquettest"
)

func TestRecallGivesCSVRowsExactlyAsRead(t *testing.T) {
	rows := []string{
		`85010112387, 2023 ,1,2023-02-06,350.87`, `"85010112387";"x"`, "torn", `85010112387,2023,1,2023-02-06,"350,87"`,
		"85010112387,2023,1,2023-02-06,\"two\nlines\"", `85010112387,2023,1,2023-02-06,"open`, "nul\x00",
		"85010112387,2023,1,2023-02-06,1e3",
	}
	o := read(t, pipeline.Payments, "x.csv", []byte(base(pipeline.Payments)+"\r\n"+strings.Join(rows, "\r\n\r\n")))
	if o.read.Rows != int64(len(rows)) {
		t.Fatalf("%d rows of %d", o.read.Rows, len(rows))
	}
	texts, _ := recall(t, o.parts, 1, 2, 3, 4, 5, 6, 7, 8)
	if !slices.Equal(texts, rows) {
		t.Errorf("%q", texts)
	}
	if texts, _ := recall(t, o.parts, 3, 7); !slices.Equal(texts, []string{rows[2], rows[6]}) {
		t.Errorf("%q", texts)
	}
}

func TestRecallGivesTheNationalNumberAsRead(t *testing.T) {
	o := readText(t, pipeline.Payments, `"850101-12387",2023,1,2023-02-06,1.00`, "85010112387,2023", ",2023,1,2023-02-06,1.00")
	if _, numbers := recall(t, o.parts, 1, 2, 3); !slices.Equal(numbers, []string{"850101-12387", "85010112387", ""}) {
		t.Errorf("%q", numbers)
	}
}

func TestRecallGivesWindows1252AsUTF8(t *testing.T) {
	o := readText(t, pipeline.Revenue, "85010112387,2023,\x80 \xe9t\xe9,x,trader,1,")
	if texts, _ := recall(t, o.parts, 1); texts[0] != "85010112387,2023,€ été,x,trader,1," {
		t.Errorf("%q", texts)
	}
}

func TestRecallGivesTheStartOfALineBeyondTheLimit(t *testing.T) {
	o := readText(t, pipeline.Payments, "85010112387,2023,"+strings.Repeat("x", 2<<20), validRows[pipeline.Payments])
	texts, numbers := recall(t, o.parts, 1, 2)
	if !strings.HasPrefix(texts[0], "85010112387,2023,xxx") || len(texts[0]) > 1000 || numbers[0] != "85010112387" ||
		texts[1] != validRows[pipeline.Payments] {
		t.Errorf("%.100q %q", texts, numbers)
	}
}

func TestRecallGivesWhatTheScatterKeptOfARow(t *testing.T) {
	o := readText(t, pipeline.Payments, validRows[pipeline.Payments], "torn", with(pipeline.Payments, "amount", "12.345"))
	texts, numbers := recall(t, o.parts, 2, 3)
	for i, r := range o.rejects {
		if want := (pipeline.Unread{Text: texts[i], NISS: numbers[i]}); r.Row != want {
			t.Errorf("kept %+v, recalled %+v", r.Row, want)
		}
	}
}

func TestRecallGivesParquetRowsAsCSVWithWhatCouldNotBeRead(t *testing.T) {
	columns := columnsOf(pipeline.Payments)[:5]
	columns[4] = parquettest.Column{Name: "amount", Type: parquettest.DecimalBytes, Scale: 3}
	columns[3].Type, columns[3].Optional = parquettest.Text, true
	columns[2].Optional = true
	rows := [][]string{
		{"85010112387", "2023", "", "2023-02-06", "1.230"}, {"85010112387", "2023", "3", "6 February, 2023", "12.345"},
		{"", "2023", "7", "", "-99999999999999999999.999"}, {"85,01", "-1", "", "x\ny", "0.001"},
	}
	want := []string{"85010112387,2023,,2023-02-06,1.23", `85010112387,2023,3,"6 February, 2023",12.345`,
		",2023,7,,-99999999999999999999.999", "\"85,01\",-1,,\"x\ny\",0.001"}
	o := read(t, pipeline.Payments, "x.parquet", parquettest.Write(t, columns, rows, parquettest.Options{RowGroup: 3}))
	texts, numbers := recall(t, o.parts, 1, 2, 3, 4)
	if !slices.Equal(texts, want) {
		t.Errorf("%q, want %q", texts, want)
	}
	if !slices.Equal(numbers, []string{"85010112387", "85010112387", "", "85,01"}) {
		t.Errorf("%q", numbers)
	}
}

func TestRecallFindsRowsInAnyRowGroup(t *testing.T) {
	var rows [][]string
	for range 40 {
		rows = append(rows, strings.Split(validRows[pipeline.Interruptions], ","))
	}
	for i := range rows {
		rows[i] = []string{rows[i][0], string(rune('0'+i/10)) + string(rune('0'+i%10))}
	}
	o := read(t, pipeline.Interruptions, "x.parquet",
		parquettest.Write(t, columnsOf(pipeline.Interruptions), rows, parquettest.Options{RowGroup: 1}))
	if len(o.parts) != 5 {
		t.Errorf("%d parts", len(o.parts))
	}
	texts, _ := recall(t, o.parts, 1, 2, 17, 33, 40)
	if want := []string{"85010112387,0", "85010112387,1", "85010112387,16", "85010112387,32", "85010112387,39"}; !slices.Equal(texts,
		want) {
		t.Errorf("%q", texts)
	}
}

func TestRecallSaysWhenARowIsGone(t *testing.T) {
	o := readText(t, pipeline.Payments, validRows[pipeline.Payments])
	err := readers.Recall(o.parts, []int64{1, 2}, func(int, []byte, []byte) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "payments.csv: row 2 is gone") {
		t.Errorf("%v", err)
	}
}

func TestRenderGivesWhatRecallGivesOfATypedFile(t *testing.T) {
	for _, s := range conformanceSheets(t)[1:] { // the register's rows are not kept
		o := read(t, s.input, "x.parquet", parquetFormats[0].write(t, s))
		for _, row := range rowsOf(&o) {
			text, niss, ok := readers.Render(o.parts, row.record, standardLaw().Codes())
			if !ok {
				continue
			}
			if texts, numbers := recall(t, o.parts, row.number); text != texts[0] || niss != numbers[0] {
				t.Fatalf("%s, row %d: rendered %q (%s), recalled %q (%s)", s.input, row.number, text, niss, texts[0], numbers[0])
			}
		}
	}
}

// numbered is a record and its row.
type numbered struct {
	record any
	number int64
}

// rowsOf are some of the records that were read.
func rowsOf(o *outcome) (rows []numbered) {
	for _, r := range o.shard.Account {
		rows = append(rows, numbered{r, r.Place.Row})
	}
	for _, r := range o.shard.Payments {
		rows = append(rows, numbered{r, r.Place.Row})
	}
	for _, r := range o.shard.Components {
		rows = append(rows, numbered{r, r.Place.Row})
	}
	for _, r := range o.shard.Interruptions {
		rows = append(rows, numbered{r, r.Place.Row})
	}
	for _, r := range o.shard.Evidence {
		rows = append(rows, numbered{r, r.Place.Row})
	}
	for _, r := range o.identities {
		rows = append(rows, numbered{r, r.Place.Row})
	}
	var some []numbered
	for i, r := range rows {
		if i%50 == 0 || r.number < 5 {
			some = append(some, r)
		}
	}
	return some
}

// A day that no input may hold is told as a day, also where the file holds it as a number.
func TestRejectOfAParquetDayIsReadAsADay(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"85010112387", "2023", "", "9999-01-31", "1.00"}}
	columns := columnsOf(pipeline.Payments)[:len(rows[0])]
	o := read(t, pipeline.Payments, "payments.parquet", parquettest.Write(t, columns, rows, parquettest.Options{}))
	if len(o.rejects) != 1 {
		t.Fatalf("%d rejects", len(o.rejects))
	}
	want := pipeline.Unread{Text: "85010112387,2023,,9999-01-31,1.00", NISS: "85010112387"}
	if got := o.rejects[0].Row; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
