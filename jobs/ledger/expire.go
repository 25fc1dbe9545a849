package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
)

// Expiration is the order to remove letters, payment files and rejects of old batches.
type Expiration struct {
	Before pipeline.Date // batches of days before it
	Insist bool          // also young ones, and those of which something is still needed
	Word   Word

	// Needed finds what is still needed of batches, by name: why. The ledger is locked meanwhile.
	Needed func() (map[string]string, error)
}

// keptMonths is how long everything is kept unless the operator insists: a debtor may have a collection that he did not authorise paid back
// for 13 months (Directive (EU) 2015/2366 art. 71), and then its file and letter are the proof.
const keptMonths = 13

// Expire removes letters, payment files and rejects of old batches, drafts left alone, and leaves a tombstone for each. Amounts and indexes
// stay: later versions rest on them. Each act is recorded. What a killed Expire has left undone is done.
func Expire(storage storage.Storage, e *Expiration) ([]*batch.Expiry, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	unlock, err := batch.Lock(storage)
	if err != nil {
		return nil, err
	}
	defer unlock()
	batches, err := batch.All(storage)
	if err != nil {
		return nil, err
	}
	old := slices.DeleteFunc(batches, func(m *batch.Manifest) bool { return m.AsOf >= e.Before.String() })
	if err := e.allowed(old); err != nil {
		return nil, err
	}
	if err := storage.Remove(KeptFolder); err != nil { // it holds rejects
		return nil, err
	}
	expired := []*batch.Expiry{}
	for _, m := range old {
		one, err := e.expire(storage, m)
		if err != nil {
			return expired, fmt.Errorf("%s: %w", m.Batch, err)
		}
		if one != nil {
			expired = append(expired, one)
		}
	}
	return expired, follow(storage)
}

// check makes sure that the order is one, and not of young batches.
func (e *Expiration) check() error {
	if err := e.Word.check(); err != nil {
		return err
	}
	today, err := time.Parse(time.DateOnly, e.Word.On)
	if err != nil {
		return err
	}
	if kept := pipeline.DateOf(today.Year(), today.Month()-keptMonths, today.Day()); e.Before > kept && !e.Insist {
		return jobs.UsageError("--before %s: batches of the last %d months are kept, those of %s and later: "+
			"a debtor may still have a collection paid back; --insist removes them all the same", e.Before, keptMonths, kept)
	}
	return nil
}

// allowed makes sure that nothing is still needed of the batches.
func (e *Expiration) allowed(old []*batch.Manifest) error {
	if e.Insist {
		return nil
	}
	needed, err := e.Needed()
	if err != nil {
		return err
	}
	var reasons []string
	for _, m := range old {
		if why := needed[m.Batch]; why != "" && m.Expiry == nil {
			reasons = append(reasons, m.Batch+": "+why)
		}
	}
	if len(reasons) > 0 {
		return jobs.UsageError("nothing was removed, since something is still needed; give an earlier day, or --insist:\n  %s",
			strings.Join(reasons, "\n  "))
	}
	return nil
}

// expire removes what can be removed of a batch; nil: there is nothing, or it was removed before.
func (e *Expiration) expire(storage storage.Storage, m *batch.Manifest) (*batch.Expiry, error) {
	if m.Expiry != nil {
		return nil, batch.Bury(storage, m)
	}
	stone, err := batch.NewExpiry(m, e.Word.On, e.Word.By, e.Word.Why)
	if err != nil || len(stone.Files) == 0 {
		return nil, err
	}
	if err := recordOf(storage, Expiring, m, &e.Word, stone.Digest); err != nil {
		return nil, err
	}
	if err := stone.Write(storage); err != nil {
		return nil, err
	}
	m.Expiry = stone
	return stone, batch.Bury(storage, m)
}

// Expired makes sure that the audit tells of the tombstone of a batch, if it has one.
func Expired(storage storage.Storage, m *batch.Manifest) error {
	if m.Expiry == nil {
		return nil
	}
	acts, err := Audit(storage)
	if err != nil {
		return err
	}
	return recorded(acts, m)
}

// recorded makes sure that one of the acts left the tombstone of a batch.
func recorded(acts []Act, m *batch.Manifest) error {
	told := m.Expiry == nil || slices.ContainsFunc(acts, func(a Act) bool {
		return a.Deed == Expiring && a.Batch == m.Batch && a.Record == m.Expiry.Digest
	})
	if !told {
		return fmt.Errorf("the audit does not tell that files of %s were removed, or of another list of them: restore %s and the "+
			"files from a copy",
			m.Batch, batch.ExpiredName(m.Batch))
	}
	return nil
}
