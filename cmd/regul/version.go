package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"regul/jobs/ask"
)

// versionTemplate is what --version writes: the program and the law.
const versionTemplate = "{{.Name}} {{.Version}}\n{{law}}\n"

func init() { cobra.AddTemplateFunc("law", lawVersion) }

// version is what the build knows of itself.
func version() string {
	text := "of an unknown build"
	if info, known := debug.ReadBuildInfo(); known && info.Main.Version != "" {
		text = info.Main.Version
	}
	return text + ", " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
}

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
