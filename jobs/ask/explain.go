package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report"
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
	last           batch.PublishedQuarter

	row   *batch.PublishedRow
	bands []report.Band
}

// Section is the lines of one part of the explanation.
type Section struct {
	Title string     `json:"title"`
	Said  law.Phrase `json:"-"` // what Title says
	Steps []law.Step `json:"steps"`
}

// newSection is a section with the phrase as its title.
func newSection(said law.Phrase, steps ...law.Step) Section {
	return Section{said.String(), said, steps}
}

// step is a line of an explanation.
func step(amount money.Cents, article, format string, filled ...any) law.Step {
	return law.NewStep(law.Say(format, filled...), law.Step{Amount: amount, Article: article})
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
	state, err := standingOf(storage, row.Manifest, asked.niss.String())
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
	e.row, e.bands = row, bandsOf(l, rules, row, fee)
	e.Sections = append(e.Sections, e.incomeSection(row))
	for _, q := range row.Quarters {
		section, err := quarterSection(l, rules, row, q, fee)
		if err != nil {
			return nil, err
		}
		e.addQuarter(section, q)
	}
	e.Sections = append(e.Sections, settlementSection(row))
	if row.SurchargeTotal != 0 || row.Surcharge != 0 || row.SurchargeRefund > 0 {
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
	same := q.Category == e.last.Category && q.Standing == e.last.Standing && q.Declared == e.last.Declared && q.Reason == e.last.Reason
	e.last = q
	if e.quarters == 0 || !slices.Equal(last.Steps, s.Steps) || !same {
		e.Sections, e.quarters = append(e.Sections, s), q.Quarter
		return
	}
	*last = newSection(quartersTitle(e.quarters, &q), last.Steps...)
}

// quartersTitle names quarters of one calculation, of which q is the last.
func quartersTitle(first int, q *batch.PublishedQuarter) law.Phrase {
	format, filled := "Quarter %s: ", []any{strconv.Itoa(q.Quarter)}
	if first < q.Quarter {
		format, filled = "Quarters %s to %s, each: ", []any{strconv.Itoa(first), strconv.Itoa(q.Quarter)}
	}
	category, standing := law.Term{Of: "category", Code: q.Category}, law.Term{Of: "standing", Code: q.Standing}
	if q.Reason != "" {
		return law.Say(format+"%s (declared %s), %s", append(filled, category, law.Term{Of: "category", Code: q.Declared}, standing)...)
	}
	return law.Say(format+"%s, %s", append(filled, category, standing)...)
}

func (e *Explanation) incomeSection(r *batch.PublishedRow) Section {
	n := r.Subject
	communication, on := r.Communication, r.CommunicatedOn
	steps := []law.Step{step(r.Income, "AR 38 art. 11 §2", "net income by communication %s of %s", communication, on)}
	if year := r.IncomeYear; year != e.Year {
		steps[0] = step(r.Income, "AR 38 art. 11 §2", "net income of %s, by communication %s of %s", strconv.Itoa(year), communication, on)
		steps = append(steps, step(0, "AR 38 art. 13bis and 13ter",
			"a starter's quarters of %s are under the rules from before 2015: they rest on the income of %s", strconv.Itoa(e.Year),
			strconv.Itoa(year)))
	}
	if r.Contested {
		steps = append(steps, step(r.CountedIncome(), "RGS art. 34",
			"contested with the tax administration: what is admitted counts until the dispute ends"))
	}
	return newSection(law.Say("Income of the year"), append(steps,
		step(r.Annual, "AR 38 art. 11 §5", "annual income: x 4 / %s quarters of subjection (a negative income counts as 0)",
			strconv.Itoa(n)))...)
}

// quarterSection explains one quarter, and holds the calculation against what was published.
func quarterSection(l *law.Law, rules *law.Year, r *batch.PublishedRow, q batch.PublishedQuarter, fee money.Rate) (Section, error) {
	s := newSection(quartersTitle(q.Quarter, &q))
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
		s.Steps = append(s.Steps, step(q.Definitive, "AR 38 art. 17 §2; RGS art. 50ter/1 §2 2° b)",
			"the supplement is dispensed: at most what was called provisionally"))
	}
	if q.ToConfirm {
		s.Steps = slices.Insert(s.Steps, 0, step(0, "AR 38 art. 12 §1bis al. 2",
			"to confirm: the account does not show the 20 quarters before; fill if_main where a primostarter's minimum applies"))
	}
	if q.Reason != "" {
		s.Steps = slices.Insert(s.Steps, 0, step(0, "RGS art. 35, 36 and 39", whyApplied[q.Reason]+": counts as %s",
			law.Term{Of: "category", Code: q.Category}))
	}
	if last := s.Steps[len(s.Steps)-1].Amount; last != q.Definitive {
		return s, fmt.Errorf("%s: quarter %d was published with %s, this program computes %s: its law is another one than the batch's",
			r.Manifest.Folder(), q.Quarter, q.Definitive, last)
	}
	if q.LegalComputed != pipeline.Unsaid {
		s.Steps = append(s.Steps, legalStep(&q))
	}
	s.Steps = append(s.Steps, step(q.Called, "AR 38 art. 11 §5", "called so far"))
	return s, nil
}

// legalStep is the legal provisional contribution by the law beside that of the account.
func legalStep(q *batch.PublishedQuarter) law.Step {
	text := "legal provisional contribution, on the income of three years before, or the latest before it, known on 1 January, x " +
		"the coefficient"
	if q.Starter == 1 || q.Starter == 2 {
		text = "legal provisional contribution of a starter, on the fixed base of the category (AR 38 art. 13bis §2)"
	}
	if q.LegalComputed != q.Legal {
		return step(q.LegalComputed, "AR 38 art. 11 §3", text+" (the account has %s)", q.Legal)
	}
	return step(q.LegalComputed, "AR 38 art. 11 §3", text)
}

// whyApplied says why a quarter counts as a main occupation though it was declared otherwise, by the code of the reason.
var whyApplied = map[string]string{
	pipeline.HoursBelowHalfTime.String(): "fewer hours, worked or assimilated, in the other occupation than half of full time, " +
		"floor(floor(W / 5 x 62) / 2)",
	pipeline.ServiceTooShort.String():      "fewer than 8 months and fewer than 200 days of service in the year",
	pipeline.ServiceBelowHalfTime.String(): "the service is less than half-time",
	pipeline.TeachingBelowSix.String():     "all teaching jobs together are less than 6/10 of full time",
	pipeline.NoPensionRights.String():      "no rights to a pension are preserved and no benefit is received",
	pipeline.IncapacityBelow66.String():    "the incapacity for work is below 66 %%",
	pipeline.BenefitBelowMinimum.String(): "no rights to a pension are preserved, and the benefit is below the minimum pension of " +
		"an isolated self-employed person",
	pipeline.FromTheNextQuarter.String(): "the other occupation begins in this quarter: the status takes effect from the next one",
	pipeline.EndsInTheQuarter.String():   "the other occupation ends in this quarter: the status ends with it",
}

// standingSteps say that a quarter owes nothing, and which quarters have that standing.
func standingSteps(standing string) []law.Step {
	format := "the standing %s owes no contribution, and the quarter counts in n"
	if standing == pipeline.Assimilated.String() {
		format = "the standing %s owes no contribution, and the quarter does not count in n"
	}
	named := law.Term{Of: "standing", Code: standing}
	steps := []law.Step{step(0, "AR 38 art. 11 §5", format, named)}
	for _, s := range pipeline.Situations() {
		if s.Standing.String() == standing {
			steps = append(steps, step(0, s.Article, "%s is: %s", named, law.Term{Of: "situation", Code: s.Quarter}))
		}
	}
	return steps
}

func settlementSection(r *batch.PublishedRow) Section {
	const claim, refund = "AR 38 art. 11 §5 and 15", "AR 38 art. 11 §5; RGS art. 44"
	steps := []law.Step{
		step(r.Definitive, claim, "definitive contribution D, the sum of the quarters"),
		step(r.Called, claim, "called so far C"),
		step(r.Paid, claim, "paid up to %s P", r.NotifiedOn),
	}
	for _, step := range []law.Step{
		step(r.Supplement, claim, "supplement = D - C"),
		step(r.SurplusApplied, refund, "of it, already overpaid: at most P - C"),
		step(r.ToPay, "RGS art. 44 §3 and 44bis §3", "to pay by %s (7 %% on what is unpaid on %s)", r.DueDate, r.SevenPercentOn),
		step(r.OffsetReceived, refund, "of it, paid by refunds of other years"),
		step(r.Cancelled, claim, "called but no longer due = C - D"),
		step(r.RefundGross, refund, "paid too much = P - D"),
		step(r.Offset, refund, "of it, kept for arrears and supplements of other years"),
		step(r.Refund, refund, "refund"),
		step(r.Arrears, claim, "provisional amount that stays due = min(C, D) - P"),
		step(r.ArrearsBarred, "AR 38 art. 16 §2", "of it, barred: it takes no refund"),
	} {
		if step.Amount != 0 {
			steps = append(steps, step)
		}
	}
	return newSection(law.Say("Settlement: %s", law.Term{Of: "outcome", Code: r.Outcome}), steps...)
}

func surchargeSection(r *batch.PublishedRow) Section {
	article := pipeline.UnjustifiedReduction.String()
	steps := []law.Step{
		step(r.Legal, article, "legal provisional contribution L"),
		step(r.Reduced, article, "reduced provisional contribution R"),
	}
	steps = append(steps, termSteps(r, article, "%s %% of %s, unpaid on %s: min(D, L) less the higher of R and the %s paid",
		"%s x %s %% of %s, unpaid from %s to %s: min(D, L) less the higher of R and the %s paid")...)
	steps = append(steps, step(r.SurchargeTotal, article, "surcharge in all"))
	if claimed := r.SurchargeTotal - r.Surcharge; claimed != 0 {
		steps = append(steps, step(claimed, article, "less what earlier notices claimed"))
	}
	back := r.SurchargeRefund
	if back == pipeline.Unsaid {
		back = max(0, -r.Surcharge)
	}
	if cancelled := -r.Surcharge - back; cancelled > 0 {
		steps = append(steps, step(cancelled, article, "surcharge cancelled, not paid"))
	}
	if back > 0 {
		steps = append(steps, step(back, article, "surcharge given back: it was paid"))
	}
	if r.Surcharge >= 0 {
		steps = append(steps, step(r.Surcharge, article, "surcharge claimed now"))
	}
	return newSection(law.Say("Surcharge for an unjustified reduction"), steps...)
}

// lateSection explains the surcharges for late payment, which the notice does not claim.
func lateSection(r *batch.PublishedRow) Section {
	article := pipeline.LatePayment.String()
	steps := termSteps(r, article, "%s %% of %s, called and unpaid on %s (%s was paid)",
		"%s x %s %% of %s, called and unpaid from %s to %s (%s was paid)")
	return newSection(law.Say("Surcharges for late payment of what was called before, not claimed by this notice"), append(steps,
		step(r.LateCharges, article, "in all, up to %s", r.NotifiedOn))...)
}

// termSteps are the terms of a surcharge on a basis, by their day. Those that differ in the day alone share a line, as in the letters.
func termSteps(r *batch.PublishedRow, basis, one, several string) (steps []law.Step) {
	terms := slices.DeleteFunc(slices.Clone(r.Terms), func(t batch.PublishedTerm) bool { return t.Basis != basis })
	slices.SortStableFunc(terms, func(a, b batch.PublishedTerm) int { return cmp.Compare(a.On, b.On) })
	for len(terms) > 0 {
		t, n := terms[0], 1
		for n < len(terms) && terms[n].Alike(&t) {
			n++
		}
		rate := law.Percent(t.Rate().Percent())
		if n == 1 {
			steps = append(steps, step(t.Amount, basis, one, rate, t.Unpaid, t.On, t.Paid))
		} else {
			steps = append(steps, step(t.Amount*money.Cents(n), basis, several, strconv.Itoa(n), rate, t.Unpaid, t.On, terms[n-1].On, t.Paid))
		}
		terms = terms[n:]
	}
	return steps
}
