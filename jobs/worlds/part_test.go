package worlds_test

import (
	"errors"
	"maps"
	"slices"

	"regul/jobs/ledger"
)

// withdrawSome takes back what a batch decided of some of its parties, or of all on whom none of the later ones builds.
func (w *world) withdrawSome(p *published, later []*published) {
	numbers := w.numbersIn(p)
	builds := func(who *party) bool {
		return slices.ContainsFunc(later, func(b *published) bool { return b.builds[who] })
	}
	some, inTheWay := map[*party]bool{}, false
	var asked []string
	possible := w.chance(30)
	for _, who := range w.parties {
		if len(numbers[who]) == 0 || possible && builds(who) || !possible && w.chance(50) {
			continue
		}
		some[who], asked = true, append(asked, numbers[who]...)
		inTheWay = inTheWay || builds(who)
	}
	if len(asked) == 0 {
		return
	}
	what, withdraw := "withdrawn for some", func() (*ledger.PartWithdrawn, error) {
		return ledger.WithdrawOnly(w.out, p.name, asked, w.word("not theirs"))
	}
	if possible {
		what, withdraw = "withdrawn for all that is possible", func() (*ledger.PartWithdrawn, error) {
			return ledger.WithdrawPossible(w.out, p.name, w.word("a mistake"))
		}
	}
	part, err := withdraw()
	var way *ledger.InTheWay
	switch refused := errors.As(err, &way); {
	case err != nil && !refused:
		w.fail("withdraw %d of %s: %v", len(asked), p.name, err)
	case refused != inTheWay:
		w.fail("withdraw %d of %s: %v, and whether later batches build on one of them is %t", len(asked), p.name, err, inTheWay)
	case refused:
		return
	case part.Withdrawn != len(asked):
		w.fail("of %s %d were withdrawn, not %d", p.name, part.Withdrawn, len(asked))
	}
	w.seen.add(what)
	w.note("%s is withdrawn for %d of %d: %v", p.name, len(asked), len(numbers), asked)
	w.resend = w.resend || !p.companies
	w.takeBack(p, func(who *party) bool { return part.Part == 0 || some[who] }) // 0: nobody is left, so the whole batch is withdrawn
	w.forget(p, some)
	if part.Part == 0 {
		w.batches = slices.DeleteFunc(w.batches, func(o *published) bool { return o == p })
	}
}

// takeBack undoes what a withdrawn batch moved for whom it was withdrawn. What was executed or paid all the same is booked for what it is.
func (w *world) takeBack(p *published, concerns func(*party) bool) {
	of := func(o *order) bool { return o != nil && o.batch == p && concerns(o.party) }
	w.books = slices.DeleteFunc(w.books, func(r *row) bool { return of(r.order) })
	w.moves = slices.DeleteFunc(w.moves, func(m *move) bool { return of(m.order) || m.offset == p && concerns(m.party) })
	w.words = slices.DeleteFunc(w.words, func(word *word) bool { return of(word.order) && w.chance(50) })
	for _, word := range w.words {
		if word.learnt == p && concerns(word.order.party) {
			word.learnt = nil
		}
	}
	for _, o := range p.orders {
		if !concerns(o.party) {
			continue
		}
		if o.held != nil && !o.held.byHand {
			o.held.gone = false
		}
		if o.id != "" && o.leaves && w.chance(30) {
			w.seen.add("withdrawn, and executed all the same")
			w.note("%s %d: %s was executed all the same", o.dossier, o.year, o.id)
			w.books = append(w.books, &row{key: o.key, on: p.asOf, amount: -o.whole(), endToEnd: o.id, from: w.night + 1})
			w.moves = append(w.moves, &move{key: o.key, on: p.asOf, amount: -o.whole(), from: w.night + 1, id: o.id})
		}
	}
}

// forget makes a batch say nothing of some parties any more.
func (w *world) forget(p *published, some map[*party]bool) {
	maps.DeleteFunc(p.settled, func(k key, _ *settled) bool { return some[k.party] })
	maps.DeleteFunc(p.balances, func(k key, _ map[string]string) bool { return some[k.party] })
	maps.DeleteFunc(p.decided, func(who *party, _ bool) bool { return some[who] })
	maps.DeleteFunc(p.builds, func(who *party, _ bool) bool { return some[who] })
	p.offsets = slices.DeleteFunc(p.offsets, func(o offset) bool { return some[o.party] })
	p.orders = slices.DeleteFunc(p.orders, func(o *order) bool { return some[o.party] })
}

// numbersIn are the parties of whom a batch decided something that counts, with the numbers that it has of each: it takes back under a former
// number what a withdrawn batch booked under it.
func (w *world) numbersIn(p *published) map[*party][]string {
	tables := []string{"regularisations", "entries", "payments/freed.parquet"}
	if p.companies {
		tables = []string{"companies", "company_entries", "company_payments/freed.parquet"}
	}
	numbers := map[*party][]string{}
	for _, table := range tables {
		for _, r := range w.table("batch="+p.name, table, "niss", "enterprise") {
			number := r["niss"] + r["enterprise"]
			if who := w.numbers[number]; p.decided[who] && !slices.Contains(numbers[who], number) {
				numbers[who] = append(numbers[who], number)
			}
		}
	}
	return numbers
}
