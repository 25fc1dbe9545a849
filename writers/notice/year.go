package notice

import (
	"regul/pipeline"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// year writes the calculation of one year: what changed since an earlier notice, the income, the quarters, the settlement, the
// surcharge.
func (l *letter) year(y *pipeline.SettledYear) {
	l.integer(wording.FieldYear, y.Year)
	if len(l.sheets) == 1 {
		l.nextPage() // the first page answers alone
	} else {
		l.space(6)
		l.need(190)
	}
	l.banner(y)
	l.continued = l.say(wording.YearContinued)
	if y.Interrupted {
		l.flow(smallInk, join(l.say(wording.YearInterrupted), l.w.Articles[wording.ArticleLimitation]))
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
	const height = 20.0
	l.fill(tint, left, l.y, full, height)
	l.fill(accent, left, l.y, 3, height)
	l.enter(pdf.Heading2)
	l.writeIn(chapter, left+12, l.y+14, full/2, l.say(wording.YearTitle))
	l.leave()
	if y.Version > 1 {
		l.enter(pdf.Paragraph)
		defer l.leave()
		l.integer(wording.FieldVersion, y.Version)
		l.writeRight(version, right-10, l.y+13.5, full/2-20, l.say(wording.YearVersion))
	}
	l.y += height
	l.space(5)
}

// The columns of the lines: text with its legal basis, amount.
const (
	lineX = left
	lineW = right - 30*millimetre - lineX
)

// head begins a table of lines, with its title and texts under it. It ends with leave.
func (l *letter) head(title wording.Term, note wording.Term, texts ...wording.Term) {
	l.headOf(pdf.Heading3, title, note, texts...)
}

func (l *letter) headOf(role pdf.Role, title wording.Term, note wording.Term, texts ...wording.Term) {
	l.need(70)
	l.mark(note, l.y+10)
	base := l.base(heading, l.y)
	l.enter(role)
	l.write(heading, left, base, l.say(title))
	l.leave()
	l.y += heading.leading + 1
	for _, t := range texts {
		l.flow(smallInk, l.say(t))
		l.space(2)
	}
	if l.base(heading, l.y) < base { // the texts went on to another page
		base = l.base(heading, l.y)
		l.y += heading.leading + 1
	}
	l.enter(pdf.Table)
	l.enter(pdf.Row)
	l.enter(pdf.HeaderCell)
	l.leave()
	l.enter(pdf.HeaderCell)
	l.writeRight(column, right, base, 30*millimetre, l.say(wording.LinesAmount))
	l.leave()
	l.leave()
	l.fill(accent, left, l.y-0.6, full, 0.6)
}

// basisGap is the space between the text of a line and its legal basis.
const basisGap = 7.0

// lined is a line of a table: what it is, its amount, its legal basis, and how they stand.
type lined struct {
	hand
	text, amount, basis string
	end, height         float64 // of the last line of the text its width; of all
	beside              bool    // the basis follows the text; else it stands below
}

// lay measures a line.
func (l *letter) lay(h hand, text, amount, basis string) lined {
	r := lined{hand: h, text: text, amount: amount, basis: basis, height: 2.5}
	for rest := text; rest != ""; r.height += h.leading {
		var line string
		line, rest = l.line(h, lineW, rest)
		r.end = l.width(h, line)
	}
	r.beside = basis == "" || r.end+basisGap+l.width(small, basis) <= lineW
	if !r.beside {
		r.height += small.leading
	}
	return r
}

// row writes one line.
func (l *letter) row(h hand, text, amount, basis string) {
	r := l.lay(h, text, amount, basis)
	l.print(&r)
}

// lineApart writes one line that is in no table.
func (l *letter) lineApart(h hand, text, amount, basis string) {
	r := l.lay(h, text, amount, basis)
	l.need(r.height)
	l.enter(pdf.Paragraph)
	l.printIn(&r, func() {})
	l.leave()
	l.y += r.height
	l.fill(hairline, left, l.y, full, 0.4)
}

// print writes one line of a table.
func (l *letter) print(r *lined) {
	l.need(r.height)
	l.enter(pdf.Row)
	l.enter(pdf.Cell)
	l.printIn(r, func() {
		l.leave()
		l.enter(pdf.Cell)
	})
	l.leave()
	l.leave()
	l.y += r.height
	l.fill(hairline, left, l.y, full, 0.4)
}

// printIn writes a line with its legal basis, then, after what comes between, its amount.
func (l *letter) printIn(r *lined, between func()) {
	at := l.y + 1.5
	below := l.paragraph(r.hand, lineX, at, lineW, r.text)
	switch {
	case r.basis == "":
	case r.beside:
		l.write(small, lineX+r.end+basisGap, l.base(r.hand, below-r.leading), r.basis)
	default:
		l.writeIn(small, lineX, l.base(small, below), lineW, r.basis)
	}
	between()
	if r.amount != "" {
		l.writeRight(r.hand, right, l.base(r.hand, at), 28*millimetre, r.amount)
	}
}

// together writes the lines that are laid as a table that stays on one page.
func (l *letter) together(title, note wording.Term) {
	height := heading.leading + 1
	for i := range l.laid {
		height += l.laid[i].height
	}
	l.need(min(height, bottom-top))
	l.head(title, note)
	for i := range l.laid {
		l.print(&l.laid[i])
	}
	l.leave()
	l.laid = l.laid[:0]
	l.space(6)
}

// income is the income communicated and the annual income.
func (l *letter) income(y *pipeline.SettledYear) {
	l.head(wording.IncomeTitle, wording.SpecimenIncome)
	l.set(wording.FieldCommunication, clean(y.Communication))
	l.date(wording.FieldDate, y.CommunicatedOn)
	l.row(cell, l.say(wording.IncomeCommunicated), l.figure(y.NetIncome), l.w.Articles[wording.ArticleIncome])
	if y.IncomeYear != y.Year {
		l.integer(wording.FieldYear, y.IncomeYear)
		borrowed := wording.IncomeBorrowed
		if l.one(y, func(q *pipeline.QuarterResult) bool { return q.Standing.Counts() }) {
			borrowed = wording.IncomeBorrowedOne
		}
		l.row(cell, l.say(borrowed), "", l.w.Articles[wording.ArticleStarters])
		l.integer(wording.FieldYear, y.Year)
	}
	if y.Contested {
		l.row(cell, l.say(wording.IncomeContested), l.figure(y.CountedIncome), l.w.Articles[wording.ArticleContested])
	}
	counted := max(0, y.CountedIncome)
	if y.CountedIncome < 0 {
		l.row(cell, l.say(wording.IncomeNegative), l.figure(0), l.w.Articles[wording.ArticleAnnual])
	}
	l.number(wording.FieldIncome, counted)
	l.integer(wording.FieldQuarters, y.SubjectQuarters)
	how := wording.IncomeAnnual
	switch y.SubjectQuarters {
	case 1:
		how = wording.IncomeAnnualOne
	case 4:
		how = wording.IncomeWholeYear
	}
	l.row(cell, l.say(how), l.figure(y.AnnualIncome), l.w.Articles[wording.ArticleAnnual])
	l.leave()
	if n := int64(y.SubjectQuarters); n > 0 && int64(counted)*4%n != 0 {
		l.space(2)
		l.flow(small, l.say(wording.IncomeRounded))
	}
	l.space(6)
}
