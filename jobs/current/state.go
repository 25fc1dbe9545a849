package current

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/writers/dictionary"
)

// stateName is the file of the state: what the tables were made of, and their files.
const (
	stateFile = "state.json"
	stateName = Folder + "/" + stateFile
)

// stateFormat changes when tables are made another way: then they are all made again.
const stateFormat = 3 // 2: a year stands under the national number of its last version alone; 3: also where several versions came at once

// state is what the compacted tables were made of. The same batches give the same state, however they came.
type state struct {
	Format    int                  `json:"format"`
	Columns   string               `json:"columns"` // SHA-256 of the columns of the tables
	Batches   string               `json:"batches"` // SHA-256 of the table of the batches' rows: of all manifests and withdrawals
	Jobs      map[batch.Job]seen   `json:"jobs"`
	Published int                  `json:"published"`         // batches, the withdrawn ones among them
	Withdrawn int                  `json:"withdrawn"`         // records of withdrawals
	Expired   int                  `json:"expired,omitempty"` // batches of which files were removed
	Drafts    string               `json:"drafts,omitempty"`  // that wait, with how many acts of persons were recorded
	Files     []batch.ManifestFile `json:"files"`
}

// seen is how far the tables of a job have come.
type seen struct {
	Batches int    `json:"batches"` // that count
	Last    string `json:"last"`
	SHA256  string `json:"sha256"` // of the manifest of the last one

	LeftOut string `json:"left_out,omitempty"` // for whom they do not count, see history.leftOut
}

// history are the batches of a directory.
type history struct {
	all  []listed                        // by name
	live map[batch.Job][]*batch.Manifest // the earliest first

	withdrawals int // records of them
	expired     int // batches of which files were removed

	parts []*batch.WithdrawnPart // what of batches was withdrawn for some alone
}

func readHistory(storage storage.Storage) (*history, error) {
	manifests, err := batch.All(storage)
	if err != nil {
		return nil, err
	}
	withdrawals, err := batch.Withdrawals(storage)
	if err != nil {
		return nil, err
	}
	parts, err := batch.WithdrawnParts(storage)
	if err != nil {
		return nil, err
	}
	batch.LeaveOut(manifests, parts)
	withdrawn := map[string]*batch.Withdrawal{}
	for i := range withdrawals {
		withdrawn[withdrawals[i].Batch] = &withdrawals[i]
	}
	h := &history{live: map[batch.Job][]*batch.Manifest{}, withdrawals: len(withdrawals) + len(parts), parts: parts}
	for _, m := range manifests {
		b := listed{Manifest: m, withdrawn: withdrawn[m.Batch], withdrawnFor: batch.WithdrawnFor(parts, m)}
		for _, rows := range m.Rejects {
			b.rejected += rows
		}
		h.all = append(h.all, b)
		h.expired += number(m.Expiry != nil)
		if b.withdrawn == nil {
			h.live[m.Job] = append(h.live[m.Job], m)
		}
	}
	for _, live := range h.live {
		batch.SortByAge(live)
	}
	return h, nil
}

// digest tells the batches and withdrawals of two histories apart.
func (h *history) digest() string {
	sum := sha256.New()
	for _, b := range h.all {
		fmt.Fprintf(sum, "%s %s %q %q\n", b.Batch, b.Digest, b.withdrawal().On, b.withdrawal().Why)
		if b.Expiry != nil {
			fmt.Fprintf(sum, "expired %s\n", b.Expiry.Digest)
		}
	}
	for _, p := range h.parts {
		p.AddTo(sum)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// leftOut tells apart for whom batches that count were withdrawn, by job; "" for nobody.
func (h *history) leftOut(job batch.Job) string {
	sum := sha256.New()
	none := true
	for _, m := range h.live[job] {
		for _, p := range h.parts {
			if p.Batch == m.Batch {
				p.AddTo(sum)
				none = false
			}
		}
	}
	if none {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// columnsDigest tells tables apart whose files can't be brought together.
func columnsDigest(all []dictionary.Table) string {
	sum := sha256.New()
	for _, t := range all {
		fmt.Fprintln(sum, t.Name)
		for _, c := range t.Columns {
			fmt.Fprintln(sum, c.Name, c.Type, c.Optional)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// readState is the state of the tables as they are; none where there is none, or it is no state.
func readState(storage storage.Storage) (s state, err error) {
	text, err := batch.ReadBytes(storage, stateName)
	if errors.Is(err, fs.ErrNotExist) {
		return state{}, nil
	}
	if err == nil && json.Unmarshal(text, &s) != nil {
		return state{}, nil
	}
	return s, err
}

// write puts the state in place of the one of before: the tables stay.
func (s *state) write(storage storage.Storage) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return batch.PutBytes(storage, stateName, append(text, '\n'))
}
