package pipeline

import "time"

// monthsBegin are the first days of the months of the years that a file may hold, and of the month after them: days of files are read and
// written many times a row, and the calendar of the library takes a hundred instructions and more for each.
var monthsBegin = func() (begin [(LastYear-FirstYear+1)*12 + 1]Date) {
	for at := range begin {
		begin[at] = DateOf(FirstYear, time.Month(1+at), 1)
	}
	return begin
}()

// DayOf is the day of a month of the calendar, without rolling over; false: there is no such day from 1900 to 2199.
func DayOf(year, month, day int) (Date, bool) {
	if year < FirstYear || year > LastYear || month < 1 || month > 12 || day < 1 {
		return 0, false
	}
	at := (year-FirstYear)*12 + month - 1
	d := monthsBegin[at] + Date(day) - 1
	return d, d < monthsBegin[at+1]
}

// monthOf is the position of the day's month among those of monthsBegin; false: it is not among them.
func (d Date) monthOf() (at int, ok bool) {
	if !d.Valid() {
		return 0, false
	}
	at = int(d-firstDate) * (400 * 12) / daysOf400Years // right, or one beside it
	if monthsBegin[at] > d {
		at--
	} else if monthsBegin[at+1] <= d {
		at++
	}
	return at, true
}

// daysOf400Years is how many days the calendar takes to begin again.
const daysOf400Years = 400*365 + 97
