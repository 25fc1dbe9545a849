package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/storage"
)

// rerunFolder is where a batch is made again, beside the published ones. It is removed at the end, or by the next run again.
const rerunFolder = ".rerun"

// RerunResult is what came of making a batch again.
type RerunResult struct {
	Batch     string      `json:"batch"`
	Same      bool        `json:"same"`      // byte for byte
	Files     int         `json:"files"`     // compared
	Different []string    `json:"different"` // paths of files that are not the same, or are in one of the two only
	Only      []MadeAgain `json:"only,omitempty"`
}

// RerunSettings are what an operator asks of a rerun.
type RerunSettings struct {
	Settings // where the batches are, the workers and the identity of the fund; the rest is that of the batch
	Batch    string
	Search   []string // folders in which to look for inputs that are no longer where they were
	Only     []string // numbers of affiliates, or companies, whose years are told side by side
}

// Rerun makes a published batch again from its recorded inputs, with its day, fees and limits and on the history it had, and
// holds every file against the published one. Nothing is published.
func Rerun(ctx context.Context, s *RerunSettings, log *slog.Logger, progress jobs.Progress) (result *RerunResult, err error) {
	store, err := storage.At(s.Out)
	if err != nil {
		return nil, jobs.UsageError("--out: %w", err)
	}
	m, err := batch.Find(store, s.Batch)
	if err != nil {
		return nil, err
	}
	only, err := s.numbers(m)
	if err != nil {
		return nil, err
	}
	o, err := s.options(m)
	if err != nil {
		return nil, err
	}
	o.Log, o.Progress, o.Gates, o.Archive, o.MovedTo = log, progress, nil, nil, nil // it was admitted once, and its inputs are found
	unlock, err := batch.Lock(store)
	if err != nil {
		return nil, err
	}
	defer unlock()
	history, err := ledger.HistoryOf(store, m)
	if err == nil {
		o.Parameters.Ordering = history.Ordering()
		err = o.limitDay(history)
	}
	if err != nil {
		return nil, err
	}
	in, err := intake.Open(o.Inputs)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	for i, f := range in.List {
		f.Name = m.Inputs[i].Source // as the rejects name it, wherever the file lies now
	}
	o.Out = storage.Subfolder{Storage: store, Folder: rerunFolder}
	defer func() { err = errors.Join(err, store.Remove(rerunFolder)) }()
	if err := store.Remove(rerunFolder); err != nil {
		return nil, err
	}
	made, err := execute(ctx, &o, in, history)
	if err != nil {
		return nil, err
	}
	if !made.Published {
		return nil, fmt.Errorf("made again, %s settles nothing: its inputs or its history are other ones", m.Folder())
	}
	result = &RerunResult{Batch: m.Batch, Files: len(m.Written().Files), Different: differences(m.Written().Files, made.Manifest.Files)}
	result.Same = len(result.Different) == 0 && made.Batch == m.Batch
	for _, number := range only {
		again, err := rerunOf(store, m, o.Out, made.Manifest, number)
		if err != nil {
			return nil, err
		}
		result.Only = append(result.Only, again...)
	}
	return result, nil
}

// Options are those of the batch: its inputs, day, fees and limits. Another law, or another identity of the fund, would give
// other bytes.
func (r *RerunSettings) options(m *batch.Manifest) (o Options, err error) {
	s := r.Settings
	s.Subject, s.again = SubjectOf(m), true
	if s.Inputs, err = recorded(m, r.Search); err != nil {
		return o, err
	}
	s.AsOf, s.Fee, s.MinimumPension, s.MaxRejects, s.Outgoing.Without, s.Recheck = m.AsOf, "", "", m.Parameters.MaxRejects,
		m.Parameters.Without, recheckOf(&m.Parameters)
	s.Outgoing.Report = batch.ReportSettings{}
	if asked := m.Parameters.Report; asked != nil {
		s.Outgoing.Report = *asked
	}
	if s.Fees, err = m.Fees(); err != nil {
		return o, err
	}
	if s.MinimumPensions, err = m.MinimumPensions(); err != nil {
		return o, err
	}
	if o, err = s.Options(); err != nil {
		return o, err
	}
	o.Corrects = m.Corrects
	if version := o.Subject.Version(&o.Parameters); version != m.LawVersion {
		return o, jobs.UsageError("%s was made with the law %.8s, this program has %.8s: take the program of that time", m.Folder(),
			m.LawVersion, version)
	}
	if o.Outgoing.Digest() != m.Parameters.Outgoing {
		return o, jobs.UsageError("%s was made with another identity of the fund, wording or chart of accounts: give the configuration of that time",
			m.Folder())
	}
	return o, nil
}

// recorded finds the files that a batch was made from: where they were, or in one of the folders, by size and digest.
func recorded(m *batch.Manifest, folders []string) (map[string][]string, error) {
	paths := map[string][]string{}
	var missing []error
	for i := range m.Inputs {
		f := &m.Inputs[i]
		path, err := findRecorded(f, folders)
		if err != nil {
			missing = append(missing, err)
		}
		paths[f.Input] = append(paths[f.Input], path)
	}
	if len(missing) > 0 {
		return nil, jobs.UsageError("%w", errors.Join(missing...))
	}
	return paths, nil
}

// findRecorded looks for a recorded file where it was, then beside it, then in the folders and all below them, by its content; in a bucket
// as an archive has it.
func findRecorded(f *batch.ManifestInput, folders []string) (string, error) {
	changed := false
	if is, there := isRecorded(f, f.Path); is {
		return f.Path, nil
	} else if there {
		changed = true
	}
	if found := recordedIn(f, filepath.Dir(f.Path), itself); found != "" && !storage.InBucket(f.Path) {
		return found, nil
	}
	for _, folder := range folders {
		if archived := storage.Join(folder, intake.ArchivedAs(f.SHA256, f.Path)); fileDigest(archived) == f.SHA256 {
			return archived, nil
		}
		if storage.InBucket(folder) { // it is looked for by its name in an archive, and nowhere else: each look is a request
			continue
		}
		if found := recordedIn(f, folder, andBelow); found != "" {
			return found, nil
		}
	}
	if changed {
		return "", fmt.Errorf("the %s file %s has changed since: restore it, or say where a copy is with --search", f.Input, f.Path)
	}
	return "", fmt.Errorf("the %s file %s is gone: restore it, or say where a copy is with --search", f.Input, f.Path)
}

// How far recordedIn looks: into the folder itself, and into all below it.
const (
	itself   = false
	andBelow = true
)

// recordedIn looks for a recorded file in a folder; "" if it is in none that can be read.
func recordedIn(f *batch.ManifestInput, folder string, below bool) (found string) {
	filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if entry != nil && entry.IsDir() && path != folder && (err != nil || !below) {
				return fs.SkipDir
			}
			return nil
		}
		if is, _ := isRecorded(f, path); is {
			found = path
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// isRecorded says whether a file has the recorded content, and whether there is one.
func isRecorded(f *batch.ManifestInput, path string) (is, there bool) {
	state, err := storage.StateOf(path)
	if err != nil {
		return false, false
	}
	return state.Size == f.Size && fileDigest(path) == f.SHA256, true
}

// fileDigest is the SHA-256 of a file; "" if it can't be read.
func fileDigest(path string) string {
	var file storage.ReadFile
	var err error
	if storage.InBucket(path) {
		file, err = storage.OpenFile(path)
	} else { // not what a link points to
		file, err = storage.Directory(filepath.Dir(path)).Open(filepath.Base(path))
	}
	if err != nil {
		return ""
	}
	defer file.Close()
	sum, err := batch.Digest(file)
	if err != nil {
		return ""
	}
	return sum
}

// differences lists the paths that are not the same in both.
func differences(published, made []batch.ManifestFile) []string {
	different := []string{}
	at := map[string]batch.ManifestFile{}
	for _, f := range published {
		at[f.Path] = f
	}
	for _, f := range made {
		if at[f.Path].SHA256 != f.SHA256 {
			different = append(different, f.Path)
		}
		delete(at, f.Path)
	}
	for path := range at {
		different = append(different, path)
	}
	slices.Sort(different)
	return different
}
