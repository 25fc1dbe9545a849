package ask

import (
	"context"
	"io"
	"maps"
	"slices"

	"regul/jobs"
	"regul/jobs/run"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/tables"
)

// Career is the quarters that the batches regularised, and what is paid of them. Amounts are EUR.
type Career struct {
	AsOf     string          `json:"as_of"`
	Years    []CareerYear    `json:"years"`
	Quarters []CareerQuarter `json:"quarters,omitempty"` // of one affiliate, where one was asked for

	law      *law.Law
	quarters []pipeline.CareerQuarter
}

// CareerYear sums up a contribution year.
type CareerYear struct {
	Year       int              `json:"year"`
	Quarters   int64            `json:"quarters"`
	ByStatus   map[string]int64 `json:"by_status"`
	Definitive money.Cents      `json:"definitive"`
	Paid       money.Cents      `json:"paid"`
}

// CareerQuarter is a quarter as people read it.
type CareerQuarter struct {
	Year       int         `json:"contribution_year"`
	Quarter    int         `json:"quarter"`
	Version    int         `json:"version"`
	Category   string      `json:"category"`
	Declared   string      `json:"category_declared"`
	Standing   string      `json:"standing"`
	Income     money.Cents `json:"net_income"`
	Definitive money.Cents `json:"definitive"`
	Paid       money.Cents `json:"paid"`
	Status     string      `json:"status"`
	Change     string      `json:"change"`
	NotifiedOn string      `json:"notified_on"`
}

// FindCareer reads the regularised quarters of all affiliates or, with a national number, of one. since keeps those that a batch on or
// after that day made new or changed; "" keeps all. toWrite says that they are to be written.
func FindCareer(ctx context.Context, o run.Options, niss, since string, toWrite bool) (*Career, error) {
	var from pipeline.Date
	if since != "" {
		var err error
		if from, err = jobs.ParseDay("since", since); err != nil {
			return nil, err
		}
	}
	var only pipeline.NISS
	if niss != "" {
		var err error
		if only, err = jobs.ParseNumber(niss); err != nil {
			return nil, err
		}
	}
	c := &Career{AsOf: o.Parameters.AsOf.String(), Years: []CareerYear{}, law: o.Parameters.Law}
	var shards []careerShard
	err := run.WithPlan(ctx, &o, "career", func(plan *rows.Plan) error {
		shards = make([]careerShard, plan.Shards())
		return pipeline.Career(ctx, plan, o.Parameters.AsOf, o.Workers, func(number int) func(*pipeline.CareerQuarter) {
			o.Progress.Step(1)
			s := &shards[number]
			*s = careerShard{years: map[int]*CareerYear{}, keep: toWrite || only != 0}
			return func(q *pipeline.CareerQuarter) {
				if (only == 0 || q.NISS == only) && (from == 0 || q.NotifiedOn >= from && q.Change != pipeline.CareerUnchanged) {
					s.take(q)
				}
			}
		})
	})
	if err != nil {
		return nil, err
	}
	c.join(shards)
	if only == 0 {
		return c, nil
	}
	if len(c.quarters) == 0 && from == 0 {
		return nil, jobs.UsageError("no batch regularised a quarter of this affiliate")
	}
	for i := range c.quarters {
		c.Quarters = append(c.Quarters, c.read(&c.quarters[i]))
	}
	return c, nil
}

// careerShard is the quarters of a shard: their sums by year, and themselves where they are asked for.
type careerShard struct {
	years    map[int]*CareerYear
	quarters []pipeline.CareerQuarter
	keep     bool
}

func (s *careerShard) take(q *pipeline.CareerQuarter) {
	y := careerYear(s.years, q.Year)
	y.Quarters++
	y.ByStatus[pipeline.CareerStatuses()[q.Status]]++
	y.Definitive += q.Definitive
	y.Paid += q.Paid
	if s.keep {
		s.quarters = append(s.quarters, *q)
	}
}

func careerYear(years map[int]*CareerYear, year int) *CareerYear {
	if years[year] == nil {
		years[year] = &CareerYear{Year: year, ByStatus: map[string]int64{}}
	}
	return years[year]
}

// join brings the shards together, in their order.
func (c *Career) join(shards []careerShard) {
	years := map[int]*CareerYear{}
	for i := range shards {
		c.quarters = append(c.quarters, shards[i].quarters...)
		for year, part := range shards[i].years {
			y := careerYear(years, year)
			y.Quarters += part.Quarters
			y.Definitive += part.Definitive
			y.Paid += part.Paid
			for status, n := range part.ByStatus {
				y.ByStatus[status] += n
			}
		}
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		c.Years = append(c.Years, *years[year])
	}
}

func (c *Career) read(q *pipeline.CareerQuarter) CareerQuarter {
	codes := c.law.Codes()
	return CareerQuarter{Year: q.Year, Quarter: q.Quarter, Version: q.Version, Category: codes[q.Category], Declared: codes[q.Declared],
		Standing: q.Standing.String(), Income: q.Income, Definitive: q.Definitive, Paid: q.Paid,
		Status: pipeline.CareerStatuses()[q.Status], Change: pipeline.CareerChanges()[q.Change], NotifiedOn: q.NotifiedOn.String()}
}

// CareerStatuses lists the codes of the states of a quarter.
func CareerStatuses() []string { return pipeline.CareerStatuses() }

// Write writes a row for each quarter, as Parquet and as CSV: create makes a file.
func (c *Career) Write(create func(name string) (io.WriteCloser, error)) error {
	return writeBoth(create, func(create tables.Create) error { return tables.WriteCareer(create, c.law, c.quarters) })
}
