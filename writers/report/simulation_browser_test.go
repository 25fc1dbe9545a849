package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/browser"
	"regul/fixtures/pdfcheck"
	"regul/writers/report/page"
)

// The pages as their readers see them: in Chromium, in light and dark, on a screen, a telephone and paper.
func TestSimulationsInABrowser(t *testing.T) {
	for name, one := range map[string]struct {
		simulation    *Simulation
		charts, texts int // at least so many texts
	}{"every-kind": {reform(), 9, 300}, "german": {spoken(reform(), "de"), 9, 300}, "winners": {winnersOnly(), 9, 100},
		"nothing": {unchanged(), 1, 30}} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "simulation.html")
			if err := os.WriteFile(file, []byte(simulationPage(t, one.simulation)), 0o600); err != nil {
				t.Fatal(err)
			}
			p := browser.Open(t, file)
			if title := browser.Evaluate[string](p, "document.title"); !strings.HasPrefix(title, "Reform ") {
				t.Errorf("the title is %q", title)
			}
			var pictures [][]byte
			for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
				for _, width := range []int{360, 1440} {
					p.View(width, scheme)
					low, checked := p.LowContrast()
					if checked < one.texts {
						t.Errorf("%s, %d px: only %d texts were looked at", scheme, width, checked)
					}
					for _, text := range slices.Concat(low, p.Overflow(), clipped(p)) {
						t.Errorf("%s, %d px: %s", scheme, width, text)
					}
					if charts := browser.Evaluate[int](p,
						"[...document.querySelectorAll('.chart')].filter(s => s.checkVisibility()).length"); charts != one.charts {
						t.Errorf("%s, %d px: %d charts are shown, want %d", scheme, width, charts, one.charts)
					}
				}
				pictures = append(pictures, p.Screenshot())
			}
			p.Paper()
			for _, text := range slices.Concat(p.Overflow(), clipped(p), flat(p)) {
				t.Errorf("paper: %s", text)
			}
			paper := filepath.Join(t.TempDir(), "simulation.pdf")
			if err := os.WriteFile(paper, p.Print(), 0o600); err != nil {
				t.Fatal(err)
			}
			if text := pdfcheck.Text(t, paper); !strings.Contains(text, page.In(one.simulation.Language).Say("The two laws")) ||
				strings.Contains(text, "Skip to") {
				t.Error("the print lacks the laws, or has what is for the screen only")
			}
			if name == "every-kind" {
				keep(t, pictures, paper)
			}
			for _, fault := range slices.Concat(p.Complaints(), p.Requests()) {
				t.Error(fault)
			}
		})
	}
}

// flat lists the charts in which the names leave no room for the bars.
func flat(p *browser.Page) []string {
	return browser.Evaluate[[]string](p, `[...document.querySelectorAll('.chart')].filter(chart => chart.checkVisibility() && chart.querySelector('.bar') &&
		Math.max(...[...chart.querySelectorAll('.bar')].map(bar => bar.getBoundingClientRect().width)) < 40).map(chart => chart.getAttribute('aria-label') + ': the bars are flat')`)
}

// spoken is the simulation in a language.
func spoken(s *Simulation, language string) *Simulation {
	s.Language = language
	return s
}

// clipped lists the texts of charts that do not lie within them, or that lie on each other or on a bar.
func clipped(p *browser.Page) []string {
	return browser.Evaluate[[]string](p, `(() => {
		const faults = [];
		for (const chart of document.querySelectorAll('.chart')) {
			if (!chart.checkVisibility()) continue;
			const frame = chart.getBoundingClientRect();
			const texts = [...chart.querySelectorAll('.name, .before, .after')].filter(t => t.textContent).map(t => [t.textContent, t.getBoundingClientRect()]);
			const bars = [...chart.querySelectorAll('.bar')].map(b => b.getBoundingClientRect());
			texts.forEach(([text, box], i) => {
				for (const b of bars)
					if (box.left + 2 < b.right && b.left + 2 < box.right && box.top + 3 < b.bottom && b.top + 3 < box.bottom)
						faults.push(chart.getAttribute('aria-label') + ': ' + text + ' lies on a bar');
				if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
					faults.push(chart.getAttribute('aria-label') + ': clipped: ' + text);
				for (const [other, b] of texts.slice(i + 1))
					if (box.left < b.right && b.left < box.right && box.top + 3 < b.bottom && b.top + 3 < box.bottom)
						faults.push(chart.getAttribute('aria-label') + ': ' + text + ' lies on ' + other);
			});
		}
		return faults;
	})()`)
}

// A page that people who do not see it can use: headings that can be reached, and a table for each chart.
func TestTheSimulationIsAccessible(t *testing.T) {
	text := simulationPage(t, reform())
	m := read(t, text)
	if m.elements["h1"] != 1 || m.elements["main"] != 1 || m.elements["nav"] != 1 {
		t.Errorf("%v", m.elements)
	}
	reachable(t, m)
	if labels := slices.Compact(slices.Sorted(slices.Values(m.charts))); len(m.charts) != 9 || len(labels) != 9 ||
		slices.Contains(labels, "") {
		t.Errorf("charts %q", m.charts)
	}
	for _, part := range strings.Split(text, "<section")[1:] { // below the charts of a section
		if chart := strings.LastIndex(part, `class="chart`); chart > strings.LastIndex(part, "<table") {
			t.Errorf("a chart has no table: %.60q", part)
		}
	}
}
