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
	if rest := l.remaining(); l.y+rest <= bottom && l.y+rest+l.rights[tight].height-startOfRights > bottom && rest > 0 {
		l.nextPage() // the rights would stand alone there
	}
	if !l.helped {
		l.block(l.help())
	}
	if !l.warned {
		l.warn()
	}
	if !l.foreseen {
		l.outlook()
	}
	rights := &l.rights[loose]
	if l.y+rights.height > bottom && l.y+l.rights[tight].height-startOfRights <= bottom {
		rights = &l.rights[tight]
	}
	l.need(rights.height - startOfRights)
	l.stamp(rights.parts)
	l.mark(wording.SpecimenContest, bottom-rights.height+14)
}

// remaining is the height in points of what the letter has still to say before the rights.
func (l *letter) remaining() (height float64) {
	if asked := l.help(); !l.helped && len(asked) > 0 {
		height += l.blockHeight(asked) + 8
	}
	if _, text := l.lateness(); !l.warned && text != "" {
		height += l.passageHeight(text) + 6
	}
	if text := l.foresight(); !l.foreseen && text != "" {
		height += l.passageHeight(text) + 6
	}
	return height
}

// The rights of the reader stand at the foot of the last page: a paragraph each, or close together where that saves a sheet.
const (
	loose = iota
	tight

	startOfRights = 5.0 // the space with which they begin
)

// foot is static content that stands at the foot of a page.
type foot struct {
	parts  []part
	height float64
}

// rightsOfReader says how to contest and on which law the letter rests. It is the same in all letters of a file.
func (l *letter) rightsOfReader(how int) {
	l.fill(accent, left, l.y, full, 0.6)
	l.space(4)
	calculation := l.say(wording.ContestCalculation)
	if court := l.fund.Court.In(l.w.Language); court != "" {
		l.set(wording.FieldCourt, court)
		calculation = join(calculation, l.say(wording.ContestCourt))
	}
	if limit := l.fund.TimeLimit.In(l.w.Language); limit != "" {
		l.set(wording.FieldLimit, limit)
		calculation = join(calculation, l.say(wording.ContestLimit))
	}
	l.sectionHead(wording.ContestTitle, wording.None, wording.NoArticle)
	contest := []string{l.say(wording.ContestIncome), l.say(wording.ContestStatus), calculation, l.say(wording.ContestWaiver)}
	others := []string{l.say(wording.ContestDeductible), l.say(wording.ContestPrivacy)}
	law := join(join(l.say(wording.BasisDecree), l.say(wording.BasisRegulation)), l.say(wording.BasisReform))
	if how == tight {
		l.paragraphs(joinAll(contest), joinAll(others))
		l.flow(smallInk, join(l.say(wording.BasisTitle)+".", law))
		return
	}
	l.paragraphs(append(contest, others...)...)
	l.space(3)
	l.sectionHead(wording.BasisTitle, wording.None, wording.NoArticle)
	l.flow(smallInk, law)
}

// paragraphs writes texts, those that are not empty.
func (l *letter) paragraphs(texts ...string) {
	for _, text := range texts {
		if text != "" {
			l.flow(fine, text)
			l.space(2)
		}
	}
}

func joinAll(texts []string) (all string) {
	for _, text := range texts {
		all = join(all, text)
	}
	return all
}

// lateness is what a late payment costs, of what this notice asks and of what stays owed besides; nothing if neither is.
func (l *letter) lateness() (title wording.Term, text string) {
	title = wording.ArrearsTitle
	if l.sum(func(y *pipeline.SettledYear) money.Cents { return y.ToPay - y.OffsetReceived }) > 0 {
		l.date(wording.FieldDue, l.due)
		l.date(wording.FieldDate, l.s.Years[0].SevenPercentOn)
		title = wording.UnpaidTitle
		text = join(join(l.say(wording.UnpaidQuarter), l.say(wording.UnpaidSeven)), l.say(wording.UnpaidPrincipal))
	}
	return title, join(text, l.arrears())
}

// warn says what a late payment costs.
func (l *letter) warn() {
	if title, text := l.lateness(); text != "" {
		l.passage(title, wording.SpecimenUnpaid, wording.ArticleLate, text)
	}
}

// warnFirst is warn on the first page, if it fits there.
func (l *letter) warnFirst() bool {
	title, text := l.lateness()
	fits := text != "" && len(l.sheets) == 1 && l.y+l.passageHeight(text) <= bottom
	if fits {
		l.passage(title, wording.SpecimenUnpaid, wording.ArticleLate, text)
	}
	return fits
}

// arrears says what stays owed besides this notice; nothing if nothing does.
func (l *letter) arrears() (said string) {
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
		said = l.say(wording.ArrearsText)
	}
	l.years = l.years[:start]
	return said
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
	l.space(6)
}

// passage is a heading with one paragraph, which stay on one page.
func (l *letter) passage(title, note wording.Term, basis wording.Article, text string) {
	l.need(l.passageHeight(text))
	l.sectionHead(title, note, basis)
	l.flow(fine, text)
	l.space(6)
}

// passageHeight is the height of a passage in points, without the space below it.
func (l *letter) passageHeight(text string) float64 {
	return heading.leading + l.height(fine, full, text)
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
