package reference_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/law/reference"
)

// job is a row of evidence of the second quarter of 2023.
func job(kind string, change func(*reference.Evidence)) reference.Evidence {
	e := reference.Evidence{Year: 2023, Quarter: 2, Kind: kind}
	if change != nil {
		change(&e)
	}
	return e
}

func employee(hours string) reference.Evidence {
	return job("employee", func(e *reference.Evidence) { e.Hours, e.FullTimeHours = said(hours), said("38") })
}

// in is a row that begins and ends on days; "" is not said.
func in(e reference.Evidence, from, to string) reference.Evidence {
	e.StartedOn, e.EndedOn = day(from), day(to)
	return e
}

// of is a row of another quarter.
func of(e reference.Evidence, year, quarter int) reference.Evidence {
	e.Year, e.Quarter = year, quarter
	return e
}

func holds(t *testing.T, what, want string, rows ...reference.Evidence) {
	t.Helper()
	got, err := reference.Holds(rows, 2023, 2, said("60.00"))
	if err != nil || got != want {
		t.Errorf("%s: %q, %v, want %q", what, got, err, want)
	}
}

// 38 hours a week: floor(floor(38/5 x 62) / 2) = floor(471 / 2) = 235.
func TestHours(t *testing.T) {
	holds(t, "no evidence", "")
	holds(t, "235 hours", "", employee("235"))
	holds(t, "234 hours", reference.HoursBelowHalfTime, employee("234"))
	holds(t, "two jobs add up", "", employee("117.5"), employee("117.5"))
	holds(t, "two jobs stay below", reference.HoursBelowHalfTime, employee("117.5"), employee("117.49"))
	holds(t, "one occupation is enough", "", employee("10"),
		job("teacher_tenured", func(e *reference.Evidence) { e.Fraction = said("0.6") }))
}

// RGS art. 39: what begins in the course of a quarter counts with the next one, what ends in it no more.
func TestEnteringAndLeaving(t *testing.T) {
	holds(t, "begins in the course", reference.FromNextQuarter, in(employee("300"), "2023-04-02", ""))
	holds(t, "begins in the course, too few hours", reference.HoursBelowHalfTime, in(employee("200"), "2023-04-02", ""))
	holds(t, "begins on the first day", "", in(employee("300"), "2023-04-01", ""))
	holds(t, "ends in the course", reference.EndsInQuarter, in(employee("300"), "2022-01-01", "2023-06-29"))
	holds(t, "ends on the last day", "", in(employee("300"), "2022-01-01", "2023-06-30"))
	before := of(employee("100"), 2023, 1)
	holds(t, "the quarter before failed, no day is said", reference.FromNextQuarter, before, employee("300"))
	holds(t, "the quarter before failed, begun on the first day", "", before, in(employee("300"), "2023-04-01", ""))
	holds(t, "the quarter before was the one of the beginning", "", in(of(employee("300"), 2023, 1), "2023-02-10", ""), employee("300"))
	holds(t, "the occupation before ended", reference.FromNextQuarter, in(of(employee("300"), 2023, 1), "2022-01-01", "2023-02-10"),
		employee("300"))
}

// Friday 12 May to Monday 15 May: no working day between, one occupation. From Tuesday on they are two.
func TestOccupationsWithoutAWorkingDayBetween(t *testing.T) {
	first := in(employee("120"), "2022-01-01", "2023-05-12")
	holds(t, "one occupation", "", first, in(employee("120"), "2023-05-15", ""))
	holds(t, "two occupations", reference.FromNextQuarter, first, in(employee("300"), "2023-05-16", ""))
}

// RGS art. 35 §1 b, §2: 8 months or 200 days, not asked in a year in the course of which the service began or ended.
// A job goes on two that ended together, of which one had been there for years: their order decides nothing.
func TestAnOccupationIsAsOldAsItsOldestPart(t *testing.T) {
	rows := []reference.Evidence{
		in(employee("10"), "2023-04-10", "2023-04-28"),
		in(employee("5"), "2023-04-24", "2023-04-28"),
		in(employee("20"), "2020-03-02", "2023-04-21"),
		in(employee("235"), "2023-05-01", "2023-06-30"),
	}
	for range len(rows) {
		rows = append(rows[1:], rows[0])
		holds(t, "a job that began in the quarter goes on an old one", "", rows...)
	}
	holds(t, "it goes on young ones", reference.FromNextQuarter, in(employee("10"), "2023-04-10", "2023-04-28"),
		in(employee("235"), "2023-05-01", "2023-06-30"))
}

func TestService(t *testing.T) {
	servant := func(days, fraction string) reference.Evidence {
		return job("civil_servant", func(e *reference.Evidence) { e.Days, e.Fraction = said(days), said(fraction) })
	}
	holds(t, "200 days", "", servant("200", "0.5"))
	holds(t, "199 days", reference.ServiceTooShort, servant("199", "0.5"))
	holds(t, "below half-time", reference.ServiceBelowHalfTime, servant("200", "0.49"))
	holds(t, "days of each quarter add up", "", servant("65", "1"), of(servant("65", "1"), 2023, 1), of(servant("70", "1"), 2023, 3))
	holds(t, "appointed on 1 April", "", in(servant("65", "1"), "2023-04-01", ""))
	holds(t, "appointed on 1 January", reference.ServiceTooShort, in(servant("65", "1"), "2023-01-01", ""))
	holds(t, "ends on 30 June", "", in(servant("65", "1"), "2010-01-01", "2023-06-30"))
	holds(t, "half-time is asked all the same", reference.ServiceBelowHalfTime, in(servant("65", "0.4"), "2023-04-01", ""))
	holds(t, "says that it is half-time", "", job("other_pension_scheme", func(e *reference.Evidence) {
		e.Months, e.SaysHalfTime, e.HalfTime = said("8"), true, true
	}))
}

func TestTeaching(t *testing.T) {
	teacher := func(kind, fraction string) reference.Evidence {
		return job(kind, func(e *reference.Evidence) {
			e.Fraction, e.Hours, e.FullTimeHours = said(fraction), said("1"), said("20")
		})
	}
	holds(t, "6/10", "", teacher("teacher_tenured", "0.6"))
	holds(t, "less", reference.TeachingBelowSixTenths, teacher("teacher_tenured", "0.59"))
	holds(t, "with another job", "", teacher("teacher_tenured", "0.4"), teacher("teacher_temporary", "0.2"))
}

// RGS art. 36 §1: pension rights, or a benefit of the minimum pension, with 66 % where it is for sickness.
func TestBenefits(t *testing.T) {
	benefit := func(kind, amount, incapacity string, rights bool) reference.Evidence {
		return job(kind, func(e *reference.Evidence) {
			e.DailyBenefit, e.Incapacity, e.PensionOwed = said(amount), said(incapacity), rights
		})
	}
	holds(t, "rights", "", benefit("unemployed", "0", "0", true))
	holds(t, "the minimum", "", benefit("time_credit", "60.00", "0", false))
	holds(t, "a benefit of 0.01 proves nothing", reference.BenefitBelowMinimum, benefit("career_break", "0.01", "0", false))
	holds(t, "neither", reference.NoPensionRights, job("termination_pay", nil))
	holds(t, "sickness with rights", "", benefit("sickness", "0", "10", true))
	holds(t, "sickness with the minimum", "", benefit("sickness", "60.00", "66", false))
	holds(t, "65 %", reference.IncapacityBelow66, benefit("sickness", "60.00", "65", false))
	holds(t, "too small", reference.BenefitBelowMinimum, benefit("sickness", "59.99", "66", false))

	for want, row := range map[error]reference.Evidence{reference.ErrMissing: benefit("sickness", "60.00", "66", false),
		nil: benefit("sickness", "60.00", "65", false)} {
		if _, err := reference.Holds([]reference.Evidence{row}, 2023, 2, decimal.NullDecimal{}); !errors.Is(err, want) {
			t.Errorf("without the minimum pension: %v, want %v", err, want)
		}
	}
	if got, err := reference.Holds([]reference.Evidence{benefit("sickness", "60.00", "66", false), employee("300")}, 2023, 2,
		decimal.NullDecimal{}); got != "" || err != nil {
		t.Errorf("the other job is enough: %q, %v", got, err)
	}
}

// account is quarters in a row: "c" complementary, "f" complementary that failed, "m" main, "a" article 37, "s" spouse, "P" the first
// and "p" a later primostarter, "-" none.
func account(year, quarter int, letters string) (rows []reference.DeclaredQuarter) {
	names := map[rune]string{'c': "complementary", 'f': "complementary", 'm': "main", 'a': "article37", 's': "spouse_maxi",
		'P': "primostarter_first", 'p': "primostarter"}
	at := 4*year + quarter - 1
	for i, letter := range letters {
		if letter != '-' {
			rows = append(rows, reference.DeclaredQuarter{Year: (at + i) / 4, Quarter: (at+i)%4 + 1, Declared: names[letter],
				Failed: letter == 'f'})
		}
	}
	return rows
}

// What applies where the evidence fails (AR 38 art. 12 §1bis al. 2). Twenty quarters before 2023Q1 begin with 2018Q1.
func TestWhatAppliesInstead(t *testing.T) {
	const twenty = "cccccccccccccccccccc"
	letters := map[string]string{"main": "m", "primostarter": "p", "primostarter_first": "P", "spouse_maxi": "s", "complementary": "c",
		"article37": "a"}
	for _, c := range []struct{ what, quarters, want, confirm string }{
		{"a fresh start", twenty + "fffff", twenty + "Ppppm", ""},
		{"the rest is lost after a complementary quarter", twenty + "ffcff", twenty + "Ppcmm", ""},
		{"main within the twenty", "m" + twenty[1:] + "f", "m" + twenty[1:] + "m", ""},
		{"article 37 within the twenty", "a" + twenty[1:] + "f", "a" + twenty[1:] + "m", ""},
		{"main before the twenty", "m" + twenty + "f", "m" + twenty + "P", ""},
		{"quarters without subjection", "c-------------------f", "cP", ""},
		{"the account does not show them", twenty[1:] + "f", twenty[1:] + "m", "yes"},
		{"a declared run", "mf", "mm", ""},
		{"a declared primostarter", "Pfffff", "Pppp" + "mm", ""},
		{"main between", "Pmf", "Pmm", ""},
		{"after a spouse", "sff", "sss", ""},
		{"declared, then failed in a fresh run", twenty + "mf", twenty + "mm", ""},
	} {
		rows := account(2018, 1, c.quarters)
		applies, confirm := reference.Instead(rows, nil)
		got, asked := "", ""
		for i := range rows {
			got += letters[applies[i]]
			if confirm[i] {
				asked = "yes"
			}
		}
		if got != c.want || asked != c.confirm {
			t.Errorf("%s: %s %q, want %s %q", c.what, got, asked, c.want, c.confirm)
		}
	}
}

func TestAccountNamesWhatApplies(t *testing.T) {
	rows := account(2023, 1, "ff")
	rows[0].IfMain = "spouse_maxi"
	if applies, confirm := reference.Instead(rows, nil); applies[0] != "spouse_maxi" || applies[1] != "spouse_maxi" || confirm[0] ||
		confirm[1] {
		t.Errorf("%v %v", applies, confirm)
	}
}

// Before the second quarter of 2018 there are no primostarters.
func TestNoPrimostarterBefore2018(t *testing.T) {
	rows := account(2013, 1, "ccccccccccccccccccccf")
	if applies, confirm := reference.Instead(rows, nil); applies[20] != "main" || confirm[20] {
		t.Errorf("%v %v", applies[20], confirm[20])
	}
	rows = account(2013, 2, "ccccccccccccccccccccf")
	if applies, _ := reference.Instead(rows, nil); applies[20] != "primostarter_first" {
		t.Errorf("2018Q2: %v", applies[20])
	}
}

// AR 38 art. 13bis, 13ter as they stood: the first full year gives the income of the year before it too.
func TestIncomeYearBefore2015(t *testing.T) {
	for _, c := range []struct {
		what    string
		starter map[int]int
		of      map[int][]int
		year    int
		want    int
	}{
		{"since 2015", nil, nil, 2015, 2015},
		{"established", nil, map[int][]int{2012: {1, 2, 3, 4}}, 2012, 0},
		{"a first full year", map[int]int{2012: 1}, map[int][]int{2012: {1, 2, 3, 4}}, 2012, 2012},
		{"the quarters before it", map[int]int{2011: 1}, map[int][]int{2011: {3, 4}, 2012: {1, 2, 3, 4}}, 2011, 2012},
		{"ended before a full year", map[int]int{2011: 1}, map[int][]int{2011: {3, 4}, 2012: {1}}, 2011, 0},
		{"a second year", map[int]int{2012: 2}, map[int][]int{2012: {1, 2, 3, 4}}, 2012, 2012},
		{"ended in the second year", map[int]int{2012: 2}, map[int][]int{2012: {1, 2}}, 2012, 2011},
		{"interrupted in the second year", map[int]int{2012: 2}, map[int][]int{2012: {1, 4}}, 2012, 2012},
	} {
		got := reference.IncomeYear(c.year, func(year int) []int { return c.of[year] }, func(year int) int { return c.starter[year] })
		if got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
}
