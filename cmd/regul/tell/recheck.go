package tell

import (
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/batch"
)

// recheckText counts the years that were settled again, by what changed; "" where nothing was asked for, or nothing changed.
func recheckText(c *batch.RecheckCounts) string {
	if c == nil {
		return ""
	}
	rows := [][]string{{"settled again (a year counts for each change)", "years"}}
	for _, change := range jobs.RecheckChanges() {
		if n := c.For[change]; n > 0 {
			rows = append(rows, []string{change, terminal.Number(n)})
		}
	}
	if c.Left > 0 {
		rows = append(rows, []string{"left: the account changed too (--recheck=account,...), or the evidence is not given", terminal.Number(c.Left)})
	}
	if len(rows) == 1 {
		return ""
	}
	return terminal.Table("lr", rows)
}
