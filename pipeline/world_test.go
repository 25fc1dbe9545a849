package pipeline

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// More worlds: go test ./pipeline -run World -worlds=10000
var (
	worlds    = flag.Int("worlds", 400, "random worlds of ten nights")
	worldSeed = flag.Uint64("world-seed", 0, "another seed makes other worlds")
)

// world is an affiliate, a bank, and books that tell late, in parts, wrongly, twice or never what the bank did; and the ledger of the
// batches. What truly happened is kept beside the books: P of every year that is settled must be what truly moved, and not what the books say.
type world struct {
	t          *testing.T
	random     *rand.Rand
	parameters Parameters
	asOf       Date
	night      int

	account  []AccountQuarter
	truth    []Payment // what truly moved on each year and was told by the books or ordered by a batch
	rows     []booked  // of the payments
	incomes  []Component
	versions []PriorYear
	quarters []PriorQuarter
	offsets  []PriorOffset
	sent     []PriorTransfer
	pending  []booked   // what truly moved, and the books do not hold yet
	told     []bankWord // by the bank
	seen     map[string]int
	hold     bool          // tonight the register holds the affiliate's money
	held     []heldInWorld // refunds that were ordered under a hold
}

// heldInWorld is a refund that was ordered under a hold, and what became of it.
type heldInWorld struct {
	FreedTransfer
	refund money.Cents // of Amount, without the surcharge that is given back
	gone   bool        // somebody has transferred it: a batch, or a hand
}

// booked is a row of the payments, and the night from which the books hold it.
type booked struct {
	Payment
	from int
}

// bankWord is what the bank says, and the night from which it is known.
type bankWord struct {
	ConfirmedTransfer
	from int
}

const (
	refundWays, claimWays = 15, 7 // in which a refund is booked, and in which a claim is paid

	worldNISS = NISS(85073003328)
	never     = 1 << 20
)

func newWorld(t *testing.T, seed uint64, parameters Parameters) *world {
	w := &world{t: t, random: rand.New(rand.NewPCG(seed, 1)), parameters: parameters, asOf: DateOf(2026, time.January, 10),
		seen: map[string]int{}}
	for year := int16(2021); year <= 2025; year++ {
		reduced := w.chance(30)
		for quarter := range uint8(4) {
			legal := w.amount(400_00, 2000_00)
			q := AccountQuarter{NISS: worldNISS, Year: year, Quarter: quarter + 1, Standing: Due, LegalProvisional: legal,
				Provisional: legal}
			if reduced {
				q.Provisional, q.Reduction = legal/2, ReductionGranted
			}
			w.account = append(w.account, q)
			if w.chance(75) {
				w.pay(year, QuarterEnd(int(year), int(quarter)+1)-Date(w.random.IntN(20)), q.Provisional, 0)
			}
		}
	}
	return w
}

func (w *world) chance(percent int) bool { return w.random.IntN(100) < percent }

func (w *world) amount(low, high money.Cents) money.Cents {
	return low + money.Cents(w.random.Int64N(int64(high-low)))
}

func (w *world) row(p Payment, from int) {
	p.NISS = worldNISS
	w.rows = append(w.rows, booked{p, from})
}

// pay is a contribution of the affiliate, which the books hold on time or some nights later, or twice with its identifier.
func (w *world) pay(year int16, on Date, amount money.Cents, from int) {
	p := Payment{Year: year, PaidOn: on, Amount: amount}
	if w.chance(10) {
		p.Identifier = fmt.Sprint("P", len(w.rows))
		w.row(p, from+w.random.IntN(3))
		w.seen["a contribution delivered twice"]++
	}
	w.row(p, from)
}

// visible are the payments that the books hold tonight, in any order.
func (w *world) visible() []Payment {
	var rows []Payment
	for _, r := range w.rows {
		if r.from <= w.night {
			rows = append(rows, r.Payment)
		}
	}
	w.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// heard is what the bank has said until tonight, in any order.
func (w *world) heard() []ConfirmedTransfer {
	var heard []ConfirmedTransfer
	for _, word := range w.told {
		if word.from <= w.night {
			heard = append(heard, word.ConfirmedTransfer)
		}
	}
	w.random.Shuffle(len(heard), func(i, j int) { heard[i], heard[j] = heard[j], heard[i] })
	return heard
}

// says is the bank that tells of a transaction, once or twice.
func (w *world) says(id string, year int16, status ConfirmationStatus, on Date, from int) {
	word := bankWord{ConfirmedTransfer{NISS: worldNISS, Year: year, Leaves: strings.Contains(id, "-R"),
		Confirmation: Confirmation{EndToEnd: id, Status: status, On: on}}, from}
	w.told = append(w.told, word)
	if w.chance(20) {
		word.On++
		w.told = append(w.told, word)
	}
}

// failed says whether the bank says of another refund of the year that it came back.
func (w *world) failed(year int16) bool {
	return slices.ContainsFunc(w.told, func(word bankWord) bool { return word.Leaves && word.Year == year && word.Status == BankReturned })
}

// newIncomes are tonight's communications: first ones and corrections, up and down.
func (w *world) newIncomes() {
	for year := int16(2021); year <= 2025; year++ {
		if w.chance(35) {
			w.incomes = append(w.incomes, Component{NISS: worldNISS, Year: year, Communication: fmt.Sprintf("C-%03d", len(w.incomes)),
				CommunicatedOn: w.asOf, Nature: 1, Income: w.amount(0, 30_000_00)})
		}
	}
}

// run settles the night and hands its settlement, if there is one.
func (w *world) run(settled func(*Settlement)) {
	c := &Case{NISS: worldNISS, Affiliates: []Affiliate{{NISS: worldNISS, Dossier: Dossier{Number: 1, Digits: 1}, Language: 1,
		Hold: w.holds()}},
		Account: slices.Clone(w.account), Payments: w.visible(), Components: slices.Clone(w.incomes), PriorYears: slices.Clone(w.versions),
		PriorQuarters: slices.Clone(w.quarters), Offsets: slices.Clone(w.offsets), Transfers: slices.Clone(w.sent),
		Confirmations: w.heard()}
	w.parameters.AsOf = w.asOf
	match, out := matcher{parameters: w.parameters}, taker(settled)
	settle := newSettler(w.parameters, out)
	settle.settle(match.matchAndQualify(c))
	if len(match.rejects) > 0 {
		w.t.Fatalf("rejects: %+v", match.rejects)
	}
}

func (w *world) holds() Hold {
	if w.hold {
		return HoldOther
	}
	return NoHold
}

type taker func(*Settlement)

func (t taker) Settlement(s *Settlement) { t(s) }
func (t taker) Balances([]Balance)       {}

// paid is what truly moved on a year up to a day.
func (w *world) paid(year int16, on Date) money.Cents {
	var sum money.Cents
	for _, p := range w.truth {
		if p.Year == year && p.PaidOn <= on && p.Purpose != PurposeSurcharge {
			sum += p.Amount
		}
	}
	seen := map[string]bool{}
	for _, r := range w.rows {
		if r.from <= w.night && r.Year == year && r.PaidOn <= on && r.Purpose == PurposeUnsaid && r.Amount > 0 && r.EndToEnd == "" &&
			!(r.Identifier != "" && seen[r.Identifier]) {
			sum += r.Amount
			seen[r.Identifier] = true
		}
	}
	return sum
}

// paidBeside is what was truly paid of the surcharges of a year up to a day, and did not leave again.
func (w *world) paidBeside(year int16, on Date) money.Cents {
	var sum money.Cents
	for _, p := range w.truth {
		if p.Year == year && p.PaidOn <= on && p.Purpose == PurposeSurcharge {
			sum += p.Amount
		}
	}
	return sum
}

// surcharged holds what a version says of the surcharge against what was truly paid of it: nobody receives what he did not pay.
func (w *world) surcharged(y *SettledYear) {
	var claimed, most money.Cents
	for _, v := range w.versions {
		if v.Year != int16(y.Year) {
			continue
		}
		claimed += v.Surcharge
		most = max(most, claimed)
	}
	beside := w.paidBeside(int16(y.Year), w.asOf)
	if want := max(0, min(beside, most)); y.PaidOfSurcharge != want || y.SurchargeRefund() > max(0, beside) {
		w.t.Fatalf("night %d: %d version %d: of the surcharge %s is paid and %s leaves, truly %s is paid of %s\nrows %s", w.night, y.Year,
			y.Version, y.PaidOfSurcharge, y.SurchargeRefund(), beside, most, w.rowsOf(int16(y.Year)))
	}
	for what, is := range map[string]bool{"surcharge cancelled": y.SurchargeCancelled() > 0, "surcharge given back": y.SurchargeRefund() > 0,
		"surcharge claimed again": y.Surcharge > 0 && most > claimed} {
		if is {
			w.seen[what]++
		}
	}
	w.truth = append(w.truth, surchargeOf(int16(y.Year), w.asOf, -y.SurchargeRefund()))
}

// publish takes a settlement into the ledger, and lets the bank, the affiliate and the books do what they do.
func (w *world) publish(s *Settlement) {
	for i := range s.Years {
		y := &s.Years[i]
		if want := w.paid(int16(y.Year), w.asOf); y.Paid != want {
			w.t.Fatalf("night %d: %d version %d: P is %s, truly %s\nrows %s", w.night, y.Year, y.Version, y.Paid, want,
				w.rowsOf(int16(y.Year)))
		}
		w.surcharged(y)
		w.versions = append(w.versions, PriorYear{NISS: worldNISS, Year: int16(y.Year), Version: int32(y.Version),
			Communication: y.Communication, CommunicatedOn: y.CommunicatedOn, Income: y.NetIncome, Surcharge: y.Surcharge,
			Asked: y.SurchargeToPay(), Back: y.SurchargeRefund(),
			NotifiedOn: y.NotifiedOn, Legal: y.LegalProvisional, Reduced: y.Reduced, Definitive: y.Definitive, Called: y.Called,
			Batch: int32(w.night), Refund: y.Refund, Claim: y.ToPay - y.OffsetReceived, Reversed: y.Reversed,
			Paid: y.Paid})
		for _, q := range y.Quarters {
			w.quarters = append(w.quarters, PriorQuarter{NISS: worldNISS, Year: int16(y.Year), Version: int32(y.Version),
				Quarter: uint8(q.Quarter), Definitive: q.Definitive, Fee: q.Fee, Category: q.Declared, Applied: q.Category,
				Standing: q.Standing})
		}
		w.truth = append(w.truth, Payment{Year: int16(y.Year), PaidOn: w.asOf, Amount: -y.Refund})
		if y.Payout() > 0 {
			w.refunded(y)
		}
		if y.Claim() > 0 {
			w.claimed(y)
		}
	}
	for _, o := range s.Offsets {
		w.offset(o)
	}
	for i := range s.Freed {
		w.freed(&s.Freed[i])
	}
}

// heldBack is a refund that is ordered under a hold: no bank knows of it. Sometimes somebody transfers it by hand, and books that.
func (w *world) heldBack(y *SettledYear) {
	holder := fmt.Sprintf("%s-%08x", w.asOf, w.night)
	h := heldInWorld{FreedTransfer{Year: y.Year, Holder: holder, Held: uint8(HoldOther), Amount: y.Payout(),
		Surcharge: y.Payout() - y.Refund}, y.Refund, false}
	w.sent = append(w.sent, PriorTransfer{NISS: worldNISS, Year: int16(y.Year), Batch: int32(w.night), Leaves: true, Amount: h.Amount,
		Held: uint8(HoldOther), Holder: holder})
	if w.seen["held"]++; w.chance(20) {
		w.seen["held, and transferred by hand"]++
		h.gone = true
		w.row(Payment{Year: int16(y.Year), PaidOn: w.asOf + 1, Amount: -h.Amount}, w.night+1)
	}
	w.held = append(w.held, h)
}

// freed is a refund that goes once the hold is gone: whole, once, and only what was held and nobody has transferred.
func (w *world) freed(f *FreedTransfer) {
	at := slices.IndexFunc(w.held, func(h heldInWorld) bool { return h.FreedTransfer == *f })
	if w.hold || at < 0 || w.held[at].gone {
		w.t.Fatalf("night %d: %+v is sent; on hold %v, held are %+v", w.night, *f, w.hold, w.held)
	}
	w.seen["freed"]++
	w.held = slices.Clone(w.held) // a withdrawal has the one of before
	w.held[at].gone = true
	id := fmt.Sprintf("%s-%08x-R%07d", w.asOf, w.night, len(w.sent)+1)
	w.sent = append(w.sent, PriorTransfer{NISS: worldNISS, Year: int16(f.Year), Batch: int32(w.night), Leaves: true, Sent: true,
		EndToEnd: id, Amount: f.Amount, Freed: true, Holder: f.Holder})
	w.executed(id, int16(f.Year), w.held[at].refund, f.Amount)
}

func (w *world) rowsOf(year int16) string {
	text := ""
	for _, r := range w.rows {
		if r.Year == year && r.from <= w.night {
			text += fmt.Sprintf("\n%s %s purpose %d %q %q", r.PaidOn, r.Amount, r.Purpose, r.Identifier, r.EndToEnd)
		}
	}
	return text
}

// id is the EndToEndId of the next transaction.
func (w *world) id(y *SettledYear, kind string) string {
	id := fmt.Sprintf("%s-%08x-%s%07d", w.asOf, w.night, kind, len(w.sent)+1)
	w.sent = append(w.sent, PriorTransfer{NISS: worldNISS, Year: int16(y.Year), Batch: int32(w.night), Leaves: kind == "R", Sent: true,
		EndToEnd: id})
	return id
}

// refunded is a refund that leaves, or is held.
func (w *world) refunded(y *SettledYear) {
	if w.hold {
		w.heldBack(y)
	} else {
		w.executed(w.id(y, "R"), int16(y.Year), y.Refund, y.Payout())
	}
}

// executed is the bank that executes a transfer, and the books that tell it.
func (w *world) executed(id string, year int16, refund, whole money.Cents) {
	on, from := w.asOf+Date(w.random.IntN(6)), w.night+1+w.random.IntN(4)
	books := Payment{Year: year, PaidOn: on, Amount: -refund}
	how := w.random.IntN(refundWays)
	w.seen[fmt.Sprint("booking ", how)]++
	if w.chance(30) {
		w.says(id, year, BankAccepted+ConfirmationStatus(w.random.IntN(2)), on, w.night+1)
	}
	switch how {
	case 0: // at once
		books.PaidOn, from = w.asOf, w.night+1
	case 1: // late
	case 2, 3: // in parts
		if refund > 3 {
			part := books
			part.Amount = -w.amount(1, refund)
			w.row(part, from+w.random.IntN(2))
			books.Amount -= part.Amount
		}
	case 4: // on another year
		books.Amount, books.EndToEnd, books.Year = -whole, id, year-1
	case 5: // with the wrong sign
		books.Amount, books.EndToEnd = whole, id
	case 6:
		books.Amount, books.Purpose = refund, PurposeRefund
	case 7: // twice
		books.Identifier = "B" + id
		w.row(books, from+w.random.IntN(2))
	case 8:
		books.Amount, books.EndToEnd = -whole, id
		w.row(books, from+w.random.IntN(2))
	case 9: // never
		from = never
	case 10: // with the surcharge that was given back
		books.Amount = -whole
	case 14: // the surcharge that was given back apart
		if whole > refund {
			w.row(surchargeOf(year, on, refund-whole), from)
			w.seen["surcharge given back, booked apart"]++
		}
	case 11: // it came back
		books.Amount, books.EndToEnd = -whole, id
		back := Payment{Year: year, PaidOn: on + 3, Amount: whole, PaymentAdded: PaymentAdded{Purpose: PurposeReturned, EndToEnd: id}}
		w.row(back, from)
		if w.chance(30) {
			w.row(back, from+1)
		}
		w.later(from, Payment{Year: year, PaidOn: on + 3, Amount: whole})
	case 12: // the bank says that it was not executed, and the books never know of it
		w.says(id, year, BankRejected, on, w.night+1)
		w.later(w.night+1, Payment{Year: year, PaidOn: on, Amount: whole})
		from = never
	case 13: // the bank says that it came back, before or after the books do
		books.Amount, books.EndToEnd = -whole, id
		back := Payment{Year: year, PaidOn: on + 3, Amount: whole, PaymentAdded: PaymentAdded{Purpose: PurposeReturned}}
		if w.chance(50) || w.failed(year) { // two of one amount can't be told apart otherwise
			back.EndToEnd = id
		}
		said := w.night + 1 + w.random.IntN(4)
		w.says(id, year, BankReturned, on+3, said)
		w.row(back, from)
		w.later(min(said, from), Payment{Year: year, PaidOn: on + 3, Amount: whole})
	}
	if books.Amount != 0 {
		w.row(books, from)
	}
}

// later is what truly moved, once the books hold it.
func (w *world) later(from int, p Payment) { w.pending = append(w.pending, booked{p, from}) }

// begin starts a night: the books hold more, and incomes arrive.
func (w *world) begin() {
	w.pending = slices.DeleteFunc(w.pending, func(b booked) bool {
		if b.from <= w.night {
			w.truth = append(w.truth, b.Payment)
		}
		return b.from <= w.night
	})
	w.newIncomes()
}

// withdrawn is a batch that is withdrawn before anything of it was executed.
func (w *world) withdrawn(run func()) {
	before := *w
	run()
	w.seen["withdrawn"]++
	w.truth, w.rows, w.versions, w.quarters = before.truth, before.rows, before.versions, before.quarters
	w.offsets, w.sent, w.pending, w.told, w.held = before.offsets, before.sent, before.pending, before.told, before.held
}

// claimed is the affiliate who pays what a letter asks for, in one way or another, or not.
func (w *world) claimed(y *SettledYear) {
	id, year := w.id(y, "C"), int16(y.Year)
	on, from := w.asOf+Date(1+w.random.IntN(40)), w.night+1+w.random.IntN(3)
	principal := y.ToPay - y.OffsetReceived
	how := w.random.IntN(claimWays)
	w.seen[fmt.Sprint("claim ", how)]++
	switch how {
	case 0: // one transfer for all that the letter asks for
		w.row(Payment{Year: year, PaidOn: on, Amount: y.Claim(), PaymentAdded: PaymentAdded{EndToEnd: "NOTPROVIDED"}}, from)
		w.later(from, Payment{Year: year, PaidOn: on, Amount: principal})
		w.later(from, surchargeOf(year, on, y.SurchargeToPay()))
	case 1: // collected
		w.row(Payment{Year: year, PaidOn: on, Amount: y.Claim(), PaymentAdded: PaymentAdded{EndToEnd: id}}, from)
		w.later(from, Payment{Year: year, PaidOn: on, Amount: principal})
		w.later(from, surchargeOf(year, on, y.SurchargeToPay()))
	case 2: // collected, and it came back
		w.row(Payment{Year: year, PaidOn: on, Amount: y.Claim(), PaymentAdded: PaymentAdded{EndToEnd: id}}, from)
		w.row(Payment{Year: year, PaidOn: on + 20, Amount: -y.Claim(), PaymentAdded: PaymentAdded{Purpose: PurposeReturned, EndToEnd: id}},
			from+1)
		w.later(from, Payment{Year: year, PaidOn: on, Amount: principal})
		w.later(from, surchargeOf(year, on, y.SurchargeToPay()))
		w.later(from+1, Payment{Year: year, PaidOn: on + 20, Amount: -principal})
		w.later(from+1, surchargeOf(year, on+20, -y.SurchargeToPay()))
	case 5: // collected, and it came back: the bank says so before the books do
		w.row(Payment{Year: year, PaidOn: on, Amount: y.Claim(), PaymentAdded: PaymentAdded{EndToEnd: id}}, from)
		w.says(id, year, BankReturned, on+20, from+1)
		back := Payment{Year: year, PaidOn: on + 20, Amount: -y.Claim(), PaymentAdded: PaymentAdded{Purpose: PurposeReturned}}
		if w.chance(50) {
			back.EndToEnd = id
		}
		w.row(back, from+2)
		w.later(from, Payment{Year: year, PaidOn: on, Amount: principal})
		w.later(from, surchargeOf(year, on, y.SurchargeToPay()))
		w.later(from+1, Payment{Year: year, PaidOn: on + 20, Amount: -principal})
		w.later(from+1, surchargeOf(year, on+20, -y.SurchargeToPay()))
	case 3: // part of it
		if principal > 3 {
			w.pay(year, on, w.amount(1, principal), from)
		}
	case 6: // of the surcharge alone, whole or in part
		if asked := y.SurchargeToPay(); asked > 3 {
			paid := surchargeOf(year, on, w.amount(1, asked+1))
			w.row(paid, from)
			w.later(from, paid)
		}
	}
}

// surchargeOf is a payment of a surcharge.
func surchargeOf(year int16, on Date, amount money.Cents) Payment {
	return Payment{Year: year, PaidOn: on, Amount: amount, PaymentAdded: PaymentAdded{Purpose: PurposeSurcharge}}
}

// offset is what moves between two years: the ledger knows, and some funds book it too.
func (w *world) offset(o Offset) {
	w.offsets = append(w.offsets, PriorOffset{NISS: worldNISS, From: int16(o.From), To: int16(o.To), On: w.asOf, Amount: o.Amount})
	w.truth = append(w.truth, Payment{Year: int16(o.From), PaidOn: w.asOf, Amount: -o.Amount},
		Payment{Year: int16(o.To), PaidOn: w.asOf, Amount: o.Amount})
	if w.chance(30) {
		w.seen["offset booked"]++
		on, from := w.asOf+Date(w.random.IntN(3)), w.night+1+w.random.IntN(3)
		for _, p := range []Payment{{Year: int16(o.From), Amount: -o.Amount},
			{Year: int16(o.To), Amount: o.Amount, PaymentAdded: PaymentAdded{EndToEnd: "OFFSET"}}} {
			p.PaidOn = on
			w.row(p, from)
		}
	}
}

// Ten nights of many worlds: P of every year that is settled is what truly moved, with any books at any time. So nobody is paid or
// credited twice, no debt is claimed twice, and it makes no difference how a movement was booked.
func TestWorldsOfTenNights(t *testing.T) {
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	p := Parameters{Law: l, Fees: Fees{}}
	for _, year := range l.Years() {
		p.Fees[year] = 31_500
	}
	seen := map[string]int{}
	for number := range uint64(*worlds) {
		w := newWorld(t, *worldSeed<<32+number, p)
		w.seen = seen
		for w.night = 1; w.night <= 10; w.night++ {
			w.begin()
			w.hold = w.chance(25)
			if w.chance(15) {
				w.withdrawn(func() { w.run(w.publish) })
			} else {
				w.run(w.publish)
			}
			w.asOf += Date(1 + w.random.IntN(60))
		}
	}
	for how := range refundWays {
		if seen[fmt.Sprint("booking ", how)] == 0 {
			t.Errorf("no refund was booked in the way %d", how)
		}
	}
	for _, what := range []string{"held", "held, and transferred by hand", "freed", "withdrawn", "surcharge cancelled", "surcharge given back", "surcharge claimed again",
		"surcharge given back, booked apart"} {
		if seen[what] == 0 {
			t.Errorf("nothing was %s", what)
		}
	}
	for how := range claimWays {
		if seen[fmt.Sprint("claim ", how)] == 0 {
			t.Errorf("no claim was paid in the way %d", how)
		}
	}
	t.Log(seen)
}
