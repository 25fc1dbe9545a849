package verify

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"regul/jobs/batch"
	"regul/writers/parquet"
	"regul/writers/payments"
)

// freedColumns are those of payments/freed.parquet that are read.
var freedColumns = []parquet.Column{{Name: "niss", Type: parquet.Text}, {Name: "dossier", Type: parquet.Text},
	{Name: "contribution_year", Type: parquet.Integer}, {Name: "kind", Type: parquet.Code, Codes: []string{"refund", "claim"}},
	{Name: "amount", Type: parquet.Amount}, {Name: "status", Type: parquet.Code, Codes: []string{"sent", "held"}},
	{Name: "file", Type: parquet.Text, Optional: true}, {Name: "transaction", Type: parquet.Text, Optional: true},
	{Name: "reference", Type: parquet.Text}, {Name: "due_on", Type: parquet.Date, Optional: true},
	{Name: "name", Type: parquet.Text, Optional: true}, {Name: "iban", Type: parquet.Text, Optional: true},
	{Name: "mandate", Type: parquet.Text, Optional: true}, {Name: "mandate_signed_on", Type: parquet.Date, Optional: true},
	{Name: "reason", Type: parquet.Text, Optional: true}, {Name: "held_in", Type: parquet.Text}}

func freedRow(dossier string, kind, amount int) []any {
	return []any{"70052004188", dossier, 2023, kind, amount, 0, "payments/pain.001-00001.xml", "B-R0000001", "000000090223", nil, nil, nil,
		nil, nil, "deceased", "2026-06-30-aaaaaaaa"}
}

func checkOfFreed(t *testing.T, b *sentBatch, freed ...batch.HeldTransfers) *Check {
	t.Helper()
	b.v.manifest.Freed = freed
	b.v.checkFreed(func(*indexRow) {})
	return b.v.checks[0]
}

// heldEarlier makes a batch before, which held the refund of 1 000.00 of a dossier.
func heldEarlier(t *testing.T, b *sentBatch, dossier string) {
	const name = "2026-06-30-aaaaaaaa"
	held := newSentBatch(t)
	held.folder = filepath.Join(filepath.Dir(b.folder), batch.Prefix+name)
	held.table(payments.PeopleIndex.File, freedColumns, freedRow(dossier, 0, 1000_00))
	m := held.v.manifest
	m.Format, m.Batch, m.Held = batch.ManifestFormat, name,
		[]batch.HeldTransfers{{Reason: "deceased", Count: 1, Amount: 1000_00, Waits: true}}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	held.add(batch.ManifestName, text)
	read, err := batch.ReadManifest(b.v.options.Out, m.Folder())
	if err != nil {
		t.Fatal(err)
	}
	b.v.manifest.Previous, b.v.manifest.Earlier = batch.LinkTo(read), 1
}

// TestFreedIsWhatAnEarlierBatchHeld: each transfer that was held goes once, and the manifest tells all.
func TestFreedIsWhatAnEarlierBatchHeld(t *testing.T) {
	told := batch.HeldTransfers{Reason: "deceased", Count: 1, Amount: 1000_00}
	for name, c := range map[string]struct {
		rows  [][]any
		freed []batch.HeldTransfers
		fails bool
	}{
		"sound": {[][]any{freedRow("0902", 0, 1000_00)}, []batch.HeldTransfers{told}, false},
		"another amount": {[][]any{freedRow("902", 0, 1000_01)}, []batch.HeldTransfers{{Reason: "deceased", Count: 1, Amount: 1000_01}},
			true},
		"another dossier": {[][]any{freedRow("903", 0, 1000_00)}, []batch.HeldTransfers{told}, true},
		"twice": {[][]any{freedRow("902", 0, 1000_00), freedRow("902", 0, 1000_00)},
			[]batch.HeldTransfers{{Reason: "deceased", Count: 2, Amount: 2000_00}}, true},
		"a claim": {[][]any{freedRow("902", 1, 1000_00)}, []batch.HeldTransfers{told}, true},
		"another sum": {[][]any{freedRow("902", 0, 1000_00)}, []batch.HeldTransfers{{Reason: "deceased", Count: 1, Amount: 999_00}},
			true},
		"another reason": {[][]any{freedRow("902", 0, 1000_00)}, []batch.HeldTransfers{{Reason: "other", Count: 1, Amount: 1000_00}},
			true},
		"told of nothing":  {[][]any{freedRow("902", 0, 1000_00)}, nil, true},
		"no table of them": {nil, []batch.HeldTransfers{told}, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := newSentBatch(t)
			heldEarlier(t, b, "902")
			if c.rows != nil {
				b.table(payments.PeopleIndex.Freed, freedColumns, c.rows...)
			}
			if check := checkOfFreed(t, b, c.freed...); check.Failed > 0 != c.fails {
				t.Errorf("%+v", check)
			}
		})
	}
	b := newSentBatch(t)
	b.table(payments.PeopleIndex.Freed, freedColumns, freedRow("902", 0, 1000_00))
	if check := checkOfFreed(t, b, told); check.Failed == 0 {
		t.Error("no batch before held it")
	}
}
