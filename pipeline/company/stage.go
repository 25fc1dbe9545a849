package company

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// The messages: each says what is wrong and what to do.
const (
	becauseConflict pipeline.Reason = "another row has the same enterprise and year and other values: keep the right one and resend"
	becausePayment  pipeline.Reason = "another row has the same payment identifier and other values: keep the right one and resend"
	becauseShared   pipeline.Reason = "a payment of another company has the same identifier: keep the right one and resend"
	becauseNotBegun pipeline.Reason = "the year, or the company, begins after the batch's date: run it again on or after that day"
	becauseCreation pipeline.Reason = "the company was created after the contribution year: correct the year or created_on"
	becauseUnknown  pipeline.Reason = "the companies input has no row of this company and year: add it, or correct the payment"
	becausePart     pipeline.Reason = "another row of this company and year, or of its payments, was rejected: correct it and " +
		"resend the year"
	becauseTooMuch pipeline.Reason = "the payments of this company and year add up to more than 1 000 000 000.00 EUR: correct them " +
		"and resend the year"
)

// becauseNoLaw names the year whose parameters are missing.
func becauseNoLaw(year int) pipeline.Reason {
	return pipeline.Reason("the amounts and the threshold of companies for " + strconv.Itoa(year) +
		" are not known: see regul companies --years")
}

// settleShard is the stages of one shard of companies: each year of a company that says something new becomes a settlement.
func settleShard(p *pipeline.Parameters, shard *rows.Shard, out pipeline.Results) pipeline.Decisions {
	s := stage{parameters: p, out: out}
	s.shard(shard)
	return s.decided
}

// shard settles the companies of a shard.
func (s *stage) shard(shard *rows.Shard) {
	for rank := range shard.Group() {
		s.recorded = recordedRows.Of(shard, rank)
		s.ledger.Transfers, s.ledger.Confirmations, s.ledger.Conflicts = transferRows.Of(shard, rank), confirmationRows.Of(shard, rank),
			conflictRows.Of(shard, rank)
		s.taken.notices, s.taken.entries = withdrawnRows.Of(shard, rank), entryRows.Of(shard, rank)
		s.company(companyRows.Of(shard, rank), paymentRows.Of(shard, rank), flawRows.Of(shard, rank), priorRows.Of(shard, rank))
	}
}

// stage settles companies, one after the other.
type stage struct {
	parameters *pipeline.Parameters
	out        pipeline.Results
	decided    pipeline.Decisions

	// of the present settlement
	settlement pipeline.Settlement
	party      pipeline.Party
	year       [1]pipeline.SettledYear
	facts      pipeline.CompanyYear
	entries    []pipeline.Entry

	// of the present company
	ledger pipeline.Case // its payments and what earlier batches ordered, as the books take them
	books  pipeline.Books
	came   []Payment
	sifted []Payment
	taken  takenBack

	recorded []Recorded         // as the last batch has them
	balanced []pipeline.Balance // of its years
	looks    bool               // at balances alone: nothing is settled
}

// yearCase is everything of a company and contribution year. Rows and payments differ from each other.
type yearCase struct {
	year     int16
	rows     []Row
	payments []Payment
	received []Payment   // of them, what came in, by day
	back     money.Cents // of what earlier versions gave back, what came back
	versions []Prior     // ascending
	flawed   bool        // a row of it could not be read, or contradicts another

	paid    money.Cents // in all, as the rows of tonight say
	says    bool        // they say it
	later   money.Cents // payments dated after the day of the batch, which do not count yet
	settled *Result     // tonight; nil: nothing new is said of the year
}

// company settles the years of one company. It sorts the rows: their order decides nothing.
func (s *stage) company(list []Row, payments []Payment, flaws []Flaw, versions []Prior) {
	s.decided.Confirmed = pipeline.AppendNews(s.decided.Confirmed, s.ledger.Confirmations)
	slices.SortFunc(list, func(a, b Row) int { return cmp.Or(a.compare(&b), rows.ComparePlaces(a.Place, b.Place)) })
	slices.SortFunc(payments, func(a, b Payment) int { return cmp.Or(a.compare(&b), rows.ComparePlaces(a.Place, b.Place)) })
	slices.SortFunc(versions, func(a, b Prior) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Version, b.Version)) })
	payments = s.sift(payments, &flaws)
	s.open(list, payments, versions)
	s.taken.of(versions, list)
	s.balanced = s.balanced[:0]
	for len(list) > 0 || len(payments) > 0 || len(versions) > 0 {
		y := yearCase{year: earliest(list, payments, versions)}
		y.rows, list = split(list, func(r *Row) bool { return r.Year == y.year })
		y.payments, payments = split(payments, func(p *Payment) bool { return p.Year == y.year })
		y.versions, versions = split(versions, func(v *Prior) bool { return v.Year == y.year })
		y.flawed = slices.ContainsFunc(flaws, func(f Flaw) bool { return f.Year == 0 || f.Year == y.year })
		s.settleYear(&y)
		s.balance(&y)
	}
	s.takeBack()
	s.decided.Totals.Tell(s.out, s.balanced)
}

// earliest is the earliest year of sorted rows, payments and versions, of which there is one at least.
func earliest(list []Row, payments []Payment, versions []Prior) int16 {
	year := int16(math.MaxInt16)
	if len(list) > 0 {
		year = list[0].Year
	}
	if len(payments) > 0 {
		year = min(year, payments[0].Year)
	}
	if len(versions) > 0 {
		year = min(year, versions[0].Year)
	}
	return year
}

// split cuts a list behind the rows at its head that are so.
func split[T any](list []T, is func(*T) bool) (head, rest []T) {
	n := 0
	for n < len(list) && is(&list[n]) {
		n++
	}
	return list[:n:n], list[n:]
}

// compare orders rows by year and everything else they say: two rows of a company with 0 are equal in every column.
func (r *Row) compare(o *Row) int {
	return cmp.Or(cmp.Compare(r.Year, o.Year), cmp.Compare(r.Balance, o.Balance), cmp.Compare(r.CreatedOn, o.CreatedOn),
		cmp.Compare(r.Exemption, o.Exemption), cmp.Compare(r.Called, o.Called), cmp.Compare(r.Paid, o.Paid),
		cmp.Compare(r.PaidOn, o.PaidOn), cmp.Compare(r.Language, o.Language), r.Contact.Compare(&o.Contact))
}

// compare orders payments by year, day and everything else they say.
func (p *Payment) compare(o *Payment) int {
	return cmp.Or(cmp.Compare(p.Year, o.Year), cmp.Compare(p.PaidOn, o.PaidOn), cmp.Compare(p.Amount, o.Amount),
		cmp.Compare(p.Purpose, o.Purpose), strings.Compare(p.Identifier, o.Identifier), strings.Compare(p.EndToEnd, o.EndToEnd))
}

// settleYear decides on the rows of a year.
func (s *stage) settleYear(y *yearCase) {
	fresh := y.rows[:0]
	for i := range y.rows {
		if i > 0 && y.rows[i].compare(&fresh[len(fresh)-1]) == 0 {
			s.count(pipeline.CompaniesInput, rows.Repeated, 1)
		} else {
			fresh = append(fresh, y.rows[i])
		}
	}
	received, inRange := s.received(y)
	paid := sumOf(received)
	switch {
	case len(fresh) == 0 && len(y.versions) > 0:
		s.count(pipeline.CompanyPayments, rows.AlreadySettled, len(y.payments))
		y.paid, y.says = paid, len(y.payments) > 0 && inRange && !y.flawed
		return
	case len(fresh) == 0 && !y.flawed:
		unknown := slices.DeleteFunc(slices.Clone(y.payments), s.booksOwn)
		s.count(pipeline.CompanyPayments, rows.AlreadySettled, len(y.payments)-len(unknown))
		s.refusePayments(unknown, pipeline.UnknownCompany, becauseUnknown)
		return
	case len(fresh) == 0:
		s.refusePayments(y.payments, pipeline.IncompleteAccount, becausePart)
		return
	case !inRange:
		s.refuse(fresh, y.payments, pipeline.IncompleteAccount, becauseTooMuch)
		return
	}
	for i := range fresh {
		switch day, dated := fresh[i].PaidOn.Get(); {
		case len(y.payments) > 0:
			fresh[i].Paid, fresh[i].PaidOn = paid, 0
		case dated && day > s.parameters.AsOf: // as a payment of that day, it does not count yet
			fresh[i].Paid, fresh[i].PaidOn = 0, 0
		default:
			fresh[i].Paid -= surchargesIn(&fresh[i], y.versions)
		}
	}
	y.received, y.back = received, refundedBy(y.versions)-s.books.Of(y.year).Refunded
	s.settleRows(fresh, y)
}

// settleRows settles the one row that says something new.
func (s *stage) settleRows(list []Row, y *yearCase) {
	year := int(y.year)
	parameters, known := s.parameters.Companies.Year(year)
	fresh := list[:0]
	settled := 0
	var rechecked pipeline.Recheck
	for i := range list {
		result := Result{Row: list[i]}
		if known {
			result = Settle(&list[i], y.received, &parameters, y.versions, y.back, s.parameters.AsOf)
		}
		switch {
		case !slices.ContainsFunc(y.versions, func(v Prior) bool { return v.Facts == result.Facts }):
			fresh = append(fresh, list[i])
		case known && s.comesToOther(&result, y):
			fresh, rechecked = append(fresh, list[i]), pipeline.RecheckFees
		default:
			settled++
		}
	}
	switch len(fresh) {
	case 0:
		s.count(pipeline.CompaniesInput, rows.AlreadySettled, settled)
		s.count(pipeline.CompanyPayments, rows.AlreadySettled, len(y.payments))
		y.paid, y.says = list[0].Paid, settled == 1 && !y.flawed
		if y.says && known && !s.looks {
			s.free(&list[0], y, &parameters)
		}
		return
	case 1:
		if y.flawed { // either row may be the right one; what was settled stays so
			s.count(pipeline.CompaniesInput, rows.AlreadySettled, settled)
			s.refuse(fresh, y.payments, pipeline.IncompleteAccount, becausePart)
			return
		}
		s.count(pipeline.CompaniesInput, rows.Superseded, settled)
	default:
		s.count(pipeline.CompaniesInput, rows.Superseded, settled)
		s.refuse(fresh, y.payments, pipeline.Duplicate, becauseConflict)
		return
	}
	row, on := &fresh[0], s.parameters.AsOf
	created := row.CreatedOn != NoDay
	switch {
	case year > on.Year() || created && row.CreatedOn > on:
		s.refuse(fresh, y.payments, pipeline.NotYetBegun, becauseNotBegun)
	case created && row.CreatedOn.Year() > year:
		s.refuse(fresh, y.payments, pipeline.BeforeCreation, becauseCreation)
	case !known:
		s.refuse(fresh, y.payments, pipeline.YearNotSupported, becauseNoLaw(year))
	case s.looks:
		y.paid, y.says = row.Paid, true
	default:
		s.count(pipeline.CompaniesInput, rows.Settled, 1)
		s.count(pipeline.CompanyPayments, rows.Settled, len(y.payments))
		result := Settle(row, y.received, &parameters, y.versions, y.back, on)
		result.SurchargePaid, result.Rechecked = s.paidOfSurcharge(y.year), rechecked
		s.decided.Recheck.Count(rechecked)
		s.settle(&result)
		y.settled = &result
	}
}

// comesToOther says whether facts on which the last version rests come to another amount by the law of today, where the run is asked for that.
// It is a correction as any other: the difference is claimed or refunded.
func (s *stage) comesToOther(r *Result, y *yearCase) bool {
	last := &y.versions[len(y.versions)-1]
	return s.parameters.Recheck&pipeline.RecheckFees != 0 && !y.flawed && last.Facts == r.Facts && last.Definitive != r.Definitive
}

// settle hands a result on as a settlement.
func (s *stage) settle(r *Result) {
	s.party = s.partyOf(&r.Row)
	s.year[0] = r.settled(&s.facts)
	s.settlement = pipeline.Settlement{Party: &s.party, AsOf: s.parameters.AsOf, Years: s.year[:],
		Freed: s.books.Freed(r.Year, r.owed(r.Definitive)-r.ToPay), Void: s.void(r)}
	s.settlement.Withdrawn, s.settlement.Entries = s.taken.settles(r.Year)
	s.entries = s.decided.Totals.Take(&s.settlement, s.entries)
	s.out.Settlement(&s.settlement)
}

// count adds rows of one fate.
func (s *stage) count(input pipeline.Input, fate rows.Fate, n int) {
	s.decided.Fates[input][fate].Rows += int64(n)
}

// refuse rejects rows of a year, and its payments with them.
func (s *stage) refuse(list []Row, payments []Payment, code pipeline.Code, because pipeline.Reason) {
	defer s.refusePayments(payments, pipeline.IncompleteAccount, becausePart)
	for i := range list {
		s.reject(pipeline.Reject{Input: pipeline.CompaniesInput, Code: code, Reason: because, Year: list[i].Year, Place: list[i].Place})
	}
}

func (s *stage) refusePayments(payments []Payment, code pipeline.Code, because pipeline.Reason) {
	for i := range payments {
		s.reject(pipeline.Reject{Input: pipeline.CompanyPayments, Code: code, Reason: because, Year: payments[i].Year,
			Place: payments[i].Place})
	}
}

func (s *stage) reject(r pipeline.Reject) {
	s.count(r.Input, rows.Rejected, 1)
	s.decided.Rejects = append(s.decided.Rejects, r)
}
