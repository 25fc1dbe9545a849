package main

import (
	"github.com/spf13/cobra"

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
	return "law " + short(version) + ", contribution years " + span(years), nil
}

// short is as much of a digest as people compare.
func short(digest string) string { return digest[:min(8, len(digest))] }
