package report

import (
	"regul/pipeline/money"
)

// todo is what people have to do before letters and payment files go out, each with how many and how much. What needs no hand is not in it.
func (t *teller) todo() section {
	out := section{ID: "todo", Title: t.t("To do before sending"), Empty: t.t("Nothing: the letters and the payment files can go out.")}
	list := &table{Caption: t.t("What needs a hand"),
		Columns: []column{t.text("What"), t.numeric("Number"), {Name: "EUR", Number: true}, t.text("What to do")}}
	say := func(what string, rows int64, cents money.Cents, do string) {
		amount := ""
		if cents != 0 {
			amount = t.amount(cents)
		}
		n := ""
		if rows != 0 {
			n = number(rows)
		}
		list.Rows = append(list.Rows, cells(what, n, amount, do))
	}
	for _, p := range t.b.Payments {
		if p.Rows > 0 && p.Status != sent && p.Status != byTransfer && p.Status != Freed {
			say(t.name("payment", p.Kind)+": "+t.name("status", p.Status), p.Rows, p.Amount, t.t(statusMeanings[p.Status]))
		}
	}
	for _, r := range t.b.NotPostable {
		say(t.t("Letter that can't be posted")+": "+t.name("unposted", r.Name), r.Rows, 0, t.t(unpostedMeanings[r.Name]))
	}
	for i := range t.b.Rejects {
		r := &t.b.Rejects[i]
		say(t.t("Rejected rows")+": "+t.name("reject", r.Code), r.Rows, 0, t.remedy(r))
	}
	if late := t.s.Late.Rows(); late > 0 && !t.b.Companies {
		say(t.t("Late statements"), late, 0, t.t("Send them now: they are due by the last day of the month after that of the communication (RGS art. 43)."))
	}
	for _, m := range t.looked() {
		say(t.t(m.what), 0, m.cents, t.t(m.do))
	}
	if len(list.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: list})
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
func (t *teller) money() section {
	out := section{ID: "money", Title: t.t("From what was called to what moves"), Empty: t.t(noRegularisation),
		Lead: t.t("Each bar begins where the one before ended; a sum begins at 0. In EUR with the management fee.")}
	a := &t.s.All
	if a.Rows == 0 {
		return out
	}
	write := func(cents int64) string { return t.amount(money.Cents(cents)) }
	total := func(name string) int64 { cents, _ := total(t.b.ControlTotals, name); return int64(cents) }
	due := waterfall(t.t("What is due, against what was called"), write,
		whole(t.t("Called so far, C"), 5, int64(a.Called)), added(t.t("Supplements"), 1, total("supplement")),
		added(t.t("Cancelled"), 3, -int64(a.Cancelled)), whole(t.t("Definitive contributions, D"), 5, int64(a.Definitive)))
	moves := waterfall(t.t("What moves"), write,
		whole(t.t("To pay, before offsets"), 1, int64(a.ToPay)),
		added(t.t("Paid by offsets from other years"), 4, -total("offset_received")),
		added(t.t("Surcharges (AR 38 art. 11bis)"), 3, int64(a.Surcharge)),
		added(t.t("Refunds, after offsets"), 2, -int64(a.Refund)),
		whole(t.t("Comes in less goes out"), 5, int64(a.Claim - a.Payout)))
	for _, c := range []*chart{due, moves} {
		if c != nil {
			out.Blocks = append(out.Blocks, block{Heading: c.Label, Chart: c, Half: true})
		}
	}
	return out
}
