package payments

import (
	"fmt"
	"io"

	"regul/pipeline"
	"regul/writers/parquet"
)

// CancellationsList is the list, for the bank, of the collections that a batch makes void. It is there if there are any.
const CancellationsList = Folder + "/cancellations.csv"

// cancellationColumns are those of the table of them, behind those that say whose each is.
var cancellationColumns = []parquet.Column{
	{Name: "contribution_year", Type: parquet.Integer},
	{Name: "transaction", Type: parquet.Text},
	{Name: "amount", Type: parquet.Amount},
	{Name: "still_due", Type: parquet.Amount},
	{Name: "due_on", Type: parquet.Date},
	{Name: "reference", Type: parquet.Text},
}

// cancellations writes both files, in the order in which collections are added.
type cancellations struct {
	table io.WriteCloser
	rows  *parquet.Writer
	whose int // columns before the year
	list  io.WriteCloser
	err   error
}

func (x *Index) newCancellations(create func(string) (io.WriteCloser, error)) (*cancellations, error) {
	table, err := create(x.Cancellations)
	if err != nil {
		return nil, err
	}
	list, err := create(CancellationsList)
	if err != nil {
		table.Close()
		return nil, err
	}
	_, err = io.WriteString(list, "end_to_end,amount,currency,collection_date\n")
	return &cancellations{table, x.numbered("cancellations", x.whose, cancellationColumns).NewWriter(table), x.whose, list, err}, nil
}

func (c *cancellations) add(a *pipeline.Party, v *pipeline.VoidCollection) error {
	c.rows.Append(0, a.Append)
	if c.whose > indexDossier {
		c.rows.Append(1, a.Dossier.Append)
	}
	c.rows.Int(c.whose, int64(v.Year))
	c.rows.Text(c.whose+1, v.EndToEnd)
	c.rows.Int(c.whose+2, int64(v.Amount))
	c.rows.Int(c.whose+3, int64(v.StillDue))
	c.rows.Int(c.whose+4, int64(v.DueOn))
	c.rows.Text(c.whose+5, string(referenceOf(a.Dossier, v.Year)))
	if c.err == nil {
		_, c.err = fmt.Fprintf(c.list, "%s,%s,EUR,%s\n", v.EndToEnd, v.Amount, v.DueOn)
	}
	if err := c.rows.EndRow(); c.err == nil {
		c.err = err
	}
	return c.err
}

// close completes both files, or lets them go.
func (c *cancellations) close(complete bool) error {
	err := c.err
	if complete && err == nil {
		err = c.rows.Close()
	}
	for _, file := range []io.Closer{c.table, c.list} {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}
	return err
}
