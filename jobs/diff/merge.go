package diff

import (
	"context"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline/money"
)

// Change is a year of an affiliate or a company that the batches do not have alike.
type Change struct {
	batch.Named               // a national number if it was asked for
	Dossier     string        `json:"dossier,omitempty"`
	Year        int           `json:"year"`
	A           *ChangedSide  `json:"a"` // nil: the year is only in B
	B           *ChangedSide  `json:"b"` // nil: the year is only in A
	Difference  money.Cents   `json:"difference"`
	Fields      []FieldChange `json:"fields"` // of a year in both
}

// ChangedSide is what a batch came to. Amounts are EUR.
type ChangedSide struct {
	Outcome string      `json:"outcome"`
	ToPay   money.Cents `json:"to_pay"`
	Refund  money.Cents `json:"refund"`
}

// Net is what is to pay less what is refunded; 0 without a side.
func (s *ChangedSide) Net() money.Cents {
	if s == nil {
		return 0
	}
	return s.ToPay - s.Refund
}

// FieldChange is a column that differs: a text, a whole number or an amount in EUR; nil where a batch has no such quarter.
type FieldChange struct {
	Field   string `json:"field"`
	Quarter int    `json:"quarter,omitempty"` // 0: of the year
	A       any    `json:"a"`
	B       any    `json:"b"`
}

// diffMerge goes through two batches together, year by year, in the order of their numbers.
type diffMerge struct {
	*subject
	options *Options
	largest largest
}

// diffCase is what a batch says of one year of somebody; its memory is used again for the next one.
type diffCase struct {
	years, quarters *batch.Cursor[comparedRow]
	year            comparedRow
	of              []comparedRow // the quarters
}

func (s *subject) newCase(b *diffBatch, year int) *diffCase {
	return &diffCase{
		years:    b.cursor(s.about.Settled, year, slices.Concat(s.whose, s.year)),
		quarters: b.cursor(s.parts, year, append(slices.Concat(s.whose[:1], s.quarters), quarterField)),
	}
}

// start stands on the first rows.
func (c *diffCase) start() error {
	if err := c.years.Next(); err != nil {
		return err
	}
	return c.quarters.Next()
}

func (c *diffCase) close() {
	c.years.Close()
	c.quarters.Close()
}

// take takes the present year with its quarters, and goes on.
func (c *diffCase) take() error {
	c.year, c.of = c.years.Row, c.of[:0]
	for !c.quarters.Ended && c.quarters.Row.number <= c.year.number {
		if c.quarters.Row.number == c.year.number {
			c.of = append(c.of, c.quarters.Row)
		}
		if err := c.quarters.Next(); err != nil {
			return err
		}
	}
	return c.years.Next()
}

// year compares one year.
func (m *diffMerge) year(ctx context.Context, a, b *diffBatch, year int) (counts YearCounts, err error) {
	counts.Year = year
	inA, inB := m.newCase(a, year), m.newCase(b, year)
	defer inA.close()
	defer inB.close()
	if err := inA.start(); err != nil {
		return counts, err
	}
	if err := inB.start(); err != nil {
		return counts, err
	}
	for !inA.years.Ended || !inB.years.Ended {
		if err := ctx.Err(); err != nil {
			return counts, err
		}
		takeA := !inA.years.Ended && (inB.years.Ended || inA.years.Row.number <= inB.years.Row.number)
		takeB := !inB.years.Ended && (inA.years.Ended || inB.years.Row.number <= inA.years.Row.number)
		if takeA {
			if err := inA.take(); err != nil {
				return counts, err
			}
		}
		if takeB {
			if err := inB.take(); err != nil {
				return counts, err
			}
		}
		if err := m.compare(&counts, takeA, takeB, inA, inB); err != nil {
			return counts, err
		}
	}
	return counts, nil
}

// compare counts a year that is in one batch or in both, and keeps the change if it is one.
func (m *diffMerge) compare(counts *YearCounts, inA, inB bool, a, b *diffCase) error {
	change := &Change{Year: counts.Year, Fields: []FieldChange{}}
	switch {
	case inA && inB:
		if change.Fields = m.compareYears(a, b); len(change.Fields) == 0 {
			counts.Same++
			return nil
		}
		counts.Changed++
		change.A, change.B = side(&a.year), side(&b.year)
	case inA:
		counts.OnlyA++
		change.A = side(&a.year)
	default:
		counts.OnlyB++
		change.B = side(&b.year)
	}
	who := &b.year
	if inA {
		who = &a.year
	}
	if m.options.Numbers || !m.about.HasDossier() {
		change.Named = m.about.Named(who.number)
	}
	change.Dossier = who.dossier
	change.Difference = change.B.Net() - change.A.Net()
	m.largest.add(change)
	if m.options.Visit != nil {
		return m.options.Visit(change)
	}
	return nil
}

func side(r *comparedRow) *ChangedSide {
	return &ChangedSide{Outcome: r.outcome, ToPay: r.toPay, Refund: r.refund}
}

// compareYears lists what differs of a year and its quarters.
func (s *subject) compareYears(a, b *diffCase) (changes []FieldChange) {
	changes = compareRows(changes, s.year, 0, &a.year, &b.year)
	for quarter := 1; quarter <= 4; quarter++ {
		changes = compareRows(changes, s.quarters, quarter, a.quarter(quarter), b.quarter(quarter))
	}
	return changes
}

// quarter is one of the quarters; nil if there is none.
func (c *diffCase) quarter(number int) *comparedRow {
	for i := range c.of {
		if int(c.of[i].quarter) == number {
			return &c.of[i]
		}
	}
	return nil
}

// compareRows appends the columns that differ; either row may be missing.
func compareRows(changes []FieldChange, columns batch.Fields[comparedRow], quarter int, a, b *comparedRow) []FieldChange {
	for i := range columns {
		f := &columns[i]
		change := FieldChange{Field: f.Name, Quarter: quarter}
		switch {
		case a == nil && b == nil || a != nil && b != nil && f.Equal(a, b):
			continue
		case a == nil:
			change.B = f.Value(b)
		case b == nil:
			change.A = f.Value(a)
		default:
			change.A, change.B = f.Value(a), f.Value(b)
		}
		changes = append(changes, change)
	}
	return changes
}
