package task

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/rows"
)

// task is one task at work on a plan.
type task struct {
	*run.Steps // nil: nothing is left to do
	plan       *Plan
	store      storage.Storage
	finished   *run.Result // what came of the plan, if its batch is published; nothing is left to do then
}

// open opens the plan of a ledger for a task. What the plan has pinned must be as it was, unless its batch is published.
func open(s *Setup) (*task, error) {
	t := &task{store: storage.Subfolder{Storage: s.Out, Folder: Folder}}
	var err error
	if t.plan, err = readPlan(t.store); err != nil {
		return nil, err
	}
	if t.finished, err = published(s.Out, t.store); err != nil || t.finished != nil {
		return t, err
	}
	settings := t.plan.Settings
	settings.Subject, settings.Workers, settings.Memory = run.SubjectOfJob(t.plan.Job), s.Workers, s.Memory
	o, err := settings.Options()
	if err != nil {
		return nil, err
	}
	o.Log, o.Progress, o.Out, o.Program = s.Log, s.Progress, s.Out, s.Program
	if t.Steps, err = o.Open(t.plan.Beside); err != nil {
		return nil, err
	}
	if err := t.check(s.Program); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// published is what came of a plan; nil if its batch is not published. A draft is told apart from one that was there before by its record.
func published(out, store storage.Storage) (*run.Result, error) {
	c, err := readCut(store)
	if err != nil {
		return nil, unlessMissing(err)
	}
	result, err := run.Already(out, batch.Prefix+c.name)
	if !errors.Is(err, fs.ErrNotExist) {
		return result, err
	}
	if drafted, err := isThere(store, draftedName); err != nil || !drafted {
		return nil, err
	}
	if result, err = run.Already(out, batch.DraftPrefix+c.name); errors.Is(err, fs.ErrNotExist) {
		return nil, jobs.UsageError("the draft of the plan was discarded: make a plan again with regul task plan")
	}
	return result, err
}

// unlessMissing is an error, but not that there is no such object.
func unlessMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Close closes the inputs.
func (t *task) Close() {
	if t.Steps != nil {
		t.Steps.Close()
	}
}

// check makes sure that everything is as the plan has it.
func (t *task) check(program string) error {
	pins, err := t.In.Pins()
	if err != nil {
		return err
	}
	changed := ""
	switch {
	case program != t.plan.Program:
		changed = "another version of regul made it"
	case t.Subject.Version(&t.Parameters) != t.plan.Law:
		changed = "the program has another law than when it was made"
	case t.Outgoing.Digest() != t.plan.Outgoing:
		changed = "the identity of the fund, its wording or its chart of accounts changed"
	case ledgerDigest(t.Steps) != t.plan.Ledger:
		changed = "the ledger changed"
	case !slices.Equal(pins, t.plan.Inputs):
		changed = "an input file changed"
	default:
		return nil
	}
	return fmt.Errorf("the plan no longer holds, %s: make it again with regul task plan", changed)
}

// workspace is a folder for what a task needs while it is at work, which no other has. Remove it when the task ends.
func (t *task) workspace() (storage.Subfolder, func() error) {
	var unique [8]byte
	rand.Read(unique[:])
	folder := workFolder + "/" + hex.EncodeToString(unique[:])
	return storage.Subfolder{Storage: t.store, Folder: folder}, func() error { return t.store.Remove(folder) }
}

// isThere says whether an object is there.
func isThere(store storage.Storage, name string) (bool, error) {
	file, err := store.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, file.Close()
}

// openFramed opens an object of a task, to be decoded.
func openFramed(store storage.Storage, name string, frame *rows.Frame) (*rows.Decoder, error) {
	framed, err := batch.ReadBytes(store, name)
	if err != nil {
		return nil, err
	}
	content, err := frame.Open(framed)
	return &rows.Decoder{Bytes: content}, err
}

// identities are what every task must know: what the plan found in the identities and the confirmations.
type identities struct {
	taken      pipeline.Taken
	counted    []intake.Counted
	renamed    pipeline.Renamed
	confirming *pipeline.Confirming
}

// identities reads what the plan found.
func (t *task) identities() (found identities, err error) {
	defer func() { err = identitiesFrame.Recovered(recover(), err) }()
	d, err := openFramed(t.store, identitiesName, &identitiesFrame)
	if err != nil {
		return found, err
	}
	if err := found.taken.Decode(d); err != nil {
		return found, err
	}
	found.counted = decodeCounted(d)
	found.renamed = pipeline.DecodeRenamed(d)
	found.confirming = pipeline.DecodeConfirming(d)
	return found, nil
}
