package ledger

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/current"
	store "regul/jobs/storage"
)

// Order is what a person decides about a draft.
type Order struct {
	Draft  string // its name
	Digest string // SHA-256 of its manifest as the reviewer was told; "" is not asked
	Word   Word

	SecondPerson bool // who made the draft may not release it, see RecordDraft

	// Verify makes sure that the draft is sound. The ledger is locked meanwhile.
	Verify func(m *batch.Manifest) error
}

// Release publishes the draft: it becomes the batch that a run without --draft would have published. It is refused when the
// fund's history has changed since, or the draft is not the one that was reviewed, or not sound. The act is recorded.
func Release(storage store.Storage, o Order) (*batch.Manifest, error) {
	return o.decide(storage, Released, func(m *batch.Manifest) error {
		if err := o.bySecond(storage, m); err != nil {
			return err
		}
		if err := o.sound(storage, m); err != nil {
			return err
		}
		draft := m.Folder()
		m.Draft = false
		if err := record(storage, Released, m, &o.Word); err != nil {
			return err
		}
		return storage.Move(draft, m.Folder(), batch.ManifestName)
	})
}

// Discard removes the draft. The act is recorded.
func Discard(storage store.Storage, o Order) (*batch.Manifest, error) {
	return o.decide(storage, Discarded, func(m *batch.Manifest) error {
		if err := record(storage, Discarded, m, &o.Word); err != nil {
			return err
		}
		return storage.Remove(m.Folder())
	})
}

// decide does what is decided, under the lock, to the draft that was meant.
func (o *Order) decide(storage store.Storage, deed Deed, do func(*batch.Manifest) error) (*batch.Manifest, error) {
	if err := o.Word.check(); err != nil {
		return nil, err
	}
	unlock, err := batch.Lock(storage)
	if err != nil {
		return nil, err
	}
	defer unlock()
	m, err := batch.FindAny(storage, o.Draft)
	if err != nil {
		return nil, err
	}
	if !m.Draft {
		return nil, jobs.UsageError("there is no draft %q, it is a published batch: only a draft can be given to regul %s", m.Batch, deed)
	}
	if o.Digest != "" && o.Digest != m.Digest {
		return nil, jobs.UsageError("the draft %s is not the one that was reviewed: its manifest has the digest %s; review it again, or run it again",
			m.Batch, m.Digest)
	}
	done := do(m)
	if done != nil && !errors.Is(done, store.ErrMoved) {
		return nil, done
	}
	return m, errors.Join(done, follow(storage))
}

// follow brings the tables of all batches up to date.
func follow(storage store.Storage) error {
	if err := current.Follow(storage, runtime.GOMAXPROCS(0)); err != nil {
		return fmt.Errorf("it is done, but current/ could not be brought up to date: regul current makes it again: %w", err)
	}
	return nil
}

// sound makes sure that a draft is whole, holds nothing else, and was made on the history of now.
func (o *Order) sound(storage store.Storage, m *batch.Manifest) error {
	history, err := OpenOf(storage, m.Job)
	if err != nil {
		return err
	}
	last := history.LastLink()
	if m.Earlier != history.Earlier() || m.Previous != nil && *m.Previous != *last || !slices.Equal(m.Withdrawn, history.Withdrawn) ||
		!slices.Equal(m.WithdrawnParts, history.PartLinks()) {
		return jobs.UsageError("the draft %s was made before other batches were published or withdrawn: run it again", m.Batch)
	}
	if err := history.besideStands(m); err != nil {
		return err
	}
	for i := range m.Files {
		if err := batch.Unchanged(storage, m.Folder(), &m.Files[i]); err != nil {
			return err
		}
	}
	if _, strays := batch.Strays(storage, m); len(strays) > 0 {
		return jobs.UsageError("the draft %s is not as it was written: %s: %s", m.Batch, strays[0].Path, strays[0].What)
	}
	return o.Verify(m)
}
