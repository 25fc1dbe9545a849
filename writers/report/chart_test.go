package report

import (
	"strings"
	"testing"

	"regul/pipeline/money"
	"regul/writers/report/page"
)

func testSides(less, more []int64) *page.Sides {
	s := &page.Sides{Label: "label", Write: page.Number, Less: page.Series{Name: "less", Colour: 2, Counts: less},
		More: page.Series{Name: "more", Colour: 4, Counts: more}}
	for range less {
		s.Names = append(s.Names, "main")
	}
	return s
}

// Where there is nothing to draw, there is no chart.
func TestChartsOfNothing(t *testing.T) {
	if c := testSides([]int64{0, 0}, []int64{0, 0}).Draw(); c != nil {
		t.Errorf("%v", c)
	}
	if c := (&page.Bars{Names: []string{"main"}, Series: []page.Series{{Counts: []int64{0}}}}).Draw(); c != nil {
		t.Errorf("%v", c)
	}
	if c := page.Waterfall("label", page.Number, page.Whole("none", 1, 0)); c != nil {
		t.Errorf("%v", c)
	}
}

// Bars carry their values on both sides, without a sign; what is 0 has neither a bar nor a value; 0 stands where the scale says.
func TestSidesCarryValues(t *testing.T) {
	c := testSides([]int64{1_000, 0}, []int64{0, 3_000}).Draw()
	if c.Zero != "left:25.00%" || c.Room != "margin:0 6ch 0 6ch" || !c.Over {
		t.Errorf("0 at %q, room %q", c.Zero, c.Room)
	}
	less, more := c.Lines[0], c.Lines[1]
	if len(less.Bars) != 1 || less.Bars[0] != (page.Bar{Colour: 2, At: "left:0.00%;right:calc(100% - 25.00%)"}) || len(less.Says) != 1 ||
		!less.Says[0].Before {
		t.Errorf("%+v", less)
	}
	if len(more.Bars) != 1 || more.Bars[0] != (page.Bar{Colour: 4, At: "left:25.00%;right:calc(100% - 100.00%)"}) || len(more.Says) != 1 ||
		more.Says[0].Text != "3"+page.ThinSpace+"000" {
		t.Errorf("%+v", more)
	}
}

// A step begins where the one before ended; a sum begins at 0, also where it is below.
func TestAWaterfall(t *testing.T) {
	c := page.Waterfall("label", page.Number, page.Whole("in", 1, 300), page.Added("out", 2, -400), page.Whole("left", 5, -100))
	var places []string
	for _, l := range c.Lines {
		places = append(places, string(l.Bars[0].At), l.Says[0].Text)
	}
	want := "left:25.00%;right:calc(100% - 100.00%) 300 left:0.00%;right:calc(100% - 100.00%) −400 left:0.00%;right:calc(100% - " +
		"25.00%) −100"
	if got := strings.Join(places, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAveragesAreRounded(t *testing.T) {
	for _, c := range []struct{ sum, rows, want int64 }{{10, 4, 3}, {-10, 4, -3}, {9, 4, 2}, {0, 4, 0}, {5, 0, 0}} {
		if got := average(money.Cents(c.sum), c.rows); got != money.Cents(c.want) {
			t.Errorf("%d / %d is %d", c.sum, c.rows, got)
		}
	}
}
