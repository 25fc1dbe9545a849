package terminal

import (
	"strings"
	"testing"
)

// Colours are for a terminal that knows them, and for nobody who asks for none.
func TestColours(t *testing.T) {
	for _, c := range []struct {
		terminal      bool
		noColor, term string
		want          bool
	}{{true, "", "xterm", true}, {false, "", "xterm", false}, {true, "1", "xterm", false}, {true, "", "dumb", false}, {true, "", "", true}} {
		environment := func(name string) string { return map[string]string{"NO_COLOR": c.noColor, "TERM": c.term}[name] }
		if got := hasColours(c.terminal, environment); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// A colour takes no room, and ends with its word.
func TestColoursTakeNoRoom(t *testing.T) {
	defer func(before bool) { coloured = before }(coloured)
	table := func() string {
		return strings.Join(rowsIn(40, "lr", [][]string{{Watch("to look at"), "1"}, {"held", Bad("12")}}), "")
	}
	coloured = false
	plainTable := table()
	coloured = true
	if got := table(); got == plainTable || rendition.ReplaceAllString(got, "") != plainTable {
		t.Errorf("%q, without colours %q", got, plainTable)
	}
	if got, want := Good("a b"), green+"a"+plain+" "+green+"b"+plain; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A bar spans its range on the scale, with its marks.
func TestBar(t *testing.T) {
	for _, c := range []struct {
		low, high, top int64
		marks          []Mark
		want           string
	}{
		{0, 100, 100, nil, "├─────────┤"}, {20, 60, 100, []Mark{{40, '●'}}, "  ├─●─┤"}, {20, 60, 100, []Mark{{40, '●'}, {100, 'x'}}, "  ├─●─┤   x"},
		{0, 0, 100, []Mark{{0, '●'}}, "●"}, {-50, 10, 100, nil, "├┤"},
	} {
		if got := Bar(c.low, c.high, c.top, 11, c.marks...); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
