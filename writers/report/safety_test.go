package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"regul/writers/report/tally"
)

var (
	eleven   = regexp.MustCompile(`[0-9]{11}`)
	external = regexp.MustCompile(`(?i)https?:|//[a-z]|<script|<link|<img|<iframe|<object|@import|url\(|\bsrc=|\bon[a-z]+=`)
)

func TestThePageHoldsNoNumberOrName(t *testing.T) {
	b, s, _ := sample(t)
	b.Rejects[0].Examples = []Example{{"85010112387.csv", 1,
		"85.01.01-123.87 pays to BE68 5390 0754 7034 or be68539007547034, not 85010112388"}}
	b.Inputs[0].Source = "of-85010112387.csv"
	b.Settings = []Setting{{"Input", "in/85010112387"}}
	text := write(t, b, s)
	if found := eleven.FindString(text); found != "" {
		t.Errorf("the page holds %s", found)
	}
	for _, secret := range []string{"85.01.01", "BE68", "be68", "Vandersecret", "Josephine"} {
		if strings.Contains(text, secret) {
			t.Errorf("the page holds %s", secret)
		}
	}
	if want := hidden + " pays to " + hidden + " or " + hidden + ", not " + hidden; !strings.Contains(text, want) {
		t.Errorf("the example does not say %q", want)
	}
}

func TestThePageLoadsNothing(t *testing.T) {
	_, _, text := sample(t)
	if found := external.FindString(text); found != "" {
		t.Errorf("the page holds %q", found)
	}
}

func TestHostileTextsStayTexts(t *testing.T) {
	const hostile = `<script>alert("x")</script>'"&<img src=x onerror=y></style>`
	b := &Batch{Name: hostile, AsOf: hostile, LawVersion: hostile, Fees: map[string]string{hostile: hostile},
		Settings: []Setting{{hostile, hostile}}, Inputs: []Input{{hostile, hostile, 1, 1, hostile}}, Counts: []Fates{{Input: hostile}},
		ControlTotals: []Total{{hostile, 1}}, Rejects: []Code{{hostile, 1, hostile, []Example{{hostile, 1, hostile}}}},
		Notices: []Letters{{Language: hostile, Letters: 1}}, Payments: []Payment{{hostile, hostile, 1, 1}}, Files: []File{{hostile, 1, 1}},
		Previous: &Previous{Name: hostile, AsOf: hostile}}
	s := &tally.Statistics{Categories: []tally.CategorySums{{Code: hostile, Sums: tally.Sums{Rows: 1}}}}
	text := write(t, b, s)
	if strings.Contains(text, "<script") || strings.Contains(text, "<img") || strings.Count(text, "</style>") != 1 {
		t.Error("a text became markup")
	}
	if m := read(t, text); !slices.Contains(m.texts, hostile) {
		t.Error("the text is not shown")
	}
}
