package current

import (
	"errors"
	"io"
	"io/fs"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers/parquet"
)

// Open is how many rejects no later batch has closed.
type Open struct {
	Rows  map[string]int64 // by code
	Since pipeline.Date    // day of the first batch that rejected the oldest; 0: none is open
}

// OpenRejects is what current/ has of the open rejects of people or of companies; nil where there is none.
func OpenRejects(storage storage.Storage, about *batch.About) (*Open, error) {
	open := &Open{Rows: map[string]int64{}}
	for _, of := range openTables {
		if of.from == about {
			if there, err := open.in(storage, of.about.Name); err != nil || there {
				return open, err
			}
		}
	}
	return nil, nil
}

// openReject is an open reject, as far as it is counted.
type openReject struct {
	code  string
	since pipeline.Date
}

var openFields = batch.Fields[openReject]{
	batch.TextField("code", func(r *openReject) *string { return &r.code }),
	batch.DayField("since", func(r *openReject) *pipeline.Date { return &r.since }),
}

// in adds the open rejects in a folder of the compacted tables, and says whether it is there.
func (o *Open) in(storage storage.Storage, folder string) (there bool, err error) {
	names, err := storage.List(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".parquet") && err == nil {
			there, err = true, o.add(storage, folder+"/"+name)
		}
	}
	return there, err
}

// add adds the open rejects of a file.
func (o *Open) add(storage storage.Storage, name string) error {
	file, err := storage.Open(name)
	if err != nil {
		return err
	}
	read, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err == nil {
		err = openFields.EachIn(read, func(r *openReject) error {
			o.Rows[r.code]++
			o.Since = pipeline.Oldest(o.Since, r.since)
			return nil
		})
	}
	return errors.Join(err, file.Close())
}
