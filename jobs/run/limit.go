package run

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"regul/jobs"
	"regul/jobs/intake"
	"regul/pipeline"
	"regul/pipeline/money"
)

// Limit is how many rejects a run may have: a number of rows over all inputs, or for each input a share of the revenue rows.
type Limit struct {
	rows  int64
	share money.Rate
	text  string
}

// DefaultMaxRejects is 5 % of the revenue rows.
const DefaultMaxRejects = "5%"

// ParseLimit reads a number of rows such as 20, or a share of the revenue rows such as 5%. 100% is no limit.
func ParseLimit(text string) (Limit, error) {
	if percent, isShare := strings.CutSuffix(strings.TrimSpace(text), "%"); isShare {
		share, err := money.ParsePercent(strings.TrimSpace(percent))
		return Limit{share: share, rows: -1, text: text}, err
	}
	rows, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || rows < 0 {
		return Limit{}, fmt.Errorf("%q is neither a number of rows, such as 20, nor a share of the revenue rows, such as 5%%", text)
	}
	return Limit{rows: rows, text: text}, nil
}

// smallNight is from how many rows on a share allows one of them.
const smallNight = 10

// String is the limit as it was given.
func (l Limit) String() string { return l.text }

// ofRows says whether the limit is a number of rows: all inputs count together then.
func (l Limit) ofRows() bool { return l.rows >= 0 }

// allows says whether some rejects are within the limit. A share is taken of the rows of the revenue, or of the input itself where it has
// more: an affiliate who is missing in the register has a few rows of each. One row of ten or more holds no small night up.
func (l Limit) allows(rejects, rows, revenueRows int64) bool {
	if l.ofRows() {
		return rejects <= l.rows
	}
	if l.share >= money.One || l.share > 0 && rejects == 1 && rows >= smallNight {
		return true
	}
	return rejects*int64(money.One) <= max(rows, revenueRows)*int64(l.share)
}

// withinLimits refuses a batch with too many rejects. Those that a published batch holds already were looked at then: they count where
// there would be too many without them.
func (s *settling) withinLimits(ctx context.Context) error {
	limit, of := s.options.MaxRejects, s.options.Subject
	settled := s.read[of.Main].Rows
	var fresh *[pipeline.InputCount]int64
	for _, part := range s.limited() {
		if limit.allows(part.rejected, part.read, settled) {
			continue
		}
		if fresh == nil && !s.lacksRejects() {
			var err error
			if fresh, err = s.freshRejects(ctx); err != nil {
				return err
			}
		}
		if s.lacksRejects() || !limit.allows(part.of(fresh), part.read, settled) {
			s.result.tell(s.in, s.decided.Rejects)
			return &jobs.Error{Kind: jobs.Refused, Err: fmt.Errorf("%d of %d rows of the %s were rejected, more than --max-rejects "+
				"%s allows with %d %s rows: nothing was published; rejects by code: %s",
				part.rejected, part.read, part.name, limit, settled, of.Main, intake.CodesText(s.result.Rejects, of.CodeNames()))}
		}
	}
	if s.lacksRejects() { // nothing is lost: who raises the memory has them
		return fmt.Errorf("%d rows were rejected, more than the %d that --memory makes room for: nothing was published; "+
			"raise --memory, or correct the input that the codes name; rejects by code: %s",
			s.result.Rejected, s.options.Rejects, intake.CodesText(s.result.Rejects, of.CodeNames()))
	}
	return nil
}

// limited is what the limit of rejects is applied to: each input, or all of them together.
type limited struct {
	name           string
	inputs         []pipeline.Input
	read, rejected int64
}

func (s *settling) limited() (parts []limited) {
	all := limited{name: "inputs", inputs: s.options.Subject.Inputs}
	for _, input := range all.inputs {
		c := s.result.Counts[input.String()]
		all.read, all.rejected = all.read+c.Read, all.rejected+c.Rejected
		parts = append(parts, limited{input.String(), []pipeline.Input{input}, c.Read, c.Rejected})
	}
	if s.options.MaxRejects.ofRows() {
		return []limited{all}
	}
	return parts
}

// of adds up what the part has of counts by input.
func (l *limited) of(counts *[pipeline.InputCount]int64) (sum int64) {
	for _, input := range l.inputs {
		sum += counts[input]
	}
	return sum
}

// lacksRejects says whether there were rejects for which there was no room.
func (s *settling) lacksRejects() bool { return s.decided.Dropped != [pipeline.CodeCount]int64{} }
