package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// closing writes what holds for the whole letter: what a late payment costs, the rights of the reader, the legal basis.
func (l *letter) closing() {
	if len(l.s.Years) == 0 {
		l.space(14)
		l.section(wording.ContactTitle, wording.None, wording.NoArticle, wording.ContactText)
		return
	}
	if !l.helped {
		l.block(l.help())
	}
	owed := l.sum(func(y *pipeline.SettledYear) money.Cents { return y.ToPay - y.OffsetReceived })
	if owed > 0 {
		l.date(wording.FieldDue, l.due)
		l.date(wording.FieldDate, l.s.Years[0].SevenPercentOn)
		l.passage(wording.UnpaidTitle, wording.SpecimenUnpaid, wording.ArticleLate,
			join(join(l.say(wording.UnpaidQuarter), l.say(wording.UnpaidSeven)), l.say(wording.UnpaidPrincipal)))
	}
	l.arrears()
	l.outlook()
	l.need(l.rightsHeight)
	l.stamp(l.rights)
	l.mark(wording.SpecimenContest, bottom-l.rightsHeight+14)
}

// rightsOfReader says how to contest and on which law the letter rests. It is the same in all letters of a file, and stands at
// the foot of the last page.
func (l *letter) rightsOfReader() {
	l.fill(accent, left, l.y, full, 0.6)
	l.space(4)
	said := []wording.Term{wording.ContestIncome, wording.ContestStatus, wording.ContestCalculation}
	if court := l.fund.Court.In(l.w.Language); court != "" {
		l.set(wording.FieldCourt, court)
		said = append(said, wording.ContestCourt)
	}
	if limit := l.fund.TimeLimit.In(l.w.Language); limit != "" {
		l.set(wording.FieldLimit, limit)
		said = append(said, wording.ContestLimit)
	}
	l.section(wording.ContestTitle, wording.None, wording.NoArticle,
		append(said, wording.ContestWaiver, wording.ContestDeductible, wording.ContestPrivacy)...)
	l.sectionHead(wording.BasisTitle, wording.None, wording.NoArticle)
	l.flow(smallInk, join(join(l.say(wording.BasisDecree), l.say(wording.BasisRegulation)), l.say(wording.BasisReform)))
}

// arrears says what stays owed besides this notice.
func (l *letter) arrears() {
	start := len(l.years)
	var total money.Cents
	for i := range l.s.Years {
		if y := &l.s.Years[i]; l.owing(y) > 0 {
			l.years = append(l.years, y.Year)
			total += l.owing(y)
		}
	}
	if total > 0 {
		l.put(wording.FieldYears, func(dst []byte) []byte { return l.w.Style.AppendYears(dst, l.years[start:]) })
		l.amount(wording.FieldAmount, total)
		l.section(wording.ArrearsTitle, wording.None, wording.ArticleLate, wording.ArrearsText)
	}
	l.years = l.years[:start]
}

// section is a heading with paragraphs, which stay on one page.
func (l *letter) section(title, note wording.Term, basis wording.Article, paragraphs ...wording.Term) {
	height := heading.leading
	for _, t := range paragraphs {
		if said := l.say(t); said != "" {
			height += l.height(fine, full, said) + 2
		}
	}
	l.need(height)
	l.sectionHead(title, note, basis)
	for _, t := range paragraphs {
		if said := l.say(t); said != "" {
			l.flow(fine, said)
			l.space(2)
		}
	}
	l.space(7)
}

// passage is a heading with one paragraph, which stay on one page.
func (l *letter) passage(title, note wording.Term, basis wording.Article, text string) {
	l.need(heading.leading + l.height(fine, full, text))
	l.sectionHead(title, note, basis)
	l.flow(fine, text)
	l.space(7)
}

// sectionHead is the heading of a section, with the article on which it rests.
func (l *letter) sectionHead(title, note wording.Term, basis wording.Article) {
	l.mark(note, l.y+10)
	base := l.base(heading, l.y)
	l.enter(pdf.Heading2)
	l.write(heading, left, base, l.say(title))
	l.leave()
	if basis != wording.NoArticle {
		l.enter(pdf.Paragraph)
		l.writeRight(small, right, base, 70*millimetre, l.w.Articles[basis])
		l.leave()
	}
	l.y += heading.leading
}
