package run

import (
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/transfers"
	"regul/writers/payments"
)

// checkTransfers compares every transfer of the payment files with the index, and with a second reading of the register.
func (s *settling) checkTransfers(files []batch.ManifestFile) error {
	o := s.options
	if !o.Outgoing.Payments {
		return nil
	}
	n := transfers.Night{Storage: o.Out, Folder: batch.Building, Batch: s.batch, About: o.Subject.About,
		Own: payments.OwnOf(o.Outgoing.Fund)}
	for _, f := range s.in.Of(o.Subject.Register) {
		n.Register = append(n.Register, &f.File)
	}
	return n.Check(files)
}

// limitDay takes what batches of the same day sent before into the limit of the day, where there is one.
func (o *Options) limitDay(history *ledger.History) (err error) {
	if l := &o.Outgoing.Limits; o.Outgoing.Payments && l.Night > 0 {
		l.Sent, err = history.SentOn(o.Parameters.AsOf)
	}
	return err
}
