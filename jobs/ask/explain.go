package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Explanation is how the amounts of one affiliate's year came about, from what a batch published. It holds the
// national number; it is for the operator who asked.
type Explanation struct {
	Batch          string    `json:"batch"`
	Standing                 // of the batch
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
func Explain(storage storage.Storage, asked Question) (*Explanation, error) {
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	row, err := ledger.FindPublished(storage, asked.niss, asked.year, asked.batch)
	if err != nil {
		return nil, err
	}
	fee, err := money.ParsePercent(row.Manifest.Parameters.Fees[fmt.Sprint(asked.year)])
	if err != nil {
		return nil, fmt.Errorf("%s: no fee of %d: %w", row.Manifest.Folder(), asked.year, err)
	}
	rules, err := l.Year(asked.year)
	if err != nil {
		return nil, err
	}
	state, err := standingOf(storage, row.Manifest)
	if err != nil {
		return nil, err
	}
	e := &Explanation{
		Batch: row.Manifest.Batch, Standing: state, NISS: asked.niss.String(), Year: asked.year, Version: row.Version, Outcome: row.Outcome,
		Reference: row.Reference, NotifiedOn: row.NotifiedOn.String(),
	}
	if row.DueDate != 0 {
		e.DueDate, e.SevenPercentOn = row.DueDate.String(), row.SevenPercentOn.String()
	}
	e.Sections = append(e.Sections, e.incomeSection(row))
	for _, q := range row.Quarters {
		section, err := quarterSection(l, rules, row, q, fee)
		if err != nil {
			return nil, err
		}
		e.addQuarter(section, q)
	}
	e.Sections = append(e.Sections, settlementSection(row))
	if row.SurchargeTotal != 0 || row.Surcharge != 0 {
		e.Sections = append(e.Sections, surchargeSection(row))
	}
	if row.LateCharges != 0 {
		e.Sections = append(e.Sections, lateSection(row))
	}
	if s, known := outlookSection(l, row); known {
		e.Sections = append(e.Sections, s)
	}
	return e, nil
}

// addQuarter adds the section of a quarter, or widens the last one if that is the same calculation.
func (e *Explanation) addQuarter(s Section, q batch.PublishedQuarter) {
	last := &e.Sections[len(e.Sections)-1]
	if e.quarters == 0 || !slices.Equal(last.Steps, s.Steps) || !strings.HasSuffix(last.Title, ": "+q.What()) {
		e.Sections, e.quarters = append(e.Sections, s), q.Quarter
		return
	}
	last.Title = fmt.Sprintf("Quarters %d to %d, each: %s", e.quarters, q.Quarter, q.What())
}

func (e *Explanation) incomeSection(r *batch.PublishedRow) Section {
	n := r.Subject
	steps := []law.Step{{
		Text: fmt.Sprintf("net income by communication %s of %s", r.Communication, r.CommunicatedOn), Amount: r.Income, Article: "AR 38 art. 11 §2",
	}}
	if year := r.IncomeYear; year != e.Year {
		steps[0].Text = fmt.Sprintf("net income of %d, by communication %s of %s", year, r.Communication, r.CommunicatedOn)
		steps = append(steps, law.Step{
			Text:    fmt.Sprintf("a starter's quarters of %d are under the rules from before 2015: they rest on the income of %d", e.Year, year),
			Article: "AR 38 art. 13bis and 13ter",
		})
	}
	if r.Contested {
		steps = append(steps, law.Step{Text: "contested with the tax administration: what is admitted counts until the dispute ends", Amount: r.CountedIncome(), Article: "RGS art. 34"})
	}
	return Section{"Income of the year", append(steps, law.Step{
		Text: fmt.Sprintf("annual income: x 4 / %d quarters of subjection (a negative income counts as 0)", n), Amount: r.Annual, Article: "AR 38 art. 11 §5",
	})}
}

// quarterSection explains one quarter, and holds the calculation against what was published.
func quarterSection(l *law.Law, rules *law.Year, r *batch.PublishedRow, q batch.PublishedQuarter, fee money.Rate) (Section, error) {
	s := Section{Title: fmt.Sprintf("Quarter %d: %s", q.Quarter, q.What())}
	if q.Standing != pipeline.Due.String() && q.Standing != pipeline.SupplementDispensed.String() {
		s.Steps = standingSteps(q.Standing)
	} else {
		category, known := l.Category(q.Category)
		if !known {
			return s, fmt.Errorf("%s: the law of this program does not know the category %s", r.Manifest.Folder(), q.Category)
		}
		s.Steps = rules.Schedule(category, q.Quarter, q.Starter).Steps(r.CountedIncome(), r.Subject, fee)
	}
	if capped := q.Standing == pipeline.SupplementDispensed.String(); capped && s.Steps[len(s.Steps)-1].Amount > q.Definitive {
		s.Steps = append(s.Steps, law.Step{Text: "the supplement is dispensed: at most what was called provisionally", Amount: q.Definitive, Article: "AR 38 art. 17 §2; RGS art. 50ter/1 §2 2° b)"})
	}
	if q.ToConfirm {
		s.Steps = slices.Insert(s.Steps, 0, law.Step{
			Text:    "to confirm: the account does not show the 20 quarters before; fill if_main where a primostarter's minimum applies",
			Article: "AR 38 art. 12 §1bis al. 2",
		})
	}
	if q.Reason != "" {
		s.Steps = slices.Insert(s.Steps, 0, law.Step{Text: whyApplied[q.Reason] + ": counts as " + q.Category, Article: "RGS art. 35, 36 and 39"})
	}
	if last := s.Steps[len(s.Steps)-1].Amount; last != q.Definitive {
		return s, fmt.Errorf("%s: quarter %d was published with %s, this program computes %s: its law is another one than the batch's",
			r.Manifest.Folder(), q.Quarter, q.Definitive, last)
	}
	if q.LegalComputed != pipeline.Unsaid {
		s.Steps = append(s.Steps, legalStep(&q))
	}
	s.Steps = append(s.Steps, law.Step{Text: "called so far", Amount: q.Called, Article: "AR 38 art. 11 §5"})
	return s, nil
}

// legalStep is the legal provisional contribution by the law beside that of the account.
func legalStep(q *batch.PublishedQuarter) law.Step {
	text := "legal provisional contribution, on the income of three years before, or the latest before it, known on 1 January, x the coefficient"
	if q.Starter == 1 || q.Starter == 2 {
		text = "legal provisional contribution of a starter, on the fixed base of the category (AR 38 art. 13bis §2)"
	}
	if q.LegalComputed != q.Legal {
		text += fmt.Sprintf(" (the account has %s)", q.Legal)
	}
	return law.Step{Text: text, Amount: q.LegalComputed, Article: "AR 38 art. 11 §3"}
}

// whyApplied says why a quarter counts as a main occupation though it was declared otherwise, by the code of the reason.
var whyApplied = map[string]string{
	pipeline.HoursBelowHalfTime.String():   "fewer hours, worked or assimilated, in the other occupation than half of full time, floor(floor(W / 5 x 62) / 2)",
	pipeline.ServiceTooShort.String():      "fewer than 8 months and fewer than 200 days of service in the year",
	pipeline.ServiceBelowHalfTime.String(): "the service is less than half-time",
	pipeline.TeachingBelowSix.String():     "all teaching jobs together are less than 6/10 of full time",
	pipeline.NoPensionRights.String():      "no rights to a pension are preserved and no benefit is received",
	pipeline.IncapacityBelow66.String():    "the incapacity for work is below 66 %",
	pipeline.BenefitBelowMinimum.String():  "no rights to a pension are preserved, and the benefit is below the minimum pension of an isolated self-employed person",
	pipeline.FromTheNextQuarter.String():   "the other occupation begins in this quarter: the status takes effect from the next one",
	pipeline.EndsInTheQuarter.String():     "the other occupation ends in this quarter: the status ends with it",
}

// standingSteps say that a quarter owes nothing, and which quarters have that standing.
func standingSteps(standing string) []law.Step {
	steps := []law.Step{{Text: "the standing " + standing + " owes no contribution, and the quarter counts in n", Article: "AR 38 art. 11 §5"}}
	if standing == pipeline.Assimilated.String() {
		steps[0].Text = "the standing " + standing + " owes no contribution, and the quarter does not count in n"
	}
	for _, s := range pipeline.Situations() {
		if s.Standing.String() == standing {
			steps = append(steps, law.Step{Text: standing + " is: " + s.Quarter, Article: s.Article})
		}
	}
	return steps
}

func settlementSection(r *batch.PublishedRow) Section {
	const claim, refund = "AR 38 art. 11 §5 and 15", "AR 38 art. 11 §5; RGS art. 44"
	steps := []law.Step{
		{Text: "definitive contribution D, the sum of the quarters", Amount: r.Definitive, Article: claim},
		{Text: "called so far C", Amount: r.Called, Article: claim},
		{Text: "paid up to " + r.NotifiedOn.String() + " P", Amount: r.Paid, Article: claim},
	}
	for _, step := range []law.Step{
		{Text: "supplement = D - C", Amount: r.Supplement, Article: claim},
		{Text: "of it, already overpaid: at most P - C", Amount: r.SurplusApplied, Article: refund},
		{Text: fmt.Sprintf("to pay by %s (7 %% on what is unpaid on %s)", r.DueDate, r.SevenPercentOn), Amount: r.ToPay, Article: "RGS art. 44 §3 and 44bis §3"},
		{Text: "of it, paid by refunds of other years", Amount: r.OffsetReceived, Article: refund},
		{Text: "called but no longer due = C - D", Amount: r.Cancelled, Article: claim},
		{Text: "paid too much = P - D", Amount: r.RefundGross, Article: refund},
		{Text: "of it, kept for arrears and supplements of other years", Amount: r.Offset, Article: refund},
		{Text: "refund", Amount: r.Refund, Article: refund},
		{Text: "provisional amount that stays due = min(C, D) - P", Amount: r.Arrears, Article: claim},
		{Text: "of it, barred: it takes no refund", Amount: r.ArrearsBarred, Article: "AR 38 art. 16 §2"},
	} {
		if step.Amount != 0 {
			steps = append(steps, step)
		}
	}
	return Section{"Settlement: " + r.Outcome, steps}
}

func surchargeSection(r *batch.PublishedRow) Section {
	article := pipeline.UnjustifiedReduction.String()
	steps := []law.Step{
		{Text: "legal provisional contribution L", Amount: r.Legal, Article: article},
		{Text: "reduced provisional contribution R", Amount: r.Reduced, Article: article},
	}
	slices.SortStableFunc(r.Terms, func(a, b batch.PublishedTerm) int { return cmp.Compare(a.On, b.On) })
	for _, t := range r.Terms {
		if t.Basis != article {
			continue
		}
		steps = append(steps, law.Step{
			Text:   fmt.Sprintf("%s %% of %s, unpaid on %s: min(D, L) less the higher of R and the %s paid", t.Rate().Percent(), t.Unpaid, t.On, t.Paid),
			Amount: t.Amount, Article: article,
		})
	}
	steps = append(steps, law.Step{Text: "surcharge in all", Amount: r.SurchargeTotal, Article: article})
	if claimed := r.SurchargeTotal - r.Surcharge; claimed != 0 {
		steps = append(steps, law.Step{Text: "less what earlier notices claimed", Amount: claimed, Article: article})
	}
	return Section{"Surcharge for an unjustified reduction", append(steps, law.Step{Text: "surcharge claimed now", Amount: r.Surcharge, Article: article})}
}

// lateSection explains the surcharges for late payment, which the notice does not claim.
func lateSection(r *batch.PublishedRow) Section {
	article := pipeline.LatePayment.String()
	var steps []law.Step
	for _, t := range r.Terms {
		if t.Basis == article {
			steps = append(steps, law.Step{
				Text:   fmt.Sprintf("%s %% of %s, called and unpaid on %s (%s was paid)", t.Rate().Percent(), t.Unpaid, t.On, t.Paid),
				Amount: t.Amount, Article: article,
			})
		}
	}
	return Section{"Surcharges for late payment of what was called before, not claimed by this notice", append(steps,
		law.Step{Text: "in all, up to " + r.NotifiedOn.String(), Amount: r.LateCharges, Article: article})}
}
