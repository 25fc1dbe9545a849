package company

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
)

// What a batch that was withdrawn said of a company is taken back by the next one: its lines of the books are reversed, and the company is
// told that its notices do not count any more. With the notice of a year that is settled again, else by a letter that asks for nothing; the
// letter needs a row of the company, of any year, that says where to write to.

// TakeWithdrawn takes a notice of a batch that was withdrawn.
func TakeWithdrawn(s *pipeline.Scatter, w *pipeline.WithdrawnNotice) {
	withdrawnRows.Begin(&s.Scatter, int64(w.NISS), w.Encode)
	s.End()
}

// TakeEntry takes a line of the books of a batch that was withdrawn.
func TakeEntry(s *pipeline.Scatter, e *pipeline.PriorEntry) {
	entryRows.Begin(&s.Scatter, int64(e.NISS), e.Encode)
	s.End()
}

// takenBack is what withdrawn batches said of the present company, by year.
type takenBack struct {
	notices []pipeline.WithdrawnNotice
	entries []pipeline.PriorEntry
	settled []int16 // years that are settled tonight: their notices say it
	row     *Row    // the last one of the company, which says where to write to; nil where there is none, or nothing to take back
}

// of orders it, and finds what counts again of the versions, which are sorted as the rows are.
func (t *takenBack) of(versions []Prior, list []Row) {
	t.settled, t.row = t.settled[:0], nil
	if len(t.notices)+len(t.entries) > 0 && len(list) > 0 {
		row := list[len(list)-1]
		t.row = &row
	}
	pipeline.OrderTakenBack(t.notices, t.entries)
	for i := range t.notices {
		t.notices[i].Again = countsAgain(versions, &t.notices[i])
	}
}

// countsAgain is the day of the last notice of the year before one that was withdrawn. 0: there is none.
func countsAgain(versions []Prior, w *pipeline.WithdrawnNotice) (again pipeline.Date) {
	called := money.Cents(pipeline.Unsaid)
	for i := range versions {
		v := &versions[i]
		if v.Year != w.Year || v.NotifiedOn > w.NotifiedOn {
			continue
		}
		if called == pipeline.Unsaid {
			called = v.Called
		}
		if v.Definitive != called || v.Surcharge != 0 || v.Refund+v.Back != 0 {
			again = v.NotifiedOn
		}
		called = v.Definitive
	}
	return again
}

// settles says of a year that it is settled tonight, and gives what is taken back of it.
func (t *takenBack) settles(year int16) ([]pipeline.WithdrawnNotice, []pipeline.PriorEntry) {
	t.settled = append(t.settled, year)
	ofYear := func(y int16) bool { return y == year }
	return cut(t.notices, func(w *pipeline.WithdrawnNotice) bool { return ofYear(w.Year) }),
		cut(t.entries, func(e *pipeline.PriorEntry) bool { return ofYear(e.Year) })
}

// cut is the part of a sorted list that is so.
func cut[T any](list []T, is func(*T) bool) []T {
	start := 0
	for start < len(list) && !is(&list[start]) {
		start++
	}
	head, _ := split(list[start:], is)
	return head
}

// takeBack hands on what is taken back of the years that are not settled tonight. Without a row of the company its books alone are.
func (s *stage) takeBack() {
	t := &s.taken
	isSettled := func(year int16) bool { return slices.Contains(t.settled, year) }
	t.notices = slices.DeleteFunc(t.notices, func(w pipeline.WithdrawnNotice) bool { return isSettled(w.Year) || t.row == nil })
	t.entries = slices.DeleteFunc(t.entries, func(e pipeline.PriorEntry) bool { return isSettled(e.Year) })
	if len(t.notices)+len(t.entries) == 0 || s.looks {
		return
	}
	if t.row != nil {
		s.party = s.partyOf(t.row)
	} else {
		number := Number(t.entries[0].NISS)
		s.party = pipeline.Party{Number: int64(number), Digits: NumberDigits, Dossier: number.Dossier()}
	}
	s.settlement = pipeline.Settlement{Party: &s.party, AsOf: s.parameters.AsOf, Withdrawn: t.notices, Entries: t.entries}
	s.entries = s.decided.Totals.Take(&s.settlement, s.entries)
	s.out.Settlement(&s.settlement)
}
