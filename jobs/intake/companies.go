package intake

import (
	"context"

	"golang.org/x/sync/errgroup"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/readers"
)

// OpenCompanies opens the files of companies and finds their formats. A missing file is an error of usage.
func OpenCompanies(paths []string) (*Files, error) {
	in := &Files{Unknown: map[string][]string{}}
	for _, path := range paths {
		f, err := openFile(jobs.CompaniesInput, path, len(in.List))
		if err != nil {
			in.Close()
			return nil, err
		}
		in.List = append(in.List, f)
	}
	return in.cut(readers.CompanyParts)
}

// ReadCompanies reads all files, several parts at a time, and digests them. The rows of a part stay together; the order of the
// parts is that of the files.
func ReadCompanies(ctx context.Context, in *Files, workers int, progress readers.Progress) (*readers.Companies, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	var read []*readers.Companies
	for _, f := range in.List {
		for _, part := range f.parts {
			at := len(read)
			read = append(read, nil)
			group.Go(func() (err error) {
				found, err := part.ReadCompanies(ctx, func(rows int) {
					f.rows.Add(int64(rows))
					progress(rows)
				})
				if err == nil && len(found.Unknown) > 0 {
					in.mutex.Lock()
					in.Unknown[f.Name] = found.Unknown
					in.mutex.Unlock()
				}
				in.mutex.Lock()
				defer in.mutex.Unlock()
				read[at] = found
				return err
			})
		}
		group.Go(func() (err error) {
			f.sha256, err = batch.Digest(f.file)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all := &readers.Companies{}
	for _, c := range read {
		all.Rows = append(all.Rows, c.Rows...)
		all.Rejects = append(all.Rejects, c.Rejects...)
		all.Unread = append(all.Unread, c.Unread...)
	}
	return all, nil
}
