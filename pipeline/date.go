package pipeline

import "time"

// Date is a day, as days since 1970-01-01 (the DATE of Parquet).
type Date int32

const secondsPerDay = 24 * 60 * 60

// DateOf is the day of a month; days and months beyond their range roll over.
func DateOf(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// The days a file may hold: 1 January 1900 to 31 December 2199.
var (
	firstDate = DateOf(1900, time.January, 1)
	lastDate  = DateOf(2199, time.December, 31)
)

// The years a file may hold.
const (
	FirstYear = 1900
	LastYear  = 2199
)

// ParseDate reads an ISO 8601 day such as 2026-06-30, from 1900 to 2199.
func ParseDate(text []byte) (Date, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	number := func(digits []byte) int {
		n := 0
		for _, c := range digits {
			if c < '0' || c > '9' {
				return -1 << 20
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	return DayOf(number(text[:4]), number(text[5:7]), number(text[8:]))
}

// OptionalDate is a day that may be missing. The zero value is none.
type OptionalDate int32

// Some is the day as one that is there.
func (d Date) Some() OptionalDate { return OptionalDate(d - firstDate + 1) }

// Get is the day; false: there is none.
func (o OptionalDate) Get() (Date, bool) { return Date(o) - 1 + firstDate, o != 0 }

// String is the day in ISO 8601, or nothing.
func (o OptionalDate) String() string {
	if d, ok := o.Get(); ok {
		return d.String()
	}
	return ""
}

// Valid says whether a file may hold the day.
func (d Date) Valid() bool { return d >= firstDate && d <= lastDate }

func (d Date) time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String is the day in ISO 8601.
func (d Date) String() string { return string(d.Append(nil)) }

// Append appends the day in ISO 8601.
func (d Date) Append(dst []byte) []byte {
	at, ok := d.monthOf()
	if !ok {
		return d.time().AppendFormat(dst, time.DateOnly)
	}
	year, month, day := FirstYear+at/12, at%12+1, int(d-monthsBegin[at])+1
	return append(dst, digit(year/1000), digit(year/100%10), digit(year/10%10), digit(year%10), '-', digit(month/10), digit(month%10),
		'-', digit(day/10), digit(day%10))
}

func digit(n int) byte { return '0' + byte(n) }

// Year is the calendar year.
func (d Date) Year() int {
	if at, ok := d.monthOf(); ok {
		return FirstYear + at/12
	}
	return d.time().Year()
}

// Quarter is 1 to 4.
func (d Date) Quarter() int {
	if at, ok := d.monthOf(); ok {
		return at%12/3 + 1
	}
	return (int(d.time().Month()) + 2) / 3
}

// IsWorkingDay says whether the day is one of Monday to Friday.
func (d Date) IsWorkingDay() bool {
	weekday := d.time().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// QuarterEnd is the last day of a quarter; quarters beyond 4 roll over into later years.
func QuarterEnd(year, quarter int) Date {
	if at := ((year-FirstYear)*4 + quarter) * 3; at >= 0 && at < len(monthsBegin) {
		return monthsBegin[at] - 1
	}
	return DateOf(year, time.Month(quarter*3+1), 0)
}

// DueDate is the last day of the quarter after the quarter of the notification (RGS art. 44 §3).
func DueDate(notified Date) Date { return QuarterEnd(notified.Year(), notified.Quarter()+1) }

// SevenPercentOn is the 1 January on which an unpaid supplement takes the surcharge of 7 %: that of
// the year after the notification, one year later when notified in the fourth quarter (RGS art. 44bis §3).
func SevenPercentOn(notified Date) Date {
	years := 1
	if notified.Quarter() == 4 {
		years = 2
	}
	return DateOf(notified.Year()+years, time.January, 1)
}

// StatementDeadline is the last day of the month after the month of the communication (RGS art. 43).
func StatementDeadline(communicated Date) Date {
	t := communicated.time()
	return DateOf(t.Year(), t.Month()+2, 0)
}

// BarredProvisional says whether the provisional contributions of the year are barred on the day: from 1 January of the sixth year after it
// (AR 38 art. 16 §2 al. 1).
func BarredProvisional(year int, on Date) bool { return on.Year() >= year+6 }

// Barred says whether a regularisation of the year is barred on the day: from 1 January of the eighth
// year after it (AR 38 art. 16).
func Barred(year int, on Date) bool { return on.Year() >= year+8 }
