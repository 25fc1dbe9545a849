package report

import (
	"fmt"
	"html/template"
	"slices"

	"github.com/go-analyze/charts"
)

// chart is a bar chart, drawn once for wide pages and once for narrow ones: text that is scaled down can't be read.
type chart struct {
	Wide, Narrow template.HTML // SVG
	Legend       []swatch      // nil for a single series
}

// swatch names a series in its colour.
type swatch struct {
	Colour int
	Name   string
}

// bars is what a chart shows: a bar for each name, made of one or several series. The first name stands at the top.
type bars struct {
	label  string // what the chart shows, for those who do not see it
	names  []string
	series []series
	half   bool // of the width of the page
	beside bool // a bar for each series, one below the other, instead of one bar of all
}

// series are counts, one for each name, in a colour of report.css (1 to seriesColours).
type series struct {
	name   string
	colour int
	counts []int64
}

// Widths of charts in px: of the page, of half of it, and of a telephone. A bar has a height of rowHeight, the axis of axisHeight.
// Texts are of fontPoints: 13 px. labelRoom
// is kept free on both sides of the names: fonts of readers may be wider than that of the library.
const (
	wide, half, narrow    = 1000, 480, 320
	rowHeight, axisHeight = 30, 34
	fontPoints            = 9.75
	labelRoom             = 9
)

// draw draws the chart; nil if no count is above 0.
func (b *bars) draw() (*chart, error) {
	if b.longest() == 0 {
		return nil, nil
	}
	c := &chart{}
	if len(b.series) > 1 {
		for _, s := range b.series {
			c.Legend = append(c.Legend, swatch{s.colour, s.name})
		}
	}
	width := wide
	if b.half {
		width = half
	}
	var err error
	if c.Wide, err = b.svg(width, "chart wide"); err != nil {
		return nil, err
	}
	c.Narrow, err = b.svg(narrow, "chart narrow")
	return c, err
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

// svg draws the chart with the library. Counts become lengths of bars, exact to 2^53.
func (b *bars) svg(width int, class string) (template.HTML, error) {
	o := charts.BarChartOption{Horizontal: true, Theme: theme(b.series), ValueAxis: make([]charts.ValueAxisOption, 1), BarSize: 0.66}
	o.Legend.Show = charts.Ptr(false)
	o.CategoryAxis.Labels = reversed(b.names)
	o.CategoryAxis.LabelFontStyle.FontSize = fontPoints
	o.CategoryAxis.LabelOffset.Left = -labelRoom
	for _, s := range b.series {
		one := charts.BarSeries{}
		for _, count := range reversed(s.counts) {
			one.Values = append(one.Values, float64(count))
		}
		o.SeriesList = append(o.SeriesList, one)
	}
	height := rowHeight * len(b.names)
	switch {
	case b.beside:
		height *= len(b.series)
		b.labels(&o)
	case len(b.series) > 1:
		o.StackSeries = charts.Ptr(true)
		b.axis(&o)
		height += axisHeight
	default:
		b.labels(&o)
	}
	return drawn(&o, b.label, class, width, height)
}

// drawn is the drawing that the library makes of a chart, in the colours of the page.
func drawn(o *charts.BarChartOption, label, class string, width, height int) (template.HTML, error) {
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: width, Height: height})
	if err := painter.BarChart(*o); err != nil {
		return "", fmt.Errorf("chart %q: %w", label, err)
	}
	text, err := painter.Bytes()
	if err != nil {
		return "", fmt.Errorf("chart %q: %w", label, err)
	}
	return inPage(text, label, class)
}

// axis gives the chart an axis of counts.
func (b *bars) axis(o *charts.BarChartOption) {
	o.Padding = charts.NewBox(6+2*labelRoom, 2, 16, 2)
	o.ValueAxis[0].Min = charts.Ptr(0.0)
	o.ValueAxis[0].LabelFontStyle.FontSize = fontPoints
	o.ValueAxis[0].PreferNiceIntervals = charts.Ptr(true)
	o.ValueAxis[0].ValueFormatter = func(v float64) string { return number(int64(v)) }
}

// labels writes the count beside each bar instead of an axis, and leaves room for it.
func (b *bars) labels(o *charts.BarChartOption) {
	longest := b.longest()
	o.Padding = charts.NewBox(6+2*labelRoom, 2, 14+9*len([]rune(number(longest))), 2)
	o.ValueAxis[0].Show = charts.Ptr(false)
	o.ValueAxis[0].Min = charts.Ptr(0.0)
	o.ValueAxis[0].Max = charts.Ptr(float64(longest))
	for i := range o.SeriesList {
		label := &o.SeriesList[i].Label
		label.Show = charts.Ptr(true)
		label.FontStyle.FontSize = fontPoints
		label.ValueFormatter = func(v float64) string { return number(int64(v)) }
	}
}

// reversed is a list from its end: the library begins at the bottom.
func reversed[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}
