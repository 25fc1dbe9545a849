package task

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path"

	"github.com/zeebo/xxh3"

	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/rows"
)

// MaxTasks bounds the tasks of one step.
const MaxTasks = 10_000

// Share is which part of the work a task does: Number of Of, from 0.
type Share struct{ Number, Of int }

func (s Share) String() string { return fmt.Sprintf("%d/%d", s.Number, s.Of) }

// scatterFrame is of each section that stands behind the rows that a task has scattered.
var scatterFrame = rows.Frame{Kind: "scatter", Version: 4}

// The sections behind the rows, in their order. Most tasks need the first alone, which is small; the others grow with the fund.
const (
	indexSection = iota // where the rows of each range are
	takenSection        // what was taken, with the rejects
	namesSection        // what names one person alone
	sections
)

// sizeOfLength is how long each number is with which the object of a task that scattered ends: the lengths of its sections.
const sizeOfLength = 8

func scatterName(s Share) string {
	return fmt.Sprintf("%s/%05d-of-%05d", scatterFolder, s.Number, s.Of)
}

// Scatter reads a share of the inputs and of the ledger, and keeps the rows by range of number. It says false where that was done before.
func Scatter(ctx context.Context, s *Setup, share Share) (worked bool, err error) {
	t, err := open(s)
	if err != nil {
		return false, err
	}
	defer t.Close()
	if t.finished != nil {
		return false, nil
	}
	if there, err := isThere(t.store, scatterName(share)); err != nil || there {
		return false, err
	}
	known, err := t.identities()
	if err != nil {
		return false, err
	}
	spill, remove := t.workspace()
	defer func() { err = errors.Join(err, remove()) }()
	t.Progress.Stage("read", 0)
	scatters, err := t.Steps.Scatter(ctx, share.Number, share.Of, known.renamed, known.confirming, spill)
	defer func() {
		for _, scatter := range scatters {
			err = errors.Join(err, scatter.Close())
		}
	}()
	if err != nil {
		return false, err
	}
	if err := t.In.Unchanged(); err != nil {
		return false, err
	}
	return true, t.putScattered(scatterName(share), scatters, known.confirming)
}

// putScattered writes what a task has read: the rows range by range, then the rest and where each range is, then how long that is.
func (t *task) putScattered(name string, scatters []*pipeline.Scatter, confirming *pipeline.Confirming) error {
	object, err := t.store.Put(name)
	if err != nil {
		return err
	}
	to := bufio.NewWriterSize(object, batch.FileBuffer)
	all := make([]*rows.Scatter, len(scatters))
	for i, s := range scatters {
		all[i] = &s.Scatter
	}
	var buffer []byte
	var section [sections]rows.Encoder
	for i := range section {
		section[i].Bytes = scatterFrame.Begin(nil)
	}
	index := &section[indexSection]
	for number := range rows.Ranges {
		if buffer, err = rows.AppendRanges(buffer[:0], all, number, number+1); err != nil {
			return errors.Join(err, object.Abandon())
		}
		to.Write(buffer) // Flush tells the first error
		index.Unsigned(uint64(len(buffer)))
		index.Unsigned(xxh3.Hash(buffer))
	}
	for _, weight := range rows.Weights(all) {
		index.Unsigned(uint64(weight))
	}
	taken, names := pipeline.Scattered(scatters)
	part := takenPart{taken, t.In.Counted(), confirming.Named()}
	part.encode(&section[takenSection])
	names.Encode(&section[namesSection])
	var lengths []byte
	for i := range section {
		sealed := scatterFrame.Seal(section[i].Bytes)
		to.Write(sealed)
		lengths = binary.BigEndian.AppendUint64(lengths, uint64(len(sealed)))
	}
	to.Write(lengths)
	if err := to.Flush(); err != nil {
		return errors.Join(err, object.Abandon())
	}
	return object.Commit()
}

// takenPart is what a task that scattered has taken, beside the rows.
type takenPart struct {
	taken   pipeline.Taken
	counted []intake.Counted
	named   []int // confirmations that name something that the task has read
}

func (p *takenPart) encode(e *rows.Encoder) {
	p.taken.Encode(e)
	encodeCounted(e, p.counted)
	e.Unsigned(uint64(len(p.named)))
	for _, i := range p.named {
		e.Unsigned(uint64(i))
	}
}

func (p *takenPart) decode(d *rows.Decoder) error {
	if err := p.taken.Decode(d); err != nil {
		return err
	}
	p.counted = decodeCounted(d)
	for range d.Unsigned() {
		p.named = append(p.named, int(d.Unsigned()))
	}
	return nil
}

// scattered is the object of a task that has scattered, opened: its index is read, the other sections are when they are asked for.
type scattered struct {
	name     string
	file     storage.ReadFile
	sections [sections + 1]int64 // where each begins, and the end of the last
	weights  [rows.Slices]int
	starts   [rows.Ranges + 1]int64
	digests  [rows.Ranges]uint64
}

func (t *task) openScattered(share Share) (s *scattered, err error) {
	s = &scattered{name: scatterName(share)}
	if s.file, err = t.store.Open(s.name); err != nil {
		return nil, err
	}
	if err = s.find(); err == nil {
		err = s.read(indexSection, s.readIndex)
	}
	if err != nil {
		return nil, errors.Join(err, s.file.Close())
	}
	return s, nil
}

// maxSection bounds a section, in bytes: the names of 160 million affiliates. A file may say that it has any size.
const maxSection = 4 << 30

// find finds the sections.
func (s *scattered) find() error {
	var lengths [sections * sizeOfLength]byte
	end := s.file.Size() - int64(len(lengths))
	if _, err := s.file.ReadAt(lengths[:], max(end, 0)); err != nil {
		return fmt.Errorf("%s/%s: %w", Folder, s.name, err)
	}
	for i := sections; i >= 0; i-- {
		s.sections[i] = end
		if i > 0 {
			end -= int64(binary.BigEndian.Uint64(lengths[(i-1)*sizeOfLength:]))
		}
		if end < 0 || end > s.sections[i] || s.sections[i]-end > maxSection {
			return fmt.Errorf("%s/%s is damaged: it does not say where its rows end", Folder, s.name)
		}
	}
	return nil
}

// read reads a section with what decodes it.
func (s *scattered) read(section int, decode func(*rows.Decoder) error) (err error) {
	defer func() {
		if err = scatterFrame.Recovered(recover(), err); err != nil {
			err = fmt.Errorf("%s/%s: %w", Folder, s.name, err)
		}
	}()
	framed := make([]byte, s.sections[section+1]-s.sections[section])
	if n, err := s.file.ReadAt(framed, s.sections[section]); n < len(framed) {
		return err
	}
	content, err := scatterFrame.Open(framed)
	if err != nil {
		return err
	}
	return decode(&rows.Decoder{Bytes: content})
}

func (s *scattered) readIndex(d *rows.Decoder) error {
	for i := range s.digests {
		s.starts[i+1] = s.starts[i] + int64(d.Unsigned())
		s.digests[i] = d.Unsigned()
	}
	for i := range s.weights {
		s.weights[i] = int(d.Unsigned())
	}
	return nil
}

// takenOf reads what all tasks that scattered have taken. Rejects for which there is no room are counted.
func (t *task) takenOf(all []*scattered) (parts []takenPart, err error) {
	rejects := 0
	for _, s := range all {
		var part takenPart
		if err := s.read(takenSection, part.decode); err != nil {
			return nil, err
		}
		t.Bound(&part.taken, rejects)
		rejects += len(part.taken.Rejects)
		parts = append(parts, part)
	}
	return parts, nil
}

// namesOf reads what names one person alone, of all tasks that scattered.
func namesOf(all []*scattered) ([]pipeline.Names, error) {
	names := make([]pipeline.Names, len(all))
	for i, s := range all {
		if err := s.read(namesSection, func(d *rows.Decoder) error { names[i].Decode(d); return nil }); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// appendRanges appends the rows of the ranges from first up to end.
func (s *scattered) appendRanges(dst []byte, first, end int) ([]byte, error) {
	from := len(dst)
	dst = append(dst, make([]byte, s.starts[end]-s.starts[first])...)
	if n, err := s.file.ReadAt(dst[from:], s.starts[first]); n < len(dst)-from {
		return dst, fmt.Errorf("%s/%s: %w", Folder, s.name, err)
	}
	for i := first; i < end; i++ {
		piece := dst[from+int(s.starts[i]-s.starts[first]) : from+int(s.starts[i+1]-s.starts[first])]
		if xxh3.Hash(piece) != s.digests[i] {
			return dst, fmt.Errorf("%s/%s is damaged: its rows are not the ones that were written", Folder, s.name)
		}
	}
	return dst, nil
}

// allScattered opens the objects of all tasks that scatter. It is an error when one has not ended.
func (t *task) allScattered() ([]*scattered, error) {
	names, err := t.store.List(scatterFolder)
	if err != nil {
		return nil, err
	}
	ended, of := map[string]bool{}, 0
	for _, name := range names {
		var s Share
		if _, err := fmt.Sscanf(name, "%d-of-%d", &s.Number, &s.Of); err == nil && path.Join(scatterFolder, name) == scatterName(s) {
			ended[s.String()] = true
		}
	}
	missing := ""
	for _, name := range names { // of tasks that were cut in several ways, the first whole set: all sets hold the same rows
		var s Share
		if _, err := fmt.Sscanf(name, "%d-of-%d", &s.Number, &s.Of); err != nil || s.Number != 0 {
			continue
		}
		if missing = missingOf(ended, s.Of); missing == "" {
			of = s.Of
			break
		}
	}
	switch {
	case missing != "":
		return nil, fmt.Errorf("not all is scattered: regul task scatter %s has not ended", missing)
	case of == 0:
		return nil, errors.New("nothing is scattered: run the tasks regul task scatter 0/N to N-1/N first")
	}
	var all []*scattered
	for number := range of {
		s, err := t.openScattered(Share{number, of})
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all = append(all, s)
	}
	return all, nil
}

// missingOf is the first task of so many that has not ended; "" if all have.
func missingOf(ended map[string]bool, of int) string {
	for number := range of {
		if s := (Share{number, of}).String(); !ended[s] {
			return s
		}
	}
	return ""
}

func closeAll(all []*scattered) error {
	var errs []error
	for _, s := range all {
		errs = append(errs, s.file.Close())
	}
	return errors.Join(errs...)
}
