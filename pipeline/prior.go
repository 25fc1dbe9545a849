package pipeline

import (
	"cmp"
	"slices"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Prior is what earlier batches published of an affiliate's year. The zero value is nothing.
type Prior struct {
	Version       int         // of the last regularisation, 0 for none; where two numbers were settled apart, how many there are
	Surcharge     money.Cents // claimed by all versions together
	mostSurcharge money.Cents // the highest that they ever claimed together
	FirstNotified Date
	Last          Before         // the last version
	definitive    [5]money.Cents // by quarter 1 to 4, of the last version
	fee           [5]money.Cents
	known         [5]bool

	// of the last version: what it rested on
	last     *PriorYear
	category [5]law.Category // declared
	applied  [5]law.Category
	standing [5]Standing
}

// Called is what was called of a quarter so far: its definitive amount in the last published
// regularisation, else what the account called of it. Amount in cents.
func (p *Prior) Called(quarter *AccountQuarter) money.Cents {
	if p.known[quarter.Quarter] {
		return p.definitive[quarter.Quarter]
	}
	return quarter.Called()
}

// lost is the first quarter of the last published regularisation that the account has no more; 0: none.
func (p *Prior) lost(account []AccountQuarter) int {
	held := [5]bool{}
	for i := range account {
		held[account[i].Quarter] = true
	}
	for quarter := 1; quarter <= 4; quarter++ {
		if p.known[quarter] && !held[quarter] {
			return quarter
		}
	}
	return 0
}

// CalledFee is the part of Called that is the fee, in cents.
func (p *Prior) CalledFee(quarter *AccountQuarter, fee money.Rate) money.Cents {
	if p.known[quarter.Quarter] {
		return p.fee[quarter.Quarter]
	}
	return law.FeeWithin(quarter.Called(), fee)
}

// prior sums up what earlier batches published of a year: its versions, ascending, and the quarters of any year.
func prior(versions []PriorYear, quarters []PriorQuarter) Prior {
	if len(versions) == 0 {
		return Prior{}
	}
	last := &versions[len(versions)-1]
	p := Prior{Version: max(int(last.Version), len(versions)), last: last,
		Last: Before{Communication: last.Communication, NotifiedOn: last.NotifiedOn, Income: last.Income}}
	for i := range versions {
		if versions[i].Version == 1 {
			p.FirstNotified = versions[i].NotifiedOn
		}
		p.Surcharge += versions[i].Surcharge
		p.mostSurcharge = max(p.mostSurcharge, p.Surcharge)
	}
	for i := range quarters {
		q := &quarters[i]
		if q.Year == last.Year && q.Version == last.Version && q.Batch == last.Batch {
			p.definitive[q.Quarter], p.fee[q.Quarter], p.known[q.Quarter] = q.Definitive, q.Fee, true
			p.category[q.Quarter], p.applied[q.Quarter], p.standing[q.Quarter] = q.Category, q.Applied, q.Standing
			p.Last.Definitive += q.Definitive
		}
	}
	return p
}

// versionsOf is the part of the regularisations, sorted by year, that are of the year.
func versionsOf(years []PriorYear, year int16) []PriorYear {
	start, _ := slices.BinarySearchFunc(years, year, func(p PriorYear, y int16) int { return cmp.Compare(p.Year, y) })
	return run(years[start:], func(p *PriorYear) bool { return p.Year == year })
}

// OrderTakenBack orders what withdrawn batches said of somebody: by year, day and everything else.
func OrderTakenBack(notices []WithdrawnNotice, entries []PriorEntry) {
	slices.SortFunc(entries, func(a, b PriorEntry) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.BookedOn, b.BookedOn), cmp.Compare(a.Version, b.Version),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Debit, b.Debit), cmp.Compare(a.Credit, b.Credit),
			cmp.Compare(a.FromYear, b.FromYear))
	})
	slices.SortFunc(notices, func(a, b WithdrawnNotice) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.NotifiedOn, b.NotifiedOn))
	})
}

// countsAgain is the day of the last notice of a year before one that was withdrawn: it counts again. Versions of which nobody was told
// are passed over. 0: there is none.
func countsAgain(versions []PriorYear, withdrawn Date) Date {
	for _, p := range slices.Backward(versions) {
		told := p.Definitive != p.Called || p.Surcharge != 0 || p.Back != 0 || p.Refund != 0 || p.Given != 0
		if told && p.NotifiedOn <= withdrawn {
			return p.NotifiedOn
		}
	}
	return 0
}
