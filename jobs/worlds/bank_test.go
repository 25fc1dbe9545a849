package worlds_test

import (
	"fmt"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
)

// order is a refund or a claim of a batch, as its payment index has it.
type order struct {
	key
	batch              *published
	leaves             bool
	refund, surcharge  money.Cents // of a claim: the principal
	id, status, reason string
	held               *order // what it sends: a refund that an earlier batch held; nil: its own
	gone               bool   // of a held one: somebody has transferred it
	byHand             bool   // and it was no batch
	failed             bool   // it came back
	slip               bool   // it is no claim, but what the second slip asks for
	again              *order // the claim that is paid by transfer, since its collection came back
}

// whole is what one transfer moves.
func (o *order) whole() money.Cents { return o.refund + o.surcharge }

// row is a row of the payments, and the night from which the books hold it.
type row struct {
	key
	on                         pipeline.Date
	amount                     money.Cents
	payment, purpose, endToEnd string
	from                       int
	order                      *order
}

// word is what the bank says, and the night from which it is known.
type word struct {
	order  *order
	status string
	on     pipeline.Date
	from   int
	learnt *published // the batch that keeps it
}

const refundWays, claimWays = 14, 10 // in which a refund is booked, and in which a claim is paid

// contribute is a contribution, which the books hold on time or some nights later, or twice with its identifier.
func (w *world) contribute(k key, on pipeline.Date, amount money.Cents, from int) {
	r := row{key: k, on: on, amount: amount, from: from}
	if w.chance(10) {
		r.payment = fmt.Sprint("P", len(w.books))
		again := r
		again.from += w.random.IntN(3)
		w.books = append(w.books, &again)
	}
	w.books = append(w.books, &r)
	w.moves = append(w.moves, &move{key: k, on: on, amount: amount, from: from})
}

// bounce takes a contribution back: it was never paid.
func (w *world) bounce(p *party) {
	m := pick(w, w.moves...)
	lost := func(word *word) bool { return word.order.key == m.key && !word.order.leaves } // a bank that told of another one
	if m.party != p || m.order != nil || m.offset != nil || m.amount <= 0 || m.on >= w.asOf || m.from >= w.night ||
		slices.ContainsFunc(w.words, lost) {
		return
	}
	for _, other := range w.moves {
		if other.bounced == m || other == m && m.bounced != nil {
			return
		}
	}
	w.seen.add("bounced")
	w.note("%s %d: %s of %s is taken back", p.dossier, m.year, m.amount, m.on)
	w.books = append(w.books, &row{key: m.key, on: w.asOf, amount: -m.amount, purpose: "returned", from: w.night})
	w.moves = append(w.moves, &move{key: m.key, on: w.asOf, amount: -m.amount, from: w.night, bounced: m})
}

// payments writes what the books hold tonight.
func (w *world) payments(companies bool, files map[string][]string) {
	for _, r := range w.books {
		switch {
		case r.from > w.night || r.company != companies || !w.given(r.party):
		case companies:
			files["company_payments"] = append(files["company_payments"], fmt.Sprintf("%s,%d,%s,%s,%s,%s,%s", r.number, r.year, r.on, r.amount,
				r.payment, r.purpose, r.endToEnd))
		case r.payment != "": // equal in every column
			files["payments"] = append(files["payments"], fmt.Sprintf("%s,%d,,%s,%s,%s,%s,%s", r.number, r.year, r.on, r.amount, r.payment,
				r.purpose, r.endToEnd))
		default:
			files["payments"] = append(files["payments"], fmt.Sprintf("%s,%d,,%s,%s,,%s,%s", w.numberOf(r.party), r.year, r.on, r.amount,
				r.purpose, r.endToEnd))
		}
	}
}

// confirmations writes what the bank has said: what no batch keeps, and sometimes what one does.
func (w *world) confirmations(companies bool, files map[string][]string) {
	for _, word := range w.words {
		if word.from > w.night || word.order.company != companies || !w.given(word.order.party) || word.learnt != nil && w.chance(70) {
			continue
		}
		amount := ""
		if w.chance(50) {
			amount = word.order.whole().String()
		}
		addRow(files, "confirmations", "end_to_end,status,on,amount", fmt.Sprintf("%s,%s,%s,%s", word.order.id, word.status, word.on, amount))
	}
}

func (w *world) says(o *order, status string, on pipeline.Date, from int) {
	w.words = append(w.words, &word{order: o, status: status, on: on, from: from})
	if w.chance(20) {
		w.words = append(w.words, &word{order: o, status: status, on: on + 1, from: from})
	}
}

// book is a row that tells of an order.
func (w *world) book(o *order, r row) {
	if r.key == (key{}) {
		r.key = o.key
	}
	if r.order = o; r.amount != 0 {
		w.books = append(w.books, &r)
	}
}

// moved is what truly moved because of an order.
func (w *world) moved(o *order, on pipeline.Date, amount money.Cents, from int, back bool) {
	w.moves = append(w.moves, &move{key: o.key, on: on, amount: amount, from: from, order: o, back: back})
}

// execute is the bank, and the books, after a batch.
func (w *world) execute(p *published) {
	paid := w.slips(p)
	for _, o := range p.orders {
		switch {
		case paid[o]:
		case !o.leaves:
			w.claimed(o)
		case o.status == "held":
			w.seen.add("held")
			if w.chance(20) {
				w.seen.add("held, and transferred by hand")
				o.gone, o.byHand = true, true
				w.book(o, row{on: p.asOf + 1, amount: -o.whole(), from: w.night + 1})
			}
		case o.id == "": // transferred by hand, by who has asked for the account
			if w.chance(50) {
				w.book(o, row{on: p.asOf + 1, amount: -o.whole(), from: w.night + w.between(1, 3)})
			}
		default:
			w.executed(o)
		}
	}
}

// executed is the bank that executes a transfer, and the books that tell it.
func (w *world) executed(o *order) {
	on, from := w.asOf+pipeline.Date(w.random.IntN(6)), w.night+w.between(1, 4)
	how := w.random.IntN(refundWays)
	w.seen.add(fmt.Sprint("booking ", how))
	w.note("%s %d: %s of %s is booked in the way %d", o.dossier, o.year, o.id, o.whole(), how)
	if w.chance(30) && how < 11 {
		w.says(o, pick(w, "accepted", "booked"), on, w.night+1)
	}
	named := row{on: on, amount: -o.whole(), endToEnd: o.id, from: from}
	switch how {
	case 0: // at once
		w.book(o, row{on: w.asOf, amount: -o.refund, from: w.night + 1})
	case 1: // late
		w.book(o, row{on: on, amount: -o.refund, from: from})
	case 2, 3: // in parts
		part := o.refund
		if o.refund > 3 {
			part = w.amount(1, o.refund-1)
		}
		w.book(o, row{on: on, amount: -part, from: from + w.random.IntN(2)})
		w.book(o, row{on: on, amount: part - o.refund, from: from})
	case 4: // on another year
		named.key = key{o.party, o.year - 1}
		w.book(o, named)
	case 5: // with the wrong sign
		named.amount = o.whole()
		w.book(o, named)
	case 6:
		w.book(o, row{on: on, amount: o.refund, purpose: "refund", from: from})
	case 7: // twice
		twice := row{on: on, amount: -o.refund, payment: "B" + o.id, from: from}
		w.book(o, twice)
		twice.from += w.random.IntN(2)
		w.book(o, twice)
	case 8:
		w.book(o, named)
		named.from += w.random.IntN(2)
		w.book(o, named)
	case 9: // never
	case 10: // with the surcharge that was given back
		w.book(o, row{on: on, amount: -o.whole(), from: from})
	case 11, 12, 13:
		w.cameBack(o, how, named)
	}
}

// cameBack is a refund that the bank could not pay out.
func (w *world) cameBack(o *order, how int, booked row) {
	back := row{on: booked.on + 3, amount: o.whole(), purpose: "returned", endToEnd: o.id, from: booked.from}
	switch how {
	case 11: // the books say so
		w.book(o, booked)
		w.book(o, back)
		if w.chance(30) {
			back.from++
			w.book(o, back)
		}
		w.moved(o, back.on, o.whole(), booked.from, true)
	case 12: // the bank says that it was not executed, and the books never know of it
		w.says(o, "rejected", booked.on, w.night+1)
		w.moved(o, booked.on, o.whole(), w.night+1, true)
	case 13: // the bank says so, before or after the books do
		if !w.alone(o) || w.chance(50) { // two of one year can't be told apart otherwise
			back.endToEnd = o.id
		} else {
			back.endToEnd = ""
		}
		said := w.night + w.between(1, 4)
		w.says(o, "returned", back.on, said)
		w.book(o, booked)
		w.book(o, back)
		w.moved(o, back.on, o.whole(), min(said, booked.from), true)
	}
	o.failed = true
}

// alone says whether no other refund of the year came back.
func (w *world) alone(o *order) bool {
	for _, b := range w.batches {
		for _, other := range b.orders {
			if other != o && other.key == o.key && other.failed {
				return false
			}
		}
	}
	return true
}

// claimed is who pays what a letter asks for, in one way or another, or not.
func (w *world) claimed(o *order) {
	on, from := w.asOf+pipeline.Date(w.between(1, 40)), w.night+w.between(1, 3)
	how := w.random.IntN(claimWays)
	if o.id == "" && how != 3 && how != 4 {
		how = 0
	}
	w.seen.add(fmt.Sprint("claim paid ", how))
	w.note("%s %d: claim %s of %s and %s is paid in the way %d", o.dossier, o.year, o.id, o.refund, o.surcharge, how)
	in := row{on: on, amount: o.whole(), endToEnd: o.id, from: from}
	back := row{on: on + 20, amount: -o.whole(), purpose: "returned", endToEnd: o.id, from: from + 1}
	switch how {
	case 0: // one transfer for all that the letter asks for
		in.endToEnd = "NOTPROVIDED"
		w.book(o, in)
	case 1: // collected
		w.book(o, in)
		if w.chance(40) {
			w.says(o, pick(w, "accepted", "booked"), on, from)
		}
	case 2: // collected, and it came back
		w.book(o, in)
		if o.surcharge > 0 && w.chance(30) {
			back.endToEnd = ""
		}
		w.book(o, back)
	case 6: // not collected, as the bank says; then paid by transfer
		w.says(o, "rejected", w.asOf, w.night+1)
		w.paidAgain(o, in)
		return
	case 7: // not collected, and not paid
		w.says(o, "rejected", w.asOf, w.night+1)
		return
	case 8: // collected, and it came back, as the books or the bank alone say; then paid by transfer
		w.book(o, in)
		if w.chance(50) {
			w.book(o, back)
		} else {
			w.says(o, "returned", back.on, back.from)
		}
		w.paidAgain(o, back)
	case 9: // the same; then the fund presents it again under its name
		w.book(o, in)
		w.presentedAgain(o, in, back)
	case 5: // the same: the bank says so before the books do
		w.book(o, in)
		w.says(o, "returned", back.on, from+1)
		if back.from++; w.chance(50) {
			back.endToEnd = ""
		}
		w.book(o, back)
	case 3: // part of it
		if o.refund > 3 {
			w.contribute(o.key, on, w.amount(1, o.refund-1), from)
		}
		return
	case 4: // not
		return
	}
	w.moved(o, on, o.refund, from, false)
	if how == 2 || how == 5 || how == 8 || how == 9 {
		w.moved(o, back.on, -o.refund, from+1, true)
	}
}

// booksText are the books, for who must find out.
func (w *world) booksText() string {
	var text strings.Builder
	for _, r := range w.books {
		if r.from <= w.night {
			fmt.Fprintf(&text, "%s %d %s %s %q %q %q from night %d\n", r.dossier, r.year, r.on, r.amount, r.payment, r.purpose, r.endToEnd,
				r.from)
		}
	}
	return text.String()
}
