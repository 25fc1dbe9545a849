package report

import (
	"strings"
	"testing"
)

// A page that is shared names no dossier, neither in cells nor anywhere else, and has every other section as it was.
func TestTheSharedPageNamesNoDossier(t *testing.T) {
	_, s, text := sample(t)
	shared, err := Shared([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, large := range append(s.Claims, s.Payouts...) {
		dossier := string(large.Dossier.Append(nil))
		if !strings.Contains(text, ">"+dossier+"<") {
			t.Fatal("the page itself does not name the dossier: the test shows nothing")
		}
		if strings.Contains(string(shared), ">"+dossier+"<") {
			t.Errorf("the shared page names a dossier")
		}
	}
	before, after := read(t, text), read(t, string(shared))
	if len(after.texts) >= len(before.texts) {
		t.Error("nothing was left out")
	}
	if got, want := strings.Count(string(shared), "<section"), strings.Count(text, "<section")-1; got != want {
		t.Errorf("%d sections are left, want %d", got, want)
	}
}

// A page in which the section is not where it is expected is not shared at all.
func TestOnlyAPageOfThisProgramIsShared(t *testing.T) {
	_, _, text := sample(t)
	for name, page := range map[string]string{
		"no section":        strings.ReplaceAll(text, `aria-labelledby="largest"`, `aria-labelledby="biggest"`),
		"a section twice":   strings.Replace(text, "</main>", `<section aria-labelledby="largest"></section></main>`, 1),
		"no table of parts": strings.Replace(text, `<li><a href="#largest">`, "<li>", 1),
		"nothing":           "",
	} {
		if _, err := Shared([]byte(page)); err == nil {
			t.Errorf("%s: the page is shared", name)
		}
	}
}
