package kept

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
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
	Dossiers []uint32 // under which the batches settled it

	runs []run
}

// run is some positions of batches of a segment that follow each other: from first up to, not including, end.
type run struct{ first, end int }

// EachBatch gives the positions of the batches in the segment.
func (h *Holder) EachBatch(visit func(at int)) {
	for _, r := range h.runs {
		for at := r.first; at < r.end; at++ {
			visit(at)
		}
	}
}

// A number has at most 11 digits, 37 bits, and a dossier 8, 27 bits.
const positionBits, dossierBits = 20, 27

// writeHolders writes who the batches hold something of.
func (w *wanted) writeHolders(s storage.Storage, folder string) (batch.ManifestFile, error) {
	f, content, err := w.holders(s, folder)
	if err != nil {
		return f, err
	}
	return f, batch.PutBytes(s, folder+"/"+holdersName, content)
}

// holders is who the batches hold something of, as a file.
func (w *wanted) holders(s storage.Storage, folder string) (f batch.ManifestFile, content []byte, err error) {
	var held, filed []uint64 // a number with the position of a batch, and with a dossier
	for at, m := range w.batches {
		from := len(held)
		err := batch.EachNamed(s, m, func(number, dossier uint64) {
			held = append(held, number<<positionBits|uint64(at))
			if dossier != 0 {
				filed = append(filed, number<<dossierBits|dossier)
			}
		})
		if err != nil {
			return f, nil, fmt.Errorf("%s/%s: %w", folder, holdersName, err)
		}
		slices.Sort(held[from:])
		held = append(held[:from], slices.Compact(held[from:])...)
	}
	slices.Sort(held)
	slices.Sort(filed)
	content, holders := appendHolders(held, slices.Compact(filed))
	sum := sha256.Sum256(content)
	return batch.ManifestFile{Path: holdersName, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Rows: holders}, content, nil
}

// appendHolders are the bytes of the file, and how many holders it has.
func appendHolders(held, filed []uint64) (content []byte, holders int64) {
	last := uint64(0)
	for len(held) > 0 {
		holders++
		number := held[0] >> positionBits
		content = binary.AppendUvarint(content, number-last)
		last = number
		dossiers := 0
		for dossiers < len(filed) && filed[dossiers]>>dossierBits == number {
			dossiers++
		}
		content = binary.AppendUvarint(content, uint64(dossiers))
		for _, of := range filed[:dossiers] {
			content = binary.AppendUvarint(content, of&(1<<dossierBits-1))
		}
		filed = filed[dossiers:]
		var runs []run
		for ; len(held) > 0 && held[0]>>positionBits == number; held = held[1:] {
			at := int(held[0] & (1<<positionBits - 1))
			if n := len(runs); n > 0 && runs[n-1].end == at {
				runs[n-1].end++
			} else {
				runs = append(runs, run{at, at + 1})
			}
		}
		content = binary.AppendUvarint(content, uint64(len(runs)))
		end := 0
		for _, r := range runs {
			content = binary.AppendUvarint(binary.AppendUvarint(content, uint64(r.first-end)), uint64(r.end-r.first))
			end = r.end
		}
	}
	return content, holders
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
		h.Dossiers, h.runs = h.Dossiers[:0], h.runs[:0]
		for range next() {
			h.Dossiers = append(h.Dossiers, uint32(next()))
		}
		end := 0
		for range next() {
			first := end + int(next())
			end = first + int(next())
			h.runs = append(h.runs, run{first, end})
		}
		visit(&h)
	}
	return nil
}
