package kept

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// Who a segment holds something of comes back as it was written: numbers in their order, dossiers, the batches, also those apart, and those
// that settled something.
func TestHoldersAreReadAsWritten(t *testing.T) {
	held := map[uint64]*Holder{}
	for _, h := range []struct {
		number        uint64
		dossiers      []uint32
		batches, acts []int
	}{{1, []uint32{99_999_999, 7}, []int{0}, nil}, {85_010_112_387, nil, []int{0, 1, 1, 2, 7, 1023}, []int{1, 7}},
		{99_999_999_999, []uint32{1}, []int{5, 6}, []int{5, 6}}} {
		of := &Holder{Dossiers: h.dossiers}
		for _, at := range h.batches {
			of.runs = with(of.runs, at)
		}
		for _, at := range h.acts {
			of.acts = with(of.acts, at)
		}
		held[h.number] = of
	}
	content := appendHolders(held)
	sum := sha256.Sum256(content)
	store := storage.Directory(t.TempDir())
	if err := batch.PutBytes(store, "s/"+holdersName, content); err != nil {
		t.Fatal(err)
	}
	s := &Segment{storage: store, folder: "s",
		record: &record{Files: []batch.ManifestFile{{Path: holdersName, SHA256: hex.EncodeToString(sum[:])}}}}
	var told strings.Builder
	err := s.EachHolder(func(h *Holder) {
		fmt.Fprint(&told, h.Number, h.Dossiers, ":")
		h.EachBatch(func(at int) { fmt.Fprint(&told, " ", at) })
		told.WriteString(" acting")
		h.EachActing(func(at int) { fmt.Fprint(&told, " ", at) })
		told.WriteString("\n")
	})
	const want = "1 [7 99999999]: 0 acting\n85010112387 []: 0 1 2 7 1023 acting 1 7\n99999999999 [1]: 5 6 acting 5 6\n"
	if err != nil || told.String() != want {
		t.Errorf("%v\n%swant\n%s", err, told.String(), want)
	}
}
