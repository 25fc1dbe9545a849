package worlds_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"regul/jobs/run"
	"regul/pipeline/money"
)

// cents reads an amount; an empty cell is 0.
func (w *world) cents(text string) money.Cents {
	if text == "" {
		return 0
	}
	c, err := money.Parse(text)
	if err != nil {
		w.fail("%q: %v", text, err)
	}
	return c
}

func (w *world) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		w.fail("%v", err)
	}
	return n
}

// keyOf is whose year a row is, under the number of tonight; of whom no file has a row, none says that it was replaced.
func (w *world) keyOf(r map[string]string) key {
	number := r["niss"] + r["enterprise"]
	p := w.numbers[number]
	if p == nil || p.number != number && w.given(p) {
		w.fail("%s is nobody's number", number)
	}
	return key{p, w.number(r["contribution_year"])}
}

// settledAmounts are amounts of a settled year, of a person or a company.
var settledAmounts = []string{"definitive", "called", "called_reported", "paid", "refunded_before", "supplement", "surplus_applied",
	"to_pay", "cancelled", "refund_gross", "offset", "refund", "offset_received", "arrears", "surcharge", "arrears_barred", "late_surcharge_to_pay"}

var settledColumns = slices.Concat(looked, settledAmounts)

// read reads a batch.
func (w *world) read(name string, companies bool) *published {
	p := &published{name: name, companies: companies, night: w.night, asOf: w.asOf, limits: w.limits, settled: map[key]*settled{},
		decided: map[*party]bool{}, builds: map[*party]bool{}}
	folder := "batch=" + name
	tables := map[bool][3]string{false: {"regularisations", "entries", "payments"}, true: {"companies", "company_entries", "company_payments"}}
	for _, r := range w.table(folder, tables[companies][0], settledColumns...) {
		s := &settled{r, map[string]money.Cents{}}
		for _, column := range settledAmounts {
			s.money[column] = w.cents(r[column])
		}
		if companies {
			s.money["paid"] -= s.money["refunded_before"]
			s.money["refund_gross"] = s.money["refund"]
		}
		p.settled[w.keyOf(r)] = s
		p.decided[w.keyOf(r).party], p.builds[w.keyOf(r).party] = true, true
	}
	w.readEntries(p, w.table(folder, tables[companies][1], looked...))
	for _, file := range []string{"/index.parquet", "/freed.parquet"} {
		for _, r := range w.table(folder, tables[companies][2]+file, looked...) {
			w.readOrder(p, r)
		}
	}
	w.note("%s of %s: %d years, %d offsets, %d orders", name, w.asOf, len(p.settled), len(p.offsets), len(p.orders))
	return p
}

// readEntries finds the offsets: on each year that receives, what it receives from another one.
func (w *world) readEntries(p *published, rows []map[string]string) {
	sums := map[offset]money.Cents{}
	for _, r := range rows {
		k := w.keyOf(r)
		p.decided[k.party] = true
		p.builds[k.party] = p.builds[k.party] || r["reverses"] == ""
		if r["role"] == "offset" && r["reverses"] == "" {
			sums[offset{party: k.party, from: w.number(r["from_year"]), to: k.year}] += w.cents(r["debit"]) - w.cents(r["credit"])
		}
	}
	for o, sum := range sums {
		if o.from != o.to {
			o.amount = sum
			p.offsets = append(p.offsets, o)
			sums[offset{party: o.party, from: o.from, to: o.from}] += sum
		}
	}
	for o, sum := range sums {
		if o.from == o.to && sum != 0 {
			w.fail("the offsets of %s %d do not balance: %s is left", o.dossier, o.from, sum)
		}
	}
}

// readOrder reads a row of the payment index, or of what was held before and is sent now.
func (w *world) readOrder(p *published, r map[string]string) {
	k := w.keyOf(r)
	o := &order{key: k, batch: p, leaves: r["kind"] == "refund", surcharge: w.cents(r["surcharge"]), id: r["transaction"],
		status: r["status"], reason: r["reason"]}
	o.refund = w.cents(r["amount"]) - o.surcharge
	p.orders = append(p.orders, o)
	p.decided[k.party], p.builds[k.party] = true, true
	if r["held_in"] == "" {
		return
	}
	at := slices.IndexFunc(w.batches, func(b *published) bool { return b.name == r["held_in"] })
	if at < 0 {
		w.fail("%s %d: %s is sent, and no batch of the name %s counts", o.dossier, o.year, o.whole(), r["held_in"])
	}
	for _, held := range w.batches[at].orders {
		if held.key == k && held.status == "held" && held.leaves && held.whole() == o.whole() && !held.gone {
			o.held = held
		}
	}
	if o.held == nil {
		w.fail("%s %d: %s is sent, and %s holds no such refund that nobody has transferred", o.dossier, o.year, o.whole(), r["held_in"])
	}
	o.held.gone = true
	w.seen.add("freed")
}

// counted compares the counts of a run with the rows that it was given.
func (w *world) counted(files map[string][]string, result *run.Result) {
	for input, rows := range files {
		if input == "identities" && len(rows) == 1 {
			continue
		}
		c, found := result.Counts[input]
		if !found && result.Nothing != "" {
			continue
		}
		if int(c.Read) != len(rows)-1 || c.Read != c.Settled+c.Superseded+c.AlreadySettled+c.Repeated+c.Rejected {
			w.fail("%d rows of the %s, and counts %+v", len(rows)-1, input, c)
		}
	}
	if result.Waiting != nil && result.Waiting.Settled > 0 {
		w.seen.add("waited")
	}
}

// check holds a batch against what truly moved, and takes it as the truth of what it decided.
func (w *world) check(p *published) {
	for k, s := range p.settled {
		w.checkYear(p, k, s)
	}
	for _, o := range p.offsets {
		w.seen.add("offset")
		if o.amount <= 0 {
			w.fail("an offset of %s", o.amount)
		}
		for k, amount := range map[key]money.Cents{{o.party, o.from}: -o.amount, {o.party, o.to}: o.amount} {
			w.moves = append(w.moves, &move{key: k, on: p.asOf, amount: amount, from: w.night, offset: p})
		}
	}
	for _, o := range p.orders {
		w.checkOrder(p, o)
		if o.leaves && o.held == nil {
			w.moved(o, p.asOf, -o.refund, w.night, false)
		}
	}
	w.checkBalances(p)
	if w.chance(10) {
		if err := w.verify(p.name); err != nil {
			w.fail("%s: %v", p.name, err)
		}
	}
}

// before is the last version of a year that counts, older than a batch; nil: there is none.
func (w *world) before(p *published, k key) *settled {
	for _, b := range slices.Backward(w.batches) {
		if s := b.settled[k]; s != nil && b != p {
			return s
		}
	}
	return nil
}

// checkYear: claims rest on what was called before, refunds on what truly moved.
func (w *world) checkYear(p *published, k key, s *settled) {
	m := s.money
	called := k.party.year(k.year).called()
	if last := w.before(p, k); last != nil {
		called = last.money["definitive"]
		w.seen.add(kind(p.companies) + "settled again")
	}
	if s.row["rechecked"] == "true" {
		w.seen.add("settled again for " + strings.Join(w.recheck.Names(), ", "))
	}
	d, paid := m["definitive"], w.truly(k)
	want := map[string]money.Cents{"called": called, "paid": paid, "supplement": max(0, d-called), "cancelled": max(0, called-d),
		"refund_gross": max(0, paid-d), "arrears": max(0, min(called, d)-paid)}
	want["surplus_applied"] = min(want["supplement"], max(0, paid-called))
	want["to_pay"] = want["supplement"] - want["surplus_applied"]
	for _, o := range p.offsets {
		if o.party == k.party && o.from == k.year {
			want["offset"] += o.amount
		}
	}
	want["refund"] = want["refund_gross"] - want["offset"]
	for _, column := range slices.Sorted(maps.Keys(want)) {
		if m[column] != want[column] {
			w.fail("%s %d version %s: %s is %s, and should be %s\n%v", k.dossier, k.year, s.row["version"], column, m[column], want[column],
				s.row)
		}
	}
	w.asked(p, k, s)
}

// asked: the payment files move what the year says, and no more.
func (w *world) asked(p *published, k key, s *settled) {
	var refund, claim money.Cents
	for _, o := range p.orders {
		switch {
		case o.key != k || o.held != nil:
		case o.leaves:
			w.seen.add(kind(p.companies) + "refund")
			refund += o.refund
		default:
			w.seen.add(kind(p.companies) + "claim")
			claim += o.refund
		}
	}
	if refund != s.money["refund"] || claim != s.money["to_pay"]-s.money["offset_received"] {
		w.fail("%s %d: %s is refunded and %s is claimed\n%v", k.dossier, k.year, refund, claim, s.row)
	}
}

// checkOrder: money leaves only where nothing holds it.
func (w *world) checkOrder(p *published, o *order) {
	if o.held == nil && p.settled[o.key] == nil {
		w.fail("%s %d: %s is ordered, and the batch does not settle the year", o.dossier, o.year, o.whole())
	}
	if y := o.party.year(o.year); o.absent || y.bad {
		w.fail("%s %d: %s is ordered, and absent is %t, a bad row %t", o.dossier, o.year, o.whole(), o.absent, y.bad)
	}
	if o.hold != "" && o.status != "held" {
		w.fail("%s %d: the register says %s, and %s is %s", o.dossier, o.year, o.hold, o.whole(), o.status)
	}
	if o.leaves && o.held == nil && o.surcharge > 0 {
		w.checkGivenBack(o)
	}
	for _, b := range w.batches {
		for _, other := range b.orders {
			if other != o && o.id != "" && other.id == o.id {
				w.fail("two orders have the transaction %s", o.id)
			}
		}
	}
}

// checkGivenBack: of surcharges no more is given back than was paid of them.
func (w *world) checkGivenBack(o *order) {
	w.seen.add("surcharge given back")
	var paid, given money.Cents
	for _, m := range w.moves {
		if m.key == o.key && m.order != nil && !m.order.leaves && m.from <= w.night && m.on <= w.asOf {
			if m.back {
				paid -= m.order.surcharge
			} else {
				paid += m.order.surcharge
			}
		}
	}
	for _, b := range w.batches {
		for _, other := range b.orders {
			if other.key == o.key && other.leaves && other.held == nil && !other.failed {
				given += other.surcharge
			}
		}
	}
	if given > paid {
		w.fail("%s %d: %s of surcharges was paid, and %s is given back in all", o.dossier, o.year, paid, given)
	}
}

// checkBalances: what stands between the fund and each party is what was called less what truly moved, once the batch has done its work.
func (w *world) checkBalances(p *published) {
	table := "balances"
	if p.companies {
		table = "company_balances"
	}
	told := map[key]map[string]string{}
	for _, r := range w.table("batch="+p.name, table, looked...) {
		told[w.keyOf(r)] = r
	}
	p.balances = told
	for _, who := range w.parties {
		if who.company != p.companies || !w.given(who) {
			continue
		}
		for i := range who.years {
			if who.years[i].bad {
				continue
			}
			w.checkBalance(p, key{who, who.years[i].number}, told[key{who, who.years[i].number}])
		}
	}
}

func (w *world) checkBalance(p *published, k key, r map[string]string) {
	called := k.party.year(k.year).called()
	last := w.before(nil, k)
	if last != nil {
		called = last.money["definitive"]
	} else if k.company {
		return // told as rejects
	}
	paid := w.truly(k)
	if r == nil {
		if paid != called {
			w.fail("%s %d: %s was called and %s truly moved, and no balance says so", k.dossier, k.year, called, paid)
		}
		return
	}
	if got := w.cents(r["paid"]) - w.cents(r["refunded"]) + w.cents(r["offsets"]); got != paid || w.cents(r["called"]) != called ||
		w.cents(r["credit"]) != max(0, paid-called) || w.cents(r["open"]) != max(0, called-paid) {
		w.fail("%s %d: %s was called and %s truly moved, and the balance is %v", k.dossier, k.year, called, paid, r)
	}
}

func kind(companies bool) string {
	if companies {
		return "company "
	}
	return ""
}

// year is the year of a number.
func (p *party) year(number int) *year {
	return &p.years[slices.IndexFunc(p.years, func(y year) bool { return y.number == number })]
}
