package page

import (
	"fmt"
	"html/template"
	"strconv"
	"unicode/utf8"
)

// Chart is a drawing of bars, made of elements of the page: it is as wide as the page lets it be, and its texts keep their size. Bars are
// placed in parts of the track between the room that the values need on its left and right.
type Chart struct {
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
	Bars []Bar
	Says []mark
}

// Bar is a part of a track, in a colour of report.css (1 to seriesColours).
type Bar struct {
	Colour int
	At     template.CSS
}

// mark is a value beside a bar.
type mark struct {
	Text   string
	Before bool // it stands to the left of At
	At     template.CSS
}

// Series are counts, one for each name, in a colour.
type Series struct {
	Name   string
	Colour int
	Counts []int64
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
func (s scale) from(colour int, a, b int64) Bar {
	low, high := min(a, b), max(a, b)
	return Bar{colour, template.CSS(fmt.Sprintf("left:%s%%;right:calc(100%% - %s%%)", s.place(low), s.place(high)))}
}

// after and before say a value to the right and to the left of a place.
func (s scale) after(at int64, text string) mark {
	return mark{Text: text, At: template.CSS("left:" + s.place(at) + "%")}
}
func (s scale) before(at int64, text string) mark {
	return mark{text, true, template.CSS("right:calc(100% - " + s.place(at) + "%)")}
}

// finish gives the chart the room that its values need, and the line at 0.
func (c *Chart) finish(s scale) *Chart {
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

// Bars is a chart of counts: a bar for each name, made of one or several series. The first name stands at the top.
type Bars struct {
	Label  string
	Names  []string
	Series []Series
	Beside bool // a bar for each series, one below the other, instead of one bar of all
}

// Draw draws the chart; nil if no count is above 0.
func (b *Bars) Draw() *Chart {
	c := &Chart{Label: b.Label}
	if len(b.Series) > 1 {
		for _, s := range b.Series {
			c.Legend = append(c.Legend, swatch{s.Colour, s.Name})
		}
	}
	s := scale{highest: b.longest()}
	if s.highest == 0 {
		return nil
	}
	for i, name := range b.Names {
		l, end := line{Name: name}, int64(0)
		for _, one := range b.Series {
			if b.Beside {
				l.Bars, end = nil, 0
			}
			if n := one.Counts[i]; n > 0 {
				l.Bars = append(l.Bars, s.from(one.Colour, end, end+n))
				end += n
			}
			if b.Beside {
				l.Says = []mark{s.after(end, Number(end))}
				c.Lines = append(c.Lines, l)
				l.Name = ""
			}
		}
		if !b.Beside {
			l.Says = []mark{s.after(end, Number(end))}
			c.Lines = append(c.Lines, l)
		}
	}
	return c.finish(s)
}

// longest is the length of the longest bar.
func (b *Bars) longest() int64 {
	var longest int64
	for i := range b.Names {
		var length int64
		for _, s := range b.Series {
			if b.Beside {
				length = max(length, s.Counts[i])
			} else {
				length += s.Counts[i]
			}
		}
		longest = max(longest, length)
	}
	return longest
}

// Sides is a chart of two directions: what is less goes to the left of the line at 0, what is more to the right, both on one scale. Each
// Bar says its value.
type Sides struct {
	Label      string
	Names      []string
	Less, More Series             // counts of 0 and above, one for each name
	Write      func(int64) string // says a value
}

// Draw draws the chart; nil if there is nothing on either side.
func (s *Sides) Draw() *Chart {
	var at scale
	for i := range s.Names {
		at.lowest, at.highest = min(at.lowest, -s.Less.Counts[i]), max(at.highest, s.More.Counts[i])
	}
	if at.lowest == at.highest {
		return nil
	}
	c := &Chart{Label: s.Label, Legend: []swatch{{s.Less.Colour, s.Less.Name}, {s.More.Colour, s.More.Name}}, Over: true}
	for i, name := range s.Names {
		l, less, more := line{Name: name}, s.Less.Counts[i], s.More.Counts[i]
		if less > 0 {
			l.Bars, l.Says = append(l.Bars, at.from(s.Less.Colour, -less, 0)), append(l.Says, at.before(-less, s.Write(less)))
		}
		if more > 0 {
			l.Bars, l.Says = append(l.Bars, at.from(s.More.Colour, 0, more)), append(l.Says, at.after(more, s.Write(more)))
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

// Whole is a step that begins at 0, added one that is added to the step before.
func Whole(name string, colour int, value int64) step { return step{name, colour, value, true} }
func Added(name string, colour int, value int64) step { return step{name, colour, value, false} }

// Waterfall draws steps from one sum to the next, each from where the one before ended. write says a value; nil if nothing is above 0.
func Waterfall(label string, write func(int64) string, steps ...step) *Chart {
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
	c := &Chart{Label: label, Over: true}
	for i, one := range steps {
		from := ends[i]
		if one.sum {
			from = 0
		}
		text := write(one.value)
		if !one.sum && one.value > 0 {
			text = "+" + text
		}
		c.Lines = append(c.Lines, line{one.name, []Bar{s.from(one.colour, from, ends[i+1])}, []mark{s.after(max(from, ends[i+1]), text)}})
	}
	return c.finish(s)
}
