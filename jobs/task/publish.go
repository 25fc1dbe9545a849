package task

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/jobs/run"
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

// Print prints every so manieth file of letters, in the order of the post. Every shard must be settled. It says how many files it has
// printed.
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
	spill, remove := t.workspace()
	defer func() { err = errors.Join(err, remove()) }()
	letters, err := t.Letters(ctx, c.name, len(c.ends), func(number int) ([]byte, error) { return t.result(c, all, number) }, spill)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, letters.Outbox.Remove()) }()
	build := batch.Objects(t.store, letterFolder)
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
	for _, c := range known.counted {
		t.In.Count(c)
	}
	result, err = t.Steps.Publish(ctx, &known.taken, run.Work{Shards: len(c.ends), Printed: t.taking, Confirming: known.confirming,
		Through: func(ctx context.Context, to pipeline.Sink, done func(*pipeline.Decisions)) (*pipeline.Decisions, error) {
			return pipeline.Collect(ctx, len(c.ends), func(number int) ([]byte, error) { return t.result(c, all, number) }, t.Workers, to,
				done)
		}})
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

// tidy removes what no task needs once the batch is published. The plan and the cut stay: a task that runs again finds that nothing is
// left to do.
func (t *task) tidy(log *slog.Logger) {
	for _, name := range []string{scatterFolder, resultFolder, letterFolder, workFolder, identitiesName} {
		if err := t.store.Remove(name); err != nil {
			log.Warn("what the tasks have left could not be removed: the next plan does so", "error", jobs.Cause(err).Error())
		}
	}
}
