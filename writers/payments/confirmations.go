package payments

import (
	"io"

	"regul/pipeline"
	"regul/writers/parquet"
)

// confirmationColumns are those of what the bank said, behind the number that says of whom.
var confirmationColumns = []parquet.Column{
	{Name: "contribution_year", Type: parquet.Integer},
	{Name: "kind", Type: parquet.Code, Codes: kinds},
	{Name: "transaction", Type: parquet.Text},
	{Name: "status", Type: parquet.Code, Codes: pipeline.ConfirmationStatuses()},
	{Name: "confirmed_on", Type: parquet.Date},
	{Name: "amount", Type: parquet.Amount, Optional: true},
}

// WriteConfirmations writes the table of what the bank said, if there is anything to write.
func (x *Index) WriteConfirmations(create func(string) (io.WriteCloser, error), list []pipeline.ConfirmedTransfer) error {
	if len(list) == 0 {
		return nil
	}
	file, err := create(x.Confirmations)
	if err != nil {
		return err
	}
	rows := x.numbered("confirmations", 1, confirmationColumns).NewWriter(file)
	for i := range list {
		if err = x.appendConfirmation(rows, &list[i]); err != nil {
			break
		}
	}
	if err == nil {
		err = rows.Close()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

func (x *Index) appendConfirmation(rows *parquet.Writer, c *pipeline.ConfirmedTransfer) error {
	kind := Claim
	if c.Leaves {
		kind = Refund
	}
	rows.Append(0, func(dst []byte) []byte { return pipeline.AppendNumber(dst, int64(c.NISS), x.digits) })
	rows.Int(1, int64(c.Year))
	rows.Int(2, int64(kind))
	rows.Text(3, c.EndToEnd)
	rows.Int(4, int64(c.Status))
	rows.Int(5, int64(c.On))
	if c.Amount == 0 {
		rows.Null(6)
	} else {
		rows.Present(6)
		rows.Int(6, int64(c.Amount))
	}
	return rows.EndRow()
}
