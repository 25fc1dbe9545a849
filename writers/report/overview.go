package report

import (
	"io"
	"slices"

	"regul/pipeline/money"
	"regul/writers/report/tally"
)

// Overview is all batches of a directory on one page.
type Overview struct {
	Language string  // one of Languages; "" is English
	Nights   []Night // the earliest first
	Rejects  []Code  // open, by code: their rows
	Totals   []Total // control totals of the last night of affiliates that counts
}

// Night is a batch in the list of all. Amounts in cents.
type Night struct {
	Batch, AsOf, Report                string // its name, its day, and the path of its report
	Companies, Withdrawn               bool
	Regularisations, Notices, Rejected int64
	Claim, Payout                      money.Cents
}

// trendNights is how many of the last nights the trend shows.
const trendNights = 30

// WriteOverview writes the page. The same overview gives the same bytes.
func WriteOverview(to io.Writer, o *Overview) error {
	w := in(o.Language)
	p := page{words: w, Kind: w.t("Regularisation of contributions"), Title: w.t("All nights of the fund"),
		DayIs: w.t("the date of the last batch"), Point: w.t("No batch counts."),
		Footer: w.t("Made by regul from the batches: regul current makes it again, and no run reads it. Amounts are in EUR. The page needs no network; it holds no national number, no name and no account number.")}
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
	p.Headline = []figure{{Name: w.t("To claim, EUR"), Value: w.amount(all.Claim)},
		{Name: w.t("To pay out, EUR"), Value: w.amount(all.Payout)}, {Name: w.t("Nights"), Value: number(int64(len(live)))},
		{Name: w.t("Notices"), Value: number(notices)}, {Name: w.t("Open rejects"), Value: number(rejects)}}
	p.Sections = []section{o.todo(w), o.trend(w, live), o.nights(w)}
	return p.write(to)
}

// todo is what is open over all nights.
func (o *Overview) todo(w *words) section {
	t := teller{w, &Batch{ControlTotals: o.Totals, Rejects: o.Rejects}, &tally.Statistics{}}
	out := t.todo()
	out.Title, out.Empty = w.t("What is to do"), w.t("Nothing is open.")
	return out
}

// trend is what the last nights claim and pay out.
func (o *Overview) trend(w *words, live []Night) section {
	out := section{ID: "trend", Title: w.t("The trend"), Empty: w.t("Nothing is claimed and nothing is paid out by these nights."),
		Lead: w.t("The last nights that count: what they claim and what they pay out, in whole EUR.")}
	claims, payouts := series{name: w.t("to claim"), colour: 1}, series{name: w.t("to pay out"), colour: 2}
	b := bars{label: w.t("Claims and payouts by night"), beside: true}
	for _, n := range live[max(0, len(live)-trendNights):] {
		b.names = append(b.names, n.AsOf)
		claims.counts, payouts.counts = append(claims.counts, max(0, wholeEUR(n.Claim))), append(payouts.counts, max(0, wholeEUR(n.Payout)))
	}
	b.series = []series{claims, payouts}
	if c := b.draw(); c != nil {
		out.Blocks = append(out.Blocks, block{Chart: c})
	}
	return out
}

// nights lists the batches with their reports.
func (o *Overview) nights(w *words) section {
	out := section{ID: "nights", Title: w.t("The batches"), Empty: w.t("No batch counts."),
		Lead: w.t("Every batch, the latest first, with its report. A withdrawn one counts for nothing.")}
	list := &table{Caption: w.t("All nights"),
		Columns: []column{w.text("Batch"), w.text("Input"), w.text("State"), w.numeric("Regularisations"), w.numeric("Notices"),
			w.numeric("Rejected rows"), w.numeric("Claim"), w.numeric("Payout")}}
	for _, n := range slices.Backward(o.Nights) {
		of, state := "affiliates", "published"
		if n.Companies {
			of = "companies"
		}
		if n.Withdrawn {
			state = "withdrawn"
		}
		r := cells(n.Batch, w.name("input", of), w.name("state", state), number(n.Regularisations), number(n.Notices), number(n.Rejected),
			w.amount(n.Claim), w.amount(n.Payout))
		r[0].Link = n.Report
		list.Rows = append(list.Rows, r)
	}
	if len(list.Rows) > 0 {
		out.Blocks = append(out.Blocks, block{Table: list})
	}
	return out
}
