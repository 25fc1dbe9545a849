package verify

import (
	"time"

	"github.com/shopspring/decimal"

	"regul/pipeline"
	"regul/pipeline/money"
)

// eur is an amount of the tables as the second computation takes it.
func eur(c money.Cents) decimal.Decimal { return decimal.New(int64(c), -2) }

// cents is an amount of the second computation, which is rounded to the cent, as the tables have it.
func cents(d decimal.Decimal) money.Cents { return money.Cents(d.Shift(2).IntPart()) }

// calendar is a day of the tables as the second computation takes it.
func calendar(d pipeline.Date) time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// dayOf is a day of the second computation as the tables have it.
func dayOf(t time.Time) pipeline.Date { return pipeline.Date(t.Unix() / (24 * 60 * 60)) }

// dayText is a day, or that there is none.
func dayText(d pipeline.Date) string {
	if d == 0 {
		return "null"
	}
	return d.String()
}
