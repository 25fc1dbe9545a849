package current

import (
	"fmt"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/writers/report"
)

// draftsOf tells the drafts that wait and what was recorded of them apart; "" where none waits.
func draftsOf(storage storage.Storage) (string, error) {
	drafts, err := batch.Drafts(storage)
	if err != nil || len(drafts) == 0 {
		return "", err
	}
	acts, err := storage.List(batch.AuditFolder)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, m := range drafts {
		all.WriteString(m.Digest + " ")
	}
	return fmt.Sprint(all.String(), len(acts)), nil
}

// made is what the audit records of who made a draft.
type made struct {
	Deed     string `json:"deed"`
	Manifest string `json:"manifest"`
	On       string `json:"on"`
	By       string `json:"by"`
}

// waiting are the drafts as the page of all batches shows them.
func waiting(storage storage.Storage) ([]report.Draft, error) {
	manifests, err := batch.Drafts(storage)
	if err != nil || len(manifests) == 0 {
		return nil, err
	}
	names, err := storage.List(batch.AuditFolder)
	if err != nil {
		return nil, err
	}
	makers := map[string]made{} // by the digest of the manifest
	for _, name := range names {
		var act made
		if _, err := batch.ReadRecord(storage, batch.AuditFolder+"/"+name, &act); err != nil {
			return nil, err
		}
		if act.Deed == "draft" {
			makers[act.Manifest] = act
		}
	}
	var drafts []report.Draft
	for _, m := range manifests {
		d := report.Draft{Batch: m.Batch, Since: m.AsOf, Report: m.Folder() + "/" + batch.ReportName, Input: register(m),
			Notices: m.ControlTotals.Notices, Claim: m.ControlTotals.Claim, Payout: m.ControlTotals.Payout}
		if act, recorded := makers[m.Digest]; recorded {
			d.Since, d.MadeBy = act.On, act.By
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}
