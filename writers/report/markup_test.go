package report

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"regul/writers/report/page"
)

// markup is what a test reads of a page.
type markup struct {
	elements map[string]int
	ids      []string
	links    []string // in the page
	tables   []shown
	charts   []string // what they are for those who do not see them
	texts    []string
	headings []string
}

// shown is a table as the page shows it.
type shown struct {
	caption string
	columns []string
	rows    [][]string
}

// read reads a page, with ordinary spaces. It fails the test unless elements are closed in the order in which they were opened.
func read(t *testing.T, text string) *markup {
	t.Helper()
	_, body, _ := strings.Cut(text, "<!DOCTYPE html>")
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict, d.AutoClose, d.Entity = false, append([]string{"wbr"}, xml.HTMLAutoClose...), xml.HTMLEntity
	m := &markup{elements: map[string]int{}}
	var open []string
	var cell strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return m
		} else if err != nil {
			t.Fatalf("the page is no markup: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Name.Local)
			m.start(e)
			if !slices.Contains([]string{"wbr", "span"}, e.Name.Local) { // they part what a cell says
				cell.Reset()
			}
		case xml.EndElement:
			if open[len(open)-1] != e.Name.Local {
				t.Fatalf("</%s> where <%s> is open", e.Name.Local, open[len(open)-1])
			}
			open = open[:len(open)-1]
			m.end(e.Name.Local, strings.TrimSpace(cell.String()))
		case xml.CharData:
			if open != nil && !slices.Contains(open, "style") {
				said := strings.ReplaceAll(string(e), page.FixedSpace, " ")
				cell.WriteString(said)
				if s := strings.TrimSpace(said); s != "" {
					m.texts = append(m.texts, s)
				}
			}
		}
	}
}

func (m *markup) start(e xml.StartElement) {
	m.elements[e.Name.Local]++
	for _, a := range e.Attr {
		switch {
		case a.Name.Local == "id":
			m.ids = append(m.ids, a.Value)
		case a.Name.Local == "href":
			m.links = append(m.links, a.Value)
		case e.Name.Local == "div" && a.Name.Local == "aria-label":
			m.charts = append(m.charts, a.Value)
		}
	}
	switch e.Name.Local {
	case "table":
		m.tables = append(m.tables, shown{})
	case "tr":
		t := &m.tables[len(m.tables)-1]
		t.rows = append(t.rows, nil)
	}
}

func (m *markup) end(element, text string) {
	switch element {
	case "caption":
		m.tables[len(m.tables)-1].caption = text
	case "th", "td":
		t := &m.tables[len(m.tables)-1]
		t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], text)
	case "thead":
		t := &m.tables[len(m.tables)-1]
		t.columns, t.rows = t.rows[0], nil
	case "h1", "h2", "h3":
		m.headings = append(m.headings, element+" "+text)
	}
}

// table finds a table by its caption.
func (m *markup) table(t *testing.T, caption string) *shown {
	t.Helper()
	for i := range m.tables {
		if m.tables[i].caption == caption {
			return &m.tables[i]
		}
	}
	t.Fatalf("there is no table %q", caption)
	return nil
}
