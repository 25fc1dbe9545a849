package kept

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// holdersName is the file of a segment that says of whom each of its batches holds something, in whichever table: who asks for everything
// of somebody opens those batches alone. It holds numbers and dossiers in their order, each as the step from the one before.
const holdersName = "holders"

// Holder is somebody of whom batches of a segment hold something.
type Holder struct {
	Number   uint64   // national or enterprise number
	Dossiers []uint32 // under which the batches settled it, ascending

	runs []run // of the batches
	acts []run // of those that settled, ordered or heard something
}

// run is some positions of batches of a segment that follow each other: from first up to, not including, end.
type run struct{ first, end int }

// EachBatch gives the positions of the batches in the segment.
func (h *Holder) EachBatch(visit func(at int)) { each(h.runs, visit) }

// EachActing gives the positions of the batches that did more than reject a row, or tell what is open: every night tells of everybody what
// is.
func (h *Holder) EachActing(visit func(at int)) { each(h.acts, visit) }

func each(runs []run, visit func(at int)) {
	for _, r := range runs {
		for at := r.first; at < r.end; at++ {
			visit(at)
		}
	}
}

// with adds a position to runs that lie before it, or hold it.
func with(runs []run, at int) []run {
	last := len(runs) - 1
	switch {
	case last < 0 || runs[last].end < at:
		return append(runs, run{at, at + 1})
	case runs[last].end == at:
		runs[last].end++
	}
	return runs
}

// writeHolders writes who the batches hold something of.
func (w *wanted) writeHolders(s storage.Storage, folder string) (batch.ManifestFile, error) {
	f, content, err := w.holders(s, folder)
	if err != nil {
		return f, err
	}
	return f, batch.PutBytes(s, folder+"/"+holdersName, content)
}

// holders is who the batches hold something of, as a file. A holder takes as much memory as it has runs: mostly one.
func (w *wanted) holders(s storage.Storage, folder string) (f batch.ManifestFile, content []byte, err error) {
	held := map[uint64]*Holder{}
	for at, m := range w.batches {
		err := batch.EachNamed(s, m, func(number, dossier uint64, acts bool) {
			h := held[number]
			if h == nil {
				h = &Holder{Number: number}
				held[number] = h
			}
			if h.runs = with(h.runs, at); acts {
				h.acts = with(h.acts, at)
			}
			if dossier != 0 && !slices.Contains(h.Dossiers, uint32(dossier)) {
				h.Dossiers = append(h.Dossiers, uint32(dossier))
			}
		})
		if err != nil {
			return f, nil, fmt.Errorf("%s/%s: %w", folder, holdersName, err)
		}
	}
	content = appendHolders(held)
	sum := sha256.Sum256(content)
	return batch.ManifestFile{Path: holdersName, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Rows: int64(len(held))},
		content, nil
}

// appendHolders are the bytes of the file.
func appendHolders(held map[uint64]*Holder) (content []byte) {
	last := uint64(0)
	for _, number := range slices.Sorted(maps.Keys(held)) {
		h := held[number]
		content = binary.AppendUvarint(content, number-last)
		last = number
		slices.Sort(h.Dossiers)
		content = binary.AppendUvarint(content, uint64(len(h.Dossiers)))
		for _, dossier := range h.Dossiers {
			content = binary.AppendUvarint(content, uint64(dossier))
		}
		content = appendRuns(appendRuns(content, h.runs), h.acts)
	}
	return content
}

func appendRuns(content []byte, runs []run) []byte {
	content = binary.AppendUvarint(content, uint64(len(runs)))
	end := 0
	for _, r := range runs {
		content = binary.AppendUvarint(binary.AppendUvarint(content, uint64(r.first-end)), uint64(r.end-r.first))
		end = r.end
	}
	return content
}

// holders are the bytes of who the batches hold something of, once they are checked.
func (r *record) holders(s storage.Storage, folder string) ([]byte, error) {
	content, err := batch.ReadBytes(s, folder+"/"+holdersName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	sum := sha256.Sum256(content)
	is := func(f batch.ManifestFile) bool {
		return f.Path == holdersName && f.SHA256 == hex.EncodeToString(sum[:])
	}
	if err != nil || !slices.ContainsFunc(r.Files, is) {
		return nil, fmt.Errorf("%s/%s: %w", folder, holdersName, ErrDamaged)
	}
	return content, nil
}

// EachHolder gives those of whom the batches of the segment hold something, by number. What it gives is used again for the next one.
func (s *Segment) EachHolder(visit func(*Holder)) error {
	if !s.Usable() {
		return fmt.Errorf("%s: %w", s.folder, ErrDamaged)
	}
	content, err := s.record.holders(s.storage, s.folder)
	if err != nil {
		return err
	}
	next := func() uint64 {
		n, size := binary.Uvarint(content)
		content = content[max(size, 0):]
		return n
	}
	var h Holder
	for len(content) > 0 {
		h.Number += next()
		h.Dossiers = h.Dossiers[:0]
		for range next() {
			h.Dossiers = append(h.Dossiers, uint32(next()))
		}
		h.runs, h.acts = readRuns(h.runs[:0], next), readRuns(h.acts[:0], next)
		visit(&h)
	}
	return nil
}

func readRuns(runs []run, next func() uint64) []run {
	end := 0
	for range next() {
		first := end + int(next())
		end = first + int(next())
		runs = append(runs, run{first, end})
	}
	return runs
}
