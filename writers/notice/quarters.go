package notice

import (
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// The columns of the quarters: where the first two begin, and the right edges and rooms of the figures.
const (
	categoryX    = left + 13*millimetre
	categoryW    = 55*millimetre - 4
	explanationW = right - categoryX
)

var (
	quarterEdges = [5]float64{left + 90*millimetre, left + 110*millimetre, left + 129*millimetre, left + 149*millimetre, right}
	quarterRooms = [5]float64{21 * millimetre, 19 * millimetre, 18 * millimetre, 19 * millimetre, 20 * millimetre}
)

// quarters is the table of the quarters; those of the same calculation stand together.
func (l *letter) quarters(y *pipeline.SettledYear) {
	l.need(110)
	l.mark(wording.SpecimenQuarters, l.y+10)
	base, title, fee := l.base(heading, l.y), l.say(wording.QuartersTitle), l.feeRate(y.Year)
	l.title(pdf.Heading3, heading, title)
	beside := l.width(heading, title)+l.width(small, fee)+basisGap <= full
	if beside {
		l.enter(pdf.Paragraph)
		l.writeRight(small, right, base, full, fee)
		l.leave()
	}
	l.enter(pdf.Table)
	l.columns = l.quarterColumns
	l.columns()
	for i := 0; i < len(y.Quarters); {
		n := 1
		for i+n < len(y.Quarters) && l.alike(&y.Quarters[i+n-1], &y.Quarters[i+n]) {
			n++
		}
		l.quarter(y, y.Quarters[i:i+n])
		i += n
	}
	l.columns = nil
	l.need(16)
	base = l.base(cellBold, l.y+1)
	l.enter(pdf.Row)
	l.enter(pdf.Cell)
	l.leave()
	l.enter(pdf.Cell)
	l.write(cellBold, categoryX, base, l.say(wording.QuartersTotal))
	l.leave()
	for i, amount := range [5]money.Cents{0, y.Contribution, y.Fee, y.Definitive, y.Called} {
		l.enter(pdf.Cell)
		if i > 0 {
			l.writeRight(cellBold, quarterEdges[i], base, quarterRooms[i], l.dashed(amount))
		}
		l.leave()
	}
	l.leave()
	l.leave()
	l.y += 15
	l.fill(accent, left, l.y-0.6, full, 0.6)
	l.space(2)
	if !beside {
		l.flow(small, fee)
	}
	l.space(5)
}

// feeRate says which management fee the amounts hold.
func (l *letter) feeRate(year int) string {
	fee, known := l.fees[year]
	if !known || fee == 0 {
		return l.say(wording.QuartersFeeNone)
	}
	l.set(wording.FieldRate, l.percent(fee, 2))
	return l.say(wording.QuartersFeeRate)
}

// quarterColumns is the head of the table; the names of columns may take two lines.
func (l *letter) quarterColumns() {
	l.y += 1
	height := column.leading
	l.enter(pdf.Row)
	l.enter(pdf.HeaderCell)
	l.write(column, left, l.base(column, l.y), l.say(wording.QuartersQuarter))
	l.leave()
	l.enter(pdf.HeaderCell)
	l.write(column, categoryX, l.base(column, l.y), l.say(wording.QuartersCategory))
	l.leave()
	for i, t := range [5]wording.Term{wording.QuartersAnnual, wording.QuartersEach, wording.QuartersFee, wording.QuartersDefinitive,
		wording.QuartersCalled} {
		at, text := l.y, l.say(t)
		l.enter(pdf.HeaderCell)
		for text != "" {
			var line string
			line, text = l.line(column, quarterRooms[i], text)
			l.writeRight(column, quarterEdges[i], l.base(column, at), quarterRooms[i], line)
			at += column.leading
		}
		l.leave()
		height = max(height, at-l.y)
	}
	l.leave()
	l.y += height + 2
	l.fill(accent, left, l.y-0.6, full, 0.6)
}

// alike says whether two quarters have the same calculation and amounts.
func (l *letter) alike(a, b *pipeline.QuarterResult) bool {
	if a.Contribution != b.Contribution || a.Category != b.Category || a.Declared != b.Declared || a.Reason != b.Reason ||
		a.Standing != b.Standing || a.Starter != b.Starter ||
		a.Called != b.Called || a.Article != b.Article {
		return false
	}
	first, second := l.schedule(a), l.schedule(b)
	return first == second || first != nil && second != nil && *first == *second
}

// quarter is a group of quarters: the figures of each, then how they come about.
func (l *letter) quarter(y *pipeline.SettledYear, group []pipeline.QuarterResult) {
	q := &group[0]
	l.need(12 + 4*small.leading)
	l.space(1.5)
	base := l.base(cell, l.y)
	number := l.plain(q.Quarter)
	if len(group) > 1 {
		start := len(l.scratch)
		l.scratch = append(append(append(l.scratch, number...), "–"...), byte('0'+group[len(group)-1].Quarter))
		number = l.since(start)
	}
	l.enter(pdf.Row)
	l.enter(pdf.Cell)
	l.write(cellBold, left, base, number)
	l.leave()
	l.enter(pdf.Cell)
	l.writeIn(cellBold, categoryX, base, categoryW, l.w.Categories[q.Category])
	l.leave()
	for i, amount := range [5]money.Cents{q.Annual, q.Contribution.Quarter, q.Fee, q.Definitive, q.Called} {
		l.enter(pdf.Cell)
		l.writeRight(cell, quarterEdges[i], base, quarterRooms[i], l.dashed(amount))
		l.leave()
	}
	l.leave()
	l.enter(pdf.Row)
	l.enter(pdf.Cell)
	l.wide(2 + len(quarterEdges))
	l.y += cell.leading
	standings, declared := l.w.Standings, wording.QuartersDeclared1
	if len(group) > 1 {
		standings, declared = l.w.Plural, wording.QuartersDeclared
	}
	l.explain(l.beside(standings[q.Standing], l.basisOf(q)))
	if q.Reason != pipeline.AsDeclared {
		l.explained()
		l.set(wording.FieldDeclared, l.w.Categories[q.Declared])
		l.explain(l.beside(join(l.say(declared), l.w.Reasons[q.Reason]), l.w.Articles[wording.ArticleStatus]))
		l.explained()
	}
	if s := l.schedule(q); s != nil {
		l.bands(y, q, s)
	}
	l.explained()
	l.leave()
	l.leave()
	l.y = min(l.y+2, bottom) // its last line may have ended there
	l.fill(hairline, left, l.y-0.4, full, 0.4)
}

// basisOf is the article of the category, or that of a standing that owes nothing.
func (l *letter) basisOf(q *pipeline.QuarterResult) string {
	if a, found := wording.ArticlesOfStandings[q.Standing]; found {
		return l.w.Articles[a]
	}
	if q.Article >= 0 && q.Article < len(l.w.Bases) {
		return l.w.Bases[q.Article]
	}
	return ""
}

// explain is a part of how a quarter comes about: it stands on the line of the part before if both fit there.
func (l *letter) explain(text string) {
	if both := l.beside(l.explaining, text); l.explaining == "" || l.width(small, both) <= explanationW {
		l.explaining = both
		return
	}
	l.explained()
	l.explaining = text
}

// explained writes what waits for its line.
func (l *letter) explained() {
	if l.explaining != "" {
		l.enter(pdf.Paragraph)
		l.flowIn(small, categoryX, explanationW, l.explaining)
		l.leave()
	}
	l.explaining = ""
}

// beside puts a text behind another, on the same line.
func (l *letter) beside(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	start := len(l.scratch)
	l.scratch = append(append(append(l.scratch, first...), " · "...), second...)
	return l.since(start)
}

// bands says how the annual contribution comes about, as law.Schedule computes it.
func (l *letter) bands(y *pipeline.SettledYear, q *pipeline.QuarterResult, s *law.Schedule) {
	n := int64(y.SubjectQuarters)
	annual := max(0, int64(y.CountedIncome)) * 4 // cents / n
	base := y.AnnualIncome
	l.number(wording.FieldIncome, base)
	if annual < int64(s.ExemptBelow)*n {
		l.number(wording.FieldThreshold, s.ExemptBelow)
		l.explain(l.say(wording.QuartersExempt))
		return
	}
	if annual >= int64(s.FloorFrom)*n && annual < int64(s.Floor)*n {
		base = s.Floor
		l.number(wording.FieldFloor, base)
		l.explain(l.say(wording.QuartersFloor))
	} else if annual < int64(s.DeductBelow)*n {
		l.number(wording.FieldThreshold, s.DeductBelow)
		l.number(wording.FieldDeduct, s.Deduct)
		l.explain(l.say(wording.QuartersDeduct))
		base -= s.Deduct
	}
	l.band(wording.QuartersBand1, 0, s.Top1, min(base, s.Top1), s.Rate1, q.Band1)
	if base > s.Top1 {
		l.band(wording.QuartersBand2, s.Top1, s.Top2, min(base, s.Top2)-s.Top1, s.Rate2, q.Band2)
	}
	if q.Starter > 0 {
		l.integer(wording.FieldStarter, int(q.Starter))
		l.explain(l.say(wording.QuartersStarter))
	}
	if s.QuarterReduction > 0 {
		l.number(wording.FieldReduction, s.QuarterReduction)
		l.explain(l.say(wording.QuartersReduction))
	}
}

func (l *letter) band(t wording.Term, from, top, base money.Cents, rate money.Rate, amount money.Cents) {
	l.number(wording.FieldFrom, from)
	l.number(wording.FieldTop, top)
	l.number(wording.FieldBase, base)
	l.set(wording.FieldRate, l.percent(rate, 2))
	l.number(wording.FieldAmount, amount)
	l.explain(l.say(t))
}

// schedule is how the quarter's category pays, or nil if the law of the program does not say.
func (l *letter) schedule(q *pipeline.QuarterResult) *law.Schedule {
	year, err := l.law.Year(q.Year)
	if err != nil || !q.Standing.Owes() {
		return nil
	}
	return year.Schedule(q.Category, q.Quarter, int(q.Starter))
}
