package tell

import (
	"fmt"
	"strings"

	"regul/cmd/regul/terminal"
	"regul/jobs/verify"
)

// Verification is a verification as people read it: a line for each check, under it where it failed.
func Verification(v *verify.Verification) string {
	rows := [][]string{{"check", "number", "of", "result"}}
	for i := range v.Checks {
		c := &v.Checks[i]
		rows = append(rows, []string{c.Name, terminal.Number(c.Number), c.What, checkResult(c)})
	}
	lines := terminal.Rows("lrll", rows)
	var b strings.Builder
	fmt.Fprintf(&b, "Batch %s\nSHA-256 of its manifest: %s\n\n%s", v.Batch, v.SHA256, lines[0])
	for i := range v.Checks {
		b.WriteString(lines[i+1])
		b.WriteString(failuresText(&v.Checks[i]))
	}
	if v.Holds {
		b.WriteString("\n" + terminal.Good(fmt.Sprintf("All %d checks hold.", len(v.Checks))) + "\n")
	} else {
		fmt.Fprintf(&b, "\n%s this is not the batch that was published. Restore it from a copy.\n",
			terminal.Bad(fmt.Sprintf("%d of %d checks FAILED:", v.Failed, len(v.Checks))))
	}
	return b.String()
}

// checkResult is ok or FAILED, with what else there is to say.
func checkResult(c *verify.Check) string {
	result := "ok"
	if c.Failed > 0 {
		result = terminal.Bad("FAILED:") + " " + terminal.Number(c.Failed)
	}
	if c.Note == "" {
		return result
	}
	if c.Failed == 0 && c.Number == 0 {
		return c.Note
	}
	return result + "; " + c.Note
}

// failuresText is where a check failed.
func failuresText(c *verify.Check) string {
	var b strings.Builder
	for _, f := range c.Failures {
		place := f.File
		if f.Row > 0 {
			place += ", row " + terminal.Number(f.Row)
		}
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(&b, "  %s%s\n", place, f.What)
	}
	if more := c.Failed - int64(len(c.Failures)); more > 0 && len(c.Failures) > 0 {
		fmt.Fprintf(&b, "  and %s more\n", terminal.Number(more))
	}
	return b.String()
}
