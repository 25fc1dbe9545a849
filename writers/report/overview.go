package report

import (
	"io"
	"slices"

	"regul/pipeline/money"
	"regul/writers/report/page"
	"regul/writers/report/tally"
)

// Overview is all batches of a directory on one page.
type Overview struct {
	Language string  // one of Languages; "" is English
	Nights   []Night // the earliest first
	Drafts   []Draft // that wait for their release, by name
	Rejects  []Code  // open, by code: their rows
	Totals   []Total // control totals of the last night of affiliates that counts
}

// Night is a batch in the list of all. Amounts in cents.
type Night struct {
	Batch, AsOf, Report                string // its name, its day, and the path of its report
	Input                              string // in which those stand with whom it settled
	Withdrawn                          bool
	WithdrawnFor                       int // affiliates or companies for whom alone it was withdrawn
	Regularisations, Notices, Rejected int64
	Claim, Payout                      money.Cents
}

// Draft is a batch that counts for nothing until somebody releases it. Amounts in cents.
type Draft struct {
	Batch, Since, Report string // its name, the day since which it waits, and the path of its report
	Input                string // in which those stand with whom it settled
	MadeBy               string // another person must release it; "": whoever reviews it may
	Notices              int64
	Claim, Payout        money.Cents
}

// trendNights is how many of the last nights the trend shows.
const trendNights = 30

// WriteOverview writes the page. The same overview gives the same bytes.
func WriteOverview(to io.Writer, o *Overview) error {
	w := page.In(o.Language)
	p := page.Page{Words: w, Kind: w.Say("Regularisation of contributions"), Title: w.Say("All nights of the fund"),
		DayIs: w.Say("the date of the last batch"), Point: w.Say("No batch counts."),
		Footer: w.Say("Made by regul from the batches: regul current makes it again, and no run reads it. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number.")}
	live := slices.DeleteFunc(slices.Clone(o.Nights), func(n Night) bool { return n.Withdrawn })
	if len(o.Nights) > 0 {
		p.Day = o.Nights[len(o.Nights)-1].AsOf
	}
	var all tally.Sums
	var notices, rejects int64
	for _, n := range live {
		all.Rows, all.Claim, all.Payout, notices = all.Rows+n.Regularisations, all.Claim+n.Claim, all.Payout+n.Payout, notices+n.Notices
	}
	if len(live) > 0 {
		t := teller{w, &Batch{}, &tally.Statistics{All: all}}
		p.Point = t.point()
	}
	for _, r := range o.Rejects {
		rejects += r.Rows
	}
	p.Headline = []page.Figure{{Name: w.Say("To claim, EUR"), Value: w.Amount(all.Claim)},
		{Name: w.Say("To pay out, EUR"), Value: w.Amount(all.Payout)}, {Name: w.Say("Nights"), Value: page.Number(int64(len(live)))},
		{Name: w.Say("Notices"), Value: page.Number(notices)}, {Name: w.Say("Open rejects"), Value: page.Number(rejects)}}
	p.Sections = []page.Section{o.todo(w), o.trend(w, live), o.nights(w)}
	if len(o.Drafts) > 0 {
		p.Sections = slices.Insert(p.Sections, 0, o.waiting(w))
	}
	return p.Write(to)
}

// waiting lists the drafts, with who must release each and since when it waits.
func (o *Overview) waiting(w *page.Words) page.Section {
	list := &page.Table{Caption: w.Say("Drafts"),
		Columns: []page.Column{w.Text("Batch"), w.Text("Input"), w.Text("Waits since"), w.Text("Who must release it"), w.Numeric("Notices"),
			w.Numeric("Claim"), w.Numeric("Payout")}}
	for _, d := range o.Drafts {
		who := w.Say("who reviews it")
		if d.MadeBy != "" {
			who = w.Sayf("another person than %s", d.MadeBy)
		}
		r := page.Cells(d.Batch, w.Name("input", d.Input), d.Since, who, page.Number(d.Notices), w.Amount(d.Claim), w.Amount(d.Payout))
		r[0].Link = d.Report
		list.Rows = append(list.Rows, r)
	}
	return page.Section{ID: "drafts", Title: w.Say("Drafts that wait"), Blocks: []page.Block{{Table: list}},
		Lead: w.Say("A draft counts for nothing until regul release publishes it, or regul discard removes it.")}
}

// todo is what is open over all nights.
func (o *Overview) todo(w *page.Words) page.Section {
	t := teller{w, &Batch{ControlTotals: o.Totals, Rejects: o.Rejects}, &tally.Statistics{}}
	out := t.todo()
	out.Title, out.Empty = w.Say("What is to do"), w.Say("Nothing is open.")
	return out
}

// trend is what the last nights claim and pay out.
func (o *Overview) trend(w *page.Words, live []Night) page.Section {
	out := page.Section{ID: "trend", Title: w.Say("The trend"), Empty: w.Say("Nothing is claimed and nothing is paid out by these nights."),
		Lead: w.Say("The last nights that count: what they claim and what they pay out, in whole EUR.")}
	claims, payouts := page.Series{Name: w.Say("to claim"), Colour: 1}, page.Series{Name: w.Say("to pay out"), Colour: 2}
	b := page.Bars{Label: w.Say("Claims and payouts by night"), Beside: true}
	for _, n := range live[max(0, len(live)-trendNights):] {
		b.Names = append(b.Names, n.AsOf)
		claims.Counts, payouts.Counts = append(claims.Counts, max(0, page.WholeEUR(n.Claim))),
			append(payouts.Counts, max(0, page.WholeEUR(n.Payout)))
	}
	b.Series = []page.Series{claims, payouts}
	if c := b.Draw(); c != nil {
		out.Blocks = append(out.Blocks, page.Block{Chart: c})
	}
	return out
}

// nights lists the batches with their reports.
func (o *Overview) nights(w *page.Words) page.Section {
	out := page.Section{ID: "nights", Title: w.Say("The batches"), Empty: w.Say("No batch counts."),
		Lead: w.Say("Every batch, the latest first, with its report. A withdrawn one counts for nothing.")}
	list := &page.Table{Caption: w.Say("All nights"),
		Columns: []page.Column{w.Text("Batch"), w.Text("Input"), w.Text("State"), w.Numeric("Regularisations"), w.Numeric("Notices"),
			w.Numeric("Rejected rows"), w.Numeric("Claim"), w.Numeric("Payout")}}
	for _, n := range slices.Backward(o.Nights) {
		state := w.Name("state", "published")
		switch {
		case n.Withdrawn:
			state = w.Name("state", "withdrawn")
		case n.WithdrawnFor > 0:
			state = w.Sayf("published, withdrawn for %s", page.Number(int64(n.WithdrawnFor)))
		}
		r := page.Cells(n.Batch, w.Name("input", n.Input), state, page.Number(n.Regularisations), page.Number(n.Notices),
			page.Number(n.Rejected), w.Amount(n.Claim), w.Amount(n.Payout))
		r[0].Link = n.Report
		list.Rows = append(list.Rows, r)
	}
	if len(list.Rows) > 0 {
		out.Blocks = append(out.Blocks, page.Block{Table: list})
	}
	return out
}
