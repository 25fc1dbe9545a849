package verify

import (
	"maps"
	"path"
	"slices"
	"strconv"

	"regul/jobs/batch"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// verifiedLetter is a row of the index of the letters.
type verifiedLetter struct {
	number, file  string
	year          int // 0: the letter tells of all years
	first, pages  int64
	claim, payout money.Cents
	copied        bool // a copy for the solidary debtor (AR 38 art. 15 §1)
}

// noticeColumns are the columns of the index of a subject, whose letters are named by a number.
func noticeColumns(number string) []verifiedColumn[verifiedLetter] {
	return []verifiedColumn[verifiedLetter]{
		textColumn(number, func(l *verifiedLetter) *string { return &l.number }),
		integerColumn("contribution_year", func(l *verifiedLetter) *int { return &l.year }).addedLater(), // of companies
		textColumn("file", func(l *verifiedLetter) *string { return &l.file }),
		numberColumn("first_page", "int32", func(l *verifiedLetter) *int64 { return &l.first }),
		numberColumn("pages", "int32", func(l *verifiedLetter) *int64 { return &l.pages }),
		amountColumn("claim", func(l *verifiedLetter) *money.Cents { return &l.claim }),
		amountColumn("payout", func(l *verifiedLetter) *money.Cents { return &l.payout }),
		flagColumn("copy", func(l *verifiedLetter) *bool { return &l.copied }).orNull().addedLater(),
	}
}

// checkNotices holds the letters against their index: every page of a file belongs to one letter, in the order of the index.
func (v *verifier) checkNotices() {
	folder := v.subject.Notices
	index := folder + "/index.parquet"
	letters := v.files(folder, ".pdf")
	if len(letters) == 0 && len(v.files(folder, ".parquet")) == 0 {
		return
	}
	c := v.add("notices", "letters")
	pages := map[string]int64{}  // that the index gives to each file
	copies := map[string]int64{} // the row of each
	var indexed, copied int64
	var claim, payout money.Cents
	err := eachRow(v, index, noticeColumns(v.subject.Number), func(row int64, l *verifiedLetter) {
		indexed++
		claim += l.claim
		payout += l.payout
		if l.copied {
			copied++
			copies[l.number] = row
			c.that(l.claim == 0 && l.payout == 0, index, row, "a copy has the amounts of its letter")
		} else {
			v.told.add(l.number, l.year, "", payments.Claim, l.claim)
			v.told.add(l.number, l.year, "", payments.Refund, l.payout)
		}
		c.that(l.first == pages[l.file]+1 && l.pages >= 1, index, row, "its pages do not follow those of the letter before")
		pages[l.file] = l.first + l.pages - 1
	})
	if err != nil {
		c.fail(index, 0, "%v", withoutPath(err))
		return
	}
	v.checkCopies(c, copies)
	v.checkPages(c, index, letters, pages)
	if said, known := v.totals["notices"]; known {
		hold(c, index, "the number of letters", strconv.FormatInt(indexed-copied, 10), string(said))
		if said, known := v.totals["copies"]; known || copied > 0 {
			hold(c, index, "the number of copies", strconv.FormatInt(copied, 10), string(said))
		}
	}
	if c.Note = v.incomplete(); c.Note == "" {
		hold(c, index, "the sum of the claims", claim, v.sums.amount("claim"))
		hold(c, index, "the sum of the payouts", payout, v.sums.amount("payout"))
	}
}

// checkPages makes sure that each file of letters has the pages that the index gives to it.
func (v *verifier) checkPages(c *Check, index string, letters []*batch.ManifestFile, pages map[string]int64) {
	for _, f := range v.manifest.Removed() {
		delete(pages, f.Path)
		delete(pages, path.Base(f.Path))
	}
	found, faults := v.countAllPages(letters)
	for i, f := range letters {
		said, known := pages[f.Path]
		if !known {
			said = pages[path.Base(f.Path)]
		}
		delete(pages, f.Path)
		delete(pages, path.Base(f.Path))
		switch {
		case faults[i] != nil:
			c.fail(f.Path, 0, "%v", withoutPath(faults[i]))
		case found[i] != said:
			c.fail(f.Path, 0, "it has %d pages, the index says %d", found[i], said)
		}
	}
	if len(pages) > 0 {
		c.fail(index, 0, "it names %d files that are not there", len(pages))
	}
}

// checkCopies holds the copies for solidary debtors against the letters: there is one of a letter that claims something, and no other.
func (v *verifier) checkCopies(c *Check, copies map[string]int64) {
	if len(copies) == 0 {
		return
	}
	index := v.subject.Notices + "/index.parquet"
	err := eachRow(v, index, noticeColumns(v.subject.Number), func(_ int64, l *verifiedLetter) {
		if !l.copied && l.claim > 0 {
			delete(copies, l.number)
		}
	})
	if err != nil {
		c.fail(index, 0, "%v", withoutPath(err))
	}
	for _, row := range slices.Sorted(maps.Values(copies)) {
		c.fail(index, row, "it is a copy of a letter that is not there, or claims nothing")
	}
}
