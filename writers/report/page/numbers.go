package page

import (
	"strconv"
	"strings"

	"regul/pipeline/money"
)

// The page writes numbers as 1 267.48: groups of three with a thin space at which no line breaks, a decimal point (in English; else a
// comma), and the sign for minus.
const (
	ThinSpace  = "\u202f"
	FixedSpace = "\u00a0"
	minus      = "−"
)

// Number writes an integer.
func Number(n int64) string {
	magnitude, sign := uint64(n), ""
	if n < 0 {
		magnitude, sign = -magnitude, minus
	}
	digits := strconv.FormatUint(magnitude, 10)
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(ThinSpace)
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// Amount writes cents as EUR without their unit.
func (w *Words) Amount(c money.Cents) string {
	sign := ""
	magnitude := uint64(c)
	if c < 0 {
		sign, magnitude = minus, -magnitude
	}
	return sign + Number(int64(magnitude/100)) + w.decimal + string([]byte{byte('0' + magnitude/10%10), byte('0' + magnitude%10)})
}

// Decimal writes a number that has a decimal point as the language does.
func (w *Words) Decimal(number string) string { return strings.Replace(number, ".", w.decimal, 1) }

// Share writes part / whole in percent with one decimal, rounded half away from zero; nothing if the whole is 0.
func (w *Words) Share(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	return w.percent(part, whole) + FixedSpace + "%"
}

// percent needs whole above 0. The tenths of a percent are worked out without overflow up to 10^15.
func (w *Words) percent(part, whole int64) string {
	sign := ""
	if part < 0 {
		sign, part = minus, -part
	}
	tenths := part/whole*1000 + (part%whole*1000+whole/2)/whole
	return sign + Number(tenths/10) + w.decimal + strconv.FormatInt(tenths%10, 10)
}

// tellingShare is from how many times what was before a change is told without its percentage, which says nothing then.
const tellingShare = 10

// Change writes how much more or less than before, with the proportion where there is one.
func Change[T int64 | money.Cents](w *Words, now, before T, write func(T) string) string {
	difference := now - before
	if difference == 0 {
		return w.Say("unchanged")
	}
	text := write(difference)
	if difference > 0 {
		text = "+" + text
	}
	if before > 0 && max(difference, -difference)/before < tellingShare {
		relative := w.percent(int64(difference), int64(before))
		if difference > 0 {
			relative = "+" + relative
		}
		text += " (" + relative + FixedSpace + "%)"
	}
	return text
}

// Size writes bytes in a unit that people read.
func (w *Words) Size(bytes int64) string {
	unit, divisor := "B", int64(1)
	for _, u := range []string{"kB", "MB", "GB"} {
		if bytes < divisor*1000 {
			break
		}
		unit, divisor = u, divisor*1000
	}
	if divisor == 1 {
		return Number(bytes) + FixedSpace + unit
	}
	tenths := (bytes*10 + divisor/2) / divisor
	return Number(tenths/10) + w.decimal + strconv.FormatInt(tenths%10, 10) + FixedSpace + unit
}

// EUR writes an amount with its unit.
func (w *Words) EUR(c money.Cents) string { return w.Amount(c) + FixedSpace + "EUR" }

// WholeEUR is an amount in whole EUR, rounded half away from zero.
func WholeEUR(c money.Cents) int64 {
	if c < 0 {
		return -WholeEUR(-c)
	}
	return money.RoundHalfUp(int64(c), 100)
}

// Signed writes an amount with its sign.
func (w *Words) Signed(c money.Cents) string {
	if c > 0 {
		return "+" + w.Amount(c)
	}
	return w.Amount(c)
}
