package intake

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/pipeline/company"
	"regul/readers"
	"regul/writers/tables"
)

// CompanyRejects are the rejects as published, by name of the file and row, with their text read again.
func CompanyRejects(in *Files, rejects []company.Reject) ([]tables.CompanyReject, error) {
	slices.SortFunc(rejects, func(a, b company.Reject) int {
		x, y := in.List[a.Place.File], in.List[b.Place.File]
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Number, y.Number), cmp.Compare(a.Place.Row, b.Place.Row))
	})
	published := make([]tables.CompanyReject, 0, len(rejects))
	for len(rejects) > 0 {
		file := in.List[rejects[0].Place.File]
		var rows []int64
		for len(rows) < len(rejects) && rejects[len(rows)].Place.File == file.Number {
			rows = append(rows, rejects[len(rows)].Place.Row)
		}
		err := readers.Recall(file.parts, rows, func(i int, text, number []byte) error {
			r := &rejects[i]
			published = append(published, tables.CompanyReject{
				Source: file.Name, Row: r.Place.Row, Enterprise: clean(string(number)), Year: int(r.Year), Code: r.Code,
				Message: string(r.Reason), Content: clean(string(text[:min(len(text), maxContent)])),
			})
			return nil
		})
		if err != nil {
			return nil, err
		}
		rejects = rejects[len(rows):]
	}
	return published, nil
}

// CompanyRejectsFile is the path of the rejects as CSV: in the input's own columns, for people to correct and send again.
const CompanyRejectsFile = tables.CompanyRejectsTable + "/" + jobs.CompaniesInput + ".csv"

// WriteCompanyRejects publishes the rejects, if there are any: as a table, and as CSV.
func WriteCompanyRejects(b *batch.Build, in *Files, rejects []tables.CompanyReject) error {
	if len(rejects) == 0 {
		return nil
	}
	if err := tables.WriteCompanyRejects(b.Create, rejects); err != nil {
		return err
	}
	splitters := map[string]*readers.Splitter{}
	for _, f := range in.List {
		splitter, err := readers.NewSplitter(f.parts)
		if err != nil {
			return err
		}
		splitters[f.Name] = splitter
	}
	file, err := b.Create(CompanyRejectsFile)
	if err != nil {
		return err
	}
	w := &rejectsCSV{file: file}
	if _, err = io.WriteString(file, strings.Join(append(readers.CompanyColumns(), batch.RejectsHeader...), ",")+"\n"); err == nil {
		for i := range rejects {
			r := &rejects[i]
			if err = w.row(splitters[r.Source], r.Code == company.BadRow, r.Enterprise, r.Code.String(), r.Message, r.Source, r.Row, r.Content); err != nil {
				break
			}
		}
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}
