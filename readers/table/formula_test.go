package table_test

import (
	"testing"

	"regul/readers/table"
)

func TestNeutraliseLeavesNoFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Peeters": "Peeters", "30000.00": "30000.00", "-12.30": "-12.30", "-12,30": "-12,30", "-7": "-7",
		"=1+1": "'=1+1", "+32 2 555": "'+32 2 555", "+1": "'+1", "-": "'-", "-1+1": "'-1+1", "-1.2.3": "'-1.2.3", "-1.": "'-1.",
		"-.5": "'-.5", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "\rx": "'\rx", "-cmd|' /C calc'!A0": "'-cmd|' /C calc'!A0", "'=1": "'=1",
		"'s": "'s", "C1;=HYPERLINK(1);x": "C1;'=HYPERLINK(1);x", "a\t=1": "a\t'=1", "a;-12.30;b": "a;-12.30;b", "a;-1+1": "a;'-1+1",
		"a; \"=1": "a;' \"=1", "a,=1": "a,=1", "＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠SUM": "'＠SUM", "﹦1": "'﹦1",
		"\u00a0=1": "'\u00a0=1", "\u200b=1": "'\u200b=1", "\ufeff=1": "'\ufeff=1", "\u2060\u3000@x": "'\u2060\u3000@x", " =1": "' =1",
		"\t=1": "'\t'=1", ";=1": ";'=1", "a=1": "a=1", ";": ";", "a;": "a;",
	} {
		if got := table.Neutralise([]byte(cell)); string(got) != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}

// What was neutralised is read as it was; of other cells an apostrophe belongs to the text.
func FuzzBareUndoesNeutralise(f *testing.F) {
	for _, cell := range []string{"=1+1", "-1.00", "-x", "'=1", "'s-Gravenhage", "'", "''", "\t", "a;=1", "a;'=1\t＝2", ";;'", "\u00a0'=1"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		read := string(table.Bare([]byte(cell)))
		exported := string(table.Neutralise([]byte(cell)))
		if again := string(table.Bare([]byte(exported))); again != read {
			t.Errorf("%q is read as %q; exported as %q it is read as %q", cell, read, exported, again)
		}
		if twice := string(table.Neutralise([]byte(exported))); twice != exported {
			t.Errorf("%q is exported as %q, and that as %q", cell, exported, twice)
		}
	})
}
