package current

import (
	"bytes"
	"cmp"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
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
		o.Nights = append(o.Nights, report.Night{Batch: b.Batch, AsOf: b.AsOf, Report: b.Folder() + "/" + batch.ReportName,
			Input: register(b.Manifest), Withdrawn: b.withdrawn != nil, WithdrawnFor: b.withdrawnFor,
			Regularisations: c.Regularisations, Notices: c.Notices, Rejected: b.rejected, Claim: c.Claim, Payout: c.Payout})
		if asked := b.Parameters.Report; asked != nil {
			o.Language = asked.Language
		}
	}
	var err error
	if o.Drafts, err = waiting(storage); err != nil {
		return nil, err
	}
	o.Totals = h.outstanding()
	open := Open{Rows: map[string]int64{}}
	for _, of := range openTables {
		if _, err := open.in(storage, of.about.Name); err != nil {
			return nil, err
		}
	}
	for _, code := range pipeline.CodeNames() {
		if n := open.Rows[code]; n > 0 {
			o.Rejects = append(o.Rejects, report.Code{Code: code, Rows: n})
		}
	}
	var page bytes.Buffer
	err = report.WriteOverview(&page, o)
	return page.Bytes(), err
}

// outstanding is what the last batches of people and of companies say that somebody must look at; nothing where there is none.
func (h *history) outstanding() []report.Total {
	totals := []report.Total{{Name: "unseen"}, {Name: "credits"}, {Name: "unclear"}, {Name: "nowhere"}}
	recorded := false
	for _, live := range h.live {
		if len(live) == 0 {
			continue
		}
		recorded = true
		c := &live[len(live)-1].ControlTotals
		for i, amount := range []money.Cents{c.Unseen, c.Credits, c.Unclear, c.Nowhere} {
			totals[i].Cents += amount
		}
	}
	if !recorded {
		return nil
	}
	return totals
}
