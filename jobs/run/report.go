package run

import (
	"fmt"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/writers/notice/index"
	"regul/writers/payments"
	"regul/writers/report"
)

// maxExamples bounds the rejects of one code that the report shows.
const maxExamples = 3

// writeReport writes the page that shows what the batch did.
func (s *settling) writeReport(m *batch.Manifest) error {
	file, err := s.build.Create(batch.ReportName)
	if err != nil {
		return err
	}
	err = report.Write(file, s.reported(m), s.gatherer.Statistics())
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// reported is what the report says of the batch beside its statistics.
func (s *settling) reported(m *batch.Manifest) *report.Batch {
	o := s.options
	b := &report.Batch{
		Companies: o.Subject == Companies,
		Name:      m.Batch, AsOf: m.AsOf, LawVersion: m.LawVersion, Fees: m.Parameters.Fees, Specimen: m.Parameters.Specimen,
		Language: o.Outgoing.Report.Language, Ledger: m.Earlier, ControlTotals: report.TotalsOf(&m.ControlTotals.ControlTotals),
		Rejects: s.reportedRejects(), Previous: reportedBefore(s.history.Last()),
	}
	b.Settings = []report.Setting{{Name: "limit of rejects", Value: m.Parameters.MaxRejects}}
	if m.Parameters.Recheck {
		b.Settings = append(b.Settings, report.Setting{Name: recheckedYears(m.Parameters.RecheckFor), Value: "settled again"})
	}
	if m.Corrects != nil {
		b.Settings = append(b.Settings, report.Setting{Name: "corrected rows of what was rejected by", Value: m.Corrects.Batch})
	}
	for _, w := range m.Withdrawn {
		b.Settings = append(b.Settings, report.Setting{Name: "withdrawn: " + w.Batch, Value: "on " + w.On + ": " + w.Why})
	}
	for _, p := range m.WithdrawnParts {
		b.Settings = append(b.Settings, report.Setting{Name: fmt.Sprintf("withdrawn of %s: %d", p.Batch, p.Numbers),
			Value: "on " + p.On + ": " + p.Why})
	}
	for _, i := range m.Inputs {
		b.Inputs = append(b.Inputs, report.Input{Input: i.Input, Source: i.Source, Rows: i.Rows, Size: i.Size, SHA256: i.SHA256})
	}
	for _, input := range o.Subject.InputNames() {
		c, counted := m.Counts[input]
		if !counted && b.Companies {
			continue // the bank has said nothing
		}
		b.Counts = append(b.Counts, report.Fates{Input: input, Read: c.Read, Settled: c.Settled, Superseded: c.Superseded,
			AlreadySettled: c.AlreadySettled, Repeated: c.Repeated, Rejected: c.Rejected})
	}
	files := slices.Clone(s.build.Files)
	slices.SortFunc(files, func(x, y batch.ManifestFile) int { return strings.Compare(x.Path, y.Path) })
	for _, f := range files {
		b.Files = append(b.Files, report.File{Path: f.Path, Rows: f.Rows, Size: f.Size})
	}
	if o.Outgoing.Press != nil {
		b.Notices = s.letters()
		for _, reason := range index.Reasons() {
			if n := m.NotPostable[reason]; n > 0 {
				b.NotPostable = append(b.NotPostable, report.Count{Name: reason, Rows: n})
			}
		}
	}
	if o.Outgoing.Payments {
		b.Payments = s.paid()
	}
	return b
}

// letters counts the letters by language.
func (s *settling) letters() []report.Letters {
	list := []report.Letters{}
	for language, code := range pipeline.Languages() {
		if n := s.printing[pipeline.Language(language)]; language > 0 {
			list = append(list, report.Letters{Language: code, Letters: n.Letters, Pages: n.Pages, Sheets: n.Sheets, Postage: n.Postage})
		}
	}
	return list
}

// Paid lists what became of refunds and claims.
func (s *settling) paid() []report.Payment {
	list := []report.Payment{}
	for kind := range payments.KindCount {
		for status := range payments.StatusCount {
			if sum := s.sent[kind][status]; sum.Count > 0 {
				list = append(list, report.Payment{Kind: kind.String(), Status: status.String(), Rows: sum.Count, Amount: sum.Amount})
			}
		}
	}
	freed := report.Payment{Kind: payments.Refund.String(), Status: report.Freed}
	for _, sum := range s.freed {
		freed.Rows += sum.Count
		freed.Amount += sum.Amount
	}
	if freed.Rows > 0 {
		list = append(list, freed)
	}
	return list
}

// reportedBefore is the batch before, to compare with; nil if there is none.
func reportedBefore(m *batch.Manifest) *report.Previous {
	if m == nil {
		return nil
	}
	p := &report.Previous{Name: m.Batch, AsOf: m.AsOf, Notices: m.ControlTotals.Notices,
		Totals: report.TotalsOf(&m.ControlTotals.ControlTotals)}
	for _, rows := range m.Rejects {
		p.Rejects += rows
	}
	for i, outcome := range pipeline.Outcomes() {
		p.Outcomes[i] = m.Outcomes[outcome]
	}
	return p
}

// reportedRejects are the rejects by code, with the first of each: WriteRejects has sorted them by input, file and row.
func (s *settling) reportedRejects() []report.Code {
	byCode := make([]report.Code, len(pipeline.CodeNames()))
	for i := range s.decided.Rejects {
		r := &s.decided.Rejects[i]
		of := &byCode[r.Code]
		of.Code = r.Code.String()
		if of.Rows++; len(of.Examples) < maxExamples {
			of.Examples = append(of.Examples,
				report.Example{Source: s.in.List[r.Place.File].Name, Row: r.Place.Row, Message: string(r.Reason)})
		}
	}
	return slices.DeleteFunc(byCode, func(r report.Code) bool { return r.Rows == 0 })
}
