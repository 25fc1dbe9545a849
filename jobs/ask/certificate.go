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

	Letters     int64            `json:"letters,omitempty"`      // written, one for each of the certified
	NotPostable map[string]int64 `json:"not_postable,omitempty"` // of them, by reason

	receipts []pipeline.Receipt // by national number
}

// Certify adds up what affiliates paid in a calendar year, from the register and the payments of the options. With a press it prints the
// certificates too, in the order of the post: create makes a file.
func Certify(ctx context.Context, o run.Options, year int, create func(name string) (io.WriteCloser, error)) (*Certificates, error) {
	letters, err := openCertificates(&o, create)
	if err != nil {
		return nil, err
	}
	defer letters.close()
	var shards [][]pipeline.Receipt
	err = run.WithPlan(ctx, &o, "certificate", func(plan *rows.Plan) error {
		shards = make([][]pipeline.Receipt, plan.Shards())
		err := pipeline.Receipts(ctx, plan, year, o.Parameters.AsOf, o.Workers,
			func(number int) (func(*pipeline.Receipt, *pipeline.Party), func() error, error) {
				o.Progress.Step(1)
				letter, closing, err := letters.shard(number)
				return func(r *pipeline.Receipt, p *pipeline.Party) {
					shards[number] = append(shards[number], *r)
					if r.Status == pipeline.Certified {
						letter(r, p)
					}
				}, closing, err
			})
		if err != nil {
			return err
		}
		return letters.print(ctx, &o, year, plan.Shards())
	})
	if err != nil {
		return nil, err
	}
	c := &Certificates{Year: year, Held: map[string]int64{}, receipts: slices.Concat(shards...)}
	c.Letters, c.NotPostable = letters.count()
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
