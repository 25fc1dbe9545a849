package reference

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Evidence is a row about another occupation in a quarter (RGS art. 35, 36, 39). What is not said is not valid, or the zero time.
type Evidence struct {
	Year, Quarter                       int
	Kind                                string
	Hours, FullTimeHours                decimal.NullDecimal // worked or assimilated in the quarter; of a full-time week
	Days, Months                        decimal.NullDecimal
	Fraction, Incapacity, DailyBenefit  decimal.NullDecimal // 0 to 1; 0 to 100; EUR
	SaysHalfTime, HalfTime, PensionOwed bool
	StartedOn, EndedOn                  time.Time // from when the occupation is as the row says; its last day
}

// The reasons for which a quarter that was declared complementary is not.
const (
	HoursBelowHalfTime     = "hours_below_half_time"
	ServiceTooShort        = "service_too_short"
	ServiceBelowHalfTime   = "service_below_half_time"
	TeachingBelowSixTenths = "teaching_below_six_tenths"
	NoPensionRights        = "no_pension_rights"
	IncapacityBelow66      = "incapacity_below_66"
	BenefitBelowMinimum    = "benefit_below_minimum"
	FromNextQuarter        = "from_next_quarter"
	EndsInQuarter          = "ends_in_quarter"
)

// ofQuarter says whether a row is about a quarter.
func (e *Evidence) ofQuarter(year, quarter int) bool { return e.Year == year && e.Quarter == quarter }

// Holds says why the evidence of a quarter does not make it complementary: "" where one occupation passes, or where there is no
// evidence. rows are all of the affiliate. minimumPension is a day's minimum pension of an isolated self-employed person on
// 1 January of the year, in EUR, not valid where the operator did not give it. Error: ErrMissing where the result depends on it.
func Holds(rows []Evidence, year, quarter int, minimumPension decimal.NullDecimal) (failure string, err error) {
	own := slices.DeleteFunc(slices.Clone(rows), func(e Evidence) bool { return !e.ofQuarter(year, quarter) })
	if len(own) == 0 {
		return "", nil
	}
	failedBefore, err := failedBefore(rows, year, quarter, minimumPension)
	if err != nil {
		return "", err
	}
	var counting, begun []Evidence // rows that count, and those that would with the next quarter
	for _, e := range own {
		start, end := occupation(rows, e)
		switch {
		case !end.IsZero() && end.Before(QuarterEnd(year, quarter)): // RGS art. 39 §2
		case start.After(quarterStart(year, quarter)), start.IsZero() && failedBefore: // RGS art. 39 §1; the second is a reading
			begun = append(begun, e)
		default:
			counting = append(counting, e)
		}
	}
	if failure, err = weigh(rows, counting, minimumPension); err != nil || failure == "" && len(counting) > 0 {
		return failure, err
	}
	if len(begun) > 0 {
		with, err := weigh(rows, append(begun, counting...), minimumPension)
		if err != nil || with == "" {
			return FromNextQuarter, err
		}
		if failure == "" {
			failure = with
		}
	}
	if failure == "" {
		failure = EndsInQuarter
	}
	return failure, nil
}

// failedBefore says whether there is evidence of the quarter before and it fails, its beginning aside: an occupation that begins in
// the course of a quarter makes the next one complementary.
func failedBefore(rows []Evidence, year, quarter int, minimumPension decimal.NullDecimal) (bool, error) {
	if quarter--; quarter == 0 {
		year, quarter = year-1, 4
	}
	var own []Evidence
	said := false
	for _, e := range rows {
		if !e.ofQuarter(year, quarter) {
			continue
		}
		said = true
		if _, end := occupation(rows, e); end.IsZero() || !end.Before(QuarterEnd(year, quarter)) {
			own = append(own, e)
		}
	}
	if !said {
		return false, nil
	}
	failure, err := weigh(rows, own, minimumPension)
	return failure != "" || len(own) == 0, err
}

// occupation is the first and the last day of the occupation of a row, as far as the rows say; the zero time where one of its rows does
// not say it. Two rows without a working day between them are one occupation (reading).
func occupation(rows []Evidence, e Evidence) (start, end time.Time) {
	starts := chain(e.StartedOn, rows, func(o *Evidence, start time.Time) (time.Time, bool) {
		return o.StartedOn, !o.EndedOn.IsZero() && o.EndedOn.Before(start) && !workingDayBetween(o.EndedOn, start)
	})
	ends := chain(e.EndedOn, rows, func(o *Evidence, end time.Time) (time.Time, bool) {
		return o.EndedOn, o.StartedOn.After(end) && !workingDayBetween(end, o.StartedOn)
	})
	start = slices.MinFunc(starts, time.Time.Compare) // the zero time is before every other
	if end = slices.MaxFunc(ends, time.Time.Compare); slices.Contains(ends, time.Time{}) {
		end = time.Time{}
	}
	return start, end
}

// chain is a day, and the days to which the rows that join it lead, in turn, each once. Nothing joins the zero time.
func chain(day time.Time, rows []Evidence, joins func(*Evidence, time.Time) (time.Time, bool)) []time.Time {
	days := []time.Time{day}
	for at := 0; at < len(days); at++ {
		for i := range rows {
			if days[at].IsZero() {
				break
			}
			if next, joined := joins(&rows[i], days[at]); joined && !slices.Contains(days, next) {
				days = append(days, next)
			}
		}
	}
	return days
}

// workingDayBetween says whether a Monday to Friday lies strictly between two days.
func workingDayBetween(last, first time.Time) bool {
	for day := last.AddDate(0, 0, 1); day.Before(first); day = day.AddDate(0, 0, 1) {
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			return true
		}
	}
	return false
}

// weigh is why none of the occupations passes its test; "" when one does, or without a row. all are the rows of the affiliate:
// service counts over the year.
func weigh(all, own []Evidence, minimumPension decimal.NullDecimal) (failure string, err error) {
	var missing error
	for _, t := range []struct {
		kinds string
		test  func(own []Evidence) (string, error)
	}{
		{"employee interim teacher_temporary", hoursTest},
		{serviceKinds, func(own []Evidence) (string, error) { return serviceTest(all, own) }},
		{"teacher_tenured", func([]Evidence) (string, error) { return teachingTest(own) }},
		{"unemployed career_break time_credit termination_pay",
			func(own []Evidence) (string, error) { return rightsTest(own, minimumPension) }},
		{"sickness", func(own []Evidence) (string, error) { return sicknessTest(own, minimumPension) }},
	} {
		rows := ofKinds(own, t.kinds)
		if len(rows) == 0 {
			continue
		}
		result, err := t.test(rows)
		if err == nil && result == "" {
			return "", nil // one occupation that passes is enough, whatever is not known of the others
		}
		missing = errors.Join(missing, err)
		failure = first(failure, result)
	}
	return failure, missing
}

// first is the reason that stands first in the list, whatever the order of the rows (reading).
func first(a, b string) string {
	for _, reason := range []string{HoursBelowHalfTime, ServiceTooShort, ServiceBelowHalfTime, TeachingBelowSixTenths, NoPensionRights,
		IncapacityBelow66, BenefitBelowMinimum} {
		if reason == a || reason == b {
			return reason
		}
	}
	return ""
}

func ofKinds(rows []Evidence, kinds string) (found []Evidence) {
	for _, e := range rows {
		if slices.Contains(strings.Fields(kinds), e.Kind) {
			found = append(found, e)
		}
	}
	return found
}

// hoursTest: floor(floor(W/5 x 62) / 2) hours, W the hours of a full-time week (RGS art. 35 §1 a, §2). Jobs add up by the part of
// it that they are (reading): the sum of hours / required, over the product of all that is required.
func hoursTest(own []Evidence) (string, error) {
	sum, product := decimal.Zero, one
	for _, e := range own {
		required := e.FullTimeHours.Decimal.Mul(decimal.NewFromInt(62)).Div(decimal.NewFromInt(5)).Floor().Div(two).Floor()
		sum = sum.Mul(required).Add(e.Hours.Decimal.Mul(product))
		product = product.Mul(required)
	}
	if sum.LessThan(product) {
		return HoursBelowHalfTime, nil
	}
	return "", nil
}

// serviceKinds are the occupations under another pension scheme than that of employees.
const serviceKinds = "civil_servant other_pension_scheme"

// serviceTest: 8 months or 200 days in the year, which are not asked where the service began or ended in the course of it, and at
// least half-time (RGS art. 35 §1 b, §2).
func serviceTest(all, own []Evidence) (string, error) {
	year := own[0].Year
	ofYear := slices.DeleteFunc(ofKinds(all, serviceKinds), func(e Evidence) bool { return e.Year != year })
	// A number that a quarter can't hold is that of the year; the others add up (reading).
	enough := func(of func(*Evidence) decimal.NullDecimal, ofQuarter, asked int64) bool {
		sum, largest := decimal.Zero, decimal.Zero
		for i := range ofYear {
			if n := of(&ofYear[i]).Decimal; n.GreaterThan(decimal.NewFromInt(ofQuarter)) {
				largest = larger(largest, n)
			} else {
				sum = sum.Add(n)
			}
		}
		return !larger(sum, largest).LessThan(decimal.NewFromInt(asked))
	}
	partOfYear := slices.ContainsFunc(own, func(e Evidence) bool {
		start, end := occupation(ofKinds(all, serviceKinds), e) // as a service, also where another occupation went before (reading)
		return start.After(Date(year, time.January, 1)) || !end.IsZero() && end.Before(Date(year, time.December, 31))
	})
	if !partOfYear && !enough(func(e *Evidence) decimal.NullDecimal { return e.Months }, 3, 8) &&
		!enough(func(e *Evidence) decimal.NullDecimal { return e.Days }, 92, 200) {
		return ServiceTooShort, nil
	}
	fractions := decimal.Zero
	for _, e := range own {
		if e.SaysHalfTime && e.HalfTime {
			return "", nil
		}
		if !e.SaysHalfTime {
			fractions = fractions.Add(e.Fraction.Decimal)
		}
	}
	if fractions.LessThan(decimal.RequireFromString("0.5")) {
		return ServiceBelowHalfTime, nil
	}
	return "", nil
}

// teachingTest: all teaching jobs together are at least 6/10 of a full one (RGS art. 35 §1 b).
func teachingTest(own []Evidence) (string, error) {
	sum := decimal.Zero
	for _, e := range ofKinds(own, "teacher_tenured teacher_temporary") {
		sum = sum.Add(e.Fraction.Decimal)
	}
	if sum.LessThan(decimal.RequireFromString("0.6")) {
		return TeachingBelowSixTenths, nil
	}
	return "", nil
}

// reaches says whether a benefit is at least the minimum pension.
func (e *Evidence) reaches(minimumPension decimal.NullDecimal) (bool, error) {
	switch {
	case !e.DailyBenefit.Decimal.IsPositive():
		return false, nil
	case !minimumPension.Valid:
		return false, ErrMissing
	}
	return !e.DailyBenefit.Decimal.LessThan(minimumPension.Decimal), nil
}

// rightsTest: pension rights are kept, or the benefit reaches the minimum pension (RGS art. 36 §1 1° and 2°).
func rightsTest(own []Evidence, minimumPension decimal.NullDecimal) (failure string, err error) {
	for _, e := range own {
		if e.PensionOwed {
			return "", nil
		}
	}
	for _, e := range own {
		if !e.DailyBenefit.Valid {
			failure = first(failure, NoPensionRights)
			continue
		}
		reached, fault := e.reaches(minimumPension)
		if reached {
			return "", nil
		}
		err = errors.Join(err, fault)
		failure = first(failure, BenefitBelowMinimum)
	}
	return failure, err
}

// sicknessTest: pension rights are kept, or one row says both a benefit that reaches the minimum pension and an incapacity of 66 %
// (RGS art. 36 §1).
func sicknessTest(own []Evidence, minimumPension decimal.NullDecimal) (failure string, err error) {
	for _, e := range own {
		if e.PensionOwed {
			return "", nil
		}
	}
	for _, e := range own {
		if e.Incapacity.Decimal.LessThan(decimal.NewFromInt(66)) {
			failure = first(failure, IncapacityBelow66)
			continue
		}
		reached, fault := e.reaches(minimumPension)
		if reached {
			return "", nil
		}
		err = errors.Join(err, fault)
		failure = first(failure, BenefitBelowMinimum)
	}
	return failure, err
}
