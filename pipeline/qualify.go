package pipeline

import (
	"slices"

	"regul/pipeline/law"
)

// Qualified is the category that applies to a quarter: the second stage, from the category that the account declares and the evidence
// of the other occupation (RGS art. 35, 36, 39).
type Qualified struct {
	Category  law.Category
	Reason    StatusReason // why it is not the one declared
	ToConfirm bool         // main, though the account does not show whether a primostarter's minimum applies
}

// StatusReason is why a quarter that was declared as complementary counts as a main occupation.
type StatusReason uint8

// The reasons.
const (
	AsDeclared           StatusReason = iota
	HoursBelowHalfTime                // fewer hours, worked or assimilated, than half of full time
	ServiceTooShort                   // fewer than 8 months and fewer than 200 days in the year
	ServiceBelowHalfTime              // less than half-time
	TeachingBelowSix                  // all teaching jobs together below 6/10
	NoPensionRights                   // no rights to a pension preserved, no benefit
	IncapacityBelow66                 // less than 66 %
	BenefitBelowMinimum               // below the minimum pension
	FromTheNextQuarter                // the other occupation began in this quarter
	EndsInTheQuarter                  // the other occupation ends in this quarter
	StatusReasonCount
)

var statusReasons = [StatusReasonCount]string{"", "hours_below_half_time", "service_too_short", "service_below_half_time",
	"teaching_below_six_tenths", "no_pension_rights", "incapacity_below_66", "benefit_below_minimum", "from_next_quarter",
	"ends_in_quarter"}

// StatusReasons lists the codes of the reasons; position 0 is none.
func StatusReasons() []string { return statusReasons[:] }

func (r StatusReason) String() string { return statusReasons[r] }

// qualify tests each quarter that is declared as complementary with the evidence of the quarter, and finds what applies where it fails.
// Without evidence the declared category stands. The evidence is sorted by quarter.
func (m *matcher) qualify(evidence []Evidence) {
	for i := range m.matched.Years {
		y := &m.matched.Years[i]
		for j := range y.Quarters {
			y.Applied[j] = Qualified{Category: y.Quarters[j].Category}
		}
	}
	if len(evidence) == 0 {
		return
	}
	tests := evidenceTests{rows: evidence, parameters: &m.parameters}
	m.failed = m.failed[:0]
	for i := range m.account {
		q, reason := &m.account[i], AsDeclared
		if m.parameters.Law.Occupation(q.Category) == law.Complementary {
			reason = tests.quarter(quarterOf(q))
		}
		m.failed = append(m.failed, reason)
	}
	m.findInstead()
	for i, reason := range m.failed {
		if reason == AsDeclared {
			continue
		}
		q := &m.account[i]
		if y := m.year(q.Year); y != nil {
			at := slices.IndexFunc(y.Quarters, func(o AccountQuarter) bool { return o.Quarter == q.Quarter })
			y.Applied[at] = Qualified{m.applied[i], reason, m.toConfirm[i]}
		}
	}
}

// quarterOf is the quarter of a row of the account.
func quarterOf(q *AccountQuarter) law.Quarter { return law.QuarterOf(int(q.Year), int(q.Quarter)) }
