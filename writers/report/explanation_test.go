package report

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/browser"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report/page"
)

// explained is a year with a supplement, of which one line is contested.
func explained(t *testing.T) *Explanation {
	l := standardLaw(t)
	rules, err := l.Year(2023)
	if err != nil {
		t.Fatal(err)
	}
	category, _ := l.Category("main")
	fee, err := money.ParsePercent("3.05")
	if err != nil {
		t.Fatal(err)
	}
	schedule := rules.Schedule(category, 1, 0)
	e := &Explanation{NISS: sampleNISS.String(), Year: 2023, NotifiedOn: "2026-06-30", Outcome: "supplement", Reference: "000009012310",
		DueDate: "2026-09-30", Called: 5_070_08, Definitive: 6_337_56, Paid: 5_070_08,
		Sections: []Steps{{law.Say("Quarters %s to %s, each: %s, %s", "1", "4", law.Term{Of: "category", Code: "main"},
			law.Term{Of: "standing", Code: "due"}), schedule.Steps(30_000_00, 4, fee)}},
		Versions: []Version{{Batch: "2026-06-30-93171ce0", State: "published", NotifiedOn: "2026-06-30", Version: 1, Outcome: "supplement",
			Definitive: 6_337_56}}}
	for _, income := range []money.Cents{0, 30_000_00, 60_000_00} {
		e.Bands = append(e.Bands, Band{income, 4 * schedule.Contribution(income, 4, fee).Definitive, income == 30_000_00})
	}
	return e
}

func explanationPage(t *testing.T, e *Explanation) string {
	t.Helper()
	var page bytes.Buffer
	if err := WriteExplanation(&page, e); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// A phrase is said in the language, with its amounts, rates and codes.
func TestAPhraseInEachLanguage(t *testing.T) {
	said := law.Say("band 1: %s %% (%s) of %s, up to T1 %s", law.Percent("20.50"), "b1", money.Cents(30_000_00), money.Cents(70_857_99))
	for language, want := range map[string]string{
		"en": "band 1: 20.50 % (b1) of 30 000.00, up to T1 70 857.99", "fr": "tranche 1 : 20,50 % (b1) de 30 000,00, jusqu’à T1 70 857,99",
		"nl": "schijf 1: 20,50 % (b1) van 30 000,00, tot T1 70 857,99", "de": "Stufe 1: 20,50 % (b1) von 30 000,00, bis T1 70 857,99",
	} {
		if got := strings.ReplaceAll(page.Said(language, said), page.ThinSpace, " "); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

// Every line of an explanation has all languages, and says as much in each.
func TestTheLinesAreComplete(t *testing.T) {
	lines, err := csv.NewReader(strings.NewReader(dictionary(t, "steps"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		if i > 0 && slices.Contains(lines[i-1], line[0]) {
			t.Errorf("%q is there twice", line[0])
		}
		for _, text := range line[2:] {
			if text == "" || strings.Count(text, "%s") != strings.Count(line[0], "%s") ||
				strings.Count(text, "%%") != strings.Count(line[0], "%%") {
				t.Errorf("%q is %q", line[0], text)
			}
		}
	}
}

// The slider goes through the rows with the keys of the keyboard, and says the row. The page loads nothing and breaks none of its own
// rules.
func TestTheExplanationInABrowser(t *testing.T) {
	e := explained(t)
	e.Language = "de"
	file := filepath.Join(t.TempDir(), "year.html")
	if err := os.WriteFile(file, []byte(explanationPage(t, e)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := browser.Open(t, file)
	for _, width := range []int{360, 1440} {
		for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
			p.View(width, scheme)
			low, _ := p.LowContrast()
			for _, fault := range slices.Concat(low, p.Overflow(), clipped(p)) {
				t.Errorf("%s, %d px: %s", scheme, width, fault)
			}
		}
	}
	shown := func() string { return browser.Evaluate[string](p, "document.getElementById('shown').textContent") }
	if got := shown(); !strings.Contains(got, page.In("de").Amount(e.Bands[1].Contribution)) {
		t.Errorf("it begins with %q", got)
	}
	focused := func() bool { return browser.Evaluate[bool](p, "document.activeElement.id == 'income'") }
	for tabs := 0; !focused(); tabs++ {
		if p.Press(browser.Tab); tabs == 50 {
			t.Fatal("the slider can't be reached with the Tab key")
		}
	}
	if outline := browser.Evaluate[string](p, "getComputedStyle(document.activeElement).outline"); !strings.Contains(outline, "solid 2px") {
		t.Errorf("the focus is not seen: outline %q", outline)
	}
	for _, step := range []struct {
		key, name string
		band      int
	}{{browser.ArrowRight, "right", 2}, {browser.ArrowLeft, "left", 1}, {browser.Home, "Home", 0}, {browser.End, "End", 2}} {
		p.Press(step.key)
		if got := shown(); !strings.Contains(got, page.In("de").Amount(e.Bands[step.band].Contribution)) {
			t.Errorf("the key %s shows %q", step.name, got)
		}
	}
	if said := browser.Evaluate[string](p, "document.getElementById('income').getAttribute('aria-valuetext')"); said != page.In("de").Amount(60_000_00) {
		t.Errorf("a screen reader hears %q", said)
	}
	for _, fault := range slices.Concat(p.Complaints(), p.Requests()) {
		t.Error(fault)
	}
	reachable(t, read(t, strings.Split(explanationPage(t, e), "<script>")[0]+"</body></html>"))
}

// On a telephone the name of a number wraps in its own part of the line, and a day stays whole.
func TestNamesAndNumbersShareALineOfATelephone(t *testing.T) {
	e := explained(t)
	file := filepath.Join(t.TempDir(), "year.html")
	if err := os.WriteFile(file, []byte(explanationPage(t, e)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := browser.Open(t, file)
	p.View(360, browser.Light)
	if broken := browser.Evaluate[[]string](p, `[...document.querySelectorAll('.whole')].filter(e => e.getClientRects().length != 1).map(e => e.textContent)`); len(broken) > 0 {
		t.Errorf("broken over lines: %q", broken)
	}
	if whole := browser.Evaluate[int](p, `document.querySelectorAll('.whole').length`); whole < 3 {
		t.Errorf("%d days and references are whole", whole)
	}
	if wraps := browser.Evaluate[bool](p, `[...document.querySelectorAll('td.number')].every(e => getComputedStyle(e, '::before').whiteSpace == 'normal')`); !wraps {
		t.Error("the name of a number runs over the number")
	}
}
