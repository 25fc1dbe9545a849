package current

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/compact"
	"regul/jobs/storage"
	"regul/jobs/views"
	"regul/pipeline/law"
	"regul/readers/parquet"
)

// updating is an update of the compacted tables.
type updating struct {
	storage storage.Storage
	workers int
	history *history
	tables  []kept
	before  state
	next    state
	places  []place
	former  map[compact.Row]bool // years under a national number that was replaced
}

// Made is what was brought up to date.
type Made struct {
	Batches int `json:"batches"` // that are published, withdrawn ones among them
	Files   int `json:"files"`   // of the tables
	Written int `json:"written"` // of them: the others stayed
}

// Update brings the compacted tables, the views and the data package up to the batches that count, by one commit. What the new
// batches do not touch is left as it is; where the tables do not fit the batches, they are made from nothing. The caller holds the lock.
func Update(storage storage.Storage, workers int) (*Made, error) {
	before, err := readState(storage)
	if err != nil {
		return nil, err
	}
	made, err := update(storage, workers, before)
	if errors.Is(err, errOther) {
		return Rebuild(storage, workers)
	}
	return made, err
}

// Follow is Update where batches were published or withdrawn since the tables were made, or where there are none. It looks at no batch to
// find that out.
func Follow(storage storage.Storage, workers int) error {
	folders, err := batch.Folders(storage)
	if err != nil || len(folders) == 0 {
		return err
	}
	withdrawn, err := storage.List(batch.WithdrawnFolder)
	if err != nil {
		return err
	}
	expired, err := storage.List(batch.ExpiredFolder)
	if err != nil {
		return err
	}
	drafts, err := draftsOf(storage)
	if err != nil {
		return err
	}
	s, err := readState(storage)
	if err != nil || s.Format == stateFormat && s.Published == len(folders) && s.Withdrawn == len(withdrawn) && s.Expired == len(expired) &&
		s.Drafts == drafts {
		return err
	}
	_, err = Update(storage, workers)
	return err
}

// Rebuild makes all of it from nothing. The caller holds the lock.
func Rebuild(storage storage.Storage, workers int) (*Made, error) {
	return update(storage, workers, state{})
}

func update(storage storage.Storage, workers int, before state) (*Made, error) {
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	h, err := readHistory(storage)
	if err != nil {
		return nil, err
	}
	drafts, err := draftsOf(storage)
	if err != nil {
		return nil, err
	}
	all := Dictionary(l)
	u := &updating{storage: storage, workers: workers, history: h, tables: compacted(published(l)), before: before,
		next: state{
			Format: stateFormat, Columns: columnsDigest(all), Batches: h.digest(), Published: len(h.all), Withdrawn: h.withdrawals,
			Expired: h.expired, Drafts: drafts, Jobs: map[batch.Job]seen{},
		}}
	for job, live := range h.live {
		last := live[len(live)-1]
		u.next.Jobs[job] = seen{len(live), last.Batch, last.Digest, h.leftOut(job)}
	}
	if u.before.Format != stateFormat || u.before.Columns != u.next.Columns || u.before.Expired != u.next.Expired {
		u.before = state{}
	}
	if err := storage.Remove(work); err != nil { // what a killed run has left
		return nil, err
	}
	made := &Made{Batches: len(h.all), Files: len(u.before.Files)}
	if u.before.Batches != u.next.Batches {
		if err := u.write(); err != nil {
			return nil, errors.Join(err, storage.Remove(work))
		}
		made.Files = len(u.places)
		for _, p := range u.places {
			made.Written += number(p.at != p.Path)
		}
	} else if u.before.Drafts != drafts {
		u.before.Drafts = drafts
		if err := u.before.write(storage); err != nil {
			return nil, err
		}
	}
	page, err := h.overview(storage)
	if err != nil {
		return nil, err
	}
	return made, writeReady(storage, all, page)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// added are the batches of a job that came since, and whether the tables can take them on: else they are made of all.
func (u *updating) added(job batch.Job) (added []*batch.Manifest, further bool) {
	live, before := u.history.live[job], u.before.Jobs[job]
	if before.Batches > 0 && before.Batches <= len(live) && before.LeftOut == u.next.Jobs[job].LeftOut {
		if last := live[before.Batches-1]; last.Batch == before.Last && last.Digest == before.SHA256 {
			return live[before.Batches:], true
		}
	}
	return live, false
}

// write writes all tables and puts them in the place of the earlier ones.
func (u *updating) write() error {
	for i := range u.tables {
		if err := u.compact(&u.tables[i]); err != nil {
			return err
		}
	}
	for _, t := range openTables {
		if err := u.writeOpen(t); err != nil {
			return err
		}
	}
	s := u.shelf(views.Batches, false)
	if err := fill(s, "0", func(file io.Writer) error {
		return writeBatches(batchesAbout.Schema().NewWriter(file),
			u.history.all)
	}); err != nil {
		return err
	}
	u.take(s, []compact.Part{{Name: "0", Rows: int64(len(u.history.all))}})
	return u.commit()
}

// shelf is where the files of a table are: none, or those of before.
func (u *updating) shelf(table string, further bool) *shelf {
	s := &shelf{storage: u.storage, table: table, places: map[string]place{}}
	if !further {
		return s
	}
	prefix, suffix, _ := strings.Cut(glob(table), "*")
	for _, f := range u.before.Files {
		if name, found := strings.CutPrefix(f.Path, prefix); found && f.Rows > 0 {
			s.places[strings.TrimSuffix(name, suffix)] = place{f.Path, f}
		}
	}
	return s
}

// fill writes a file of a table.
func fill(s *shelf, part string, write func(io.Writer) error) error {
	file, err := s.Create(part)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// take takes the files of a table into the next state.
func (u *updating) take(s *shelf, parts []compact.Part) {
	for _, p := range parts {
		place := s.places[p.Name]
		place.Rows = p.Rows
		u.places = append(u.places, place)
	}
}

// compact brings a table up to date.
func (u *updating) compact(k *kept) error {
	added, further := u.added(k.job)
	if k.alone && len(added) > 0 {
		added, further = added[len(added)-1:], false
	}
	s := u.shelf(k.name, further)
	var parts []compact.Part
	for _, name := range slices.Sorted(maps.Keys(s.places)) {
		parts = append(parts, compact.Part{Name: name, Rows: s.places[name].Rows})
	}
	open := batchFiles(u.storage)
	var files []compact.File
	var moved []compact.Row
	rows := int64(0)
	flush := func() (err error) {
		if len(files) > 0 {
			var more []compact.Row
			parts, more, err = k.Update(s, parts, files, u.workers)
			moved = append(moved, more...)
		}
		files, rows = nil, 0
		return err
	}
	for _, m := range added {
		if rows > compact.AtOnce {
			if err := flush(); err != nil {
				return err
			}
		}
		for i := range m.Files {
			if f := &m.Files[i]; f.IsPartOf(k.from) {
				file := compact.File{Batch: m.Batch, Open: func() (*parquet.File, io.Closer, error) { return open(m, f) }}
				if m.InPart() {
					file.Counts = func(number int64) bool { return m.CountsFor(uint64(number)) }
				}
				files = append(files, file)
				rows += f.Rows
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	parts, err := u.withoutFormer(k, s, parts, moved)
	if err != nil {
		return err
	}
	if len(parts) == 0 {
		parts = []compact.Part{{Name: "0"}}
		if err := fill(s, "0", k.Empty); err != nil {
			return err
		}
	}
	u.take(s, parts)
	return nil
}

// withoutFormer leaves the years out that stand in a table of last versions under a national number that was replaced. The table of the
// regularisations, which is first, finds them.
func (u *updating) withoutFormer(k *kept, s *shelf, parts []compact.Part, moved []compact.Row) (_ []compact.Part, err error) {
	if k.Version != "" {
		if u.former, err = former(s, parts, moved); err != nil {
			return nil, err
		}
	}
	if len(u.former) == 0 || !k.follows {
		return parts, nil
	}
	return k.Without(s, parts, u.former, u.workers)
}

// writeOpen brings a table of open rejects up to date.
func (u *updating) writeOpen(t *openTable) error {
	added, further := u.added(t.from.Job)
	name := strings.TrimPrefix(t.about.Name, Folder+"/")
	s := u.shelf(name, further)
	o := &openRejects{of: t, open: map[rejectKey]*reject{}}
	for part := range s.places {
		f, closer, err := s.Open(part)
		if err != nil {
			return err
		}
		if err := errors.Join(o.read(f), closer.Close()); err != nil {
			return err
		}
	}
	for _, m := range added {
		if err := o.add(m, batchFiles(u.storage)); err != nil {
			return err
		}
	}
	if err := fill(s, "0", func(file io.Writer) error { return o.write(t.about.Schema().NewWriter(file)) }); err != nil {
		return err
	}
	u.take(s, []compact.Part{{Name: "0", Rows: int64(len(o.open))}})
	return nil
}
