package readers_test

import (
	"strings"
	"testing"

	"regul/pipeline"
)

// FuzzRows reads any rows of any input as CSV. Each must become one record or one reject, whose text can be recalled.
func FuzzRows(f *testing.F) {
	for input, row := range validRows {
		f.Add(uint8(input), []byte(row))
		f.Add(uint8(input), []byte(strings.ReplaceAll(row, ",", `","`)+"\n"+row))
		for column, cells := range badCells[input] {
			f.Add(uint8(input), []byte(with(pipeline.Input(input), column, cells[0])+"\n"+
				with(pipeline.Input(input), column, cells[len(cells)-1])))
		}
	}
	for _, k := range kinds {
		if _, rows, found := strings.Cut(k.content, "\n"); found {
			f.Add(uint8(max(k.input, pipeline.Payments)), []byte(rows))
		}
	}
	f.Fuzz(func(t *testing.T, number uint8, rows []byte) {
		if len(rows) > 1<<16 {
			return
		}
		input := pipeline.Input(number % uint8(pipeline.InputCount))
		o := read(t, input, "x.csv", append([]byte(header(input)+"\n"), rows...)) // which counts the rows
		var places []int64
		for i, r := range o.rejects {
			if r.Code < pipeline.BadRow || r.Code > pipeline.IncomeOutOfRange || r.Reason == "" || r.Place.Row < 1 || i > 0 &&
				r.Place.Row <= o.rejects[i-1].Place.Row {
				t.Fatalf("reject %d: %+v", i, r)
			}
			places = append(places, r.Place.Row)
		}
		texts, numbers := recall(t, o.parts, places...)
		for i, r := range o.rejects {
			if r.Row != (pipeline.Unread{Text: texts[i], NISS: numbers[i]}) {
				t.Fatalf("row %d: kept %+v, recalled %q, %q", r.Place.Row, r.Row, texts[i], numbers[i])
			}
		}
	})
}
