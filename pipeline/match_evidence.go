package pipeline

import (
	"slices"

	"regul/pipeline/rows"
)

// matchEvidence takes the rows of evidence and returns those that are sound, by quarter. A benefit can't be tested without the operator's
// minimum pension: the year waits where a row's result depends on it.
func (m *matcher) matchEvidence(list []Evidence) []Evidence {
	slices.SortFunc(list, compareEvidence)
	return slices.DeleteFunc(list, func(e Evidence) bool {
		_, known := m.parameters.MinimumPension[int(e.Year)]
		switch {
		case m.affiliate == nil:
			m.rejectEvidence(&e, m.stranger, m.strange)
		case !known && isBenefit(&e) && needsMinimumPension(&e):
			m.rejectEvidence(&e, YearNotSupported, becauseNoMinimumPension)
			m.broken.add(e.Year)
			m.brokenStatus.add(e.Year)
		default:
			m.fates[EvidenceInput].Count(rows.Settled, 0)
			return false
		}
		return true
	})
}

func (m *matcher) rejectEvidence(e *Evidence, code Code, reason Reason) {
	m.fates[EvidenceInput].Count(rows.Rejected, 0)
	m.reject(EvidenceInput, code, reason, e.Year, e.Place, *e)
}
