package tell

import (
	"regul/cmd/regul/terminal"
	"regul/jobs/batch"
)

// paymentFilesText lists the files for the bank, for whoever signs there: how many transfers or collections, their sum, and the whole
// SHA-256 of the file, in groups of eight digits; "" if there are none.
func paymentFilesText(m *batch.Manifest) string {
	rows := [][]string{{"payment file", "transfers", "EUR", "sha256"}}
	for i := range m.Files {
		if f := &m.Files[i]; f.Sum != nil {
			rows = append(rows, []string{f.Path, terminal.Number(f.Rows), terminal.Amount(*f.Sum), f.Told()})
		}
	}
	if len(rows) == 1 {
		return ""
	}
	return terminal.Table("lrrl", rows)
}

// unusualText lists by what a night exceeds the limits against the batches before it.
func unusualText(found []batch.Unusual) string {
	rows := [][]string{{terminal.Watch("unlike the batches before"), "found", "before", "limit"}}
	for _, u := range found {
		rows = append(rows, []string{u.What, u.Found, u.Usual, u.Limit})
	}
	return terminal.Table("lrrr", rows)
}
