package report

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report/page"
)

// totalGroup is a group of control totals that are read together, with the equation between them.
type totalGroup struct {
	title   string
	names   []string
	balance string   // the sentence
	left    []string // sums of totals that must be equal; a minus before a name subtracts it
	right   []string
}

// totalNames say what the control totals of the manifest are that the report tells.
var totalNames = []struct{ name, text string }{
	{"net_income", "Net income, as communicated"},
	{"definitive", "Definitive contributions, D"},
	{"called", "Called so far, C"},
	{"paid", "Paid so far, P"},
	{"supplement", "Supplements"},
	{"surplus_applied", "Covered by overpayments"},
	{"to_pay", "To pay, before offsets"},
	{"cancelled", "Cancelled"},
	{"refund_gross", "Overpaid, before offsets"},
	{"offset", "Kept as offsets against debts of other years"},
	{"refund", "Refunds, after offsets"},
	{"offset_received", "Paid by offsets from other years"},
	{"arrears", "Arrears that stay"},
	{"surcharge", "Surcharges (AR 38 art. 11bis)"},
	{"late_surcharge", "Surcharges for late payment that have accrued (RGS art. 44, 44bis)"},
	{"claim", "To claim by the notices"},
	{"payout", "To pay out"},
	{"debit", "Entries, debit"},
	{"credit", "Entries, credit"},
	{"open", "Called, due and not paid"},
	{"credits", "Paid beyond what was called"},
	{"unseen", "Transfers ordered that the payments do not show"},
	{"unclear", "Payments that wait for their purpose"},
	{"nowhere", "Money on years that the account does not have"},
	{"later", "Payments dated after the batch"},
}

// TotalsOf are the control totals that the report tells, from all of a manifest.
func TotalsOf(all *pipeline.ControlTotals) (told []Total) {
	for _, total := range totalNames {
		if cents, known := all.Amount(total.name); known {
			told = append(told, Total{total.name, cents})
		}
	}
	return told
}

// ofPeople are the control totals that a batch of companies has at 0: they have neither a net income nor surcharges of the regulation.
var ofPeople = []string{"late_surcharge", "net_income"}

// meaningful is the batch with the control totals that say something of it.
func meaningful(b *Batch) *Batch {
	if !b.Companies {
		return b
	}
	one := *b
	one.ControlTotals = slices.DeleteFunc(slices.Clone(b.ControlTotals), func(t Total) bool { return slices.Contains(ofPeople, t.Name) })
	return &one
}

// totalGroups is the order of reading: each step rests on the one before.
var totalGroups = []totalGroup{
	{title: "What is due, against what was called", names: []string{"definitive", "called", "supplement", "cancelled"},
		balance: "Definitive less called is supplements less cancelled", left: []string{"definitive", "-called"},
		right: []string{"supplement", "-cancelled"}},
	{title: "Supplements", names: []string{"surplus_applied", "to_pay"},
		balance: "Supplements are what overpayments cover and what is to pay", left: []string{"supplement"},
		right: []string{"surplus_applied", "to_pay"}},
	{title: "Overpayments", names: []string{"refund_gross", "offset", "refund"},
		balance: "What was overpaid is offset or refunded", left: []string{"refund_gross"}, right: []string{"offset", "refund"}},
	{title: "What moves", names: []string{"offset_received", "surcharge", "claim", "payout"}},
	{title: "Entries", names: []string{"debit", "credit"}, balance: "Debit is credit", left: []string{"debit"}, right: []string{"credit"}},
	{title: "Between the fund and its affiliates", names: []string{"open", "credits", "unseen", "unclear", "nowhere", "later"}},
	{title: "For information", names: []string{"paid", "arrears", "late_surcharge", "net_income"}},
}

// totalName is the name of a control total; the one of the manifest where it has no other.
func (t *teller) totalName(name string) string {
	if t.b.Companies && name == "surcharge" {
		return t.Say("Surcharges for late payment (law of 30-12-1992)")
	}
	for _, total := range totalNames {
		if total.name == name {
			return t.Say(total.text)
		}
	}
	return name
}

// amounts shows the control totals in an order of reading, and what balances.
func (t *teller) amounts() page.Section {
	s := page.Section{ID: "amounts", Title: t.Say("Amounts"), Empty: t.Say("The batch has no control totals."),
		Lead: t.Say("The control totals, in EUR with the management fee, in an order of reading.")}
	shown := map[string]bool{}
	if t.b.Companies {
		s.Lead = t.Say("The control totals, in EUR, in an order of reading.")
	}
	for _, g := range totalGroups {
		list := t.totalsTable(g.title)
		for _, name := range g.names {
			if cents, ok := total(t.b.ControlTotals, name); ok {
				list.Rows = append(list.Rows, page.Cells(t.totalName(name), t.Amount(cents)))
				shown[name] = true
			}
		}
		if len(list.Rows) > 0 {
			s.Blocks = append(s.Blocks, page.Block{Table: list, Text: t.verdict(&g), Half: true})
		}
	}
	others := t.totalsTable("Others")
	for _, one := range t.b.ControlTotals {
		if !shown[one.Name] {
			others.Rows = append(others.Rows, page.Cells(one.Name, t.Amount(one.Cents)))
		}
	}
	if len(others.Rows) > 0 {
		s.Blocks = append(s.Blocks, page.Block{Table: others, Half: true})
	}
	return s
}

func (t *teller) totalsTable(caption string) *page.Table {
	return &page.Table{Caption: t.Say(caption), Columns: []page.Column{t.Text("Total"), {Name: "EUR", Number: true}}}
}

// verdict says with figures whether the totals of the group balance; nothing if one of them is missing.
func (t *teller) verdict(g *totalGroup) string {
	left, ok := sum(t.b.ControlTotals, g.left)
	right, all := sum(t.b.ControlTotals, g.right)
	if g.balance == "" || !ok || !all {
		return ""
	}
	if left != right {
		return t.Sayf("DOES NOT BALANCE. %s must hold, but %s is not %s.", t.Say(g.balance), t.Amount(left), t.Amount(right))
	}
	return t.Sayf("%s: %s on both sides. It balances.", t.Say(g.balance), t.Amount(left))
}

// sum adds totals up, those with a minus before their name negatively.
func sum(totals []Total, names []string) (money.Cents, bool) {
	var all money.Cents
	for _, name := range names {
		sign := money.Cents(1)
		if name[0] == '-' {
			sign, name = -1, name[1:]
		}
		cents, ok := total(totals, name)
		if !ok {
			return 0, false
		}
		all += sign * cents
	}
	return all, true
}
