package run

import (
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
)

// recheckFor are the changes for which years are settled again, as a batch records them: the account alone, once the only one, is none.
func recheckFor(r pipeline.Recheck) []string {
	if r == pipeline.RecheckAccount {
		return nil
	}
	return r.Names()
}

// recheckOf are the changes for which a batch settled years again.
func recheckOf(m *batch.ManifestSettings) []string {
	if m.Recheck && len(m.RecheckFor) == 0 {
		return pipeline.RecheckAccount.Names()
	}
	return m.RecheckFor
}

// recheckedYears names the years that were settled again, for the report.
func recheckedYears(changes []string) string {
	if len(changes) == 0 {
		return "years whose account changed"
	}
	return "years that changed by " + strings.Join(changes, ", ")
}

func recheckCounts(t *pipeline.RecheckTotals) *batch.RecheckCounts {
	c := &batch.RecheckCounts{For: map[string]int64{}, Left: t.Left}
	for i, name := range pipeline.RecheckNames() {
		c.For[name] = t.For[i]
	}
	return c
}

// rechecked is what the manifest says of the years that were settled again. Where the account alone was asked for, and alone had changed,
// the control totals say it.
func (s *settling) rechecked() *batch.RecheckCounts {
	if recheckFor(s.options.Parameters.Recheck) == nil && s.decided.Recheck.OfAccount() {
		return nil
	}
	return s.result.Recheck
}
