package config

import (
	"strings"
	"testing"
)

// Whatever the text is, reading it ends, and what is said of it has a line.
func FuzzReadYAML(f *testing.F) {
	for _, text := range []string{
		"", "out: a\nfees: {2023: 3.05}\n", "inputs:\n  revenue: [a, b]\n", "out: &a b\nmemory: *a\n", "fund: &f {name: {fr: x}}\nout: *f",
		"a: &a [*a]\n", "out: !!str 1\n", "out: |\n  x\n", "? out\n: x\n", "<<: {out: x}\n", "- a\n", "---\n...\n---\n",
		"out: .inf\nworkers: ~\n", "inputs: &i\n  inputs: *i\n", "\t", "out: \"\\x",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := readYAML([]byte(text))
		if err != nil {
			return
		}
		for _, e := range r.wrong {
			if e.line < 1 || e.line > strings.Count(text, "\n")+strings.Count(text, "\r")+2 {
				t.Errorf("line %d: %s", e.line, e.text)
			}
		}
		for name, items := range r.items {
			if k := FindKey(name); k == nil || len(items) > 1 && (k.shape == oneText) {
				t.Errorf("%s: %v", name, items)
			}
		}
	})
}

// An anchor stands for what it names, also through another.
func TestYAMLAnchors(t *testing.T) {
	r, err := readYAML([]byte("fees: &f {2023: &p 3.0500, 2024: *p}\naccounts: *f\nwithout: [*none]\n"))
	if err != nil || r.items["accounts"][1].text != "3.0500" || len(r.wrong) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}
