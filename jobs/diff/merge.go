package diff

import (
	"context"
	"slices"

	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// Change is an affiliate's year that the batches do not have alike.
type Change struct {
	NISS       string        `json:"niss,omitempty"` // if it was asked for
	Dossier    string        `json:"dossier"`
	Year       int           `json:"year"`
	A          *ChangedSide  `json:"a"` // nil: the year is only in B
	B          *ChangedSide  `json:"b"` // nil: the year is only in A
	Difference money.Cents   `json:"difference"`
	Fields     []FieldChange `json:"fields"` // of a year in both
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

// diffMerge goes through two batches together, year by year, in the order of national numbers.
type diffMerge struct {
	options *Options
	largest largest
}

// diffCase is what a batch says of one affiliate's year; its memory is used again for the next one.
type diffCase struct {
	years, quarters *diffCursor
	year            comparedRow
	of              []comparedRow // the quarters
}

func newDiffCase(b *diffBatch, year int) *diffCase {
	return &diffCase{years: b.cursor(tables.RegularisationsTable, year, comparedYear), quarters: b.cursor(tables.QuartersTable, year, comparedQuarter)}
}

// start stands on the first rows.
func (c *diffCase) start() error {
	if err := c.years.next(); err != nil {
		return err
	}
	return c.quarters.next()
}

func (c *diffCase) close() {
	c.years.close()
	c.quarters.close()
}

// take takes the present regularisation with its quarters, and goes on.
func (c *diffCase) take() error {
	c.year = comparedRow{append(c.year.texts[:0], c.years.row.texts...), append(c.year.numbers[:0], c.years.row.numbers...)}
	c.of = c.of[:0]
	for !c.quarters.ended && c.quarters.row.niss() <= c.year.niss() {
		if c.quarters.row.niss() == c.year.niss() {
			c.of = append(c.of, comparedRow{slices.Clone(c.quarters.row.texts), slices.Clone(c.quarters.row.numbers)})
		}
		if err := c.quarters.next(); err != nil {
			return err
		}
	}
	return c.years.next()
}

// year compares one year.
func (m *diffMerge) year(ctx context.Context, a, b *diffBatch, year int) (counts YearCounts, err error) {
	counts.Year = year
	inA, inB := newDiffCase(a, year), newDiffCase(b, year)
	defer inA.close()
	defer inB.close()
	if err := inA.start(); err != nil {
		return counts, err
	}
	if err := inB.start(); err != nil {
		return counts, err
	}
	for !inA.years.ended || !inB.years.ended {
		if err := ctx.Err(); err != nil {
			return counts, err
		}
		takeA := !inA.years.ended && (inB.years.ended || inA.years.row.niss() <= inB.years.row.niss())
		takeB := !inB.years.ended && (inA.years.ended || inB.years.row.niss() <= inA.years.row.niss())
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

// compare counts an affiliate's year that is in one batch or in both, and keeps the change if it is one.
func (m *diffMerge) compare(counts *YearCounts, inA, inB bool, a, b *diffCase) error {
	change := &Change{Year: counts.Year, Fields: []FieldChange{}}
	switch {
	case inA && inB:
		if change.Fields = compareYears(a, b); len(change.Fields) == 0 {
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
	change.Dossier = who.texts[1]
	if m.options.Numbers {
		change.NISS = who.niss()
	}
	change.Difference = change.B.Net() - change.A.Net()
	m.largest.add(change)
	if m.options.Visit != nil {
		return m.options.Visit(change)
	}
	return nil
}

func side(r *comparedRow) *ChangedSide {
	return &ChangedSide{Outcome: r.texts[2], ToPay: r.amount(comparedYear, "to_pay"), Refund: r.amount(comparedYear, "refund")}
}

// compareYears lists what differs of a year and its quarters. The national number is the same, and the dossier is no amount.
func compareYears(a, b *diffCase) (fields []FieldChange) {
	fields = compareCells(nil, comparedYear, 2, 0, &a.year, &b.year)
	for quarter := 1; quarter <= 4; quarter++ {
		fields = compareCells(fields, comparedQuarter, 1, quarter, a.quarter(quarter), b.quarter(quarter))
	}
	return fields
}

// Quarter is one of the quarters; nil if there is none.
func (c *diffCase) quarter(number int) *comparedRow {
	for i := range c.of {
		if int(c.of[i].numbers[3]) == number {
			return &c.of[i]
		}
	}
	return nil
}

// compareCells appends the columns that differ, from one on; either row may be missing.
func compareCells(fields []FieldChange, columns []table.Column, from, quarter int, a, b *comparedRow) []FieldChange {
	for i := from; i < len(columns); i++ {
		change := FieldChange{Field: columns[i].Name, Quarter: quarter}
		switch {
		case a == nil && b == nil || a != nil && b != nil && a.equal(b, i) || columns[i].Name == "quarter":
			continue
		case a == nil:
			change.B = b.value(columns, i)
		case b == nil:
			change.A = a.value(columns, i)
		default:
			change.A, change.B = a.value(columns, i), b.value(columns, i)
		}
		fields = append(fields, change)
	}
	return fields
}
