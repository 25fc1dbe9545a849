package pipeline

import (
	"math/big"
	"slices"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// The tests of the complementary status (RGS art. 35, 36, 39): what each kind of other occupation must reach in a quarter, and when it
// counts.

// evidenceTests tests quarters with the rows of evidence of an affiliate, sorted by quarter.
type evidenceTests struct {
	rows       []Evidence
	parameters *Parameters
	counted    []*Evidence // of the quarter that is tested
	linked     []Date      // ends of rows that are one occupation, see start and end
}

// place is where an occupation lies in a quarter.
type place uint8

const (
	throughout place = iota // it began on the first day or earlier, and ends on the last day or later
	ofUnknownStart
	begun // in the course of the quarter
	ended // in the course of the quarter
	placeCount
)

// quarter says whether the evidence of a quarter passes, or why not. A row counts that was there on the first day and is there on the last
// (RGS art. 39): what begins in the course of the quarter counts from the next one, and so does what has no known start after evidence
// that failed.
func (t *evidenceTests) quarter(q law.Quarter) StatusReason {
	rows := t.of(q)
	if len(rows) == 0 {
		return AsDeclared
	}
	wanted := [placeCount]bool{throughout: true, ofUnknownStart: !t.failedBefore(q)}
	failure := t.test(q, rows, wanted)
	if failure == AsDeclared {
		return AsDeclared
	}
	wanted[ofUnknownStart], wanted[begun] = true, true
	switch with := t.test(q, rows, wanted); {
	case with == AsDeclared:
		return FromTheNextQuarter
	case failure == EndsInTheQuarter: // nothing counted
		return with
	}
	return failure
}

// failedBefore says whether there is evidence of the quarter before, and it fails. What began in it counts: the status comes with this
// quarter.
func (t *evidenceTests) failedBefore(q law.Quarter) bool {
	rows := t.of(q - 1)
	return len(rows) > 0 && t.test(q-1, rows, [placeCount]bool{throughout: true, ofUnknownStart: true, begun: true}) != AsDeclared
}

// of is the rows of a quarter.
func (t *evidenceTests) of(q law.Quarter) []Evidence {
	first := 0
	for first < len(t.rows) && quarterOfEvidence(&t.rows[first]) < q {
		first++
	}
	return run(t.rows[first:], func(e *Evidence) bool { return quarterOfEvidence(e) == q })
}

func quarterOfEvidence(e *Evidence) law.Quarter { return law.QuarterOf(int(e.Year), int(e.Quarter)) }

// test says whether the rows of a quarter that lie in one of the places pass, or why not: the first reason of the list, whatever the order
// of rows; EndsInTheQuarter where there is none. One occupation that passes is enough.
func (t *evidenceTests) test(q law.Quarter, rows []Evidence, wanted [placeCount]bool) StatusReason {
	t.counted = t.counted[:0]
	for i := range rows {
		if wanted[t.place(q, &rows[i])] {
			t.counted = append(t.counted, &rows[i])
		}
	}
	failed := EndsInTheQuarter
	for _, e := range t.counted {
		var reason StatusReason
		switch e.Kind {
		case Employee, Interim, TeacherTemporary:
			reason = testHours(t.counted)
		case CivilServant, OtherPensionScheme:
			reason = t.testService(q)
		case TeacherTenured:
			reason = testTeaching(t.counted)
		default:
			reason = testBenefit(e, t.parameters.MinimumPension[int(e.Year)])
		}
		if reason == AsDeclared {
			return AsDeclared
		}
		if reason < failed {
			failed = reason
		}
	}
	return failed
}

// place is where the occupation of a row lies in a quarter. Rows without a working day between the end of one and the start of the other
// are one occupation [R].
func (t *evidenceTests) place(q law.Quarter, e *Evidence) place {
	if end, ends := t.end(e, anyKind); ends && end < QuarterEnd(q.Year(), q.Number()) {
		return ended
	}
	start, known := t.start(e, anyKind)
	switch {
	case !known:
		return ofUnknownStart
	case start > QuarterEnd(q.Year(), q.Number()-1)+1:
		return begun
	}
	return throughout
}

func anyKind(*Evidence) bool { return true }

// start is the first day of the occupation of a row, with those of the rows before it that it continues; false: unknown.
func (t *evidenceTests) start(e *Evidence, is func(*Evidence) bool) (Date, bool) {
	return t.reach(e.StartedOn, func(start Date, o *Evidence) (OptionalDate, bool) {
		end, ends := o.EndedOn.Get()
		return o.StartedOn, ends && is(o) && adjoin(end, start)
	}, func(a, b Date) Date { return min(a, b) })
}

// end is the last day of the occupation of a row, with those of the rows after it that continue it; false: none.
func (t *evidenceTests) end(e *Evidence, is func(*Evidence) bool) (Date, bool) {
	return t.reach(e.EndedOn, func(end Date, o *Evidence) (OptionalDate, bool) {
		start, known := o.StartedOn.Get()
		return o.EndedOn, known && is(o) && adjoin(end, start)
	}, func(a, b Date) Date { return max(a, b) })
}

// reach is the farthest day that an occupation reaches from a day of a row, over all rows that are linked to it, whatever their order:
// several may end or begin together. false: one of them says no day.
func (t *evidenceTests) reach(from OptionalDate, linked func(Date, *Evidence) (OptionalDate, bool),
	farther func(a, b Date) Date) (Date, bool) {
	day, known := from.Get()
	t.linked = append(t.linked[:0], day)
	for at := 0; known && at < len(t.linked); at++ {
		for i := range t.rows {
			to, is := linked(t.linked[at], &t.rows[i])
			if !is {
				continue
			}
			next, said := to.Get()
			if !said {
				return 0, false
			}
			if !slices.Contains(t.linked, next) {
				t.linked = append(t.linked, next)
			}
			day = farther(day, next)
		}
	}
	return day, known
}

// adjoin says whether an occupation starts after another one ends, without a working day, Monday to Friday, between them.
func adjoin(end, start Date) bool {
	for day := end + 1; day < start; day++ {
		if day.IsWorkingDay() {
			return false
		}
	}
	return start > end
}

// unit is 1 in the ten-thousandths of hours, fractions and percentages.
const unit = 10_000

// halfTimeHours is half of full time in a quarter of 62 days, in hours, for so many ten-thousandths of full-time hours a week:
// floor(floor(W / 5 x 62) / 2). 38 a week give 235.
func halfTimeHours(week int64) int64 { return week * 62 / (5 * unit) / 2 }

func isSalaried(e *Evidence) bool {
	return e.Kind == Employee || e.Kind == Interim || e.Kind == TeacherTemporary
}

func isService(e *Evidence) bool { return e.Kind == CivilServant || e.Kind == OtherPensionScheme }

func isBenefit(e *Evidence) bool {
	return !isSalaried(e) && !isService(e) && e.Kind != TeacherTenured
}

// testHours adds up the jobs of a quarter: each counts for the part of half-time that its hours are, as an exact fraction.
func testHours(rows []*Evidence) StatusReason {
	reached := new(big.Rat)
	for _, e := range rows {
		if !isSalaried(e) {
			continue
		}
		required := halfTimeHours(int64(e.FullTime)) * unit
		if int64(e.Hours) >= required {
			return AsDeclared
		}
		reached.Add(reached, big.NewRat(int64(e.Hours), required))
	}
	if reached.Cmp(big.NewRat(1, 1)) >= 0 {
		return AsDeclared
	}
	return HoursBelowHalfTime
}

// The service of a year that holds the status.
const (
	serviceMonths = 8
	serviceDays   = 200
)

// The most that one quarter can hold: a row that says more speaks of the whole year.
const (
	monthsOfQuarter = 3
	daysOfQuarter   = 92
)

// testService asks for 8 months or 200 days in the year, and for half-time in the quarter (RGS art. 35 §1 b). Of a service that begins or
// ends in the course of the year it does not ask the first (RGS art. 35 §2).
func (t *evidenceTests) testService(q law.Quarter) StatusReason {
	fraction, partOfYear, halfTime := int64(0), false, false
	for _, e := range t.counted {
		if !isService(e) {
			continue
		}
		partOfYear = partOfYear || t.partOfYear(q.Year(), e)
		halfTime = halfTime || e.HalfTime == Yes
		if e.HalfTime == NoAnswer && e.Fraction != Unsaid {
			fraction += int64(e.Fraction)
		}
	}
	switch {
	case !partOfYear && !t.serviceOfYear(q.Year()):
		return ServiceTooShort
	case !halfTime && 2*fraction < unit:
		return ServiceBelowHalfTime
	}
	return AsDeclared
}

// partOfYear says whether the service of a row begins after 1 January of a year or ends before its 31 December.
func (t *evidenceTests) partOfYear(year int, e *Evidence) bool {
	start, known := t.start(e, isService)
	end, ends := t.end(e, isService)
	return known && start > QuarterEnd(year, 0)+1 || ends && end < QuarterEnd(year, 4)
}

// serviceOfYear says whether the service of a year reaches 8 months or 200 days. Rows that may speak of a quarter add up; one that can't
// speaks of the year.
func (t *evidenceTests) serviceOfYear(year int) bool {
	var months, days serviceSum
	for i := range t.rows {
		if e := &t.rows[i]; int(e.Year) == year && isService(e) {
			months.add(int64(e.Months), monthsOfQuarter)
			days.add(int64(e.Days), daysOfQuarter)
		}
	}
	return months.total() >= serviceMonths || days.total() >= serviceDays
}

// serviceSum is months or days of service in a year.
type serviceSum struct{ quarters, year int64 }

func (s *serviceSum) add(n, quarter int64) {
	switch {
	case n == Unsaid:
	case n > quarter:
		s.year = max(s.year, n)
	default:
		s.quarters += n
	}
}

func (s *serviceSum) total() int64 { return max(s.quarters, s.year) }

// testTeaching asks for 6/10 of full time, over all teaching jobs of the quarter.
func testTeaching(rows []*Evidence) StatusReason {
	fraction := int64(0)
	for _, e := range rows {
		if (e.Kind == TeacherTenured || e.Kind == TeacherTemporary) && e.Fraction != Unsaid {
			fraction += int64(e.Fraction)
		}
	}
	if 10*fraction >= 6*unit {
		return AsDeclared
	}
	return TeachingBelowSix
}

// testBenefit asks that rights to a pension are preserved, or for a daily benefit of at least the minimum pension (RGS art. 36 §1 1° and
// 2°); with sickness as well for an incapacity of 66 %. Match made sure that the minimum is given where the result depends on it.
func testBenefit(e *Evidence, minimum money.Cents) StatusReason {
	switch {
	case e.PensionRights == Yes:
		return AsDeclared
	case e.Kind == Sickness && e.Incapacity < 66*unit:
		return IncapacityBelow66
	case e.Kind != Sickness && e.Benefit == Unsaid:
		return NoPensionRights
	case e.Benefit <= 0 || e.Benefit < minimum: // a benefit of 0 proves nothing
		return BenefitBelowMinimum
	}
	return AsDeclared
}

// needsMinimumPension says whether the result of a row depends on the minimum pension.
func needsMinimumPension(e *Evidence) bool {
	return testBenefit(e, 1) == AsDeclared && testBenefit(e, limit+1) != AsDeclared
}
