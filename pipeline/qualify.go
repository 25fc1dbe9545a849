package pipeline

import "regul/pipeline/law"

// Qualified is the category that applies to a quarter: the second stage, from the category that the account declares and the evidence
// of the other occupation (RGS art. 35, 36).
type Qualified struct {
	Category law.Category
	Reason   StatusReason // why it is not the one declared
}

// StatusReason is why a quarter that was declared as complementary counts as a main occupation.
type StatusReason uint8

// The reasons.
const (
	AsDeclared           StatusReason = iota
	HoursBelowHalfTime                // fewer hours worked than half of full time
	ServiceTooShort                   // fewer than 8 months and fewer than 200 days in the year
	ServiceBelowHalfTime              // less than half-time
	TeachingBelowSix                  // all teaching jobs together below 6/10
	NoPensionRights                   // no rights to a pension preserved, no replacement income
	IncapacityBelow66                 // less than 66 %
	BenefitBelowMinimum               // below the minimum pension
	FromTheNextQuarter                // the other occupation began in this quarter
	StatusReasonCount
)

var statusReasons = [StatusReasonCount]string{"", "hours_below_half_time", "service_too_short", "service_below_half_time", "teaching_below_six_tenths",
	"no_pension_rights", "incapacity_below_66", "benefit_below_minimum", "from_next_quarter"}

// StatusReasons lists the codes of the reasons; position 0 is none.
func StatusReasons() []string { return statusReasons[:] }

func (r StatusReason) String() string { return statusReasons[r] }

// qualify tests each quarter, whose category rests on another occupation, with the evidence of the quarter. Evidence that fails makes
// it a main occupation, and so does the quarter in which the occupation begins: after evidence that failed in the quarter before, the
// status comes with the next quarter. Without evidence the declared category stands. The evidence is sorted by quarter.
func qualify(m *Matched, evidence []Evidence, p *Parameters) {
	for i := range m.Years {
		y := &m.Years[i]
		for j := range y.Quarters {
			q := &y.Quarters[j]
			y.Applied[j] = Qualified{Category: q.Category}
			if len(evidence) == 0 {
				continue
			}
			instead, tested := p.Law.Unqualified(q.Category)
			if !tested {
				continue
			}
			reason, known := testQuarter(evidence, y.Year, int(q.Quarter), p)
			if known && reason == AsDeclared {
				if before, knownBefore := testQuarter(evidence, y.Year, int(q.Quarter)-1, p); knownBefore && before != AsDeclared {
					reason = FromTheNextQuarter
				}
			}
			if reason != AsDeclared {
				y.Applied[j] = Qualified{instead, reason}
			}
		}
	}
}

// testQuarter says whether the evidence of a quarter (0: the last of the year before) passes its test, or why not; and whether there is any.
// One occupation that passes is enough.
func testQuarter(evidence []Evidence, year, quarter int, p *Parameters) (StatusReason, bool) {
	if quarter == 0 {
		year, quarter = year-1, 4
	}
	rows := evidenceOf(evidence, year, func(e *Evidence) bool { return int(e.Quarter) == quarter })
	if len(rows) == 0 {
		return AsDeclared, false
	}
	failed := AsDeclared
	for i := range rows {
		var reason StatusReason
		switch rows[i].Kind {
		case Employee, Interim, TeacherTemporary:
			reason = testHours(rows)
		case CivilServant, OtherPensionScheme:
			reason = testService(rows, evidenceOf(evidence, year, isService))
		case TeacherTenured:
			reason = testTeaching(rows)
		case Sickness:
			reason = testSickness(&rows[i], p)
		default:
			reason = testRights(&rows[i])
		}
		if reason == AsDeclared {
			return AsDeclared, true
		}
		if failed == AsDeclared || reason < failed {
			failed = reason // the first of the list, whatever the order of rows
		}
	}
	return failed, true
}

// evidenceOf is the rows of a year for which the condition holds, from the first of them to the last.
func evidenceOf(evidence []Evidence, year int, holds func(*Evidence) bool) []Evidence {
	first, end := 0, 0
	for i := range evidence {
		if int(evidence[i].Year) == year && holds(&evidence[i]) {
			if end == 0 {
				first = i
			}
			end = i + 1
		}
	}
	return evidence[first:end]
}
