package pipeline

import (
	"slices"

	"regul/pipeline/rows"
)

// matchEvidence takes the rows of evidence. Sickness can't be tested without the operator's minimum pension: the year is held back.
func (m *matcher) matchEvidence(list []Evidence) {
	slices.SortFunc(list, compareEvidence)
	for i := range list {
		e := &list[i]
		_, known := m.parameters.MinimumPension[int(e.Year)]
		switch {
		case m.affiliate == nil:
			m.rejectEvidence(e, m.stranger, m.strange)
		case e.Kind == Sickness && !known:
			m.rejectEvidence(e, YearNotSupported, becauseNoMinimumPension)
			m.broken.add(e.Year)
		default:
			m.fates[EvidenceInput].Count(rows.Settled, 0)
		}
	}
}

func (m *matcher) rejectEvidence(e *Evidence, code Code, reason Reason) {
	m.fates[EvidenceInput].Count(rows.Rejected, 0)
	m.reject(EvidenceInput, code, reason, e.NISS, e.Year, e.Place, *e)
}
