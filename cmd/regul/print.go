package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"regul/jobs"
	"regul/pipeline"
	"regul/pipeline/money"
)

// writeJSON writes a value, indented.
func writeJSON(to io.Writer, value any) error {
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// table lines up cells that are separated by tabs; numbers stand right.
func table(write func(w io.Writer)) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	write(w)
	w.Flush()
	return b.String()
}

// amount writes EUR with a thin gap between thousands, for people: 1 234 567.89.
func amount(c money.Cents) string {
	text := c.String()
	whole, cents := text[:len(text)-3], text[len(text)-3:]
	start := 0
	if c < 0 {
		start = 1
	}
	for i := len(whole) - 3; i > start; i -= 3 {
		whole = whole[:i] + " " + whole[i:]
	}
	return whole + cents
}

func countsTable(counts map[string]jobs.Counts) string {
	return table(func(w io.Writer) {
		fmt.Fprintln(w, "rows\tread\tsettled\tsuperseded\talready settled\trepeated\trejected\t")
		for input := range pipeline.InputCount {
			c, known := counts[input.String()]
			if !known || c.Read == 0 && input == pipeline.Interruptions {
				continue
			}
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", input, c.Read, c.Settled, c.Superseded, c.AlreadySettled, c.Repeated, c.Rejected)
		}
	})
}

// manifestText is a batch as people read it.
func manifestText(m *jobs.Manifest) string {
	var b strings.Builder
	b.WriteString(countsTable(m.Counts))
	t := &m.ControlTotals
	b.WriteString("\n" + table(func(w io.Writer) {
		fmt.Fprintf(w, "regularisations\t%d\t\n", t.Regularisations)
		for _, outcome := range pipeline.Outcomes()[1:] {
			if n := m.Outcomes[outcome]; n > 0 {
				fmt.Fprintf(w, "%s\t%d\t\n", outcome, n)
			}
		}
		if t.LateStatements > 0 {
			fmt.Fprintf(w, "late statements\t%d\t\n", t.LateStatements)
		}
	}))
	b.WriteString("\n" + table(func(w io.Writer) {
		fmt.Fprintln(w, "EUR\t\t")
		for _, line := range []struct {
			name  string
			cents money.Cents
		}{
			{"definitive", t.Definitive}, {"called", t.Called}, {"supplement", t.Supplement}, {"surplus applied", t.SurplusApplied},
			{"to pay", t.ToPay}, {"cancelled", t.Cancelled}, {"refund gross", t.RefundGross}, {"offset", t.Offset},
			{"refund", t.Refund}, {"arrears", t.Arrears}, {"surcharge", t.Surcharge},
		} {
			fmt.Fprintf(w, "%s\t%s\t\n", line.name, amount(line.cents))
		}
	}))
	if len(m.Rejects) > 0 {
		b.WriteString("\n" + table(func(w io.Writer) {
			fmt.Fprintln(w, "rejects\trows\t")
			for _, code := range sortedKeys(m.Rejects) {
				fmt.Fprintf(w, "%s\t%d\t\n", code, m.Rejects[code])
			}
		}))
	}
	return b.String()
}
