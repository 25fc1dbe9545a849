package jobs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Explanation is how the amounts of one affiliate's year came about, from what a batch published. It holds the
// national number; it is for the operator who asked.
type Explanation struct {
	Batch          string    `json:"batch"`
	NISS           string    `json:"niss"`
	Year           int       `json:"year"`
	Version        int       `json:"version"`
	Outcome        string    `json:"outcome"`
	Reference      string    `json:"reference"`
	NotifiedOn     string    `json:"notified_on"`
	DueDate        string    `json:"due_date,omitempty"`
	SevenPercentOn string    `json:"seven_percent_on,omitempty"`
	Sections       []Section `json:"sections"`
	quarters       int       // the first one of the last section, 0 before any
}

// Section is the lines of one part of the explanation.
type Section struct {
	Title string     `json:"title"`
	Steps []law.Step `json:"steps"`
}

// Explain reads a published regularisation and goes through its calculation line by line, each with its article. It is
// an error if the calculation does not give the published amounts.
func Explain(storage Storage, asked Question) (*Explanation, error) {
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	row, err := findPublished(storage, asked.niss, asked.year, asked.batch)
	if err != nil {
		return nil, err
	}
	fee, err := money.ParsePercent(row.manifest.Parameters.Fees[fmt.Sprint(asked.year)])
	if err != nil {
		return nil, fmt.Errorf("%s: no fee of %d: %w", row.manifest.Folder(), asked.year, err)
	}
	rules, err := l.Year(asked.year)
	if err != nil {
		return nil, err
	}
	e := &Explanation{
		Batch: row.manifest.Batch, NISS: asked.niss.String(), Year: asked.year, Version: int(row.numbers["version"]), Outcome: row.texts["outcome"],
		Reference: row.texts["reference"], NotifiedOn: row.date("notified_on"),
	}
	if row.numbers["due_date"] != 0 {
		e.DueDate, e.SevenPercentOn = row.date("due_date"), row.date("seven_percent_on")
	}
	e.Sections = append(e.Sections, e.incomeSection(row))
	for _, q := range row.quarters {
		section, err := quarterSection(l, rules, row, q, fee)
		if err != nil {
			return nil, err
		}
		e.addQuarter(section, q)
	}
	e.Sections = append(e.Sections, settlementSection(row))
	if row.amount("surcharge_total") != 0 || row.amount("surcharge") != 0 {
		e.Sections = append(e.Sections, surchargeSection(row))
	}
	if row.amount("late_surcharge") != 0 {
		e.Sections = append(e.Sections, lateSection(row))
	}
	return e, nil
}

// addQuarter adds the section of a quarter, or widens the last one if that is the same calculation.
func (e *Explanation) addQuarter(s Section, q publicQuarter) {
	last := &e.Sections[len(e.Sections)-1]
	if e.quarters == 0 || !slices.Equal(last.Steps, s.Steps) || !strings.HasSuffix(last.Title, ": "+q.what()) {
		e.Sections, e.quarters = append(e.Sections, s), q.quarter
		return
	}
	last.Title = fmt.Sprintf("Quarters %d to %d, each: %s", e.quarters, q.quarter, q.what())
}

func (e *Explanation) incomeSection(r *publicRow) Section {
	n := int(r.numbers["subject_quarters"])
	steps := []law.Step{{
		Text: fmt.Sprintf("net income by communication %s of %s", r.texts["communication"], r.date("communicated_on")), Amount: r.amount("net_income"), Article: "AR 38 art. 11 §2",
	}}
	if year := int(r.numbers["income_year"]); year != e.Year {
		steps[0].Text = fmt.Sprintf("net income of %d, by communication %s of %s", year, r.texts["communication"], r.date("communicated_on"))
		steps = append(steps, law.Step{
			Text:    fmt.Sprintf("a starter's quarters of %d are under the rules from before 2015: they rest on the income of %d", e.Year, year),
			Article: "AR 38 art. 13bis and 13ter",
		})
	}
	return Section{"Income of the year", append(steps, law.Step{
		Text: fmt.Sprintf("annual income: x 4 / %d quarters of subjection (a negative income counts as 0)", n), Amount: r.amount("annual_income"), Article: "AR 38 art. 11 §5",
	})}
}

// quarterSection explains one quarter, and holds the calculation against what was published.
func quarterSection(l *law.Law, rules *law.Year, r *publicRow, q publicQuarter, fee money.Rate) (Section, error) {
	s := Section{Title: fmt.Sprintf("Quarter %d: %s", q.quarter, q.what())}
	if q.standing != pipeline.Due.String() {
		s.Steps = []law.Step{{Text: "the standing " + q.standing + " owes no contribution", Article: articleOfStanding[q.standing]}}
	} else {
		category, known := l.Category(q.category)
		if !known {
			return s, fmt.Errorf("%s: the law of this program does not know the category %s", r.manifest.Folder(), q.category)
		}
		s.Steps = rules.Schedule(category, q.quarter, q.starter).Steps(r.amount("net_income"), int(r.numbers["subject_quarters"]), fee)
	}
	if q.reason != "" {
		s.Steps = slices.Insert(s.Steps, 0, law.Step{Text: whyApplied[q.reason] + ": counts as " + q.category, Article: "RGS art. 35 and 36"})
	}
	if last := s.Steps[len(s.Steps)-1].Amount; last != q.definitive {
		return s, fmt.Errorf("%s: quarter %d was published with %s, this program computes %s: its law is another one than the batch's",
			r.manifest.Folder(), q.quarter, q.definitive, last)
	}
	if q.legalComputed != pipeline.Unsaid {
		s.Steps = append(s.Steps, legalStep(&q))
	}
	s.Steps = append(s.Steps, law.Step{Text: "called so far", Amount: q.called, Article: "AR 38 art. 11 §5"})
	return s, nil
}

// legalStep is the legal provisional contribution by the law beside that of the account.
func legalStep(q *publicQuarter) law.Step {
	text := "legal provisional contribution, on the income of three years before x the coefficient"
	if q.starter > 0 {
		text = "legal provisional contribution of a starter, the least that the category pays"
	}
	if q.legalComputed != q.legal {
		text += fmt.Sprintf(" (the account has %s)", q.legal)
	}
	return law.Step{Text: text, Amount: q.legalComputed, Article: "AR 38 art. 11 §3"}
}

// whyApplied says why a quarter counts as a main occupation though it was declared otherwise, by the code of the reason.
var whyApplied = map[string]string{
	pipeline.HoursBelowHalfTime.String():   "fewer hours worked in the other occupation than half of full time, floor(floor(W / 5 x 62) / 2)",
	pipeline.ServiceTooShort.String():      "fewer than 8 months and fewer than 200 days of service in the year",
	pipeline.ServiceBelowHalfTime.String(): "the service is less than half-time",
	pipeline.TeachingBelowSix.String():     "all teaching jobs together are less than 6/10 of full time",
	pipeline.NoPensionRights.String():      "no rights to a pension are preserved and no replacement income is received",
	pipeline.IncapacityBelow66.String():    "the incapacity for work is below 66 %",
	pipeline.BenefitBelowMinimum.String():  "the sickness benefit is below the minimum pension of an isolated self-employed person",
	pipeline.FromTheNextQuarter.String():   "the other occupation begins in this quarter: the status takes effect from the next one",
}

var articleOfStanding = map[string]string{
	"not_due": "AR 38 art. 15 §2", "dispensed": "AR 38 art. 17 §7", "assimilated": "AR 38 art. 15",
}

func settlementSection(r *publicRow) Section {
	const claim, refund = "AR 38 art. 11 §5 and 15", "AR 38 art. 11 §5; RGS art. 44"
	steps := []law.Step{
		{Text: "definitive contribution D, the sum of the quarters", Amount: r.amount("definitive"), Article: claim},
		{Text: "called so far C", Amount: r.amount("called"), Article: claim},
		{Text: "paid up to " + r.date("notified_on") + " P", Amount: r.amount("paid"), Article: claim},
	}
	for _, line := range []struct{ column, text, article string }{
		{"supplement", "supplement = D - C", claim},
		{"surplus_applied", "of it, already overpaid: at most P - C", refund},
		{"to_pay", fmt.Sprintf("to pay by %s (7 %% on what is unpaid on %s)", r.date("due_date"), r.date("seven_percent_on")), "RGS art. 44 §3 and 44bis §3"},
		{"offset_received", "of it, paid by refunds of other years", refund},
		{"cancelled", "called but no longer due = C - D", claim},
		{"refund_gross", "paid too much = P - D", refund},
		{"offset", "of it, kept for arrears and supplements of other years", refund},
		{"refund", "refund", refund},
		{"arrears", "provisional amount that stays due = min(C, D) - P", claim},
	} {
		if amount := r.amount(line.column); amount != 0 {
			steps = append(steps, law.Step{Text: line.text, Amount: amount, Article: line.article})
		}
	}
	return Section{"Settlement: " + r.texts["outcome"], steps}
}

func surchargeSection(r *publicRow) Section {
	article := pipeline.UnjustifiedReduction.String()
	steps := []law.Step{
		{Text: "legal provisional contribution L", Amount: r.amount("legal_provisional"), Article: article},
		{Text: "reduced provisional contribution R", Amount: r.amount("reduced_provisional"), Article: article},
	}
	slices.SortStableFunc(r.terms, func(a, b publicTerm) int { return cmp.Compare(a.on, b.on) })
	for _, t := range r.terms {
		if t.basis != article {
			continue
		}
		steps = append(steps, law.Step{
			Text:   fmt.Sprintf("%s %% of %s, unpaid on %s: min(D, L) less the higher of R and the %s paid", t.rate.Percent(), t.unpaid, t.on, t.paid),
			Amount: t.amount, Article: article,
		})
	}
	steps = append(steps, law.Step{Text: "surcharge in all", Amount: r.amount("surcharge_total"), Article: article})
	if claimed := r.amount("surcharge_total") - r.amount("surcharge"); claimed != 0 {
		steps = append(steps, law.Step{Text: "less what earlier notices claimed", Amount: claimed, Article: article})
	}
	return Section{"Surcharge for an unjustified reduction", append(steps, law.Step{Text: "surcharge claimed now", Amount: r.amount("surcharge"), Article: article})}
}

// lateSection explains the surcharges for late payment, which the notice does not claim.
func lateSection(r *publicRow) Section {
	article := pipeline.LatePayment.String()
	var steps []law.Step
	for _, t := range r.terms {
		if t.basis == article {
			steps = append(steps, law.Step{
				Text:   fmt.Sprintf("%s %% of %s, called and unpaid on %s (%s was paid)", t.rate.Percent(), t.unpaid, t.on, t.paid),
				Amount: t.amount, Article: article,
			})
		}
	}
	return Section{"Surcharges for late payment of what was called before, not claimed by this notice", append(steps,
		law.Step{Text: "in all, up to " + r.date("notified_on"), Amount: r.amount("late_surcharge"), Article: article})}
}
