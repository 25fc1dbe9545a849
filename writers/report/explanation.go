package report

import (
	_ "embed"
	"io"
	"strconv"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report/page"
)

// Explanation is one affiliate's year as a page: how its amounts came about, what all batches say of it, and what it would cost with other
// incomes. It holds the national number: it is for the operator who asked, and for the affiliate.
type Explanation struct {
	Language   string // one of Languages; "" is English
	NISS       string
	Year       int
	NotifiedOn string // ISO 8601
	Outcome    string // its code
	Reference  string // 12 digits
	DueDate    string // "" where nothing is to be paid

	Called, Definitive, Paid money.Cents
	Sections                 []Steps
	Versions                 []Version // in the order of the batches
	Bands                    []Band    // from the lowest income
}

// Steps are the lines of one part of the calculation.
type Steps struct {
	Title law.Phrase
	Lines []law.Step
}

// Version is what one batch says of the year. Amounts in cents.
type Version struct {
	Batch, State, NotifiedOn                string
	Version                                 int
	Outcome                                 string // its code
	Definitive, Called, Paid, Claim, Payout money.Cents
}

// Band is what the year would cost with another income: the same quarters, categories and standings, by the same kernel. Amounts in cents,
// the contribution with the fee.
type Band struct {
	Income, Contribution money.Cents
	Own                  bool // the income that counted
}

// WriteExplanation writes the page of an affiliate's year. The same explanation gives the same bytes.
func WriteExplanation(to io.Writer, e *Explanation) error {
	w := page.In(e.Language)
	p := page.Page{
		Words: w, Kind: w.Sayf("Social contributions of %s", e.NISS), Title: w.Sayf("Contributions %s", strconv.Itoa(e.Year)),
		Day: e.NotifiedOn, DayIs: w.Say("the date of the notice"), Point: e.point(w),
		Footer:  w.Say("Made by regul. Amounts are in EUR. The page needs no network; it holds a national number: it is for the affiliate and who answers."),
		Summary: []string{w.Sayf("Payment reference %s.", page.Structured(e.Reference))}, Script: page.SliderScript, Policy: page.SliderPolicy,
		Headline: []page.Figure{{Name: w.Say("Definitive, EUR"), Value: w.Amount(e.Definitive)},
			{Name: w.Say("Called, EUR"), Value: w.Amount(e.Called)}, {Name: w.Say("Paid, EUR"), Value: w.Amount(e.Paid)}},
	}
	if e.DueDate != "" {
		p.Summary = append(p.Summary, w.Sayf("To be paid by %s.", e.DueDate))
	}
	p.Sections = []page.Section{e.year(w), e.steps(w), e.timeline(w), e.bands(w)}
	return p.Write(to)
}

func (e *Explanation) point(w *page.Words) string {
	difference := e.Definitive - e.Called
	switch {
	case difference > 0:
		return w.Sayf("%s more is due than was called.", w.EUR(difference))
	case difference < 0:
		return w.Sayf("%s less is due than was called.", w.EUR(-difference))
	}
	return w.Say("What is due is what was called.")
}

// year is the year in bars.
func (e *Explanation) year(w *page.Words) page.Section {
	c := page.Waterfall(w.Say("The year in bars"), func(cents int64) string { return w.Amount(money.Cents(cents)) },
		page.Whole(w.Say("Called so far, C"), 5, int64(e.Called)),
		page.Added(w.Say("Supplement or cancelled"), 1, int64(e.Definitive-e.Called)),
		page.Whole(w.Say("Definitive contributions, D"), 5, int64(e.Definitive)), page.Whole(w.Say("Paid so far, P"), 2, int64(e.Paid)))
	out := page.Section{ID: "year", Title: w.Say("The year in bars"), Empty: w.Say("Nothing was called and nothing is due.")}
	if c != nil {
		out.Blocks = append(out.Blocks, page.Block{Chart: c})
	}
	return out
}

// steps are the lines of the calculation, each with its article.
func (e *Explanation) steps(w *page.Words) page.Section {
	out := page.Section{ID: "steps", Title: w.Say("Step by step"), Steps: true,
		Lead: w.Say("Each line with the article of the law on which it rests. AR 38: royal decree no. 38 of 27 July 1967; RGS: royal decree of 19 December 1967.")}
	captions := map[string]bool{}
	for _, s := range e.Sections {
		t := &page.Table{Caption: w.Phrase(s.Title), Columns: []page.Column{w.Text("Step"), {Name: "EUR", Number: true}, w.Text("Article")}}
		for captions[t.Caption] { // each table is found by its caption
			t.Caption += " (2)"
		}
		captions[t.Caption] = true
		for _, l := range s.Lines {
			amount := w.Amount(l.Amount)
			if l.Remark {
				amount = ""
			}
			t.Rows = append(t.Rows, page.Cells(page.Upper(w.Phrase(l.Said)), amount, w.Article(l.Article)))
		}
		out.Blocks = append(out.Blocks, page.Block{Table: t})
	}
	return out
}

// timeline is what every batch says of the year.
func (e *Explanation) timeline(w *page.Words) page.Section {
	t := &page.Table{Caption: w.Say("All versions of the year"),
		Columns: []page.Column{w.Text("Batch"), w.Text("Notified on"), w.Numeric("Version"), w.Text("State"), w.Text("Outcome"),
			w.Numeric("Definitive"), w.Numeric("Called"), w.Numeric("Paid"), w.Numeric("To pay"), w.Numeric("Payout")}}
	for _, v := range e.Versions {
		t.Rows = append(t.Rows, page.Cells(v.Batch, v.NotifiedOn, strconv.Itoa(v.Version), w.Name("state", v.State),
			w.Name("outcome", v.Outcome), w.Amount(v.Definitive), w.Amount(v.Called), w.Amount(v.Paid), w.Amount(v.Claim),
			w.Amount(v.Payout)))
	}
	return page.Section{ID: "timeline", Title: w.Say("All nights"), Blocks: []page.Block{{Table: t}}}
}

// bands are what the year would cost with other incomes.
func (e *Explanation) bands(w *page.Words) page.Section {
	out := page.Section{ID: "bands", Title: w.Say("If my income were …"), Empty: w.Say("Nothing is worked out."),
		Lead: w.Say("What the year would cost with another income, with the same quarters, categories and standings. Move the slider with the arrow keys; the table has every value.")}
	if len(e.Bands) == 0 {
		return out
	}
	t := &page.Table{Caption: w.Say("The year with other incomes"),
		Columns: []page.Column{w.Text("Net income, EUR"), w.Numeric("Contribution, EUR"), w.Numeric("More or less than called, EUR")}}
	s := &page.Slider{Label: w.Say("Net income of the year, EUR"), Last: len(e.Bands) - 1}
	for i, b := range e.Bands {
		if b.Own {
			s.At = i
		}
		t.Rows = append(t.Rows, page.Cells(w.Amount(b.Income), w.Amount(b.Contribution), w.Signed(b.Contribution-e.Called)))
	}
	out.Blocks = append(out.Blocks, page.Block{Slider: s, Table: t})
	return out
}
