package report

import (
	"html/template"
	"math"
	"slices"
	"strconv"

	"github.com/go-analyze/charts"
)

// sides is a chart of two directions: what is less goes to the left of the middle, what is more to the right, both on one scale.
// Each bar says its value; the first name stands at the top.
type sides struct {
	label      string // what the chart shows, for those who do not see it
	names      []string
	less, more series             // counts of 0 and above, one for each name
	write      func(int64) string // says a value
	short      func(int64) string // says it where there is little room
}

// What a chart of two directions needs in px: a character of a label, the space around one, and what bars need at least. On
// a narrow page that has not so much, bars carry no values: the table below has them.
const (
	labelCharacter, labelSpace = 8, 14
	leastBars                  = 80
	axisSteps                  = 4 // at most, on each side
)

// draw draws the chart on half of the width of the page; nil if there is nothing on either side.
func (s *sides) draw() (*chart, error) {
	if max(slices.Max(s.less.counts), slices.Max(s.more.counts)) == 0 {
		return nil, nil
	}
	c := &chart{Legend: []swatch{{s.less.colour, s.less.name}, {s.more.colour, s.more.name}}}
	var err error
	if c.Wide, err = s.svg(half, "chart wide", s.write); err != nil {
		return nil, err
	}
	c.Narrow, err = s.svg(narrow, "chart narrow", s.short)
	return c, err
}

// svg draws the chart with the library: a stack of a series below 0 and one above.
func (s *sides) svg(width int, class string, write func(int64) string) (template.HTML, error) {
	o := charts.BarChartOption{Horizontal: true, StackSeries: charts.Ptr(true), Theme: theme([]series{s.less, s.more}),
		ValueAxis: make([]charts.ValueAxisOption, 1), BarSize: 0.66}
	o.Legend.Show = charts.Ptr(false)
	o.Padding = charts.NewBox(6+2*labelRoom, 2, 2, 2)
	o.CategoryAxis.Labels = reversed(s.names)
	o.CategoryAxis.LabelFontStyle.FontSize = fontPoints
	o.CategoryAxis.LabelOffset.Left = -labelRoom
	step, left, right, labelled := s.scale(width, write)
	axis := &o.ValueAxis[0]
	axis.Min, axis.Max, axis.LabelCount = charts.Ptr(-step*float64(left)), charts.Ptr(step*float64(right)), left+right+1
	axis.LabelFontStyle.FontSize = fontPoints
	axis.ValueFormatter = func(v float64) string {
		if math.Abs(v) < step/2 {
			return "0"
		}
		return "" // bars say their values
	}
	for _, side := range []struct {
		series
		sign float64
	}{{s.less, -1}, {s.more, 1}} {
		one := charts.BarSeries{}
		for _, count := range reversed(side.counts) {
			value := charts.GetNullValue() // no bar: one without a length would cover the line at 0
			if count > 0 {
				value = side.sign * float64(count)
			}
			one.Values = append(one.Values, value)
		}
		one.Label.Show = charts.Ptr(labelled)
		one.Label.FontStyle.FontSize, one.Label.FontStyle.FontColor = fontPoints, mark(textMark)
		one.Label.ValueFormatter = func(v float64) string { return write(int64(side.sign * v)) }
		if side.sign < 0 {
			one.Label.Offset.Left = -labelRoom // fonts of readers may be wider than that of the library
		}
		o.SeriesList = append(o.SeriesList, one)
	}
	return drawn(&o, s.label, class, width, rowHeight*len(s.names)+axisHeight)
}

// scale cuts the axis into equal steps so that a line stands at 0: their size and how many there are on each side, with room
// for the values beside the longest bars, if bars carry them.
func (s *sides) scale(width int, write func(int64) string) (step float64, left, right int, labelled bool) {
	names := 0
	for _, name := range s.names {
		names = max(names, labelCharacter*len([]rune(name)))
	}
	bars := width - names - 6 - 2*labelRoom
	leftRoom, rightRoom := labelWidth(s.less.counts, write), labelWidth(s.more.counts, write)
	if leftRoom > 0 {
		leftRoom += labelRoom
	}
	if labelled = bars-leftRoom-rightRoom >= leastBars; !labelled {
		leftRoom, rightRoom = 0, 0
	}
	less, more := float64(slices.Max(s.less.counts)), float64(slices.Max(s.more.counts))
	pixel := (less + more) / float64(bars-leftRoom-rightRoom)
	less, more = less+pixel*float64(leftRoom), more+pixel*float64(rightRoom)
	for l := range axisSteps + 1 {
		for r := range axisSteps + 1 {
			if (l == 0) != (less == 0) || (r == 0) != (more == 0) {
				continue
			}
			size := max(less/max(1, float64(l)), more/max(1, float64(r)))
			if step == 0 || size*float64(l+r) < step*float64(left+right) {
				step, left, right = size, l, r
			}
		}
	}
	return step, left, right, labelled
}

// labelWidth is the room for the longest of the values, in px; 0 if there is none.
func labelWidth(counts []int64, write func(int64) string) int {
	width := 0
	for _, count := range counts {
		if count > 0 {
			width = max(width, labelSpace+labelCharacter*len([]rune(write(count))))
		}
	}
	return width
}

// rounded writes a number of 10 000 and more in thousands or millions.
func rounded(n int64) string {
	switch {
	case n < 10_000:
		return number(n)
	case n < 999_500:
		return strconv.FormatInt((n+500)/1000, 10) + thinSpace + "k"
	}
	tenths := (n + 50_000) / 100_000
	return number(tenths/10) + "." + strconv.FormatInt(tenths%10, 10) + thinSpace + "M"
}
