package current

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers/table"
	"regul/writers/report"
)

// OverviewName is the page of all batches.
const OverviewName = "index.html"

// overview is the page of all batches: their trend, what is open over all of them, and their reports. It holds no number of a person.
func (h *history) overview(storage storage.Storage) ([]byte, error) {
	o := &report.Overview{}
	nights := slices.Clone(h.all)
	slices.SortStableFunc(nights, func(a, b listed) int { return cmp.Or(cmp.Compare(a.AsOf, b.AsOf), cmp.Compare(a.Earlier, b.Earlier)) })
	for _, b := range nights {
		c := &b.ControlTotals
		o.Nights = append(o.Nights, report.Night{Batch: b.Batch, AsOf: b.AsOf, Report: b.Folder() + "/" + batch.ReportName, Companies: b.Job == batch.CompaniesJob,
			Withdrawn: b.withdrawn != nil, Regularisations: c.Regularisations, Notices: c.Notices, Rejected: b.rejected, Claim: c.Claim, Payout: c.Payout})
		if asked := b.Parameters.Report; asked != nil {
			o.Language = asked.Language
		}
	}
	if live := h.live[batch.RunJob]; len(live) > 0 {
		c := &live[len(live)-1].ControlTotals
		o.Totals = []report.Total{{Name: "unseen", Cents: c.Unseen}, {Name: "credits", Cents: c.Credits}, {Name: "unclear", Cents: c.Unclear}, {Name: "nowhere", Cents: c.Nowhere}}
	}
	open := map[string]int64{}
	for _, of := range []string{rejectsOpenTable, companyRejectsOpenTable} {
		if err := countOpen(storage, Folder+"/"+of, open); err != nil {
			return nil, err
		}
	}
	for _, code := range pipeline.CodeNames() {
		if n := open[code]; n > 0 {
			o.Rejects = append(o.Rejects, report.Code{Code: code, Rows: n})
		}
	}
	var page bytes.Buffer
	err := report.WriteOverview(&page, o)
	return page.Bytes(), err
}

// countOpen counts the open rejects in a folder of the compacted tables by code.
func countOpen(storage storage.Storage, folder string, open map[string]int64) error {
	names, err := storage.List(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		if !strings.HasSuffix(name, ".parquet") {
			continue
		}
		file, err := storage.Open(folder + "/" + name)
		if err != nil {
			return err
		}
		err = batch.EachBlock(file, []table.Column{{Name: "code", Kind: table.Text}}, func(b *table.Block) error {
			for row := range b.Rows {
				open[string(b.Columns[0].Texts[row])]++
			}
			return nil
		})
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}
