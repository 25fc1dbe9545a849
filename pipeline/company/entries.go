package company

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// Entry is one line of the books. Either Debit or Credit is positive, the other is 0; in cents of EUR.
type Entry struct {
	Number   Number
	Year     int
	Version  int
	Line     int // 1, 2 ... within the version
	BookedOn pipeline.Date
	Role     pipeline.Role
	Debit    money.Cents
	Credit   money.Cents
}

// MaxEntries is how many entries a result has at most.
const MaxEntries = 6

// AppendEntries appends the entries of a result: a pure function of it, with debit = credit. A surcharge that is taken back
// lowers the receivable and is not paid out: the input does not say whether it was paid (reading).
func AppendEntries(dst []Entry, r *Result) []Entry {
	first := len(dst)
	book := func(debit, credit pipeline.Role, amount money.Cents) {
		if amount < 0 {
			debit, credit, amount = credit, debit, -amount
		}
		if amount == 0 {
			return
		}
		next := Entry{Number: r.Number, Year: int(r.Year), Version: r.Version, BookedOn: r.NotifiedOn}
		for _, side := range []Entry{{Role: debit, Debit: amount}, {Role: credit, Credit: amount}} {
			next.Line = len(dst) - first + 1
			next.Role, next.Debit, next.Credit = side.Role, side.Debit, side.Credit
			dst = append(dst, next)
		}
	}
	book(pipeline.ReceivableRole, pipeline.ContributionsRole, r.Supplement-r.Cancelled)
	book(pipeline.ReceivableRole, pipeline.RefundPayableRole, r.Refund)
	book(pipeline.ReceivableRole, pipeline.SurchargesRole, r.Surcharge)
	return dst
}
