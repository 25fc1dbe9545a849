package report

import (
	"fmt"
	"html/template"
	"strconv"
	"unicode/utf8"
)

// chart is a drawing of bars, made of elements of the page: it is as wide as the page lets it be, and its texts keep their size. Bars are
// placed in parts of the track between the room that the values need on its left and right.
type chart struct {
	Label  string // what it shows, for those who do not see it
	Legend []swatch
	Lines  []line
	Room   template.CSS // for values beside the bars
	Zero   template.CSS // where 0 is; "" is the left end
	Over   bool         // on a narrow page names stand above their bars
}

// swatch names a series in its colour.
type swatch struct {
	Colour int
	Name   string
}

// line is a line of the chart: a name and a track of bars. A line without a name belongs to the one above.
type line struct {
	Name string
	Bars []bar
	Says []mark
}

// bar is a part of a track, in a colour of report.css (1 to seriesColours).
type bar struct {
	Colour int
	At     template.CSS
}

// mark is a value beside a bar.
type mark struct {
	Text   string
	Before bool // it stands to the left of At
	At     template.CSS
}

// series are counts, one for each name, in a colour.
type series struct {
	name   string
	colour int
	counts []int64
}

const (
	seriesColours = 5
	longName      = 14 // characters: a longer name leaves a narrow page no room for bars beside it
)

// scale turns values into places of a track that goes from the lowest to the highest value.
type scale struct{ lowest, highest int64 }

// place is where a value stands, in percent of the track with two decimals. Values are far below 2^53: nothing is lost that can be seen.
func (s scale) place(value int64) string {
	return strconv.FormatFloat(100*float64(value-s.lowest)/float64(max(1, s.highest-s.lowest)), 'f', 2, 64)
}

// from is a bar from one value to another.
func (s scale) from(colour int, a, b int64) bar {
	low, high := min(a, b), max(a, b)
	return bar{colour, template.CSS(fmt.Sprintf("left:%s%%;right:calc(100%% - %s%%)", s.place(low), s.place(high)))}
}

// after and before say a value to the right and to the left of a place.
func (s scale) after(at int64, text string) mark {
	return mark{Text: text, At: template.CSS("left:" + s.place(at) + "%")}
}
func (s scale) before(at int64, text string) mark {
	return mark{text, true, template.CSS("right:calc(100% - " + s.place(at) + "%)")}
}

// finish gives the chart the room that its values need, and the line at 0.
func (c *chart) finish(s scale) *chart {
	left, right := 0, 0
	for _, l := range c.Lines {
		c.Over = c.Over || utf8.RuneCountInString(l.Name) > longName
		for _, m := range l.Says {
			if n := utf8.RuneCountInString(m.Text) + 1; m.Before {
				left = max(left, n)
			} else {
				right = max(right, n)
			}
		}
	}
	c.Room = template.CSS(fmt.Sprintf("margin:0 %dch 0 %dch", right, left))
	if s.lowest < 0 {
		c.Zero = template.CSS("left:" + s.place(0) + "%")
	}
	return c
}

// bars is a chart of counts: a bar for each name, made of one or several series. The first name stands at the top.
type bars struct {
	label  string
	names  []string
	series []series
	beside bool // a bar for each series, one below the other, instead of one bar of all
}

// draw draws the chart; nil if no count is above 0.
func (b *bars) draw() *chart {
	c := &chart{Label: b.label}
	if len(b.series) > 1 {
		for _, s := range b.series {
			c.Legend = append(c.Legend, swatch{s.colour, s.name})
		}
	}
	s := scale{highest: b.longest()}
	if s.highest == 0 {
		return nil
	}
	for i, name := range b.names {
		l, end := line{Name: name}, int64(0)
		for _, one := range b.series {
			if b.beside {
				l.Bars, end = nil, 0
			}
			if n := one.counts[i]; n > 0 {
				l.Bars = append(l.Bars, s.from(one.colour, end, end+n))
				end += n
			}
			if b.beside {
				l.Says = []mark{s.after(end, number(end))}
				c.Lines = append(c.Lines, l)
				l.Name = ""
			}
		}
		if !b.beside {
			l.Says = []mark{s.after(end, number(end))}
			c.Lines = append(c.Lines, l)
		}
	}
	return c.finish(s)
}

// longest is the length of the longest bar.
func (b *bars) longest() int64 {
	var longest int64
	for i := range b.names {
		var length int64
		for _, s := range b.series {
			if b.beside {
				length = max(length, s.counts[i])
			} else {
				length += s.counts[i]
			}
		}
		longest = max(longest, length)
	}
	return longest
}

// sides is a chart of two directions: what is less goes to the left of the line at 0, what is more to the right, both on one scale. Each
// bar says its value.
type sides struct {
	label      string
	names      []string
	less, more series             // counts of 0 and above, one for each name
	write      func(int64) string // says a value
}

// draw draws the chart; nil if there is nothing on either side.
func (s *sides) draw() *chart {
	var at scale
	for i := range s.names {
		at.lowest, at.highest = min(at.lowest, -s.less.counts[i]), max(at.highest, s.more.counts[i])
	}
	if at.lowest == at.highest {
		return nil
	}
	c := &chart{Label: s.label, Legend: []swatch{{s.less.colour, s.less.name}, {s.more.colour, s.more.name}}, Over: true}
	for i, name := range s.names {
		l, less, more := line{Name: name}, s.less.counts[i], s.more.counts[i]
		if less > 0 {
			l.Bars, l.Says = append(l.Bars, at.from(s.less.colour, -less, 0)), append(l.Says, at.before(-less, s.write(less)))
		}
		if more > 0 {
			l.Bars, l.Says = append(l.Bars, at.from(s.more.colour, 0, more)), append(l.Says, at.after(more, s.write(more)))
		}
		c.Lines = append(c.Lines, l)
	}
	return c.finish(at)
}

// step is a step of a waterfall: what is added to the step before, or a sum that begins at 0.
type step struct {
	name   string
	colour int
	value  int64
	sum    bool
}

// whole is a step that begins at 0, added one that is added to the step before.
func whole(name string, colour int, value int64) step { return step{name, colour, value, true} }
func added(name string, colour int, value int64) step  { return step{name, colour, value, false} }

// waterfall draws steps from one sum to the next, each from where the one before ended. write says a value; nil if nothing is above 0.
func waterfall(label string, write func(int64) string, steps ...step) *chart {
	var s scale
	ends := make([]int64, len(steps)+1)
	for i, one := range steps {
		if ends[i+1] = one.value; !one.sum {
			ends[i+1] += ends[i]
		}
		s.lowest, s.highest = min(s.lowest, ends[i+1]), max(s.highest, ends[i+1])
	}
	if s.lowest == s.highest {
		return nil
	}
	c := &chart{Label: label, Over: true}
	for i, one := range steps {
		from := ends[i]
		if one.sum {
			from = 0
		}
		text := write(one.value)
		if !one.sum && one.value > 0 {
			text = "+" + text
		}
		c.Lines = append(c.Lines, line{one.name, []bar{s.from(one.colour, from, ends[i+1])}, []mark{s.after(max(from, ends[i+1]), text)}})
	}
	return c.finish(s)
}
