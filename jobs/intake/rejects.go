package intake

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/parquet"
	"regul/writers/tables"
)

// maxContent is how much of a rejected row is published, in bytes.
const maxContent = 4096

// eachReject goes through the rejects in order of input, name of the file and row, with the text of each as read. Rows do not carry
// their text through the run: it follows from the record where the file is typed, else the file is read again. It stops when the context
// ends: there may be millions. torn is the text that a row could not be split in, where regul exported it and it is sent again without a
// correction.
func eachReject(ctx context.Context, in *Files, rejects []pipeline.Reject, categories []string,
	visit func(from *File, splitter *readers.Splitter, r *tables.Reject, torn string) error) error {
	slices.SortFunc(rejects, func(a, b pipeline.Reject) int {
		x, y := in.List[a.Place.File], in.List[b.Place.File]
		return cmp.Or(cmp.Compare(x.Input, y.Input), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Number, y.Number),
			cmp.Compare(a.Place.Row, b.Place.Row))
	})
	for len(rejects) > 0 {
		file := in.List[rejects[0].Place.File]
		n := 0
		for n < len(rejects) && rejects[n].Place.File == file.Number {
			n++
		}
		texts, err := rejectTexts(ctx, file, rejects[:n], categories)
		if err != nil {
			return err
		}
		splitter, err := readers.NewSplitter(file.parts)
		if err != nil {
			return err
		}
		own := ownCells(splitter)
		for i := range texts {
			if err := ctx.Err(); err != nil {
				return err
			}
			r := &rejects[i]
			if i > 0 && rejects[i-1].Place == r.Place {
				return fmt.Errorf("%s: row %d was rejected twice", file.Name, r.Place.Row)
			}
			if file.Input == pipeline.ConfirmationsInput {
				texts[i].NISS = "" // they name a transaction, and nobody's number
			}
			text, torn := own(texts[i].Text)
			err := visit(file, splitter, &tables.Reject{
				Source: file.Name, Row: r.Place.Row, Number: clean(texts[i].NISS), Year: int(r.Year), Code: r.Code,
				Message: string(r.Reason), Content: clean(text),
			}, torn)
			if err != nil {
				return err
			}
		}
		rejects = rejects[n:]
	}
	return nil
}

// ownCells gives the text of a row without what regul added to it when it exported the row as a reject; and of one that could not be
// split, and whose cells nobody filled in, the text that it was exported with.
func ownCells(splitter *readers.Splitter) func(text string) (own, torn string) {
	others := splitter.Others()
	if !slices.Equal(others, batch.RejectsHeader) {
		return func(text string) (own, torn string) { return text, "" }
	}
	return func(text string) (own, torn string) {
		cells, whole := splitter.Cells([]byte(text))
		if !whole {
			return text, ""
		}
		var row []byte
		filled := false
		for i, cell := range cells {
			filled = filled || len(cell) > 0 && i != splitter.Key()
			row = append(table.AppendCSV(row, table.Bare(cell)), ',')
		}
		for range others[1:] {
			row = append(row, ',')
		}
		if again, whole := splitter.Cells(row); !whole ||
			!slices.EqualFunc(again, cells, func(a, b []byte) bool { return bytes.Equal(a, table.Bare(b)) }) {
			return text, "" // its columns stand in another order, or not all are there
		}
		if !filled {
			torn = tornText(text, len(cells))
		}
		return string(row), torn
	}
}

// tornText is the content of a row of rejects with so many columns of its input, if that row could not be split.
func tornText(text string, columns int) string {
	cells, err := csv.NewReader(strings.NewReader(text)).Read()
	if err != nil || len(cells) != columns+len(batch.RejectsHeader) || cells[columns] != pipeline.BadRow.String() {
		return ""
	}
	return string(table.Bare([]byte(cells[len(cells)-1])))
}

// rejectTexts are the texts and national numbers of the rejects of one file, as read.
func rejectTexts(ctx context.Context, file *File, rejects []pipeline.Reject, categories []string) ([]pipeline.Unread, error) {
	texts := make([]pipeline.Unread, len(rejects))
	var rows []int64
	var positions []int
	for i := range rejects {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		_, unread := rejects[i].Row.(pipeline.Unread)
		if unread || readers.Typed(file.parts) {
			if text, niss, ok := readers.Render(file.parts, rejects[i].Row, categories); ok {
				texts[i] = pipeline.Unread{Text: text, NISS: niss}
				continue
			}
		}
		rows = append(rows, rejects[i].Place.Row)
		positions = append(positions, i)
	}
	err := readers.Recall(file.parts, rows, func(i int, text, niss []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		texts[positions[i]] = pipeline.Unread{Text: string(text[:min(len(text), maxContent)]), NISS: string(niss)}
		return nil
	})
	return texts, err
}

// clean makes a text fit to publish: UTF-8, no NUL, and not longer than the limit.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text[:min(len(text), maxContent)], "\uFFFD"), "\x00", "\uFFFD")
}

// Fresh counts the rejects that no published batch holds, by input.
func Fresh(ctx context.Context, in *Files, rejects []pipeline.Reject, categories []string,
	held map[batch.RejectKey]bool) (*[pipeline.InputCount]int64, error) {
	var fresh [pipeline.InputCount]int64
	err := eachReject(ctx, in, rejects, categories, func(from *File, _ *readers.Splitter, r *tables.Reject, torn string) error {
		known := held[batch.RejectKeyOf(r.Code.String(), r.Content)] || torn != "" &&
			held[batch.RejectKeyOf(pipeline.BadRow.String(), torn)]
		if !known {
			fresh[from.Input]++
		}
		return nil
	})
	return &fresh, err
}

// WriteRejects publishes the rejects: all in the table of the subject, with the facts in its footer, and those of each input as CSV.
func WriteRejects(ctx context.Context, b *batch.Build, to *tables.Rejects, in *Files, rejects []pipeline.Reject, categories []string,
	facts ...parquet.Fact) error {
	if len(rejects) == 0 {
		return nil
	}
	file, err := b.Create(to.Part())
	if err != nil {
		return err
	}
	rows := to.NewWriter(file, facts...)
	lines := &rejectsCSV{create: b.Create, path: to.CSV}
	err = eachReject(ctx, in, rejects, categories, func(from *File, splitter *readers.Splitter, r *tables.Reject, _ string) error {
		if err := rows.Write(r); err != nil {
			return err
		}
		return lines.write(from, splitter, r)
	})
	for _, close := range []func() error{rows.Close, file.Close, lines.close} {
		if closeErr := close(); err == nil {
			err = closeErr
		}
	}
	return err
}

func ByCode(rejects []pipeline.Reject) map[string]int64 {
	counts := map[string]int64{}
	for i := range rejects {
		counts[rejects[i].Code.String()]++
	}
	return counts
}

// CodesText is the rejects by code in one line, in the order of the codes.
func CodesText(counts map[string]int64, codes []string) string {
	var parts []string
	for _, code := range codes {
		if n := counts[code]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", code, n))
		}
	}
	return strings.Join(parts, ", ")
}
