package main

import (
	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs/ask"
)

// versionTemplate is what --version writes: the program and the law.
const versionTemplate = "{{.Name}} {{.Version}}\n{{law}}\n"

func init() { cobra.AddTemplateFunc("law", lawVersion) }

// lawVersion is the law that the program holds.
func lawVersion() (string, error) {
	version, years, err := ask.LawVersion()
	if err != nil {
		return "", err
	}
	return "law " + terminal.Short(version) + ", contribution years " + terminal.Span(years), nil
}
