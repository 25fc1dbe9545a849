package report

import (
	_ "embed"
	"io"
	"strconv"

	"regul/pipeline/law"
	"regul/pipeline/money"
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
	w := in(e.Language)
	p := page{
		words: w, Kind: w.f("Social contributions of %s", e.NISS), Title: w.f("Contributions %s", strconv.Itoa(e.Year)), Day: e.NotifiedOn,
		DayIs: w.t("the date of the notice"), Point: e.point(w),
		Footer: w.t("Made by regul. Amounts are in EUR. The page needs no network; it holds a national number: it is for the affiliate and who answers."), Summary: []string{w.f("Payment reference %s.", Structured(e.Reference))}, Script: sliderScript, Policy: sliderPolicy,
		Headline: []figure{{Name: w.t("Definitive, EUR"), Value: w.amount(e.Definitive)},
			{Name: w.t("Called, EUR"), Value: w.amount(e.Called)}, {Name: w.t("Paid, EUR"), Value: w.amount(e.Paid)}},
	}
	if e.DueDate != "" {
		p.Summary = append(p.Summary, w.f("To be paid by %s.", e.DueDate))
	}
	p.Sections = []section{e.year(w), e.steps(w), e.timeline(w), e.bands(w)}
	return p.write(to)
}

func (e *Explanation) point(w *words) string {
	difference := e.Definitive - e.Called
	switch {
	case difference > 0:
		return w.f("%s more is due than was called.", w.eur(difference))
	case difference < 0:
		return w.f("%s less is due than was called.", w.eur(-difference))
	}
	return w.t("What is due is what was called.")
}

// year is the year in bars.
func (e *Explanation) year(w *words) section {
	c := waterfall(w.t("The year in bars"), func(cents int64) string { return w.amount(money.Cents(cents)) },
		whole(w.t("Called so far, C"), 5, int64(e.Called)),
		added(w.t("Supplement or cancelled"), 1, int64(e.Definitive - e.Called)),
		whole(w.t("Definitive contributions, D"), 5, int64(e.Definitive)), whole(w.t("Paid so far, P"), 2, int64(e.Paid)))
	out := section{ID: "year", Title: w.t("The year in bars"), Empty: w.t("Nothing was called and nothing is due.")}
	if c != nil {
		out.Blocks = append(out.Blocks, block{Chart: c})
	}
	return out
}

// steps are the lines of the calculation, each with its article.
func (e *Explanation) steps(w *words) section {
	out := section{ID: "steps", Title: w.t("Step by step"),
		Lead: w.t("Each line with the article of the law on which it rests. AR 38: royal decree no. 38 of 27 July 1967; RGS: royal decree of 19 December 1967.")}
	captions := map[string]bool{}
	for _, s := range e.Sections {
		t := &table{Caption: w.phrase(s.Title), Columns: []column{w.text("Step"), {Name: "EUR", Number: true}, w.text("Article")}}
		for captions[t.Caption] { // each table is found by its caption
			t.Caption += " (2)"
		}
		captions[t.Caption] = true
		for _, l := range s.Lines {
			amount := w.amount(l.Amount)
			if l.Remark {
				amount = ""
			}
			t.Rows = append(t.Rows, cells(upper(w.phrase(l.Said)), amount, w.article(l.Article)))
		}
		out.Blocks = append(out.Blocks, block{Table: t})
	}
	return out
}

// timeline is what every batch says of the year.
func (e *Explanation) timeline(w *words) section {
	t := &table{Caption: w.t("All versions of the year"),
		Columns: []column{w.text("Batch"), w.text("Notified on"), w.numeric("Version"), w.text("State"), w.text("Outcome"),
			w.numeric("Definitive"), w.numeric("Called"), w.numeric("Paid"), w.numeric("To pay"), w.numeric("Payout")}}
	for _, v := range e.Versions {
		t.Rows = append(t.Rows, cells(v.Batch, v.NotifiedOn, strconv.Itoa(v.Version), w.name("state", v.State),
			w.name("outcome", v.Outcome), w.amount(v.Definitive), w.amount(v.Called), w.amount(v.Paid), w.amount(v.Claim),
			w.amount(v.Payout)))
	}
	return section{ID: "timeline", Title: w.t("All nights"), Blocks: []block{{Table: t}}}
}

// bands are what the year would cost with other incomes.
func (e *Explanation) bands(w *words) section {
	out := section{ID: "bands", Title: w.t("If my income were …"), Empty: w.t("Nothing is worked out."),
		Lead: w.t("What the year would cost with another income, with the same quarters, categories and standings. Move the slider with the arrow keys; the table has every value.")}
	if len(e.Bands) == 0 {
		return out
	}
	t := &table{Caption: w.t("The year with other incomes"),
		Columns: []column{w.text("Net income, EUR"), w.numeric("Contribution, EUR"), w.numeric("More or less than called, EUR")}}
	s := &slider{Label: w.t("Net income of the year, EUR"), Last: len(e.Bands) - 1}
	for i, b := range e.Bands {
		if b.Own {
			s.At = i
		}
		t.Rows = append(t.Rows, cells(w.amount(b.Income), w.amount(b.Contribution), w.signed(b.Contribution-e.Called)))
	}
	out.Blocks = append(out.Blocks, block{Slider: s, Table: t})
	return out
}
