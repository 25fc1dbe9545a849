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

// scatterFrame is of what stands behind the rows that a task has scattered.
var scatterFrame = rows.Frame{Kind: "scatter", Version: 2}

// sizeOfLength is how long the number is with which the object of a task that scattered ends: the length of what stands behind its rows.
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
	index := rows.Encoder{}
	for number, weight := range rows.Weights(t.Subject.Tables, all) {
		if buffer, err = rows.AppendRanges(buffer[:0], all, number, number+1); err != nil {
			return errors.Join(err, object.Abandon())
		}
		to.Write(buffer) // Flush tells the first error
		index.Unsigned(uint64(weight))
		index.Unsigned(uint64(len(buffer)))
		index.Unsigned(xxh3.Hash(buffer))
	}
	taken, names := pipeline.Scattered(scatters)
	e := rows.Encoder{Bytes: scatterFrame.Begin(nil)}
	taken.Encode(&e)
	names.Encode(&e)
	encodeCounted(&e, t.In.Counted())
	named := confirming.Named()
	e.Unsigned(uint64(len(named)))
	for _, i := range named {
		e.Unsigned(uint64(i))
	}
	e.Bytes = scatterFrame.Seal(append(e.Bytes, index.Bytes...))
	to.Write(e.Bytes)
	to.Write(binary.BigEndian.AppendUint64(nil, uint64(len(e.Bytes))))
	if err := to.Flush(); err != nil {
		return errors.Join(err, object.Abandon())
	}
	return object.Commit()
}

// scattered is the object of a task that has scattered, opened.
type scattered struct {
	name    string
	file    storage.ReadFile
	taken   pipeline.Taken
	names   pipeline.Names
	counted []intake.Counted
	named   []int // confirmations that name something that the task has read
	weights [rows.Ranges]int
	starts  [rows.Ranges + 1]int64
	digests [rows.Ranges]uint64
}

func (t *task) openScattered(share Share) (s *scattered, err error) {
	s = &scattered{name: scatterName(share)}
	if s.file, err = t.store.Open(s.name); err != nil {
		return nil, err
	}
	if err := s.read(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s/%s: %w", Folder, s.name, err), s.file.Close())
	}
	return s, nil
}

func (s *scattered) read() (err error) {
	defer func() { err = scatterFrame.Recovered(recover(), err) }()
	var length [sizeOfLength]byte
	if _, err := s.file.ReadAt(length[:], s.file.Size()-sizeOfLength); err != nil {
		return err
	}
	size := int64(binary.BigEndian.Uint64(length[:]))
	at := s.file.Size() - sizeOfLength - size
	if size < 0 || at < 0 {
		return errors.New("the object is damaged: it does not say where its rows end")
	}
	framed := make([]byte, size)
	if _, err := s.file.ReadAt(framed, at); err != nil {
		return err
	}
	content, err := scatterFrame.Open(framed)
	if err != nil {
		return err
	}
	d := rows.Decoder{Bytes: content}
	if err := s.taken.Decode(&d); err != nil {
		return err
	}
	s.names.Decode(&d)
	s.counted = decodeCounted(&d)
	for range d.Unsigned() {
		s.named = append(s.named, int(d.Unsigned()))
	}
	for i := range s.weights {
		s.weights[i] = int(d.Unsigned())
		s.starts[i+1] = s.starts[i] + int64(d.Unsigned())
		s.digests[i] = d.Unsigned()
	}
	return nil
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
	rejects := 0
	for number := range of {
		s, err := t.openScattered(Share{number, of})
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		t.Bound(&s.taken, rejects)
		rejects += len(s.taken.Rejects)
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
