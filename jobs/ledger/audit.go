package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
)

// AuditFolder is the folder of the audit: one file for each act of a person on the ledger, numbered from 1. Files are only added. Each
// names the digest of the one before, so that none can be changed or taken out unseen; the last one can only be missed by the act that it
// tells.
const AuditFolder = batch.AuditFolder

// Deed is what a person did to a batch.
type Deed string

// The deeds that are recorded.
const (
	Released  Deed = "release"
	Discarded Deed = "discard"
	Withdrew  Deed = "withdraw"
	// of some affiliates or companies of a batch, whom its record in withdrawn/ names
	WithdrewPart Deed = "withdraw_part"

	DraftMade Deed = "draft" // recorded where the release needs a second person
	Expiring  Deed = "expire"
)

// Act is who did what to which batch, when and why.
type Act struct {
	Format   int    `json:"format"`
	Number   int    `json:"number"` // from 1
	Deed     Deed   `json:"deed"`
	Batch    string `json:"batch"`
	Manifest string `json:"manifest"` // SHA-256 of its manifest
	On       string `json:"on"`       // the day
	By       string `json:"by"`
	Why      string `json:"why,omitempty"`
	Record   string `json:"record,omitempty"` // SHA-256 of the tombstone of what was removed
	Before   string `json:"before,omitempty"` // SHA-256 of the record before; "" of the first
	digest   string
}

// Word is who acts, when and why, as given.
type Word struct{ By, On, Why string }

// check makes sure that the day is one and that somebody is named.
func (w *Word) check() error {
	if _, err := jobs.ParseDay("on", w.On); err != nil {
		return err
	}
	w.By, w.Why = strings.TrimSpace(w.By), strings.TrimSpace(w.Why)
	if w.By == "" {
		return jobs.UsageError("missing: --by, who decides this: the system names no user")
	}
	return nil
}

// Audit reads every act, in order, and makes sure that the chain is whole.
func Audit(storage storage.Storage) ([]Act, error) {
	names, err := storage.List(AuditFolder)
	if err != nil {
		return nil, err
	}
	var acts []Act
	before := ""
	for i, name := range names {
		a, err := readAct(storage, AuditFolder+"/"+name)
		if err != nil {
			return nil, fmt.Errorf("%s/%s can't be read: restore it from a copy: %w", AuditFolder, name, err)
		}
		if name != actName(i+1) || a.Number != i+1 || a.Before != before {
			return nil, fmt.Errorf("the audit is broken at %s/%s: a record before it was changed or is gone; restore the folder from a copy",
				AuditFolder, name)
		}
		before = a.digest
		acts = append(acts, a)
	}
	return acts, nil
}

func actName(number int) string { return fmt.Sprintf("%06d.json", number) }

func readAct(storage storage.Storage, name string) (a Act, err error) {
	if a.digest, err = batch.ReadRecord(storage, name, &a); err == nil && a.Format != 1 {
		err = fmt.Errorf("it has format %d, this program reads 1", a.Format)
	}
	return a, err
}

// record adds an act to the audit. The ledger is locked.
func record(storage storage.Storage, deed Deed, m *batch.Manifest, word *Word) error {
	return recordOf(storage, deed, m, word, "")
}

// recordOf is record of an act that leaves a record with a digest.
func recordOf(storage storage.Storage, deed Deed, m *batch.Manifest, word *Word, of string) error {
	acts, err := Audit(storage)
	if err != nil {
		return err
	}
	a := Act{Format: 1, Number: len(acts) + 1, Deed: deed, Batch: m.Batch, Manifest: m.Digest, On: word.On, By: word.By, Why: word.Why,
		Record: of}
	if len(acts) > 0 {
		a.Before = acts[len(acts)-1].digest
	}
	return batch.WriteRecord(storage, AuditFolder+"/"+actName(a.Number), &a)
}

// ActsOn are the acts on a batch or draft: the drafts of its name that were discarded before are not of it.
func ActsOn(acts []Act, m *batch.Manifest) []Act {
	return slices.DeleteFunc(slices.Clone(acts), func(a Act) bool {
		return a.Batch != m.Batch || a.Deed == Discarded || a.Deed == DraftMade && a.Manifest != m.Digest
	})
}

// RecordDraft records who made a draft: another person must release it. The ledger is locked.
func RecordDraft(storage storage.Storage, m *batch.Manifest, word Word) error {
	if err := word.check(); err != nil {
		return err
	}
	return errors.Join(record(storage, DraftMade, m, &word), follow(storage))
}

// bySecond makes sure that a draft is released by another person than who made it, where the draft was made so or it is asked for.
func (o *Order) bySecond(storage storage.Storage, m *batch.Manifest) error {
	acts, err := Audit(storage)
	if err != nil {
		return err
	}
	made := slices.DeleteFunc(ActsOn(acts, m), func(a Act) bool { return a.Deed != DraftMade })
	switch {
	case len(made) == 0 && o.SecondPerson:
		return jobs.UsageError("the draft %s can't be released: a second person must do it, and nobody recorded who made it; "+
			"make it again with release.second_person in the configuration", m.Batch)
	case len(made) > 0 && strings.EqualFold(made[len(made)-1].By, o.Word.By):
		return jobs.UsageError("the draft %s was made by %s, and a second person must release it: another one, who says so with --by",
			m.Batch, made[len(made)-1].By)
	}
	return nil
}

// inForce makes sure that every withdrawal that the audit tells is in force: without its record the batch would count again. What was
// removed of the batches the audit must tell, too.
func inForce(storage storage.Storage, batches []*batch.Manifest) error {
	acts, err := Audit(storage)
	if err != nil {
		return err
	}
	withdrawn, err := batch.Withdrawals(storage)
	if err != nil {
		return err
	}
	parts, err := batch.WithdrawnParts(storage)
	if err != nil {
		return err
	}
	for _, a := range acts {
		if a.Deed == WithdrewPart && !slices.ContainsFunc(parts, func(p *batch.WithdrawnPart) bool { return p.Digest() == a.Record }) {
			return fmt.Errorf("a part of %s was withdrawn on %s (%s/%s), but its record in %s is gone or was changed: restore it from a copy",
				a.Batch, a.On, AuditFolder, actName(a.Number), batch.WithdrawnFolder)
		}
		if a.Deed == Withdrew && !slices.ContainsFunc(withdrawn, func(w batch.Withdrawal) bool { return w.Batch == a.Batch }) {
			return fmt.Errorf("%s was withdrawn on %s (%s/%s), but %s/%s.json is gone: restore it from a copy, or withdraw the batch again",
				a.Batch, a.On, AuditFolder, actName(a.Number), batch.WithdrawnFolder, a.Batch)
		}
	}
	for _, m := range batches {
		if err := recorded(acts, m); err != nil {
			return err
		}
	}
	return nil
}
