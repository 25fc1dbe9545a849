package company

import (
	"slices"
	"strconv"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/rows"
)

// Reject is a row that was not taken, with the reason. Its text is read again when it is published.
type Reject struct {
	Code   Code
	Reason pipeline.Reason
	Year   int16  // 0: unreadable
	Number Number // 0: unreadable
	Place  rows.Place
}

// Decisions are what became of all rows.
type Decisions struct {
	Results []Result // by year and company
	Rejects []Reject
	Fates   [rows.FateCount]int64
	Totals  Totals

	torn map[companyYear]bool // of which a row could not be read
}

// The messages: each says what is wrong and what to do.
const (
	becauseConflict pipeline.Reason = "another row has the same enterprise and year and other values: keep the right one and resend"
	becauseNotBegun pipeline.Reason = "the year, or the company, begins after the batch's date: run it again on or after that day"
	becausePart     pipeline.Reason = "another row of this company and year could not be read: correct it and resend both"
	becauseCreation pipeline.Reason = "the company was created after the contribution year: correct the year or created_on"
)

// becauseNoLaw names the year whose parameters are missing.
func becauseNoLaw(year int) pipeline.Reason {
	return pipeline.Reason("the amounts and the threshold of companies for " + strconv.Itoa(year) + " are not known: see regul companies --years")
}

// Decide settles rows against the versions that published batches hold, on a day. It sorts both: their order decides nothing. A row
// that could not be read holds back what is new of its company's year, or of all its years where it does not say which: either may be the right one.
func Decide(list []Row, unread []Reject, history []Prior, l *law.CompanyLaw, on pipeline.Date) *Decisions {
	slices.SortFunc(list, func(a, b Row) int { return byValueAndPlace(&a, &b) })
	slices.SortFunc(history, func(a, b Prior) int { return a.compare(&b) })
	d := &Decisions{torn: map[companyYear]bool{}}
	d.unread(unread)
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].key(&list[0]) == 0 {
			n++
		}
		for len(history) > 0 && history[0].before(&list[0]) {
			history = history[1:]
		}
		versions := 0
		for versions < len(history) && history[versions].of(&list[0]) {
			versions++
		}
		d.group(list[:n], history[:versions:versions], l, on)
		list = list[n:]
	}
	slices.SortStableFunc(d.Results, func(a, b Result) int { return int(a.Year) - int(b.Year) })
	for i := range d.Results {
		d.Totals.add(&d.Results[i])
	}
	return d
}

// group decides on the rows of one company and year, sorted by value.
func (d *Decisions) group(list []Row, versions []Prior, l *law.CompanyLaw, on pipeline.Date) {
	var fresh []*Row // different from each other and from what was settled
	known := 0
	for i := range list {
		switch {
		case i > 0 && list[i].Compare(&list[i-1]) == 0:
			d.Fates[rows.Repeated]++
		case slices.ContainsFunc(versions, func(p Prior) bool { return p.Facts == list[i].Facts }):
			known++
		default:
			fresh = append(fresh, &list[i])
		}
	}
	switch {
	case len(fresh) == 0:
		d.Fates[rows.AlreadySettled] += int64(known)
	case len(fresh) == 1 && d.isTorn(fresh[0]):
		d.Fates[rows.AlreadySettled] += int64(known)
		d.reject(fresh[0], IncompleteAccount, becausePart)
	case len(fresh) == 1:
		d.Fates[rows.Superseded] += int64(known)
		d.settle(fresh[0], versions, l, on)
	default:
		d.Fates[rows.Superseded] += int64(known)
		for _, row := range fresh {
			d.reject(row, Duplicate, becauseConflict)
		}
	}
}

// settle settles the one row of a company and year that says something new.
func (d *Decisions) settle(row *Row, versions []Prior, l *law.CompanyLaw, on pipeline.Date) {
	year := int(row.Year)
	parameters, known := l.Year(year)
	created := row.CreatedOn != NoDay
	switch {
	case year > on.Year() || created && row.CreatedOn > on:
		d.reject(row, NotYetBegun, becauseNotBegun)
	case created && row.CreatedOn.Year() > year:
		d.reject(row, BeforeCreation, becauseCreation)
	case !known:
		d.reject(row, YearNotSupported, becauseNoLaw(year))
	default:
		d.Fates[rows.Settled]++
		d.Results = append(d.Results, Settle(row, &parameters, versions, on))
	}
}

func (d *Decisions) reject(row *Row, code Code, reason pipeline.Reason) {
	d.Fates[rows.Rejected]++
	d.Rejects = append(d.Rejects, Reject{Code: code, Reason: reason, Year: row.Year, Number: row.Number, Place: row.Place})
}

// companyYear is a company and one of its years; 0 is any year.
type companyYear struct {
	number Number
	year   int16
}

// unread adds the rows that could not be read.
func (d *Decisions) unread(rejects []Reject) {
	d.Rejects = append(d.Rejects, rejects...)
	d.Fates[rows.Rejected] += int64(len(rejects))
	for _, r := range rejects {
		if r.Number != 0 {
			d.torn[companyYear{r.Number, r.Year}] = true
		}
	}
}

// isTorn says whether a row that could not be read may be of the row's company and year.
func (d *Decisions) isTorn(r *Row) bool {
	return len(d.torn) > 0 && (d.torn[companyYear{r.Number, r.Year}] || d.torn[companyYear{r.Number, 0}])
}
