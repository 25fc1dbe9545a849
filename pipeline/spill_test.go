package pipeline

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"regul/pipeline/rows"
)

// disk keeps runs in memory; calls from failing on fail.
type disk struct {
	runs    []*bytes.Buffer
	calls   int
	failing int // 0: never
}

var errDisk = errors.New("no space left")

func (d *disk) call() error {
	if d.calls++; d.failing > 0 && d.calls >= d.failing {
		return errDisk
	}
	return nil
}

type diskFile struct {
	*bytes.Buffer
	disk *disk
}

func (f diskFile) Write(p []byte) (int, error) {
	if err := f.disk.call(); err != nil {
		return 0, err
	}
	return f.Buffer.Write(p)
}
func (f diskFile) Close() error { return f.disk.call() }

type diskRun struct {
	*bytes.Reader
	disk *disk
}

func (r diskRun) ReadAt(p []byte, at int64) (int, error) {
	if err := r.disk.call(); err != nil {
		return 0, err
	}
	return r.Reader.ReadAt(p, at)
}
func (r diskRun) Close() error { return nil }

func (d *disk) Create(run int) (io.WriteCloser, error) {
	if run != len(d.runs) {
		return nil, errors.New("runs are not made in order")
	}
	d.runs = append(d.runs, &bytes.Buffer{})
	return diskFile{d.runs[run], d}, d.call()
}

func (d *disk) Open(run int) (rows.DiskRun, error) {
	return diskRun{bytes.NewReader(d.runs[run].Bytes()), d}, d.call()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Rows that waited on disk, in many runs, come back in the same shards as rows that waited in memory.
func TestRowsOnDiskComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 0))
	in := randomRows(rng, 300, 600)
	unlimited := newScatters(t, 2)
	scatter(rng, in, unlimited)
	limited := newScatters(t, 2)
	disks := []*disk{{}, {}}
	for i, s := range limited {
		s.Limit(200<<10, disks[i])
	}
	scatter(rng, in, limited)
	if len(disks[0].runs) < 3 {
		t.Fatalf("only %d runs", len(disks[0].runs))
	}
	want, got := NewPlan(People, unlimited, 300), NewPlan(People, limited, 300)
	if got.Shards() != want.Shards() || got.Shards() < 5 {
		t.Fatalf("%d shards, from memory %d", got.Shards(), want.Shards())
	}
	for number := range got.Shards() {
		sameGroups(t, byNumber(load(t, got, number)), byNumber(load(t, want, number)))
	}
}

// Whatever call to the disk fails, somebody is told.
func TestFaultOfTheDiskIsTold(t *testing.T) {
	in := randomRows(rand.New(rand.NewPCG(6, 0)), 10, 30)
	for failing := 1; ; failing++ {
		d := &disk{failing: failing}
		s := newScatters(t, 1)
		s[0].Limit(40<<10, d)
		scatter(rand.New(rand.NewPCG(7, 0)), in, s)
		err := s[0].Err()
		if err == nil {
			plan := NewPlan(People, s, 30)
			for number := 0; number < plan.Shards() && err == nil; number++ {
				err = plan.Load(number, rows.NewShard(waiting))
			}
		}
		if d.calls < failing {
			if err != nil || failing < 10 {
				t.Errorf("%d calls: %v", d.calls, err)
			}
			return
		}
		if !errors.Is(err, errDisk) {
			t.Fatalf("call %d failed: %v", failing, err)
		}
	}
}
