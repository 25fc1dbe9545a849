package ledger

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/payments"
)

// confirmationColumns are what the ledger needs of the table of confirmations.
var confirmationColumns = []table.Column{
	{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "kind", Kind: table.Text},
	{Name: "transaction", Kind: table.Text}, {Name: "status", Kind: table.Text}, {Name: "confirmed_on", Kind: table.Date},
	{Name: "amount", Kind: table.Amount},
}

// takePriorConfirmation reads what the bank told an earlier night.
func takePriorConfirmation(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	leaves := b.Columns[2].Text(row) == payments.Refund.String()
	c := pipeline.ConfirmedTransfer{NISS: niss, Year: int16(b.Columns[1].Ints[row]), Leaves: leaves}
	c.EndToEnd = b.Columns[3].Text(row)
	c.Status = pipeline.ConfirmationStatus(max(0, slices.Index(pipeline.ConfirmationStatuses(), b.Columns[4].Text(row))))
	c.On, c.Amount = pipeline.Date(b.Columns[5].Ints[row]), money.Cents(b.Columns[6].Int(row))
	s.PriorConfirmation(&c)
}
