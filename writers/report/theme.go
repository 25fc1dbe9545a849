package report

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"github.com/go-analyze/charts"
)

// The library knows colours, the page has variables of CSS that differ in light and dark. So charts are drawn in marks, colours
// that nothing else uses, and inPage puts a variable in the place of each. This is all that is changed in what it draws.
const seriesColours = 5

// mark is a colour that stands for a variable.
func mark(n uint8) charts.Color { return charts.Color{R: 1, G: 2, B: n, A: 255} }

const (
	textMark = iota
	axisMark
	gridMark
	seriesMark // and one for each colour of a series, from 1
)

// variables are the variables of report.css that the marks stand for.
var variables = func() *strings.Replacer {
	pairs := []string{
		"stroke:none;fill:" + markText(textMark), "fill:var(--text)",
		markText(axisMark), "var(--line-strong)",
		markText(gridMark), "var(--line)",
		"font-family:'Roboto Medium',sans-serif", "font-family:inherit",
		` xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`, "", // HTML needs none
		"\n", " ",
	}
	// A thin edge tells the parts of a bar apart where colours do not.
	for colour := 1; colour <= seriesColours; colour++ {
		m := markText(seriesMark + uint8(colour))
		pairs = append(pairs, "stroke:none;fill:"+m, fmt.Sprintf("stroke:var(--surface);stroke-width:.5;fill:var(--series-%d)", colour))
	}
	return strings.NewReplacer(pairs...)
}()

// markText is a mark as the library writes it.
func markText(n uint8) string { return fmt.Sprintf("rgb(1,2,%d)", n) }

// theme is the theme of a chart with series in these colours.
func theme(s []series) charts.ColorPalette {
	var colours []charts.Color
	for _, one := range s {
		colours = append(colours, mark(seriesMark+uint8(one.colour)))
	}
	return charts.GetTheme(charts.ThemeLight).WithBackgroundColor(charts.ColorTransparent).WithTextColor(mark(textMark)).
		WithXAxisColor(mark(axisMark)).WithYAxisColor(mark(axisMark)).WithAxisSplitLineColor(mark(gridMark)).
		WithXAxisTextColor(mark(textMark)).WithYAxisTextColor(mark(textMark)).WithSeriesColors(colours)
}

// inPage gives a drawing the colours and the font of the page, and the text for those who do not see it. It refuses a drawing
// with a colour that is no mark: it would not be readable in light and dark.
func inPage(drawn []byte, label, class string) (template.HTML, error) {
	svg := variables.Replace(strings.TrimSpace(string(drawn)))
	svg, ok := strings.CutPrefix(svg, "<svg ")
	if !ok || strings.Contains(svg, "rgb(") || strings.Contains(svg, "url(") || strings.Contains(svg, "://") {
		return "", fmt.Errorf("chart %q: the library draws in another way than expected", label)
	}
	return template.HTML(fmt.Sprintf(`<svg class="%s" role="img" aria-label="%s" %s`, class, html.EscapeString(label), svg)), nil
}
