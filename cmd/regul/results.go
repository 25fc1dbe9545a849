package main

import (
	"encoding/json"
	"io"

	"regul/cmd/regul/terminal"
	"regul/jobs/batch"
	"regul/jobs/handover"
)

// writeJSON writes a value, indented.
func writeJSON(to io.Writer, value any) error {
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// writeResult writes a result as JSON where that was asked for, and else its text, folded to the screen.
func writeResult(to io.Writer, c *common, result any, text string) error {
	if c.json {
		return writeJSON(to, result)
	}
	_, err := io.WriteString(to, terminal.Fold(text))
	return err
}

// What small commands write with --json. docs/reference/json.md is made from these types and those of the jobs: a key is added, never
// renamed or removed.

type deliveries struct {
	Batch     string                `json:"batch"`
	Delivered []*handover.Delivered `json:"delivered"`
}

type expirations struct {
	Expired []*batch.Expiry `json:"expired"` // a tombstone for each batch
}

type exportedReport struct {
	Batch  string `json:"batch"`
	Report string `json:"report"` // its file
}

type exportedTable struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
}

type programVersion struct {
	Version string `json:"version"`
	Law     string `json:"law"` // SHA-256 of the law's data
	Years   []int  `json:"contribution_years"`
}

type discarded struct {
	Draft string `json:"discarded"` // its name
}

type usable struct {
	Usable bool `json:"usable"` // always true: settings that can't be used are a failure
}

type manualPages struct {
	Folder string `json:"folder"`
}

type specimenFiles struct {
	Files []string `json:"files"`
}
