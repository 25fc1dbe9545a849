package verify

import (
	"time"

	"regul/pipeline"
)

// holdDates checks the days of a regularisation, each counted anew from that of the batch or of the communication.
func holdDates(v *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		c.Number++
		is := func(name string, found, want pipeline.Date) {
			if found != want {
				c.fail(r.file, r.row, "%s is %s, it must be %s", name, dayText(found), dayText(want))
			}
		}
		notified, communicated := calendar(r.notified), calendar(r.communicated)
		if r.notified.String() != v.manifest.AsOf {
			c.fail(r.file, r.row, "notified_on is not the day of the batch")
		}
		if r.communicated > r.notified {
			c.fail(r.file, r.row, "the communication is later than the notice")
		}
		if notified.Year() <= r.year {
			c.fail(r.file, r.row, "the year was not over")
		}
		if notified.Year() >= r.year+8 && !r.interrupted { // AR 38 art. 16
			c.fail(r.file, r.row, "the year was barred")
		}
		var due pipeline.Date
		if r.toPay > 0 || r.surcharge > 0 { // RGS art. 44 §3: the end of the quarter after that of the notice
			quarter := (int(notified.Month()) - 1) / 3
			due = dayOf(notified.Year(), quarter*3+7, 0)
		}
		is("due_date", r.due, due)
		seven := notified.Year() + 1 // RGS art. 44bis §3
		if notified.Month() >= time.October {
			seven++
		}
		is("seven_percent_on", r.seven, dayOf(seven, 1, 1))
		is("statement_deadline", r.deadline, dayOf(communicated.Year(), int(communicated.Month())+2, 0)) // RGS art. 43
		if r.late != (r.notified > r.deadline) {
			c.fail(r.file, r.row, "late_statement does not follow from its days")
		}
	}
}

func calendar(d pipeline.Date) time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// dayOf is a day of a month; both may lie beyond their range.
func dayOf(year, month, day int) pipeline.Date {
	return pipeline.Date(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// dayText is a day, or that there is none.
func dayText(d pipeline.Date) string {
	if d == 0 {
		return "null"
	}
	return d.String()
}
