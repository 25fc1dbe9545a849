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

// Who a segment holds something of comes back as it was written: numbers in their order, dossiers, and the batches, also those apart.
func TestHoldersAreReadAsWritten(t *testing.T) {
	var held, filed []uint64
	for _, h := range []struct {
		number, dossier uint64
		batches         []uint64
	}{{1, 99_999_999, []uint64{0}}, {85_010_112_387, 0, []uint64{0, 1, 2, 7, 1023}}, {99_999_999_999, 1, []uint64{5, 6}}} {
		for _, at := range h.batches {
			held = append(held, h.number<<positionBits|at)
		}
		if h.dossier != 0 {
			filed = append(filed, h.number<<dossierBits|h.dossier)
		}
	}
	content, holders := appendHolders(held, filed)
	sum := sha256.Sum256(content)
	store := storage.Directory(t.TempDir())
	if err := batch.PutBytes(store, "s/"+holdersName, content); err != nil || holders != 3 {
		t.Fatal(holders, err)
	}
	s := &Segment{storage: store, folder: "s",
		record: &record{Files: []batch.ManifestFile{{Path: holdersName, SHA256: hex.EncodeToString(sum[:])}}}}
	var told strings.Builder
	err := s.EachHolder(func(h *Holder) {
		fmt.Fprint(&told, h.Number, h.Dossiers, ":")
		h.EachBatch(func(at int) { fmt.Fprint(&told, " ", at) })
		told.WriteString("\n")
	})
	const want = "1 [99999999]: 0\n85010112387 []: 0 1 2 7 1023\n99999999999 [1]: 5 6\n"
	if err != nil || told.String() != want {
		t.Errorf("%v\n%swant\n%s", err, told.String(), want)
	}
}
