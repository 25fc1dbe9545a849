package run

import (
	"strconv"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

func settings(o *Options) batch.ManifestSettings {
	s := batch.ManifestSettings{
		Fees: map[string]string{}, MaxRejects: o.MaxRejects.String(), Without: o.Outgoing.Without(),
		Specimen: o.Outgoing.Any() && o.Outgoing.Fund.Specimen, Outgoing: o.Outgoing.Digest(),
		Recheck: o.Parameters.Recheck != 0, RecheckFor: recheckFor(o.Parameters.Recheck),
	}
	if o.Outgoing.Payments {
		own := payments.OwnOf(o.Outgoing.Fund)
		s.Own = &own
	}
	if asked := o.Outgoing.Report; asked.Language != "" || len(asked.Postage) > 0 {
		s.Report = &asked
	}
	for year, fee := range o.Parameters.Fees {
		s.Fees[strconv.Itoa(year)] = fee.Percent()
	}
	for year, amount := range o.Parameters.MinimumPension {
		if s.MinimumPension == nil {
			s.MinimumPension = map[string]money.Cents{}
		}
		s.MinimumPension[strconv.Itoa(year)] = amount
	}
	return s
}

func outcomes(t *pipeline.Totals) map[string]int64 {
	named := map[string]int64{}
	for i, n := range t.Outcomes {
		if n > 0 {
			named[pipeline.Outcome(i).String()] = n
		}
	}
	return named
}

// Manifest is what the batch says of itself; the files come with its publication.
func (s *settling) manifest() (*batch.Manifest, error) {
	o, t := s.options, &s.decided.Totals
	m := &batch.Manifest{
		Format: batch.ManifestFormat, Batch: s.batch, Program: o.Program, Job: o.Subject.Job, MoneyLedger: true,
		AsOf: o.Parameters.AsOf.String(), LawVersion: o.Subject.Version(&o.Parameters), Parameters: settings(o),
		Earlier: s.history.Earlier(), Previous: s.history.LastLink(), Withdrawn: s.history.Withdrawn,
		WithdrawnParts: s.history.PartLinks(), Corrects: o.Corrects,
		Inputs: s.in.Manifest(), Counts: s.result.Counts, Waiting: s.result.Waiting, Recheck: s.rechecked(),
		ControlTotals: batch.ControlTotalsOf(t, s.read[pipeline.Revenue], &s.decided.Fates[pipeline.Revenue]), Outcomes: outcomes(t),
		Rejects: s.result.Rejects, Confirmed: s.confirmed, Held: s.held, Freed: s.freed, NotPostable: s.outbox.NotPostable(),
		Usual: s.usual.manifest(),
	}
	m.Unusual = o.Brake.unusual(m, s.history)
	var err error
	if s.strangers {
		m.Beside, err = s.history.Beside()
	}
	return m, err
}
