package views

import (
	"regexp"
	"slices"
	"testing"
)

var inSQL = regexp.MustCompile(`(?m)^CREATE OR REPLACE (?:VIEW|MACRO) (\w+)`)

// A view of views.sql that can't be exported, or is described nowhere, does not pass.
func TestEveryViewIsDeclared(t *testing.T) {
	var want, got []string
	for _, found := range inSQL.FindAllSubmatch(SQL, -1) {
		want = append(want, string(found[1]))
	}
	for _, v := range declared {
		got = append(got, v.name)
	}
	if len(want) < 30 || !slices.Equal(got, want) {
		t.Errorf("declared are\n%v\nviews.sql has\n%v", got, want)
	}
}
