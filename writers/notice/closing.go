package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
)

// closing writes what holds for the whole letter: what a late payment costs, the rights of the reader, the legal basis.
func (l *letter) closing() {
	if len(l.s.Years) == 0 {
		l.space(14)
		l.section(contactTitle, noNote, noArticle, contactText)
		return
	}
	if !l.helped {
		l.block(l.help())
	}
	owed := l.sum(func(y *pipeline.SettledYear) money.Cents { return y.ToPay - y.OffsetReceived })
	if owed > 0 {
		l.date(fieldDue, l.due)
		l.date(fieldDate, l.s.Years[0].SevenPercentOn)
		l.passage(unpaidTitle, specimenUnpaid, articleLate, join(join(l.say(unpaidQuarter), l.say(unpaidSeven)), l.say(unpaidPrincipal)))
	}
	l.arrears()
	l.outlook()
	l.need(l.rightsHeight)
	l.stamp(l.rights)
	l.mark(specimenContest, bottom-l.rightsHeight+14)
}

// rightsOfReader says how to contest and on which law the letter rests. It is the same in all letters of a file, and stands at
// the foot of the last page.
func (l *letter) rightsOfReader() {
	l.fill(accent, left, l.y, full, 0.6)
	l.space(4)
	said := []term{contestIncome, contestStatus, contestCalculation}
	if court := l.fund.Court.In(l.w.language); court != "" {
		l.set(fieldCourt, court)
		said = append(said, contestCourt)
	}
	if limit := l.fund.TimeLimit.In(l.w.language); limit != "" {
		l.set(fieldLimit, limit)
		said = append(said, contestLimit)
	}
	l.section(contestTitle, noNote, noArticle, append(said, contestWaiver, contestDeductible, contestPrivacy)...)
	l.sectionHead(basisTitle, noNote, noArticle)
	l.flow(smallInk, join(join(l.say(basisDecree), l.say(basisRegulation)), l.say(basisReform)))
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
		l.put(fieldYears, func(dst []byte) []byte { return l.w.style.appendYears(dst, l.years[start:]) })
		l.amount(fieldAmount, total)
		l.section(arrearsTitle, noNote, articleLate, arrearsText)
	}
	l.years = l.years[:start]
}

// section is a heading with paragraphs, which stay on one page.
func (l *letter) section(title, note term, basis article, paragraphs ...term) {
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
func (l *letter) passage(title, note term, basis article, text string) {
	l.need(heading.leading + l.height(fine, full, text))
	l.sectionHead(title, note, basis)
	l.flow(fine, text)
	l.space(7)
}

// sectionHead is the heading of a section, with the article on which it rests.
func (l *letter) sectionHead(title, note term, basis article) {
	l.mark(note, l.y+10)
	base := l.base(heading, l.y)
	l.enter(pdf.Heading2)
	l.write(heading, left, base, l.say(title))
	l.leave()
	if basis != noArticle {
		l.enter(pdf.Paragraph)
		l.writeRight(small, right, base, 70*millimetre, l.w.articles[basis])
		l.leave()
	}
	l.y += heading.leading
}
