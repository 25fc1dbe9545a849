package notice

import (
	"cmp"
	"slices"

	"regul/writers/notice/pdf"
)

// Where the parts of the first page stand, in points. The address stands where it is seen through the window, at the right, of
// the usual envelopes of Belgium (DL, C5/6), however a sheet folded in three slides in them; nothing else is printed where the
// window may be. docs/notices.md has the measures.
const (
	windowX     = 122 * millimetre
	windowY     = 48.2 * millimetre
	windowWidth = right - windowX
	headY       = 14 * millimetre
	headWidth   = 76 * millimetre // of the sender's lines
	referenceY  = 52 * millimetre
	bodyY       = 97 * millimetre
	logoWidth   = 60 * millimetre
	logoHeight  = 16 * millimetre
)

// front writes the first page: who writes to whom, the result, and how it is paid.
func (l *letter) front() {
	l.nextPage()
	l.stamp(l.onFirst)
	l.mark(specimenSender, headY+6)
	l.y = bodyY
	l.addressee()
	l.references()
	l.heading()
	l.result()
	if len(l.s.Years) > 1 {
		l.summary()
	}
	l.withdrawals()
	if len(l.s.Years) > 0 {
		l.payment()
	}
	l.need(48)
	l.space(10)
	l.flow(body, l.say(letterClosing))
	l.flow(strong, l.fund.Name.In(l.w.language))
}

// references are the date, the dossier, the batch and the language.
func (l *letter) references() {
	l.mark(specimenReference, referenceY+10)
	names := [4]term{referenceDate, referenceDossier, referenceBatch, referenceLanguage}
	for i, value := range [4]string{l.day(l.asOf), string1(l.values[fieldDossier]), l.batch, l.say(languageName)} {
		l.enter(pdf.Paragraph)
		l.write(label, left, referenceY+9+float64(i)*14, l.say(names[i]))
		l.writeIn(body, left+26*millimetre, referenceY+9+float64(i)*14, headWidth-26*millimetre, value)
		l.leave()
	}
}

func (l *letter) heading() {
	title, why := letterSubject, letterWhy
	if len(l.s.Years) == 0 {
		title, why = letterSubjectWithdrawn, letterWhyWithdrawn
	}
	for i := range l.s.Years {
		if l.s.Years[i].Version > 1 {
			title = letterSubjectCorrected
		}
	}
	l.title(pdf.Heading1, subject, l.say(title))
	l.space(9)
	l.flow(body, l.say(letterSalutation))
	l.space(5)
	if why == letterWhy {
		l.put(fieldYears, l.appendIncomeYears)
	}
	l.flow(body, l.say(why))
	l.put(fieldYears, func(dst []byte) []byte { return l.w.style.appendYears(dst, l.years) })
	l.space(8)
}

// appendIncomeYears appends the years whose income was communicated: those of the letter, but for years of starters before 2015 that rest on
// the income of another.
func (l *letter) appendIncomeYears(dst []byte) []byte {
	start := len(l.years)
	for i := range l.s.Years {
		if y := cmp.Or(l.s.Years[i].IncomeYear, l.s.Years[i].Year); !slices.Contains(l.years[start:], y) {
			l.years = append(l.years, y)
		}
	}
	slices.Sort(l.years[start:])
	dst = l.w.style.appendYears(dst, l.years[start:])
	l.years = l.years[:start]
	return dst
}

// withdrawals says which earlier notices do not count any more.
func (l *letter) withdrawals() {
	for i := range l.s.Withdrawn {
		w := &l.s.Withdrawn[i]
		l.date(fieldNotified, w.NotifiedOn)
		l.integer(fieldYear, int(w.Year))
		what := withdrawnOnly
		for j := range l.s.Years {
			if l.s.Years[j].Year == int(w.Year) {
				what = withdrawnReplaced
			}
		}
		l.need(heading.leading + l.height(body, full, l.say(what)))
		if i == 0 {
			l.title(pdf.Heading2, heading, l.say(withdrawnTitle))
		}
		l.flow(body, l.say(what))
		l.space(6)
	}
}
