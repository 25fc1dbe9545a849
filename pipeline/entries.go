package pipeline

import "regul/pipeline/money"

// Role is what an account is for in the books. The fund's chart of accounts says which number has each role.
type Role uint8

// The roles.
const (
	ReceivableRole    Role = iota // what the affiliate owes the fund
	ContributionsRole             // income: contributions without the fee
	FeesRole                      // income: the management fee
	SurchargesRole                // income: surcharges of AR 38 art. 11bis
	RefundPayableRole             // what the fund owes the affiliate
	OffsetRole                    // on the way from one year of an affiliate to another
	RoleCount
)

var roles = []string{"receivable", "contributions", "fees", "surcharges", "refund_payable", "offset"}

// Roles lists the codes of the roles.
func Roles() []string { return roles }

func (r Role) String() string { return roles[r] }

// Entry is one line of the books. Either Debit or Credit is positive, the other is 0; in cents of EUR.
type Entry struct {
	Number   int64 // of the party
	Dossier  Dossier
	Year     int // the contribution year
	Version  int // of the regularisation; 0: the batch does not settle the year, a refund of another pays its arrears
	Line     int // 1, 2 ... within the affiliate's year
	BookedOn Date
	Role     Role
	Debit    money.Cents
	Credit   money.Cents
	FromYear int  // of an offset: the contribution year of the refund; else 0
	Reverses Date // of a line that takes back one of a withdrawn batch: the day of that one; else 0
}

// AppendEntries appends the entries of a settlement: a pure function of it. For each affiliate and year debit = credit, and
// for each year that refunds, what comes into the offset role leaves it. The lines of a year follow each other; settled
// years come first, ascending.
func AppendEntries(dst []Entry, s *Settlement) []Entry {
	b := booking{entries: dst}
	for i := range s.Years {
		y := &s.Years[i]
		b.open(s, y.Year, y.Version)
		b.contributions(y)
		b.refund(y)
		b.surcharge(y)
		b.received(s.Offsets)
	}
	for i := range s.Offsets {
		if to := s.Offsets[i].To; !s.settles(to) && !pays(s.Offsets[:i], to) {
			b.open(s, to, 0)
			b.received(s.Offsets)
		}
	}
	b.reverse(s)
	return b.entries
}

// reverse takes back the lines of withdrawn batches: the same with the sides changed, after the lines of the year that are new.
func (b *booking) reverse(s *Settlement) {
	for i := range s.Entries {
		p := &s.Entries[i]
		line := 1
		for j := range b.entries {
			if e := &b.entries[j]; e.Number == int64(p.NISS) && e.Year == int(p.Year) {
				line = max(line, e.Line+1)
			}
		}
		b.entries = append(b.entries, Entry{Number: int64(p.NISS), Dossier: s.Party.Dossier, Year: int(p.Year), Version: int(p.Version),
			Line: line, BookedOn: s.AsOf, Role: p.Role, Debit: p.Credit, Credit: p.Debit, FromYear: int(p.FromYear), Reverses: p.BookedOn})
	}
}

func (s *Settlement) settles(year int) bool {
	for i := range s.Years {
		if s.Years[i].Year == year {
			return true
		}
	}
	return false
}

func pays(offsets []Offset, year int) bool {
	for i := range offsets {
		if offsets[i].To == year {
			return true
		}
	}
	return false
}

// booking appends the entries of one affiliate, year by year.
type booking struct {
	entries []Entry
	next    Entry // the head of the year's lines
}

// open starts the lines of a year.
func (b *booking) open(s *Settlement, year, version int) {
	b.next = Entry{Number: s.Party.Number, Dossier: s.Party.Dossier, Year: year, Version: version, BookedOn: s.Years[0].NotifiedOn}
}

// book adds a line: a positive amount is a debit, a negative one a credit, 0 no line.
func (b *booking) book(role Role, amount money.Cents, fromYear int) {
	if amount == 0 {
		return
	}
	b.next.Line++
	b.entries = append(b.entries, b.next)
	e := &b.entries[len(b.entries)-1]
	e.Role, e.Debit, e.Credit, e.FromYear = role, max(0, amount), max(0, -amount), fromYear
}

// contributions books the difference between the definitive amount and what was called before. The two parts of it may have
// opposite signs when a correction changes the category or the fee, even where the whole is 0.
func (b *booking) contributions(y *SettledYear) {
	fee := y.Fee
	for i := range y.Quarters {
		fee -= y.Quarters[i].CalledFee
	}
	whole := y.Supplement - y.Cancelled
	b.book(ReceivableRole, whole, 0)
	b.book(ContributionsRole, fee-whole, 0)
	b.book(FeesRole, -fee, 0)
}

// refund takes what was paid too much out of the affiliate's account: part is owed to him, part goes to other years.
func (b *booking) refund(y *SettledYear) {
	b.book(ReceivableRole, y.RefundGross, 0)
	b.book(RefundPayableRole, -y.Refund, 0)
	b.book(OffsetRole, -y.Offset, y.Year)
}

// surcharge books a new surcharge, or takes one back. What of it was paid is transferred, and pays no other debt; what was not lowers what is
// owed.
func (b *booking) surcharge(y *SettledYear) {
	back := y.SurchargeRefund()
	if y.Surcharge > 0 {
		b.book(ReceivableRole, y.Surcharge, 0)
		b.book(SurchargesRole, -y.Surcharge, 0)
		b.book(ReceivableRole, back, 0)
		b.book(RefundPayableRole, -back, 0)
	} else {
		b.book(SurchargesRole, -y.Surcharge, 0)
		b.book(RefundPayableRole, -back, 0)
		b.book(ReceivableRole, y.Surcharge+back, 0)
	}
}

// received books what refunds of other years pay of this one.
func (b *booking) received(offsets []Offset) {
	for i := range offsets {
		if o := &offsets[i]; o.To == b.next.Year {
			b.book(OffsetRole, o.Amount, o.From)
			b.book(ReceivableRole, -o.Amount, o.From)
		}
	}
}

// Sides are the two sides of an account. Amounts in cents.
type Sides struct{ Debit, Credit money.Cents }

// Net is debit - credit.
func (s Sides) Net() money.Cents { return s.Debit - s.Credit }

// book adds lines of the books.
func (t *Totals) book(entries []Entry) {
	t.Entries += int64(len(entries))
	for i := range entries {
		e := &entries[i]
		t.Debit += e.Debit
		t.Credit += e.Credit
		if e.Reverses != 0 {
			continue // it has nothing to do with what this batch decided
		}
		t.Booked[e.Role].Debit += e.Debit
		t.Booked[e.Role].Credit += e.Credit
	}
}
