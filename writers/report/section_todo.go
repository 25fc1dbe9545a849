package report

import (
	"regul/pipeline/money"
	"regul/writers/report/page"
)

// todo is what people have to do before letters and payment files go out, each with how many and how much. What needs no hand is not in it.
func (t *teller) todo() page.Section {
	out := page.Section{ID: "todo", Title: t.Say("To do before sending"),
		Empty: t.Say("Nothing: the letters and the payment files can go out.")}
	list := &page.Table{Caption: t.Say("What needs a hand"),
		Columns: []page.Column{t.Text("What"), t.Numeric("Number"), {Name: "EUR", Number: true}, t.Text("What to do")}}
	say := func(what string, rows int64, cents money.Cents, do string) {
		amount := ""
		if cents != 0 {
			amount = t.Amount(cents)
		}
		n := ""
		if rows != 0 {
			n = page.Number(rows)
		}
		list.Rows = append(list.Rows, page.Cells(what, n, amount, do))
	}
	for _, p := range t.b.Payments {
		if p.Rows > 0 && p.Status != sent && p.Status != byTransfer && p.Status != Freed {
			say(t.Which(t.Name("payment", p.Kind), t.Name("status", p.Status)), p.Rows, p.Amount, t.Say(statusMeanings[p.Status]))
		}
	}
	for _, r := range t.b.NotPostable {
		say(t.Which(t.Say("Letter that can't be posted"), t.Name("unposted", r.Name)), r.Rows, 0, t.Say(unpostedMeanings[r.Name]))
	}
	for i := range t.b.Rejects {
		r := &t.b.Rejects[i]
		say(t.Which(t.Say("Rejected rows"), t.Name("reject", r.Code)), r.Rows, 0, t.remedy(r))
	}
	if late := t.s.Late.Rows(); late > 0 && !t.b.Companies {
		say(t.Say("Late statements"), late, 0,
			t.Say("Send them now: they are due by the last day of the month after that of the communication (RGS art. 43)."))
	}
	for _, m := range t.looked() {
		say(t.Say(m.what), 0, m.cents, t.Say(m.do))
	}
	if len(list.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Table: list})
	}
	return out
}

// look is money that somebody must look at.
type look struct {
	what  string
	cents money.Cents
	do    string
}

// looked is the money to look at, from the control totals: what the batches before ordered and nobody has seen, and what belongs nowhere.
func (t *teller) looked() []look {
	var found []look
	for _, one := range []struct{ name, what, do string }{
		{"unseen", "Refunds ordered before, not yet booked",
			"Send the bookings of the bank with the payments; regul outstanding lists them."},
		{"credits", "Paid beyond what was called", "Refund it or ask what it is for; regul outstanding lists it."},
		{"unclear", "Payments that wait for their purpose", "Say their purpose in the payments; regul outstanding lists them."},
		{"nowhere", "Money on years that the account does not have",
			"Correct the year of the payment, or add the quarters to the account; regul outstanding lists it."},
	} {
		cents, _ := total(t.b.ControlTotals, one.name)
		if one.name == "unseen" {
			cents -= t.s.All.Payout // the batch has ordered it now
		}
		if cents > 0 {
			found = append(found, look{one.what, cents, one.do})
		}
	}
	return found
}

// money shows how what was called becomes what is due, and what comes in and goes out.
func (t *teller) money() page.Section {
	out := page.Section{ID: "money", Title: t.Say("From what was called to what moves"), Empty: t.Say(noRegularisation),
		Lead: t.Say("Each bar begins where the one before ended; a sum begins at 0. In EUR with the management fee.")}
	if t.b.Companies {
		out.Lead = t.Say("Each bar begins where the one before ended; a sum begins at 0. In EUR.")
	}
	a := &t.s.All
	if a.Rows == 0 {
		return out
	}
	write := func(cents int64) string { return t.Amount(money.Cents(cents)) }
	total := func(name string) int64 { cents, _ := total(t.b.ControlTotals, name); return int64(cents) }
	due := page.Waterfall(t.Say("What is due, against what was called"), write,
		page.Whole(t.Say("Called so far, C"), 5, int64(a.Called)), page.Added(t.Say("Supplements"), 1, total("supplement")),
		page.Added(t.Say("Cancelled"), 3, -int64(a.Cancelled)), page.Whole(t.Say("Definitive contributions, D"), 5, int64(a.Definitive)))
	moves := page.Waterfall(t.Say("What moves"), write,
		page.Whole(t.Say("To pay, before offsets"), 1, int64(a.ToPay)),
		page.Added(t.Say("Paid by offsets from other years"), 4, -total("offset_received")),
		page.Added(t.totalName("surcharge"), 3, int64(a.Surcharge)),
		page.Added(t.Say("Refunds, after offsets"), 2, -int64(a.Refund)),
		page.Whole(t.Say("Comes in less goes out"), 5, int64(a.Claim-a.Payout)))
	for _, c := range []*page.Chart{due, moves} {
		if c != nil {
			out.Blocks = append(out.Blocks, page.Block{Heading: c.Label, Chart: c, Half: true})
		}
	}
	return out
}
