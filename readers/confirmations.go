package readers

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
)

// The columns of the confirmations, in the order of the documentation; the reader refers to them by these positions.
const (
	confirmationName = iota
	confirmationStatus
	confirmationDay
	confirmationAmount
)

// confirmedField names the transaction, or the payment file, that a row is about. It says to nobody's number that the row belongs.
func confirmedField() field {
	return field{Column: table.Column{Name: "end_to_end", Kind: table.Text, Key: true}, must: mustBeText}
}

// bankStatuses are the statuses that a file may hold: after those of the pipeline what else banks call them.
var bankStatuses = append(append([]string{}, pipeline.ConfirmationStatuses()...), "executed")

func takeConfirmation(d *decoder, row int) {
	status := pipeline.ConfirmationStatus(d.code(row, confirmationStatus, 0, bankStatuses))
	if int(status) >= len(pipeline.ConfirmationStatuses()) {
		status = pipeline.BankBooked
	}
	c := pipeline.Confirmation{EndToEnd: d.identifier(row, confirmationName), Status: status,
		On: pipeline.Date(d.block.Columns[confirmationDay].Ints[row]), Place: d.place(row)}
	if d.given(row, confirmationAmount) {
		c.Amount = money.Cents(d.block.Columns[confirmationAmount].Ints[row])
		if (c.Amount <= 0 || !pipeline.InRange(c.Amount)) && !d.failed {
			d.badValue(row, confirmationAmount)
		}
	}
	if !d.failed {
		d.scatter.Confirmation(&c)
	}
}
