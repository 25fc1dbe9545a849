package notice

import (
	"strconv"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/wording"
)

// say is a term of the wording with its placeholders filled in.
func (l *letter) say(t wording.Term) string {
	compiled := l.w.Texts[t]
	if len(compiled) == 1 && compiled[0].Field == wording.NoField {
		return compiled[0].Literal
	}
	start := len(l.scratch)
	l.scratch = compiled.Append(l.scratch, &l.values)
	return l.since(start)
}

// since is what was appended to the scratch memory, as a string without a copy: the memory is not written again before the
// letter is done, and what grows leaves the old memory alone.
func (l *letter) since(start int) string {
	if start == len(l.scratch) {
		return ""
	}
	return unsafe.String(&l.scratch[start], len(l.scratch)-start)
}

// sentence is a text of the wording with a capital at its beginning, as where it stands alone.
func (l *letter) sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if !unicode.IsLower(first) {
		return text
	}
	start := len(l.scratch)
	l.scratch = append(utf8.AppendRune(l.scratch, unicode.ToUpper(first)), text[size:]...)
	return l.since(start)
}

// put fills in a placeholder with what is appended.
func (l *letter) put(f wording.Field, appendTo func([]byte) []byte) {
	start := len(l.scratch)
	l.scratch = appendTo(l.scratch)
	l.values[f] = l.scratch[start:len(l.scratch):len(l.scratch)]
}

func (l *letter) set(f wording.Field, text string) {
	start := len(l.scratch)
	l.scratch = append(l.scratch, text...)
	l.values[f] = l.scratch[start:len(l.scratch):len(l.scratch)]
}

// amount fills in a placeholder with an amount and its unit; number without.
func (l *letter) amount(f wording.Field, amount money.Cents) { l.set(f, l.inEUR(amount)) }
func (l *letter) number(f wording.Field, amount money.Cents) { l.set(f, l.figure(amount)) }
func (l *letter) date(f wording.Field, d pipeline.Date)      { l.set(f, l.day(d)) }
func (l *letter) integer(f wording.Field, n int)             { l.set(f, l.plain(n)) }

// inEUR is an amount with its unit, figure one without, day a day in words, short one in figures, plain an integer.
func (l *letter) inEUR(amount money.Cents) string {
	start := len(l.scratch)
	l.scratch = l.w.Style.AppendAmount(l.scratch, amount)
	return l.since(start)
}

func (l *letter) figure(amount money.Cents) string {
	start := len(l.scratch)
	l.scratch = l.w.Style.AppendNumber(l.scratch, amount)
	return l.since(start)
}

// dashed is figure in a table: nothing is a dash.
func (l *letter) dashed(amount money.Cents) string {
	if amount == 0 {
		return "–"
	}
	return l.figure(amount)
}

func (l *letter) day(d pipeline.Date) string {
	start := len(l.scratch)
	l.scratch = l.w.Style.AppendDate(l.scratch, d)
	return l.since(start)
}

func (l *letter) short(d pipeline.Date) string {
	start := len(l.scratch)
	l.scratch = l.w.Style.AppendShortDate(l.scratch, d)
	return l.since(start)
}

func (l *letter) plain(n int) string {
	start := len(l.scratch)
	l.scratch = strconv.AppendInt(l.scratch, int64(n), 10)
	return l.since(start)
}

func (l *letter) percent(rate money.Rate, decimals int) string {
	start := len(l.scratch)
	l.scratch = wording.AppendPercent(l.scratch, rate, decimals)
	return l.since(start)
}

func (l *letter) iban(number pipeline.IBAN) string {
	start := len(l.scratch)
	l.scratch = wording.AppendIBAN(l.scratch, number)
	return l.since(start)
}

// maskedIBAN is iban of which only the first and last group can be read.
func (l *letter) maskedIBAN(number pipeline.IBAN) string {
	start := len(l.scratch)
	l.scratch = wording.AppendMasked(l.scratch, number)
	return l.since(start)
}

// reference is the structured communication of a year, as printed.
func (l *letter) reference(year int) string {
	digits := l.digits(year)
	start := len(l.scratch)
	l.scratch = wording.AppendReference(l.scratch, digits)
	return l.since(start)
}

// digits are the 12 digits of the structured communication of a year.
func (l *letter) digits(year int) []byte {
	start := len(l.scratch)
	l.scratch = l.s.Party.Dossier.AppendReference(l.scratch, year)
	return l.scratch[start:len(l.scratch):len(l.scratch)]
}
