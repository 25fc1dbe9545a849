package current

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/jobs/views"
	"regul/writers/dictionary"
)

// The folders of a commit, within work: the next state, and the one before, out of which the files come that stay.
const (
	nextState   = work + "/next"
	stateBefore = work + "/before"
)

// commit gives the files their names and puts them in the place of the earlier ones. For a moment there is no state; a run that is
// killed then leaves none, and the next one makes it again.
func (u *updating) commit() error {
	slices.SortFunc(u.places, func(a, b place) int { return strings.Compare(a.Path, b.Path) })
	for _, p := range u.places {
		u.next.Files = append(u.next.Files, p.ManifestFile)
	}
	text, err := json.MarshalIndent(u.next, "", "  ")
	if err != nil {
		return err
	}
	inNext := func(name string) string { return nextState + strings.TrimPrefix(name, Folder) }
	if err := batch.PutBytes(u.storage, inNext(stateName), append(text, '\n')); err != nil {
		return err
	}
	if err := move(u.storage, u.places, false, inNext); err != nil {
		return err
	}
	old, err := u.storage.List(Folder)
	if err != nil {
		return err
	}
	if len(old) > 0 {
		if err := u.storage.Move(Folder, stateBefore, stateFile); err != nil {
			return err
		}
	}
	if err := move(u.storage, u.places, true, inNext); err != nil {
		return err
	}
	if err := u.storage.Move(nextState, Folder, stateFile); err != nil {
		return err
	}
	return u.storage.Remove(work)
}

// move gives files their place in the next state: those that were written, or those that stay.
func move(storage storage.Storage, places []place, staying bool, inNext func(string) string) error {
	for _, p := range places {
		if stays := p.at == p.Path; stays != staying {
			continue
		}
		from := p.at
		if staying {
			from = stateBefore + strings.TrimPrefix(p.at, Folder)
		}
		if err := storage.Move(from, inNext(p.Path), ""); err != nil {
			return err
		}
	}
	return nil
}

// writeReady writes the data package, the views and the page of all batches beside the batches, if they are not there as they must be.
func writeReady(storage storage.Storage, all []dictionary.Table, page []byte) error {
	var described bytes.Buffer
	if err := dictionary.WritePackage(&described, all, views.Described(all)); err != nil {
		return err
	}
	for name, content := range map[string][]byte{dictionary.PackageName: described.Bytes(), views.SQLName: views.SQL, OverviewName: page} {
		if there, err := held(storage, name, content); err != nil || there {
			if err != nil {
				return err
			}
			continue
		}
		if err := batch.PutBytes(storage, name, content); err != nil {
			return err
		}
	}
	return storage.Remove(work)
}

// held says whether a file holds just that.
func held(storage storage.Storage, name string, content []byte) (bool, error) {
	text, err := batch.ReadBytes(storage, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && bytes.Equal(text, content), err
}
