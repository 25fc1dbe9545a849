package ask

import (
	"context"
	"io"
	"slices"

	"regul/jobs/run"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/tables"
)

// Certificates are the contributions paid in a calendar year, for any contribution year. Amounts are EUR.
type Certificates struct {
	Year       int              `json:"calendar_year"`
	Affiliates int64            `json:"affiliates"` // with a payment in the year
	Certified  int64            `json:"certified"`
	Held       map[string]int64 `json:"held"`     // affiliates whose sum can't be certified, by reason: not in the amounts
	Payments   int64            `json:"payments"` // from here on of the certified
	Received   money.Cents      `json:"received"`
	Returned   money.Cents      `json:"returned"` // reversals and refunds
	Deductible money.Cents      `json:"deductible"`
	Surcharges money.Cents      `json:"surcharges"`

	receipts []pipeline.Receipt // by national number
}

// Certify adds up what affiliates paid in a calendar year, from the register and the payments of the options.
func Certify(ctx context.Context, o run.Options, year int) (*Certificates, error) {
	var shards [][]pipeline.Receipt
	err := run.WithPlan(ctx, &o, "certificate", func(plan *rows.Plan) error {
		shards = make([][]pipeline.Receipt, plan.Shards())
		return pipeline.Receipts(ctx, plan, year, o.Workers, func(number int) func(*pipeline.Receipt) {
			o.Progress.Step(1)
			return func(r *pipeline.Receipt) { shards[number] = append(shards[number], *r) }
		})
	})
	if err != nil {
		return nil, err
	}
	c := &Certificates{Year: year, Held: map[string]int64{}, receipts: slices.Concat(shards...)}
	for i := range c.receipts {
		r := &c.receipts[i]
		if c.Affiliates++; r.Status != pipeline.Certified {
			c.Held[pipeline.ReceiptStatuses()[r.Status]]++
			continue
		}
		c.Certified++
		c.Payments += r.Payments
		c.Received += r.Received
		c.Returned += r.Returned
		c.Deductible += r.Deductible()
		c.Surcharges += r.Surcharges
	}
	return c, nil
}

// Write writes a row for each affiliate, as Parquet and as CSV: create makes a file.
func (c *Certificates) Write(create func(name string) (io.WriteCloser, error)) error {
	return writeBoth(create, func(create tables.Create) error { return tables.WriteCertificates(create, c.receipts) })
}
