package payments

import "regul/pipeline"

// MaxTransactions is how many transactions a file holds.
const MaxTransactions = maxTransactions

// SetLimit makes files smaller.
func (w *Writer) SetLimit(transactions int) {
	for i := range w.files {
		w.files[i].limit = transactions
	}
}

// ToLatin, IsIdentifier, IsAccount and BusinessDay are the rules by themselves.
func ToLatin(text string, limit int) string { return string(toLatin(text, limit)) }

// IsIdentifier is the rule for mandates.
func IsIdentifier(text string) bool { return isIdentifier(text) }

// IsAccount is the rule for account numbers.
func IsAccount(text string) bool { _, ok := parseAccount(text); return ok }

// BusinessDay is the calendar of T2.
func BusinessDay(d pipeline.Date) bool { return businessDay(d) }
