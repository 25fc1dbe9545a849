package verify

import (
	"regul/pipeline"
	"regul/pipeline/law/reference"
)

// holdDates checks the days of a regularisation, each counted a second time from that of the batch or of the communication.
func holdDates(v *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		c.Number++
		is := func(name string, found, want pipeline.Date) {
			if found != want {
				c.fail(r.file, r.row, "%s is %s, it must be %s", name, dayText(found), dayText(want))
			}
		}
		notified := calendar(r.notified)
		if r.notified != v.asOf {
			c.fail(r.file, r.row, "notified_on is not the day of the batch")
		}
		if r.communicated > r.notified {
			c.fail(r.file, r.row, "the communication is later than the notice")
		}
		if notified.Year() <= r.year {
			c.fail(r.file, r.row, "the year was not over")
		}
		if !notified.Before(reference.TimeBarredFrom(r.year)) && !r.interrupted {
			c.fail(r.file, r.row, "the year was barred")
		}
		var due pipeline.Date
		if r.toPay > 0 || r.surcharge > 0 {
			due = dayOf(reference.DueDate(notified))
		}
		is("due_date", r.due, due)
		is("seven_percent_on", r.seven, dayOf(reference.SevenPercentOn(notified)))
		is("statement_deadline", r.deadline, dayOf(reference.StatementDeadline(calendar(r.communicated))))
		if r.late != (r.notified > r.deadline) {
			c.fail(r.file, r.row, "late_statement does not follow from its days")
		}
	}
}
