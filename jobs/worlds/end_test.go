package worlds_test

import (
	"context"
	"maps"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/pipeline/money"
)

// end is the night on which all is booked and nothing is held: every communication is settled, every refund has gone its way, and clean
// books would lead to the same amounts; so do the same books in another order.
func (w *world) end() {
	w.night, w.asOf = nights+10, w.asOf+300
	w.settleAll("100.00")
	for _, companies := range []bool{false, true} {
		if p := w.run(companies); p != nil {
			w.check(p)
			w.checkTransfers(p, companies)
		}
	}
	w.forgotten()
	w.checkCurrent()
	w.night++
	w.asOf++
	w.settleAll("5000001.00") // which no company had on any night
	for _, p := range w.parties {
		for i := range p.years {
			if !p.company {
				w.communicate(key{p, p.years[i].number})
			}
		}
	}
	nothing := func(string, bool) {}
	messy := w.amounts(nothing)
	w.same("in another order", messy, w.amounts(nothing))
	w.clean()
	w.same("with clean books", messy, w.amounts(w.checkUnseen), "unclear", "reversed")
}

// checkUnseen: of clean books nothing is unclear, and nothing unseen except what a draft orders itself and what nobody could transfer.
func (w *world) checkUnseen(draft string, companies bool) {
	unseen, tables := map[key]money.Cents{}, [2]string{"payments", "balances"}
	if companies {
		tables = [2]string{"company_payments", "company_balances"}
	}
	for _, r := range w.table(draft, tables[0]+"/index.parquet", looked...) {
		if r["kind"] == "refund" && r["held_in"] == "" {
			unseen[w.keyOf(r)] += w.cents(r["amount"])
		}
	}
	for _, b := range w.batches {
		for _, o := range b.orders {
			if o.company == companies && o.leaves && o.held == nil && o.id == "" && !o.gone {
				unseen[o.key] += o.whole()
			}
		}
	}
	for _, r := range w.table(draft, tables[1], "niss", "enterprise", "contribution_year", "unseen", "unclear") {
		k := w.keyOf(r)
		if unseen[k] != w.cents(r["unseen"]) || w.cents(r["unclear"]) != 0 {
			w.fail("%s %d: %s of refunds is in no book; unseen is %s, and unclear %s", k.dossier, k.year, unseen[k], r["unseen"], r["unclear"])
		}
		delete(unseen, k)
	}
	for k, sum := range unseen {
		if sum != 0 {
			w.fail("%s %d: %s of refunds is in no book, and no balance says so", k.dossier, k.year, sum)
		}
	}
}

// same makes sure that two runs settle the same years, each with the same row except in some columns.
func (w *world) same(how string, messy, other map[key]map[string]string, besides ...string) {
	if len(messy) != len(other) {
		w.fail("%d years are settled, and %d %s", len(messy), len(other), how)
	}
	for k, want := range other {
		for _, column := range besides {
			delete(messy[k], column)
			delete(want, column)
		}
		if !maps.Equal(messy[k], want) {
			w.fail("%s %d: %v, and %s %v", k.dossier, k.year, messy[k], how, want)
		}
	}
}

// settleAll lifts what holds, and lets every company say something.
func (w *world) settleAll(balance string) {
	for _, p := range w.parties {
		p.hold, p.absent = "", false
		for i := range p.years {
			p.years[i].balance, p.years[i].exemption, p.years[i].bad = balance, "", false
		}
	}
	w.resend = true
}

// forgotten: the last version of each year rests on the latest communication.
func (w *world) forgotten() {
	latest := map[key]*income{}
	for _, c := range w.incomes { // in the order of their identifiers
		if last := latest[c.key]; last == nil || c.on >= last.on {
			latest[c.key] = c
		}
	}
	for k, c := range latest {
		if last := w.before(nil, k); last == nil || last.row["communication"] != c.id {
			w.fail("%s %d: the latest communication is %s of %s, and settled is %v", k.dossier, k.year, c.id, c.on, last)
		}
	}
}

// amounts are what tonight would settle, by year: a draft says so, and goes.
func (w *world) amounts(check func(draft string, companies bool)) map[key]map[string]string {
	found := map[key]map[string]string{}
	for companies, table := range map[bool]string{false: "regularisations", true: "companies"} {
		w.resend = true
		o := w.options(companies, w.inputs(companies))
		o.Draft = true
		result := jobstest.Must[*run.Result](w.t)(run.Run(context.Background(), o))
		if !result.Published {
			w.fail("there was something to settle")
		}
		for _, r := range w.table("draft="+result.Batch, table) {
			k := w.keyOf(r)
			if r["paid"] != w.truly(k).String() && !companies {
				w.fail("%s %d: %s truly moved, and P is %s", k.dossier, k.year, w.truly(k), r["paid"])
			}
			found[k] = r
		}
		check("draft="+result.Batch, companies)
		if err := w.out.Remove("draft=" + result.Batch); err != nil {
			w.fail("%v", err)
		}
	}
	return found
}

// clean makes the books those of a fund that books everything, once, for what it is.
func (w *world) clean() {
	w.books = nil
	for _, m := range w.moves {
		switch o := m.order; {
		case m.offset != nil || o != nil && !m.back && o.leaves:
		case o == nil && m.id != "":
			w.books = append(w.books, &row{key: m.key, on: m.on, amount: m.amount, endToEnd: m.id})
		case m.bounced != nil:
			w.books = append(w.books, &row{key: m.key, on: m.on, amount: m.amount, purpose: "returned"})
		case o == nil:
			w.books = append(w.books, &row{key: m.key, on: m.on, amount: m.amount, purpose: "contribution"})
		case m.back && o.leaves:
			w.book(o, row{on: m.on, amount: o.whole(), purpose: "returned", endToEnd: o.id})
		case m.back:
			w.book(o, row{on: m.on, amount: -o.whole(), purpose: "returned", endToEnd: o.id})
		case o.id != "":
			w.book(o, row{on: m.on, amount: o.whole(), endToEnd: o.id})
		case o.slip: // no purpose says of a surcharge that it is for late payment
			w.book(o, row{on: m.on, amount: o.whole()})
		default:
			w.book(o, row{on: m.on, amount: o.refund, purpose: "contribution"})
			w.book(o, row{on: m.on, amount: o.surcharge, purpose: "surcharge"})
		}
	}
	for _, b := range w.batches {
		for _, o := range b.orders {
			if o.leaves && (o.id != "" || o.byHand) {
				w.book(o, row{on: b.asOf, amount: -o.whole(), purpose: "refund", endToEnd: o.id})
			}
		}
	}
}
