package pipeline

import "math/big"

// The tests of the complementary status (RGS art. 35, 36): what each kind of other occupation must reach in a quarter.

// unit is 1 in the ten-thousandths of hours, fractions and percentages.
const unit = 10_000

// halfTimeHours is half of full time in a quarter of 62 days, in hours, for so many ten-thousandths of full-time hours a week:
// floor(floor(W / 5 x 62) / 2). 38 a week give 235.
func halfTimeHours(week int64) int64 { return week * 62 / (5 * unit) / 2 }

func isSalaried(e *Evidence) bool {
	return e.Kind == Employee || e.Kind == Interim || e.Kind == TeacherTemporary
}

func isService(e *Evidence) bool { return e.Kind == CivilServant || e.Kind == OtherPensionScheme }

// testHours adds up the jobs of a quarter: each counts for the part of half-time that its hours are, as an exact fraction.
func testHours(rows []Evidence) StatusReason {
	reached := new(big.Rat)
	for i := range rows {
		e := &rows[i]
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

// testService asks for 8 months or 200 days in the year, and for half-time in the quarter. Rows that may speak of a quarter add up over the
// year; one that can't speaks of the year.
func testService(quarter, year []Evidence) StatusReason {
	var months, days serviceSum
	for i := range year {
		if e := &year[i]; isService(e) {
			months.add(int64(e.Months), monthsOfQuarter)
			days.add(int64(e.Days), daysOfQuarter)
		}
	}
	if months.total() < serviceMonths && days.total() < serviceDays {
		return ServiceTooShort
	}
	fraction := int64(0)
	for i := range quarter {
		e := &quarter[i]
		if !isService(e) {
			continue
		}
		if e.HalfTime == Yes {
			return AsDeclared
		}
		if e.HalfTime == NoAnswer && e.Fraction != Unsaid {
			fraction += int64(e.Fraction)
		}
	}
	if 2*fraction >= unit {
		return AsDeclared
	}
	return ServiceBelowHalfTime
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
func testTeaching(rows []Evidence) StatusReason {
	fraction := int64(0)
	for i := range rows {
		if e := &rows[i]; (e.Kind == TeacherTenured || e.Kind == TeacherTemporary) && e.Fraction != Unsaid {
			fraction += int64(e.Fraction)
		}
	}
	if 10*fraction >= 6*unit {
		return AsDeclared
	}
	return TeachingBelowSix
}

// testRights asks that rights to a pension are preserved or a replacement income is received.
func testRights(e *Evidence) StatusReason {
	if e.PensionRights == Yes || e.Benefit > 0 {
		return AsDeclared
	}
	return NoPensionRights
}

// testSickness asks for an incapacity of 66 % and a daily benefit of at least the minimum pension, which match made sure is given.
func testSickness(e *Evidence, p *Parameters) StatusReason {
	switch {
	case e.Incapacity < 66*unit:
		return IncapacityBelow66
	case e.Benefit < p.MinimumPension[int(e.Year)]:
		return BenefitBelowMinimum
	}
	return AsDeclared
}
