package notice

import (
	"regul/pipeline"
	"regul/writers/notice/pdf"
)

// year writes the calculation of one year: what changed since an earlier notice, the income, the quarters, the settlement, the
// surcharge.
func (l *letter) year(y *pipeline.SettledYear) {
	l.integer(fieldYear, y.Year)
	if l.s.Years[0].Year == y.Year {
		l.nextPage()
	} else {
		l.space(14)
		l.need(190)
	}
	l.banner(y)
	l.continued = l.say(yearContinued)
	if y.Interrupted {
		l.flow(smallInk, join(l.say(yearInterrupted), l.w.articles[articleLimitation]))
		l.space(4)
	}
	if y.Version > 1 && y.Before.NotifiedOn != 0 {
		l.correction(y)
	}
	l.income(y)
	l.quarters(y)
	l.settlement(y)
	if len(y.Terms) > 0 || y.Surcharge != 0 || y.SurchargeTotal != 0 {
		l.surcharge(y)
	}
	l.continued = ""
}

// banner is the title of a year.
func (l *letter) banner(y *pipeline.SettledYear) {
	const height = 22.0
	l.fill(tint, left, l.y, full, height)
	l.fill(accent, left, l.y, 3, height)
	l.enter(pdf.Heading2)
	l.writeIn(chapter, left+12, l.y+15, full/2, l.say(yearTitle))
	l.leave()
	if y.Version > 1 {
		l.enter(pdf.Paragraph)
		defer l.leave()
		l.integer(fieldVersion, y.Version)
		l.writeRight(hand{1, 9, 12, accent}, right-10, l.y+14.5, full/2-20, l.say(yearVersion))
	}
	l.y += height
	l.space(9)
}

// The columns of the lines: text with its legal basis, amount.
const (
	lineX = left
	lineW = right - 30*millimetre - lineX
)

// head begins a table of lines, with its title and texts under it. It ends with leave.
func (l *letter) head(title term, note term, texts ...term) {
	l.headOf(pdf.Heading3, title, note, texts...)
}

func (l *letter) headOf(role pdf.Role, title term, note term, texts ...term) {
	l.need(70)
	l.mark(note, l.y+10)
	base := l.base(heading, l.y)
	l.enter(role)
	l.write(heading, left, base, l.say(title))
	l.leave()
	if len(texts) > 0 {
		l.y += heading.leading
		for _, t := range texts {
			l.flow(smallInk, l.say(t))
		}
		l.space(2)
		l.need(34)
	}
	l.grid()
}

// grid begins a table of lines with the names of its columns: at the height of the title if they follow it.
func (l *letter) grid() {
	base := l.base(heading, l.y)
	l.enter(pdf.Table)
	l.enter(pdf.Row)
	l.enter(pdf.HeaderCell)
	l.leave()
	l.enter(pdf.HeaderCell)
	l.writeRight(column, right, base, 30*millimetre, l.say(linesAmount))
	l.leave()
	l.leave()
	l.y += heading.leading + 1
	l.fill(accent, left, l.y-0.6, full, 0.6)
}

// row is one line: what it is, with its legal basis, and its amount.
func (l *letter) row(h hand, text, amount, basis string) {
	const gap = 7.0
	n, end := 0, 0.0
	for rest := text; rest != ""; n++ {
		var line string
		line, rest = l.line(h, lineW, rest)
		end = l.width(h, line)
	}
	beside := basis == "" || end+gap+l.width(small, basis) <= lineW
	height := float64(float64(n)*h.leading) + 2.5
	if !beside {
		height += small.leading
	}
	l.need(height)
	at := l.y + 1.5
	l.enter(pdf.Row)
	l.enter(pdf.Cell)
	below := l.paragraph(h, lineX, at, lineW, text)
	switch {
	case basis == "":
	case beside:
		l.write(small, lineX+end+gap, l.base(h, below-h.leading), basis)
	default:
		l.writeIn(small, lineX, l.base(small, below), lineW, basis)
	}
	l.leave()
	l.enter(pdf.Cell)
	if amount != "" {
		l.writeRight(h, right, l.base(h, at), 28*millimetre, amount)
	}
	l.leave()
	l.leave()
	l.y += height
	l.fill(hairline, left, l.y, full, 0.4)
}

// income is the income communicated and the annual income.
func (l *letter) income(y *pipeline.SettledYear) {
	l.head(incomeTitle, specimenIncome)
	l.set(fieldCommunication, clean(y.Communication))
	l.date(fieldDate, y.CommunicatedOn)
	l.row(cell, l.say(incomeCommunicated), l.figure(y.NetIncome), l.w.articles[articleIncome])
	if y.IncomeYear != y.Year {
		l.integer(fieldYear, y.IncomeYear)
		l.row(cell, l.say(incomeBorrowed), "", l.w.articles[articleStarters])
		l.integer(fieldYear, y.Year)
	}
	if y.Contested {
		l.row(cell, l.say(incomeContested), l.figure(y.CountedIncome), l.w.articles[articleContested])
	}
	counted := max(0, y.CountedIncome)
	if y.CountedIncome < 0 {
		l.row(cell, l.say(incomeNegative), l.figure(0), l.w.articles[articleAnnual])
	}
	l.number(fieldIncome, counted)
	l.integer(fieldQuarters, y.SubjectQuarters)
	how := incomeAnnual
	switch y.SubjectQuarters {
	case 1:
		how = incomeAnnualOne
	case 4:
		how = incomeWholeYear
	}
	l.row(cell, l.say(how), l.figure(y.AnnualIncome), l.w.articles[articleAnnual])
	l.leave()
	if n := int64(y.SubjectQuarters); n > 0 && int64(counted)*4%n != 0 {
		l.space(2)
		l.flow(small, l.say(incomeRounded))
	}
	l.space(11)
}
