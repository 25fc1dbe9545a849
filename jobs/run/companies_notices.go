package run

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/jobs/outgoing"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/writers/notice"
)

// companyLetters is a PDF file of letters in one language.
type companyLetters struct {
	name     string
	language pipeline.Language
	letters  []*company.Result
	placed   []notice.CompanyPlaced
}

// companyFiles cuts the letters into files: in the order of the post (language, postcode), then by company and year. It counts those that
// can't be posted, which are in files apart, by reason.
func companyFiles(press *notice.CompanyPress, results []company.Result, most int) (files []*companyLetters, notPostable map[string]int64) {
	notPostable = map[string]int64{}
	var letters []*company.Result
	postcodes := map[*company.Result]string{}
	unposted := map[*company.Result]bool{}
	for i := range results {
		if r := &results[i]; r.Notable() {
			letters = append(letters, r)
			postcodes[r] = r.Contact.Affiliate().Postcode
			if reason := press.Postable(r); reason != notice.Posted {
				unposted[r] = true
				notPostable[reason.String()]++
			}
		}
	}
	slices.SortFunc(letters, func(a, b *company.Result) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), outgoing.LastIf(unposted[a], unposted[b]), cmp.Compare(postcodes[a], postcodes[b]), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Year, b.Year))
	})
	for len(letters) > 0 {
		language := letters[0].Language
		n := 0
		apart := unposted[letters[0]]
		for n < len(letters) && letters[n].Language == language && unposted[letters[n]] == apart {
			n++
		}
		number := 0
		for chunk := range slices.Chunk(letters[:n], most) {
			number++
			files = append(files, &companyLetters{name: outgoing.LetterFileName(notice.CompanyIndexTable, apart, language, number), language: language, letters: chunk})
		}
		letters = letters[n:]
	}
	return files, notPostable
}

// printNotices prints the letters, several files at a time, and their index.
func (r *companiesRun) printNotices(ctx context.Context) error {
	if r.Outgoing.Press == nil {
		return nil
	}
	r.Progress.Stage("publish", r.decided.Totals.Notices)
	files, notPostable := companyFiles(r.Outgoing.Press, r.decided.Results, outgoing.LettersPerFile)
	r.notPostable = notPostable
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(r.Workers)
	for _, f := range files {
		group.Go(func() error { return r.printFile(ctx, f) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return r.writeNoticeIndex(files)
}

func (r *companiesRun) printFile(ctx context.Context, f *companyLetters) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	file, err := r.build.Create(f.name)
	if err != nil {
		return err
	}
	f.placed, err = r.Outgoing.Press.Write(file, r.batch, f.language, slices.Values(f.letters))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	r.Progress.Step(len(f.letters))
	return err
}

// writeNoticeIndex writes in which file, and on which pages, the letter of each company is.
func (r *companiesRun) writeNoticeIndex(files []*companyLetters) error {
	file, err := r.build.Create(notice.CompanyIndexPart())
	if err != nil {
		return err
	}
	rows := notice.NewCompanyIndexWriter(file)
	for _, f := range files {
		for i := range f.placed {
			if err == nil {
				err = rows.Write(f.name, &f.placed[i])
			}
		}
	}
	for _, close := range []func() error{rows.Close, file.Close} {
		if closeErr := close(); err == nil {
			err = closeErr
		}
	}
	return err
}
