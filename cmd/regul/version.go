package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"regul/pipeline/law"
)

// versionTemplate is what --version writes: the program and the law.
const versionTemplate = "{{.Name}} {{.Version}}\n{{law}}\n"

func init() { cobra.AddTemplateFunc("law", lawText) }

// version is what the build knows of itself.
func version() string {
	text := "of an unknown build"
	if info, known := debug.ReadBuildInfo(); known && info.Main.Version != "" {
		text = info.Main.Version
	}
	return text + ", " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
}

// lawText is the law that the program holds.
func lawText() (string, error) {
	l, err := law.Standard()
	if err != nil {
		return "", err
	}
	return "law " + short(l.Version()) + ", contribution years " + span(l.Years()), nil
}

// short is as much of a digest as people compare.
func short(digest string) string { return digest[:min(8, len(digest))] }
