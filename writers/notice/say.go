package notice

import (
	"strconv"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"regul/pipeline"
	"regul/pipeline/money"
)

// say is a term of the wording with its placeholders filled in.
func (l *letter) say(t term) string {
	compiled := l.w.texts[t]
	if len(compiled) == 1 && compiled[0].field == noField {
		return compiled[0].literal
	}
	start := len(l.scratch)
	l.scratch = compiled.append(l.scratch, &l.values)
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
func (l *letter) put(f field, appendTo func([]byte) []byte) {
	start := len(l.scratch)
	l.scratch = appendTo(l.scratch)
	l.values[f] = l.scratch[start:len(l.scratch):len(l.scratch)]
}

func (l *letter) set(f field, text string) {
	start := len(l.scratch)
	l.scratch = append(l.scratch, text...)
	l.values[f] = l.scratch[start:len(l.scratch):len(l.scratch)]
}

// amount fills in a placeholder with an amount and its unit; number without.
func (l *letter) amount(f field, amount money.Cents) { l.set(f, l.inEUR(amount)) }
func (l *letter) number(f field, amount money.Cents) { l.set(f, l.figure(amount)) }
func (l *letter) date(f field, d pipeline.Date)      { l.set(f, l.day(d)) }
func (l *letter) integer(f field, n int)             { l.set(f, l.plain(n)) }

// inEUR is an amount with its unit, figure one without, day a day in words, short one in figures, plain an integer.
func (l *letter) inEUR(amount money.Cents) string {
	start := len(l.scratch)
	l.scratch = l.w.style.appendAmount(l.scratch, amount)
	return l.since(start)
}

func (l *letter) figure(amount money.Cents) string {
	start := len(l.scratch)
	l.scratch = l.w.style.appendNumber(l.scratch, amount)
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
	l.scratch = l.w.style.appendDate(l.scratch, d)
	return l.since(start)
}

func (l *letter) short(d pipeline.Date) string {
	start := len(l.scratch)
	l.scratch = l.w.style.appendShortDate(l.scratch, d)
	return l.since(start)
}

func (l *letter) plain(n int) string {
	start := len(l.scratch)
	l.scratch = strconv.AppendInt(l.scratch, int64(n), 10)
	return l.since(start)
}

func (l *letter) percent(rate money.Rate, decimals int) string {
	start := len(l.scratch)
	l.scratch = appendPercent(l.scratch, rate, decimals)
	return l.since(start)
}

func (l *letter) iban(number pipeline.IBAN) string {
	start := len(l.scratch)
	l.scratch = appendIBAN(l.scratch, number)
	return l.since(start)
}

// maskedIBAN is iban of which only the first and last group can be read.
func (l *letter) maskedIBAN(number pipeline.IBAN) string {
	start := len(l.scratch)
	l.scratch = appendMasked(l.scratch, number)
	return l.since(start)
}

// reference is the structured communication of a year, as printed.
func (l *letter) reference(year int) string {
	digits := l.digits(year)
	start := len(l.scratch)
	l.scratch = appendReference(l.scratch, digits)
	return l.since(start)
}

// digits are the 12 digits of the structured communication of a year.
func (l *letter) digits(year int) []byte {
	start := len(l.scratch)
	l.scratch = l.s.Party.Dossier.AppendReference(l.scratch, year)
	return l.scratch[start:len(l.scratch):len(l.scratch)]
}
