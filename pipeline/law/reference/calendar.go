package reference

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a day at midnight UTC; every day of this package is made so.
func Date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// quarterNumber is the quarter, 1 to 4, in which a day lies.
func quarterNumber(day time.Time) int { return (int(day.Month()) + 2) / 3 }

// quarterStart is the first day of a quarter. Quarter 5 of a year is the first of the next.
func quarterStart(year, quarter int) time.Time { return Date(year, time.Month(3*quarter-2), 1) }

// QuarterEnd is the last day of a quarter. Quarter 5 of a year is the first of the next, quarter 0 the last of the year before.
func QuarterEnd(year, quarter int) time.Time { return Date(year, time.Month(3*quarter+1), 0) }

// DueDate is the last day of the quarter after the quarter of the notification (RGS art. 44 §3).
func DueDate(notifiedOn time.Time) time.Time {
	return QuarterEnd(notifiedOn.Year(), quarterNumber(notifiedOn)+1)
}

// SevenPercentOn is the 1 January on which an unpaid supplement takes the surcharge of 7 %: that of
// the year after the notification, one year later when notified in the fourth quarter
// (RGS art. 44bis §3).
func SevenPercentOn(notifiedOn time.Time) time.Time {
	if quarterNumber(notifiedOn) == 4 {
		return Date(notifiedOn.Year()+2, time.January, 1)
	}
	return Date(notifiedOn.Year()+1, time.January, 1)
}

// StatementDeadline is the last day of the month after the month of the communication (RGS art. 43).
func StatementDeadline(communicatedOn time.Time) time.Time {
	return Date(communicatedOn.Year(), communicatedOn.Month()+2, 0)
}

// TimeBarredFrom is the first day on which a contribution year can no longer be regularised: five years from 1 January of the
// third year after it (AR 38 art. 16 §2 al. 2, §3 al. 2). A supplement that was claimed is barred from that day too.
func TimeBarredFrom(contributionYear int) time.Time {
	return Date(contributionYear+3+5, time.January, 1)
}

// ProvisionalBarredFrom is the first day on which the provisional contributions of a year are barred: five years from 1 January
// of the year after it (AR 38 art. 16 §2 al. 1).
func ProvisionalBarredFrom(contributionYear int) time.Time {
	return Date(contributionYear+1+5, time.January, 1)
}

// PaymentReference is the structured communication of an affiliate's year: 8 digits of the dossier, zero-padded, 2 of the year, and
// the first ten modulo 97, where 0 is written 97. False if the dossier is not 1 to 8 digits.
func PaymentReference(dossier string, contributionYear int) (string, bool) {
	number, err := strconv.ParseUint(dossier, 10, 64)
	if err != nil || len(dossier) > 8 {
		return "", false
	}
	first := number*100 + uint64(contributionYear%100)
	check := first % 97
	if check == 0 {
		check = 97
	}
	return fmt.Sprintf("%010d%02d", first, check), true
}
