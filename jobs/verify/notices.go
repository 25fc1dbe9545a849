package verify

import (
	"path"
	"strconv"

	"regul/pipeline/money"
	"regul/readers/second"
	"regul/writers/payments"
)

// noticesIndex is the index of the letters to affiliates.
const noticesIndex = "notices/index.parquet"

// checkNotices holds the letters against their index: every page of a file belongs to one letter, in the order of the index.
func (v *verifier) checkNotices() {
	folder := v.subject.notices
	index := folder + "/index.parquet"
	letters := v.files(folder, ".pdf")
	if len(letters) == 0 && len(v.files(folder, ".parquet")) == 0 {
		return
	}
	c := v.add("notices", "letters")
	pages := map[string]int64{} // that the index gives to each file
	var indexed int64
	var claim, payout money.Cents
	err := v.eachRow(index, []string{"file", "first_page", "pages", "claim", "payout", v.subject.number}, func(row int64, cells []*second.Cells, at int) {
		name := cells[0].Texts[at]
		first, n := cells[1].Ints[at], cells[2].Ints[at]
		indexed++
		claim += money.Cents(cells[3].Ints[at])
		payout += money.Cents(cells[4].Ints[at])
		year := 0
		if cells[6] != nil {
			year = int(cells[6].Ints[at])
		}
		v.told.add(cells[5].Texts[at], year, "", payments.Claim, money.Cents(cells[3].Ints[at]))
		v.told.add(cells[5].Texts[at], year, "", payments.Refund, money.Cents(cells[4].Ints[at]))
		c.that(first == pages[name]+1 && n >= 1, index, row, "its pages do not follow those of the letter before")
		pages[name] = first + n - 1
	}, "contribution_year")
	if err != nil {
		c.fail(index, 0, "%v", withoutPath(err))
		return
	}
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
	if said, known := v.totals["notices"]; known {
		hold(c, index, "the number of letters", strconv.FormatInt(indexed, 10), string(said))
	}
	if c.Note = v.incomplete(); c.Note == "" {
		hold(c, index, "the sum of the claims", claim, v.sums.amount("claim"))
		hold(c, index, "the sum of the payouts", payout, v.sums.amount("payout"))
	}
}
