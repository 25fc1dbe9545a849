package payments

import (
	"time"

	"regul/pipeline"
)

// ExecutionDate is the day on which the refunds of a batch are to be executed: the first business day from its date.
func ExecutionDate(asOf pipeline.Date) pipeline.Date {
	for !businessDay(asOf) {
		asOf++
	}
	return asOf
}

// CollectionDate is the day on which claims are collected: the last business day until their due date, so that they are
// paid in time.
func CollectionDate(due pipeline.Date) pipeline.Date {
	for !businessDay(due) {
		due--
	}
	return due
}

// businessDay says whether T2, the payment system of the euro (formerly TARGET), is open on the day: from Monday to Friday
// except six holidays, which no national holiday adds to.
func businessDay(d pipeline.Date) bool {
	const firstSunday = 3 // 4 January 1970
	if weekday := (d - firstSunday) % 7; weekday == 0 || weekday == 6 {
		return false
	}
	year := d.Year()
	easter := easterSunday(year)
	switch d {
	case pipeline.DateOf(year, time.January, 1), easter - 2, easter + 1, pipeline.DateOf(year, time.May, 1),
		pipeline.DateOf(year, time.December, 25), pipeline.DateOf(year, time.December, 26):
		return false
	}
	return true
}

// easterSunday is the day of Easter in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
func easterSunday(year int) pipeline.Date {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month, day := (h+l-7*m+114)/31, (h+l-7*m+114)%31+1
	return pipeline.DateOf(year, time.Month(month), day)
}
