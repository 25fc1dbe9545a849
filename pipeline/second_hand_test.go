package pipeline

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"regul/fixtures/reference"
	"regul/pipeline/money"
)

// More books: go test ./pipeline -run SecondHand -books=200000
var (
	bookCases = flag.Int("books", 3000, "random books that the second hand reads")
	bookSeed  = flag.Uint64("books-seed", 0, "another seed makes other books")
)

// secondHand reads a case's money by the reference.
func secondHand(c *Case, asOf Date) map[int]*reference.YearMoney {
	b := reference.Books{AsOf: when(asOf)}
	for i := range c.PriorYears {
		p := &c.PriorYears[i]
		o := reference.Order{Year: int(p.Year), On: when(p.NotifiedOn), Reversed: euros(p.Reversed), Paid: euros(p.Paid),
			Refund: euros(p.Refund), GivenBack: euros(p.Back), Principal: euros(p.Claim), Surcharge: euros(p.Asked),
			Before: euros(p.Owing), Late: euros(p.Late)}
		for _, t := range c.Transfers {
			switch {
			case t.Year != p.Year || t.Batch != p.Batch && !t.Freed || !t.Sent:
			case t.Leaves:
				o.Transfer = t.EndToEnd
			default:
				o.Collection = t.EndToEnd
			}
		}
		for _, f := range c.Offsets {
			if f.To == p.Year && f.On == p.NotifiedOn {
				o.Before = o.Before.Sub(euros(f.Amount))
			}
		}
		b.Orders = append(b.Orders, o)
	}
	for _, f := range c.Offsets {
		b.Offsets = append(b.Offsets, reference.OffsetOrder{From: int(f.From), To: int(f.To), On: when(f.On), Amount: euros(f.Amount)})
	}
	for _, p := range c.Payments {
		b.Rows = append(b.Rows, reference.Booked{Year: int(p.Year), On: when(p.PaidOn), Amount: euros(p.Amount),
			Purpose: Purposes()[p.Purpose], Identifier: p.Identifier, EndToEnd: p.EndToEnd})
	}
	for _, w := range c.Confirmations {
		b.Words = append(b.Words, reference.Word{EndToEnd: w.EndToEnd, Status: w.Status.String(), On: when(w.On), Amount: euros(w.Amount)})
	}
	return b.Read()
}

func when(d Date) time.Time { return d.time() }

func euros(c money.Cents) decimal.Decimal { return decimal.New(int64(c), -2) }

// readings are what the program, and the second hand, say of a year: P, surcharges paid, unclear, reversed.
func readings(v *movements, moved []Payment, second map[int]*reference.YearMoney, year int16, asOf Date) (first, other string) {
	l := v.ledger(year)
	first = fmt.Sprint("P ", paidUpTo(yearOf(moved, int(year)), asOf), ", surcharges ", v.surchargesPaid(year), ", unclear ", l.Unclear,
		", reversed ", l.Reversed)
	y := second[int(year)]
	if y == nil {
		y = &reference.YearMoney{}
	}
	return first, "P " + reference.PaidUpTo(y.Moved, when(asOf)).StringFixed(2) + ", surcharges " + y.Paid.StringFixed(2) + ", unclear " +
		y.Unclear.StringFixed(2) + ", reversed " + y.Reversed.StringFixed(2)
}

// randomBooks are the orders of some nights on two years, and what books and bank tell of them in one way or another.
type randomBooks struct {
	random *rand.Rand
	night  int
	asOf   Date
	c      Case // all that is known on some night
	rows   []booked
	told   []bankWord
	ids    int
}

func (b *randomBooks) chance(percent int) bool { return b.random.IntN(100) < percent }

func (b *randomBooks) amount() money.Cents { return 1_00 + money.Cents(b.random.Int64N(3000_00)) }

func (b *randomBooks) books(p Payment, purpose Purpose, id string) {
	p.Purpose, p.EndToEnd = purpose, id
	from := b.night + 1 + b.random.IntN(3)
	if b.chance(8) {
		p.Identifier = fmt.Sprint("B", len(b.rows))
		b.rows = append(b.rows, booked{p, from + b.random.IntN(2)})
	}
	b.rows = append(b.rows, booked{p, from})
}

func (b *randomBooks) says(id string, year int16, status ConfirmationStatus, on Date, amount money.Cents) {
	if id == "" {
		return
	}
	b.told = append(b.told, bankWord{ConfirmedTransfer{Year: year, Leaves: strings.Contains(id, "-R"),
		Confirmation: Confirmation{EndToEnd: id, Status: status, On: on, Amount: amount}}, b.night + 1 + b.random.IntN(3)})
}

// case_ is what is known tonight.
func (b *randomBooks) known() *Case {
	c := b.c
	c.PriorYears, c.Offsets, c.Transfers = slices.Clone(c.PriorYears), slices.Clone(c.Offsets), slices.Clone(c.Transfers)
	for _, r := range b.rows {
		// What comes in and what comes back is booked once it did; a refund sometimes on the day on which it will leave.
		leaves := r.Amount < 0 && r.Purpose != PurposeReturned && !strings.Contains(r.EndToEnd, "-C")
		if r.from <= b.night && (r.PaidOn <= b.asOf || leaves) {
			c.Payments = append(c.Payments, r.Payment)
		}
	}
	for _, w := range b.told {
		if w.from <= b.night && w.On <= b.asOf { // a bank tells nothing of days to come
			c.Confirmations = append(c.Confirmations, w.ConfirmedTransfer)
		}
	}
	c.Payments = siftPayments(c.Payments, func(*Payment) {}, func(*Payment) {})
	slices.SortFunc(c.Payments, comparePayments)
	slices.SortFunc(c.PriorYears, comparePriorYears)
	slices.SortFunc(c.Confirmations, func(x, y ConfirmedTransfer) int { return x.compare(&y.Confirmation) })
	return &c
}

func (b *randomBooks) id(kind string) string {
	b.ids++
	return fmt.Sprintf("%s-%08x-%s%07d", b.asOf, b.night, kind, b.ids)
}

// order is a version of a year: what leaves, what its letter asks for, and what then happens.
func (b *randomBooks) order(year int16, paid, reversed money.Cents) {
	p := PriorYear{Year: year, Version: int32(b.night), NotifiedOn: b.asOf, Batch: int32(b.night), Paid: paid, Reversed: reversed}
	if b.chance(50) {
		p.Refund = b.amount()
	} else {
		p.Claim = b.amount()
	}
	switch {
	case b.chance(25):
		p.Back = b.amount() / 10
	case b.chance(50):
		p.Asked = b.amount() / 10
		p.Surcharge = p.Asked
	}
	if p.Refund == 0 && b.chance(40) {
		p.Owing, p.Late = b.amount(), b.amount()/10
	}
	if same := b.last(year); same != nil && b.chance(30) { // asks again
		p.Owing, p.Late = same.Owing, same.Late
		if b.chance(30) {
			p.Claim, p.Asked, p.Surcharge, p.Refund = same.Claim, same.Asked, same.Asked, 0
		}
	}
	if b.chance(20) {
		o := PriorOffset{From: year, To: 4045 - year, On: b.asOf, Amount: b.amount()}
		b.c.Offsets = append(b.c.Offsets, o)
		if b.chance(40) {
			on := b.asOf + Date(b.random.IntN(4))
			from := b.night + 1 + b.random.IntN(3)
			for _, r := range []Payment{{Year: o.From, PaidOn: on, Amount: -o.Amount}, {Year: o.To, PaidOn: on, Amount: o.Amount}} {
				b.rows = append(b.rows, booked{r, from})
			}
		}
	}
	b.c.PriorYears = append(b.c.PriorYears, p)
	if p.Refund+p.Back > 0 {
		b.leaves(&p)
	}
	if p.Claim+p.Asked+p.Owing > 0 {
		b.comesIn(&p)
	}
}

func (b *randomBooks) last(year int16) *PriorYear {
	for _, p := range slices.Backward(b.c.PriorYears) {
		if p.Year == year {
			return &p
		}
	}
	return nil
}

func (b *randomBooks) leaves(p *PriorYear) {
	id := ""
	if b.chance(85) {
		id = b.id("R")
		b.c.Transfers = append(b.c.Transfers, PriorTransfer{Year: p.Year, Batch: p.Batch, Leaves: true, Sent: true, EndToEnd: id,
			Amount: p.Refund + p.Back})
	}
	whole, on := p.Refund+p.Back, b.asOf+Date(b.random.IntN(5))
	r := Payment{Year: p.Year, PaidOn: on, Amount: -whole}
	back := Payment{Year: p.Year, PaidOn: on + Date(1+b.random.IntN(10)), Amount: whole}
	switch b.random.IntN(14) {
	case 0: // never
	case 1:
		b.books(r, PurposeUnsaid, "")
	case 2:
		r.Amount = -p.Refund
		b.books(r, PurposeUnsaid, "")
		if p.Back > 0 && b.chance(50) {
			r.Amount = -p.Back
			b.books(r, PurposeSurcharge, "")
		}
	case 3: // in parts
		part := r
		part.Amount = -(1 + money.Cents(b.random.Int64N(int64(whole))))
		name, purpose := "", PurposeUnsaid
		if b.chance(40) {
			name = id
		} else if b.chance(40) {
			purpose = PurposeRefund
		}
		b.books(part, purpose, name)
		if part.Amount != r.Amount {
			r.Amount -= part.Amount
			b.books(r, purpose, name)
		}
	case 4: // on another year
		r.Year = 4045 - r.Year
		b.books(r, PurposeUnsaid, id)
	case 5: // with the wrong sign
		r.Amount = whole
		b.books(r, PurposeUnsaid, id)
	case 6: // with the wrong sign, and without its name
		r.Amount = whole
		b.books(r, PurposeUnsaid, "")
	case 7:
		r.Amount = []money.Cents{whole, -whole, p.Refund, -p.Refund}[b.random.IntN(4)]
		if r.Amount != 0 {
			b.books(r, PurposeRefund, "")
		}
	case 8: // twice
		b.books(r, PurposeUnsaid, id)
		b.books(r, PurposeUnsaid, id)
	case 9: // it came back
		b.books(r, PurposeUnsaid, id)
		b.books(back, PurposeReturned, []string{"", id}[b.random.IntN(2)])
	case 10: // it came back, booked by its name
		b.books(r, PurposeUnsaid, id)
		b.books(back, PurposeUnsaid, id)
	case 11: // the bank says that it was not executed
		b.says(id, p.Year, BankRejected, on, 0)
	case 12: // the bank says that it came back, and the books may too
		b.books(r, PurposeUnsaid, []string{"", id}[b.random.IntN(2)])
		b.says(id, p.Year, BankReturned, back.PaidOn, []money.Cents{0, whole}[b.random.IntN(2)])
		if b.chance(30) {
			b.says(id, p.Year, BankReturned, back.PaidOn+1, 0)
		}
		switch b.random.IntN(4) {
		case 0:
			b.books(back, PurposeReturned, id)
		case 1:
			b.books(back, PurposeReturned, "")
		case 2:
			b.books(back, PurposeUnsaid, "")
		}
	case 13:
		b.says(id, p.Year, BankAccepted+ConfirmationStatus(b.random.IntN(2)), on, 0)
		b.books(r, PurposeUnsaid, "")
	}
}

func (b *randomBooks) comesIn(p *PriorYear) {
	asked, id := p.Claim+p.Asked, ""
	if asked > 0 && b.chance(60) {
		id = b.id("C")
		b.c.Transfers = append(b.c.Transfers, PriorTransfer{Year: p.Year, Batch: p.Batch, Sent: true, EndToEnd: id, Amount: asked,
			DueOn: b.asOf + 30})
	}
	in := func(day Date, amount money.Cents, purpose Purpose, id string) {
		if amount != 0 {
			b.books(Payment{Year: p.Year, PaidOn: b.asOf + day, Amount: amount}, purpose, id)
		}
	}
	if p.Owing > 0 && b.chance(60) {
		switch slip := p.Owing + p.Late; b.random.IntN(5) {
		case 0, 1:
			in(Date(b.random.IntN(30)), slip, PurposeUnsaid, "")
		case 2:
			in(Date(b.random.IntN(30)), slip+asked, PurposeUnsaid, "")
			return
		case 3:
			in(5, slip, PurposeUnsaid, "")
			in(9, -slip, PurposeReturned, "")
		case 4:
			in(Date(b.random.IntN(30)), p.Owing, PurposeContribution, "")
			in(Date(b.random.IntN(30)), p.Late, PurposeSurcharge, "")
		}
	}
	if id == "" {
		switch b.random.IntN(6) {
		case 0, 1:
			in(Date(b.random.IntN(30)), asked, PurposeUnsaid, []string{"", "NOTPROVIDED"}[b.random.IntN(2)])
		case 2:
			in(Date(b.random.IntN(30)), b.amount(), PurposeUnsaid, "")
		case 3:
			in(7, asked, PurposeUnsaid, "")
			in(9, asked, PurposeUnsaid, "")
		case 4:
			in(7, asked, PurposeUnsaid, "")
			in(9, -asked, PurposeReturned, "")
			if b.chance(50) {
				in(20, asked, PurposeUnsaid, "")
			}
		}
		return
	}
	b.collected(p, id, in)
}

// collected is what happens with a collection: it comes in, and may come back, and may be presented again or paid by its slip.
func (b *randomBooks) collected(p *PriorYear, id string, in func(Date, money.Cents, Purpose, string)) {
	asked, day := p.Claim+p.Asked, Date(10+b.random.IntN(5))
	named := []string{"", id}
	if b.chance(15) { // the bank never made it
		b.says(id, p.Year, BankRejected, b.asOf+day, 0)
		if b.chance(50) {
			in(day+5, asked, PurposeUnsaid, named[b.random.IntN(2)])
		}
		return
	}
	for range 1 + b.random.IntN(3) {
		name := id
		if b.chance(20) {
			name = ""
		}
		if b.chance(85) {
			in(day, asked, PurposeUnsaid, name)
		}
		if b.chance(10) && name != "" {
			in(day, asked, PurposeUnsaid, name) // booked twice
		}
		if b.chance(30) { // it stays
			if b.chance(10) {
				in(day+3, asked, PurposeUnsaid, "") // and is paid by its slip as well
			}
			return
		}
		returned := day + 4
		bank := b.chance(50)
		if bank {
			b.says(id, p.Year, BankReturned, b.asOf+returned, 0)
		}
		if !bank || b.chance(50) {
			switch b.random.IntN(3) {
			case 0:
				in(returned, -asked, PurposeReturned, id)
			case 1:
				in(returned, -asked, PurposeReturned, "")
			case 2:
				in(returned, -asked, PurposeUnsaid, id)
			}
		}
		if b.chance(40) {
			in(day+8, asked, PurposeUnsaid, "") // paid by its slip
			return
		}
		day += 10
	}
}

// The second hand reads books as the program does: P, the surcharges paid, what is unclear, and what was reversed, of any books and words
// of the bank, on any night.
func TestTheSecondHandReadsTheSame(t *testing.T) {
	var v movements
	differ := 0
	for number := range uint64(*bookCases) {
		b := &randomBooks{random: rand.New(rand.NewPCG(*bookSeed<<32+number, 2)), asOf: DateOf(2026, time.January, 10)}
		for year := int16(2022); year <= 2023; year++ {
			for range b.random.IntN(4) {
				b.rows = append(b.rows, booked{Payment{Year: year, PaidOn: b.asOf - Date(b.random.IntN(400)), Amount: b.amount()}, b.random.IntN(3)})
			}
		}
	nights:
		for b.night = 1; b.night <= 4; b.night++ {
			c := b.known()
			moved := v.of(c, b.asOf)
			second := secondHand(c, b.asOf)
			for year := int16(2022); year <= 2023; year++ {
				if first, other := readings(&v, moved, second, year, b.asOf); first != other {
					if differ++; differ <= 3 {
						t.Errorf("case %d, night %d, %d:\nprogram     %s\nsecond hand %s\n%s", number, b.night, year, first, other, tellCase(c, b.asOf))
					}
					break nights
				}
			}
			for year := int16(2022); year <= 2023; year++ {
				l := v.ledger(year)
				paid, reversed := paidUpTo(yearOf(moved, int(year)), b.asOf), l.Reversed
				if b.chance(60) {
					b.order(year, paid, reversed)
				}
			}
			b.asOf += Date(1 + b.random.IntN(40))
		}
	}
	if differ > 0 {
		t.Errorf("%d of %d differ", differ, *bookCases)
	}
}

// tellCase is a case for a person to read.
func tellCase(c *Case, asOf Date) string {
	text := fmt.Sprint("as of ", asOf)
	for _, p := range c.PriorYears {
		text += fmt.Sprintf("\n%d on %s: refund %s, back %s; claim %s, asked %s; owing %s, late %s; paid %s, reversed %s", p.Year, p.NotifiedOn,
			p.Refund, p.Back, p.Claim, p.Asked, p.Owing, p.Late, p.Paid, p.Reversed)
		for _, t := range c.Transfers {
			if t.Batch == p.Batch && t.Year == p.Year {
				text += " " + t.EndToEnd
			}
		}
	}
	for _, o := range c.Offsets {
		text += fmt.Sprintf("\noffset %d to %d on %s: %s", o.From, o.To, o.On, o.Amount)
	}
	for _, p := range c.Payments {
		text += fmt.Sprintf("\nrow %d %s %s %s %s", p.Year, p.PaidOn, p.Amount, Purposes()[p.Purpose], p.EndToEnd)
	}
	for _, w := range c.Confirmations {
		text += fmt.Sprintf("\nbank %s %s %s %s", w.EndToEnd, w.Status, w.On, w.Amount)
	}
	return text
}
