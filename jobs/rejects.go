package jobs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/readers"
	"regul/writers/reports"
)

// maxContent is how much of a rejected row is published, in bytes.
const maxContent = 4096

// eachReject goes through the rejects in order of file and row, with the text of each as read. The text is read from
// the files once more: rows do not carry it through the run.
func eachReject(in *intake, rejects []pipeline.Reject, visit func(*reports.Reject) error) error {
	slices.SortFunc(rejects, func(a, b pipeline.Reject) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Row, b.Place.Row))
	})
	for len(rejects) > 0 {
		file := in.files[rejects[0].Place.File]
		n := 0
		var rows []int64
		for n < len(rejects) && rejects[n].Place.File == file.Number {
			rows = append(rows, rejects[n].Place.Row)
			n++
		}
		err := readers.Recall(file.parts, rows, func(i int, text, niss []byte) error {
			r := &rejects[i]
			if r.Place.Row != rows[i] {
				return fmt.Errorf("row %d was rejected twice", rows[i])
			}
			return visit(&reports.Reject{
				Source: file.Name, Row: r.Place.Row, NISS: clean(niss), Year: int(r.Year), Code: r.Code,
				Message: string(r.Reason), Content: clean(text),
			})
		})
		if err != nil {
			return err
		}
		rejects = rejects[n:]
	}
	return nil
}

// clean makes a text fit to publish: UTF-8, no NUL, and not longer than the limit.
func clean(text []byte) string {
	return strings.ReplaceAll(strings.ToValidUTF8(string(text[:min(len(text), maxContent)]), "\uFFFD"), "\x00", "\uFFFD")
}

// anyNew says whether a reject is there that no published batch holds.
func anyNew(in *intake, rejects []pipeline.Reject, held map[string]bool) (bool, error) {
	found := false
	err := eachReject(in, rejects, func(r *reports.Reject) error {
		found = found || !held[rejectKey(r.Code.String(), r.Content)]
		return nil
	})
	return found, err
}

// writeRejects publishes the rejects.
func writeRejects(b *build, in *intake, rejects []pipeline.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	file, err := b.Create(reports.RejectsPart())
	if err != nil {
		return err
	}
	rows := reports.NewRejectsWriter(file)
	err = eachReject(in, rejects, rows.Write)
	if closeErr := rows.Close(); err == nil {
		err = closeErr
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

func byCode(rejects []pipeline.Reject) map[string]int64 {
	counts := map[string]int64{}
	for i := range rejects {
		counts[rejects[i].Code.String()]++
	}
	return counts
}

// codesText is the rejects by code in one line, in the order of the codes.
func codesText(counts map[string]int64) string {
	var parts []string
	for _, code := range pipeline.CodeNames() {
		if n := counts[code]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", code, n))
		}
	}
	return strings.Join(parts, ", ")
}
