package ledger

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// What the ledger needs of the tables of a batch, as typed rows. Where the record of the pipeline says it all, it is the row.

// priorYear is a settled year, and what it says of others.
type priorYear struct {
	pipeline.PriorYear
	toPay, received money.Cents // what of the supplement was to pay, and what offsets paid of it
	barred          money.Cents // of the arrears, what can no longer be claimed
	lateToPay       money.Cents // of Late, what the letter asked; pipeline.Unsaid: all of it, for all that is known
	filed           bool        // the dossier can be read
}

// priorYearFields are the columns of the settled years of a batch; nil: of all. One that took what left the fund from the ledger says what
// came back.
func priorYearFields(m *batch.Manifest) batch.Fields[priorYear] {
	fields := batch.Fields[priorYear]{
		batch.NISSField(func(r *priorYear) *pipeline.NISS { return &r.NISS }),
		batch.WholeField("contribution_year", func(r *priorYear) *int16 { return &r.Year }),
		batch.WholeField("version", func(r *priorYear) *int32 { return &r.Version }),
		batch.TextField("communication", func(r *priorYear) *string { return &r.Communication }),
		batch.DayField("communicated_on", func(r *priorYear) *pipeline.Date { return &r.CommunicatedOn }),
		batch.AmountField("net_income", func(r *priorYear) *money.Cents { return &r.Income }),
		batch.AmountField("surcharge", func(r *priorYear) *money.Cents { return &r.Surcharge }),
		batch.DayField("notified_on", func(r *priorYear) *pipeline.Date { return &r.NotifiedOn }),
		batch.AmountField("legal_provisional", func(r *priorYear) *money.Cents { return &r.Legal }),
		batch.AmountField("reduced_provisional", func(r *priorYear) *money.Cents { return &r.Reduced }),
		batch.AmountField("definitive", func(r *priorYear) *money.Cents { return &r.Definitive }),
		batch.AmountField("called", func(r *priorYear) *money.Cents { return &r.Called }),
		batch.CodeField("dossier", func(r *priorYear, text []byte) bool { r.Dossier, r.filed = pipeline.ParseDossier(text); return true }),
		batch.TextField("components", func(r *priorYear) *string { return &r.Components }).AddedLater(),
		batch.FlagField("contested", func(r *priorYear) *bool { return &r.Contested }).AddedLater(),
		batch.AmountField("counted_income", func(r *priorYear) *money.Cents { return &r.Counted }).AddedLater(),
		batch.AmountField("paid", func(r *priorYear) *money.Cents { return &r.Paid }),
		batch.AmountField("refund", func(r *priorYear) *money.Cents { return &r.Refund }),
		batch.AmountField("to_pay", func(r *priorYear) *money.Cents { return &r.toPay }),
		batch.AmountField("offset_received", func(r *priorYear) *money.Cents { return &r.received }),
		batch.AmountField("offset", func(r *priorYear) *money.Cents { return &r.Given }),
		batch.AmountField("arrears", func(r *priorYear) *money.Cents { return &r.Owing }),
		batch.AmountField("arrears_barred", func(r *priorYear) *money.Cents { return &r.barred }).AddedLater(),
		batch.AmountField("late_surcharge", func(r *priorYear) *money.Cents { return &r.Late }).AddedLater(),
		batch.MaybeAmountField("late_surcharge_to_pay", func(r *priorYear) *money.Cents { return &r.lateToPay }).AddedLater(),
		batch.MaybeAmountField("surcharge_to_pay", func(r *priorYear) *money.Cents { return &r.Asked }).AddedLater(),
		batch.MaybeAmountField("surcharge_refund", func(r *priorYear) *money.Cents { return &r.Back }).AddedLater(),
	}
	if m == nil || m.MoneyLedger {
		fields = append(fields, batch.AmountField("reversed", func(r *priorYear) *money.Cents { return &r.Reversed }))
	}
	return fields
}

// takePriorYear takes the settled years of the batch at a position.
func takePriorYear(at int, m *batch.Manifest, repriced func(year int) bool) func(*pipeline.Scatter, *priorYear) {
	return func(s *pipeline.Scatter, r *priorYear) {
		r.Batch, r.Trusting, r.Repriced, r.Claim = int32(at), !m.MoneyLedger, repriced(int(r.Year)), r.toPay-r.received
		r.Asked, r.Back = surchargeMoved(r.Surcharge, r.Asked, r.Back)
		if r.lateToPay != pipeline.Unsaid {
			r.Late = r.lateToPay
		}
		if r.Owing += r.received - r.barred; !r.Contested {
			r.Counted = 0
		}
		s.PriorYear(&r.PriorYear)
		if r.filed {
			s.PriorDossier(r.Dossier, r.NISS)
		}
	}
}

// surchargeMoved is what a version asked for of its surcharge, and what left of it, in cents. A batch of before they were told (Unsaid) asked
// for all that it claimed, and transferred all that it took back.
func surchargeMoved(surcharge, asked, back money.Cents) (money.Cents, money.Cents) {
	if asked == pipeline.Unsaid {
		back = max(0, -surcharge)
	}
	return surchargeAsked(surcharge, asked), back
}

// priorQuarterFields are the columns of the quarters. A category that the law does not know is no error: it tells that the account changed.
func priorQuarterFields(l *law.Law) batch.Fields[pipeline.PriorQuarter] {
	category := func(name string, to func(*pipeline.PriorQuarter) *law.Category) batch.Field[pipeline.PriorQuarter] {
		unknown := func(q *pipeline.PriorQuarter) { *to(q) = pipeline.UnknownCategory }
		return batch.CodeField(name, func(q *pipeline.PriorQuarter, text []byte) bool {
			if found, known := l.Category(string(text)); known {
				*to(q) = found
			} else {
				unknown(q)
			}
			return true
		}).OrElse(unknown)
	}
	return batch.Fields[pipeline.PriorQuarter]{
		batch.NISSField(func(q *pipeline.PriorQuarter) *pipeline.NISS { return &q.NISS }),
		batch.WholeField("contribution_year", func(q *pipeline.PriorQuarter) *int16 { return &q.Year }),
		batch.WholeField("version", func(q *pipeline.PriorQuarter) *int32 { return &q.Version }),
		batch.WholeField("quarter", func(q *pipeline.PriorQuarter) *uint8 { return &q.Quarter }),
		batch.AmountField("definitive", func(q *pipeline.PriorQuarter) *money.Cents { return &q.Definitive }),
		batch.AmountField("fee", func(q *pipeline.PriorQuarter) *money.Cents { return &q.Fee }),
		batch.AmountField("called", func(q *pipeline.PriorQuarter) *money.Cents { return &q.Called }),
		category("category_declared", func(q *pipeline.PriorQuarter) *law.Category { return &q.Category }),
		category("category", func(q *pipeline.PriorQuarter) *law.Category { return &q.Applied }),
		batch.WordField("standing", pipeline.Standings(), func(q *pipeline.PriorQuarter) *pipeline.Standing { return &q.Standing }),
	}
}

// takePriorQuarter takes the quarters of the batch at a position.
func takePriorQuarter(at int) func(*pipeline.Scatter, *pipeline.PriorQuarter) {
	return func(s *pipeline.Scatter, q *pipeline.PriorQuarter) {
		q.Batch = int32(at)
		s.PriorQuarter(q)
	}
}

// offsetLine is a line of the books, where it may be an offset.
type offsetLine struct {
	pipeline.PriorOffset
	offset   bool
	reverses pipeline.Date // of a line that takes back one of a withdrawn batch, which is no offset of its batch
}

var offsetFields = batch.Fields[offsetLine]{
	batch.NISSField(func(r *offsetLine) *pipeline.NISS { return &r.NISS }),
	batch.WholeField("contribution_year", func(r *offsetLine) *int16 { return &r.To }),
	batch.WholeField("from_year", func(r *offsetLine) *int16 { return &r.From }),
	batch.DayField("booked_on", func(r *offsetLine) *pipeline.Date { return &r.On }),
	batch.AmountField("debit", func(r *offsetLine) *money.Cents { return &r.Amount }),
	batch.SaysField("role", pipeline.OffsetRole.String(), func(r *offsetLine) *bool { return &r.offset }),
	batch.DayField("reverses", func(r *offsetLine) *pipeline.Date { return &r.reverses }).AddedLater(),
}

// takePriorOffset takes what an offset brought into a year.
func takePriorOffset(s *pipeline.Scatter, r *offsetLine) {
	if r.offset && r.reverses == 0 && r.Amount > 0 && r.From != r.To {
		s.PriorOffset(&r.PriorOffset)
	}
}

// withdrawnNotice is a year of a withdrawn batch.
type withdrawnNotice struct {
	pipeline.WithdrawnNotice
	unchanged               bool
	surcharge, asked, back  money.Cents // of art. 11bis: the difference, what the letter asked, what left
	toPay, received, refund money.Cents
}

var withdrawnNoticeFields = batch.Fields[withdrawnNotice]{
	batch.NISSField(func(r *withdrawnNotice) *pipeline.NISS { return &r.NISS }),
	batch.WholeField("contribution_year", func(r *withdrawnNotice) *int16 { return &r.Year }),
	batch.DayField("notified_on", func(r *withdrawnNotice) *pipeline.Date { return &r.NotifiedOn }),
	batch.SaysField("outcome", pipeline.Unchanged.String(), func(r *withdrawnNotice) *bool { return &r.unchanged }),
	batch.AmountField("surcharge", func(r *withdrawnNotice) *money.Cents { return &r.surcharge }),
	batch.MaybeAmountField("surcharge_to_pay", func(r *withdrawnNotice) *money.Cents { return &r.asked }).AddedLater(),
	batch.MaybeAmountField("surcharge_refund", func(r *withdrawnNotice) *money.Cents { return &r.back }).AddedLater(),
	batch.AmountField("to_pay", func(r *withdrawnNotice) *money.Cents { return &r.toPay }),
	batch.AmountField("offset_received", func(r *withdrawnNotice) *money.Cents { return &r.received }),
	batch.AmountField("refund", func(r *withdrawnNotice) *money.Cents { return &r.refund }),
}

// takeWithdrawnNotice takes a year of a withdrawn batch, if the affiliate was told of it.
func takeWithdrawnNotice(s *pipeline.Scatter, r *withdrawnNotice) {
	asked, back := surchargeMoved(r.surcharge, r.asked, r.back)
	if !r.unchanged || r.surcharge != 0 || back != 0 {
		r.Claim, r.Payout = r.toPay-r.received+asked, r.refund+back
		s.WithdrawnNotice(&r.WithdrawnNotice)
	}
}

// withdrawnEntryFields are the lines of the books of a withdrawn batch, which the next batch reverses.
var withdrawnEntryFields = append(batch.Fields[pipeline.PriorEntry]{
	batch.NISSField(func(e *pipeline.PriorEntry) *pipeline.NISS { return &e.NISS }),
	batch.WholeField("from_year", func(e *pipeline.PriorEntry) *int16 { return &e.FromYear }),
	batch.CodeField("dossier", func(e *pipeline.PriorEntry, text []byte) (ok bool) {
		e.Dossier, ok = pipeline.ParseDossier(text)
		return ok
	}),
}, bookedFields...)

// bookedFields are what the lines of people and of companies say alike.
var bookedFields = batch.Fields[pipeline.PriorEntry]{
	batch.WholeField("contribution_year", func(e *pipeline.PriorEntry) *int16 { return &e.Year }),
	batch.WholeField("version", func(e *pipeline.PriorEntry) *int32 { return &e.Version }),
	batch.WholeField("line", func(e *pipeline.PriorEntry) *int32 { return &e.Line }),
	batch.DayField("booked_on", func(e *pipeline.PriorEntry) *pipeline.Date { return &e.BookedOn }),
	batch.WordField("role", pipeline.Roles(), func(e *pipeline.PriorEntry) *pipeline.Role { return &e.Role }),
	batch.AmountField("debit", func(e *pipeline.PriorEntry) *money.Cents { return &e.Debit }),
	batch.AmountField("credit", func(e *pipeline.PriorEntry) *money.Cents { return &e.Credit }),
}

// BalanceFields are what the balances of people and of companies say alike.
var BalanceFields = batch.Fields[pipeline.Balance]{
	batch.WholeField("contribution_year", func(b *pipeline.Balance) *int { return &b.Year }),
	batch.AmountField("paid", func(b *pipeline.Balance) *money.Cents { return &b.Paid }),
	batch.AmountField("refunded", func(b *pipeline.Balance) *money.Cents { return &b.Refunded }),
	batch.AmountField("open", func(b *pipeline.Balance) *money.Cents { return &b.Open }),
	batch.AmountField("credit", func(b *pipeline.Balance) *money.Cents { return &b.Credit }),
	batch.AmountField("unseen", func(b *pipeline.Balance) *money.Cents { return &b.Unseen }),
	batch.DayField("unseen_since", func(b *pipeline.Balance) *pipeline.Date { return &b.UnseenSince }),
	batch.AmountField("unclear", func(b *pipeline.Balance) *money.Cents { return &b.Unclear }),
	batch.AmountField("later", func(b *pipeline.Balance) *money.Cents { return &b.Later }),
}
