package report

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A page that people who do not see it can use: one title, sections that can be reached, and tables that are tables.
func TestThePageIsAccessible(t *testing.T) {
	_, _, text := sample(t)
	m := read(t, text)
	if m.elements["h1"] != 1 || m.elements["main"] != 1 || m.elements["nav"] != 1 || m.elements["header"] != 1 ||
		m.elements["footer"] != 1 {
		t.Errorf("%v", m.elements)
	}
	reachable(t, m)
	if strings.Contains(text, "<th>") || strings.Count(text, `scope="`) != m.elements["th"] {
		t.Error("a heading of a table has no scope")
	}
	if len(m.charts) != 10 || slices.Contains(m.charts, "") {
		t.Errorf("charts %q", m.charts)
	}
}

// reachable holds what every page must: an id once, links that lead somewhere, and tables with a caption and whole rows.
func reachable(t *testing.T, m *markup) {
	t.Helper()
	if ids := slices.Compact(slices.Sorted(slices.Values(m.ids))); len(ids) != len(m.ids) {
		t.Errorf("an id occurs twice: %q", m.ids)
	}
	for _, link := range m.links {
		if !slices.Contains(m.ids, strings.TrimPrefix(link, "#")) {
			t.Errorf("%s leads nowhere", link)
		}
	}
	captions := map[string]bool{}
	for _, table := range m.tables {
		if table.caption == "" || captions[table.caption] {
			t.Errorf("the caption %q is missing or not unique", table.caption)
		}
		captions[table.caption] = true
		for _, row := range table.rows {
			if len(row) != len(table.columns) {
				t.Errorf("%s: %d cells in %d columns: %q", table.caption, len(row), len(table.columns), row)
			}
		}
	}
}

// The page is HTML by the book of another program, too.
func TestXMLLintReadsThePage(t *testing.T) {
	_, _, text := sample(t)
	lint := exec.Command("xmllint", "--html", "--nonet", "--noout", "-")
	lint.Stdin = strings.NewReader(text)
	said, err := lint.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for line := range bytes.Lines(said) { // it does not know the elements of HTML 5 and of SVG
		if bytes.Contains(line, []byte("error")) &&
			!regexp.MustCompile(`Tag (header|nav|main|section|footer|time|wbr|table) invalid`).Match(line) {
			t.Errorf("%s", line)
		}
	}
}
