package batch_test

import (
	"encoding/json"
	"testing"

	"regul/jobs/batch"
)

// A number is looked for in the files whose ranges it can be in, and in those that note none.
func TestFilesThatMayHoldANumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, column, number string
		may                  bool
	}{
		{`{}`, "niss", "85010112387", true},
		{`{"ranges":"6964-6964"}`, "niss", "85010112387", true}, // 8192 ranges of 12 207 032 numbers
		{`{"ranges":"0-6963"}`, "niss", "85010112387", false},
		{`{"ranges":"6965-8191"}`, "niss", "85010112387", false},
		{`{"ranges":"0-0"}`, "niss", "8501011238", true}, // no number: the rows will tell
		{`{"ranges":"0-0"}`, "dossier", "85010112387", true},
		{`{"ranges":"4096-8191"}`, "enterprise", "0403199702", false},
		{`{"ranges":"0-4096"}`, "enterprise", "0403199702", true},
	} {
		var f batch.ManifestFile
		if err := json.Unmarshal([]byte(c.file), &f); err != nil {
			t.Fatal(err)
		}
		if f.MayHold(c.column, c.number) != c.may {
			t.Errorf("%s may hold the %s %s: %t", c.file, c.column, c.number, !c.may)
		}
	}
}

// The ranges are written as they are read.
func TestRangesAsText(t *testing.T) {
	t.Parallel()
	const text = `{"path":"","size":0,"sha256":"","rows":0,"ranges":"12-845"}`
	var f batch.ManifestFile
	if err := json.Unmarshal([]byte(text), &f); err != nil || *f.Ranges != (batch.Ranges{First: 12, Last: 845}) {
		t.Errorf("%v, %v", f.Ranges, err)
	}
	if written, err := json.Marshal(&f); err != nil || string(written) != text {
		t.Errorf("%s, %v", written, err)
	}
	if json.Unmarshal([]byte(`{"ranges":"12"}`), &f) == nil {
		t.Error("half a range is read")
	}
}
