package run

import (
	"regul/jobs/batch"
	"regul/pipeline"
)

// confirm decides on what the bank said tonight, and counts it; without a file of confirmations there is nothing to say.
func (s *settling) confirm(decided *pipeline.Decisions, confirming *pipeline.Confirming) {
	fates, unknown := confirming.Fates(decided.Confirmed)
	decided.Fates[pipeline.ConfirmationsInput].Add(&fates)
	if len(s.in.Of(pipeline.ConfirmationsInput)) == 0 {
		return
	}
	s.confirmed = batch.CountConfirmed(decided.Confirmed)
	if unknown > 0 {
		s.confirmed[batch.UnknownConfirmations] = unknown
		s.options.Log.Warn("the bank tells of transactions that no batch ordered which counts", "confirmations", unknown)
	}
}
