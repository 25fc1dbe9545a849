package task

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/notice/index"
)

// printed says what a task has printed: the file of letters, and where each letter stands in it. It is there once the file is.
type printed struct {
	Format int                `json:"format"`
	File   batch.ManifestFile `json:"file"`
	Placed []index.Placed     `json:"placed"`
}

const printedFormat = 1

func printedName(file string) string { return letterFolder + "/" + file + ".json" }

// Print prints every so manieth file of letters, in the order of the post. Every shard must be settled; one that is not is settled first.
// It says how many files it has printed.
func Print(ctx context.Context, s *Setup, share Share) (files int, err error) {
	t, err := open(s)
	if err != nil {
		return 0, err
	}
	defer t.Close()
	if t.finished != nil || t.Outgoing.Press == nil {
		return 0, nil
	}
	all, c, err := t.assemble()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, closeAll(all)) }()
	if _, err := t.settleMissing(ctx, c, all, Share{Of: 1}.numbers(len(c.ends))); err != nil {
		return 0, err
	}
	spill, remove := t.workspace()
	defer func() { err = errors.Join(err, remove()) }()
	outbox := t.outbox(spill)
	defer func() { err = errors.Join(err, outbox.Remove()) }()
	if err := outbox.Seal(len(c.ends)); err != nil {
		return 0, err
	}
	letters, build := t.Letters(c.name, outbox), batch.Objects(t.store, letterFolder)
	letters.Create = build.Create
	letters.Printed = func(name string) ([]index.Placed, bool, error) {
		there, err := isThere(t.store, printedName(name))
		return nil, there, err
	}
	t.Progress.Stage("print", 0)
	err = letters.PrintShare(ctx, share.Number, share.Of, func(name string, placed []index.Placed) error {
		file, _ := build.File(name)
		return batch.PutRecord(t.store, printedName(name), &printed{printedFormat, file, placed})
	})
	return len(build.Files), err
}

// taking takes the letters that tasks have printed into a build. A file that is gone, since a publication was killed that had taken it, is
// printed again.
func (t *task) taking(build *batch.Build) outgoing.Printed {
	return func(name string) ([]index.Placed, bool, error) {
		text, err := batch.ReadBytes(t.store, printedName(name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, false, nil
		}
		var p printed
		if err == nil {
			err = json.Unmarshal(text, &p)
		}
		if err != nil {
			return nil, false, err
		}
		there, err := isThere(t.store, letterFolder+"/"+name)
		if err != nil || !there || p.Format != printedFormat {
			return nil, false, err
		}
		return p.Placed, true, build.Adopt(Folder+"/"+letterFolder+"/"+name, p.File)
	}
}

// Publish does what no task has done, balances everything, and publishes the batch: what a run would have published. Everything must be
// scattered.
func Publish(ctx context.Context, s *Setup) (result *run.Result, err error) {
	unlock, err := batch.Lock(s.Out)
	if err != nil {
		return nil, err
	}
	defer unlock()
	t, err := open(s)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	if t.finished != nil {
		t.tidy(s.Log)
		return t.finished, nil
	}
	all, c, err := t.assemble()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeAll(all)) }()
	known, err := t.identities()
	if err != nil {
		return nil, err
	}
	parts, err := t.takenOf(all)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		known.taken.Add(&part.taken)
		known.counted = append(known.counted, part.counted...)
		known.confirming.AddNamed(part.named)
	}
	known.taken.Strangers = c.strangers
	err = t.StrangersStand(ctx, t.plan.Beside, func() ([]pipeline.Names, error) { return namesOf(all) }, c.strangers)
	if err != nil {
		return nil, err
	}
	for _, c := range known.counted {
		t.In.Count(c)
	}
	spill, remove := t.workspace()
	defer func() { err = errors.Join(err, remove()) }()
	result, err = t.Steps.Publish(ctx, &known.taken, t.settled(c, all, spill, known.confirming))
	if err != nil || !result.Published {
		return result, err
	}
	if result.Draft {
		if err := batch.PutBytes(t.store, draftedName, nil); err != nil {
			return result, nil // it is made all the same, and would be made again
		}
	}
	t.tidy(s.Log)
	return result, nil
}

// settled is what the tasks have settled. What they have not, or what is no longer there since a publication was killed that had taken it,
// is settled now.
func (t *task) settled(c *cut, all []*scattered, spill storage.Storage, confirming *pipeline.Confirming) run.Work {
	through := func(ctx context.Context, to *run.Takers, done func(*pipeline.Decisions)) (*pipeline.Decisions, error) {
		there, err := t.tablesThere(c)
		if err != nil {
			return nil, err
		}
		return pipeline.Sum(ctx, len(c.ends), func(number int) (pipeline.Decisions, error) {
			portion, err := batch.ReadBytes(t.store, resultName(number))
			if err == nil {
				decided, taken, err := to.Take(portion, func(table string) bool { return there[table] })
				if taken || err != nil {
					return decided, resultFault(number, err)
				}
			} else if !errors.Is(err, fs.ErrNotExist) {
				return pipeline.Decisions{}, err
			}
			if portion, err = t.work(c, all, number); err != nil {
				return pipeline.Decisions{}, err
			}
			decided, _, err := to.Take(portion, func(string) bool { return true })
			return decided, resultFault(number, err)
		}, t.Workers, done)
	}
	return run.Work{Shards: len(c.ends), Through: through, Outbox: t.outbox(spill), Printed: t.taking, Confirming: confirming,
		Adopt: func(*batch.Build) error { return t.adopt(c) }}
}

// resultFault names the result in which an error was found.
func resultFault(number int, err error) error {
	if err != nil {
		return fmt.Errorf("%s/%s: %w", Folder, resultName(number), err)
	}
	return nil
}

// tablesThere are the tables that tasks have written, by their path in the batch.
func (t *task) tablesThere(c *cut) (map[string]bool, error) {
	there := map[string]bool{}
	var below func(folder string) error
	below = func(folder string) error {
		names, err := t.store.List(path.Join(c.tables(), folder))
		for _, name := range names {
			at := path.Join(folder, name)
			if path.Ext(name) != "" {
				there[at] = true
			} else if err == nil {
				err = below(at)
			}
		}
		return err
	}
	return there, below("")
}

// adopt moves the tables that tasks have written to the batch that is built, a folder at a time.
func (t *task) adopt(c *cut) error {
	tables, err := t.store.List(c.tables())
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := t.Out.Move(path.Join(Folder, c.tables(), table), path.Join(batch.Building, table), ""); err != nil {
			return err
		}
	}
	return nil
}

// tidy removes what no task needs once the batch is published. The plan and the cut stay: a task that runs again finds that nothing is
// left to do.
func (t *task) tidy(log *slog.Logger) {
	for _, name := range []string{scatterFolder, resultFolder, tablesFolder, postFolder, letterFolder, workFolder, identitiesName} {
		if err := t.store.Remove(name); err != nil {
			log.Warn("what the tasks have left could not be removed: the next plan does so", "error", jobs.Cause(err).Error())
		}
	}
}
