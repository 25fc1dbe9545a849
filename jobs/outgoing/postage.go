package outgoing

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/index"
	"regul/writers/report/page"
)

// tariff is what the post takes for a letter of at most so many sheets.
type tariff struct {
	sheets int
	price  money.Cents
}

// checkReport checks what is asked of the report and says everything that is wrong.
func checkReport(s *batch.ReportSettings) (postage []tariff, wrong []error) {
	if s.Language != "" && !slices.Contains(page.Languages(), s.Language) {
		wrong = append(wrong, &jobs.SettingError{Setting: "report.language", Text: s.Language,
			Err: fmt.Errorf("%q is none of %s", s.Language, strings.Join(page.Languages(), ", "))})
	}
	for _, sheets := range slices.Sorted(maps.Keys(s.Postage)) {
		most, err := strconv.Atoi(sheets)
		if err != nil || most < 1 {
			wrong = append(wrong, &jobs.SettingError{Setting: "report.postage", Text: sheets,
				Err: fmt.Errorf("%q is no number of sheets above 0", sheets)})
			continue
		}
		price, err := limit("report.postage", s.Postage[sheets])
		if err != nil {
			wrong = append(wrong, err)
		}
		postage = append(postage, tariff{most, price})
	}
	slices.SortFunc(postage, func(a, b tariff) int { return cmp.Compare(a.sheets, b.sheets) })
	return postage, wrong
}

// Printing is how many letters of a language a batch has: pages, sheets printed on both sides, and postage in cents of those that can be
// posted; a letter with more sheets than the postage knows counts none.
type Printing struct {
	Letters, Pages, Sheets int64
	Postage                money.Cents
}

// printing counts the letters of files by language.
func printing(files []*letterFile, postage []tariff) map[pipeline.Language]Printing {
	counts := map[pipeline.Language]Printing{}
	for _, f := range files {
		c := counts[f.language]
		for i := range f.placed {
			sheets := (f.placed[i].Pages + 1) / 2
			c.Letters, c.Pages, c.Sheets = c.Letters+1, c.Pages+int64(f.placed[i].Pages), c.Sheets+int64(sheets)
			if f.placed[i].NotPostable != index.Posted {
				continue
			}
			if at := slices.IndexFunc(postage, func(t tariff) bool { return sheets <= t.sheets }); at >= 0 {
				c.Postage += postage[at].price
			}
		}
		counts[f.language] = c
	}
	return counts
}
