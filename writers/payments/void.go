package payments

import (
	"fmt"
	"io"

	"regul/pipeline"
	"regul/writers/parquet"
)

// The files of the collections that a batch makes void: the table, and the list for the bank. They are there if there are any.
const (
	CancellationsFile = Folder + "/cancellations.parquet"
	CancellationsList = Folder + "/cancellations.csv"
)

var cancellationsSchema = parquet.NewSchema("cancellations", []parquet.Column{
	{Name: "niss", Type: parquet.Text},
	{Name: "dossier", Type: parquet.Text},
	{Name: "contribution_year", Type: parquet.Integer},
	{Name: "transaction", Type: parquet.Text},
	{Name: "amount", Type: parquet.Amount},
	{Name: "still_due", Type: parquet.Amount},
	{Name: "due_on", Type: parquet.Date},
	{Name: "reference", Type: parquet.Text},
})

// cancellations writes both files, in the order in which collections are added.
type cancellations struct {
	table io.WriteCloser
	rows  *parquet.Writer
	list  io.WriteCloser
	err   error
}

func newCancellations(create func(string) (io.WriteCloser, error)) (*cancellations, error) {
	table, err := create(CancellationsFile)
	if err != nil {
		return nil, err
	}
	list, err := create(CancellationsList)
	if err != nil {
		table.Close()
		return nil, err
	}
	_, err = io.WriteString(list, "end_to_end,amount,currency,collection_date\n")
	return &cancellations{table, cancellationsSchema.NewWriter(table), list, err}, nil
}

func (c *cancellations) add(a *pipeline.Party, v *pipeline.VoidCollection) error {
	c.rows.Append(0, a.Append)
	c.rows.Append(1, a.Dossier.Append)
	c.rows.Int(2, int64(v.Year))
	c.rows.Text(3, v.EndToEnd)
	c.rows.Int(4, int64(v.Amount))
	c.rows.Int(5, int64(v.StillDue))
	c.rows.Int(6, int64(v.DueOn))
	c.rows.Text(7, string(referenceOf(a.Dossier, v.Year)))
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
