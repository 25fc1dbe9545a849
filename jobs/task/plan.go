package task

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"reflect"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline/rows"
)

// Folder is where the objects of the tasks of a ledger are. A ledger has one plan at a time.
const Folder = ".tasks"

// The objects of a plan, and the folders of those of its tasks.
const (
	planName       = "plan.json"
	identitiesName = "identities"
	cutName        = "cut"
	draftedName    = "drafted" // the batch was made, as a draft
	scatterFolder  = "scatter"
	resultFolder   = "result"
	tablesFolder   = "tables" // of results, by batch
	postFolder     = "post"   // who must be told, of results
	letterFolder   = "letters"
	workFolder     = "work" // what tasks need while they are at work
)

// planFormat changes when a task that knows an older one would misread a plan or what stands beside it.
const planFormat = 3

// Plan is what all tasks of a night agree on: what was asked, and the state of what they read. It is complete when it is there.
type Plan struct {
	Format    int          `json:"format"`
	Job       batch.Job    `json:"job,omitempty"`
	Program   string       `json:"program"`  // version: what stands between tasks is that of one program
	Law       string       `json:"law"`      // version
	Outgoing  string       `json:"outgoing"` // digest of how the fund presents itself
	Ledger    string       `json:"ledger"`   // digest of the batches that count and of those that were withdrawn
	Directory string       `json:"directory"`
	Inputs    []intake.Pin `json:"inputs"`
	Settings  run.Settings `json:"settings"`

	Beside []batch.Beside `json:"beside,omitempty"` // the ledgers of the other jobs, which may go on meanwhile
}

// Planned is what came of a plan.
type Planned struct {
	Planned bool   `json:"planned"` // false: a run would have nothing to do
	Nothing string `json:"nothing,omitempty"`
	Same    bool   `json:"same"` // the plan was there: what its tasks have done stays
	Inputs  int    `json:"inputs"`
	Parts   int    `json:"parts"` // more tasks that scatter have nothing to read
}

// Setup is how a task works, beside what the plan says.
type Setup struct {
	Out      storage.Storage
	Program  string // version
	Workers  int    // of every task but the plan
	Memory   string // "" is that of the plan
	Log      *slog.Logger
	Progress jobs.Progress
}

// Make plans a night: it pins what was asked and the state of the inputs and of the ledger, and reads the identities, which every task must
// know. A plan that says the same stays, with what its tasks have done; another one is replaced.
func Make(ctx context.Context, s *run.Settings, setup *Setup) (*Planned, error) {
	o, err := s.Options()
	if err != nil {
		return nil, err
	}
	o.Log, o.Progress, o.Out = setup.Log, setup.Progress, setup.Out
	unlock, err := o.Occupy()
	if err != nil {
		return nil, err
	}
	defer unlock()
	planned := &Planned{Nothing: o.Arrived.Why()}
	planned.Planned, err = o.Begin(func(steps *run.Steps) error { return planned.pin(ctx, s, steps, setup.Program) })
	return planned, err
}

// pin makes the plan of a run that has begun.
func (p *Planned) pin(ctx context.Context, s *run.Settings, steps *run.Steps, program string) error {
	plan, err := newPlan(s, steps, program)
	if err != nil {
		return err
	}
	p.Inputs, p.Nothing = len(plan.Inputs), ""
	if p.Parts, err = steps.Parts(); err != nil {
		return err
	}
	store := storage.Subfolder{Storage: steps.Out, Folder: Folder}
	if before, err := readPlan(store); err == nil && reflect.DeepEqual(before, plan) {
		p.Same = true
		return nil
	}
	if err := steps.Out.Remove(Folder); err != nil {
		return err
	}
	taken, renamed, confirming, err := steps.Identities(ctx)
	if err != nil {
		return err
	}
	e := rows.Encoder{Bytes: identitiesFrame.Begin(nil)}
	taken.Encode(&e)
	encodeCounted(&e, steps.In.Counted())
	renamed.Encode(&e)
	confirming.Encode(&e)
	if err := batch.PutBytes(store, identitiesName, identitiesFrame.Seal(e.Bytes)); err != nil {
		return err
	}
	return batch.PutRecord(store, planName, plan)
}

// identitiesFrame is of what the plan found in the identities and the confirmations.
var identitiesFrame = rows.Frame{Kind: "identities", Version: 2}

func newPlan(s *run.Settings, steps *run.Steps, program string) (*Plan, error) {
	directory, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	settings := *s
	settings.Subject, settings.Workers, settings.Memory = nil, 0, ""
	settings.AsOf = steps.Parameters.AsOf.String()
	settings.Inputs = map[string][]string{}
	for _, input := range steps.Subject.Inputs {
		name := input.String()
		settings.Inputs[name] = s.Inputs[name] // a pattern that nothing matches stays
		if found := steps.Inputs[input]; len(found) > 0 {
			settings.Inputs[name] = found
		}
	}
	p := &Plan{Format: planFormat, Job: steps.Subject.Job, Program: program, Law: steps.Subject.Version(&steps.Parameters),
		Outgoing: steps.Outgoing.Digest(), Ledger: ledgerDigest(steps), Directory: directory, Settings: settings}
	if p.Inputs, err = steps.In.Pins(); err != nil {
		return nil, err
	}
	if p.Beside, err = steps.History.Beside(); err != nil {
		return nil, err
	}
	text, err := json.Marshal(p) // as it will be read: a list of nothing is none
	if err != nil {
		return nil, err
	}
	read := &Plan{}
	return read, json.Unmarshal(text, read)
}

func ledgerDigest(steps *run.Steps) string {
	hash := sha256.New()
	steps.History.AddTo(hash)
	return hex.EncodeToString(hash.Sum(nil))
}

// readPlan reads the plan of a ledger.
func readPlan(store storage.Storage) (*Plan, error) {
	text, err := batch.ReadBytes(store, planName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, jobs.UsageError("there is no plan in the output directory: make one with regul task plan")
	}
	if err != nil {
		return nil, err
	}
	p := &Plan{}
	if err := json.Unmarshal(text, p); err != nil || p.Format != planFormat {
		return nil, jobs.UsageError("the plan is of another version of regul: make it again with regul task plan")
	}
	return p, nil
}

// Directory is where the plan of a ledger was made: paths are relative to it.
func Directory(out storage.Storage) (string, error) {
	p, err := readPlan(storage.Subfolder{Storage: out, Folder: Folder})
	if err != nil {
		return "", err
	}
	return p.Directory, nil
}

func encodeCounted(e *rows.Encoder, list []intake.Counted) {
	e.Unsigned(uint64(len(list)))
	for _, c := range list {
		e.Unsigned(uint64(c.File))
		e.Signed(c.Rows)
		e.Text(c.SHA256)
		e.Signed(c.Doubled)
		e.Unsigned(uint64(len(c.Unknown)))
		for _, name := range c.Unknown {
			e.Text(name)
		}
	}
}

func decodeCounted(d *rows.Decoder) []intake.Counted {
	var list []intake.Counted
	for range d.Unsigned() {
		c := intake.Counted{File: int(d.Unsigned()), Rows: d.Signed(), SHA256: d.Text(), Doubled: d.Signed()}
		for range d.Unsigned() {
			c.Unknown = append(c.Unknown, d.Text())
		}
		list = append(list, c)
	}
	return list
}
