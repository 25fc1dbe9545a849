package intake

import (
	"slices"
	"testing"
)

// A header that is somebody's row is not told; names of columns are.
func TestHeaderThatIsARowIsNotTold(t *testing.T) {
	for _, names := range [][]string{{"85010112387", "dupont", "anne"}, {"anne", "2026-06-30"}, {"rue haute", "1000"}, {"a@b.example"},
		{"x\x1b[2J"}, {"be68 5390"}, {string(make([]byte, 50))}} {
		if got := unusedColumns(names); len(got) != 1 || slices.Contains(names, got[0]) {
			t.Errorf("%q: %q", names, got)
		}
	}
	if names := []string{"remark", "bank", "iban2", "q1", "célibataire"}; !slices.Equal(unusedColumns(names), names) {
		t.Errorf("%q", unusedColumns(names))
	}
}
