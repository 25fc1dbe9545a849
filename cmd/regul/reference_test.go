package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/pipeline"
	"regul/readers"
	"regul/writers/report"
)

// references are the pages that come from declarations: `make docs` writes them.
var references = map[string]func(*testing.T) string{
	"commands.md":     commandsPage,
	"settings.md":     settingsPage,
	"inputs.md":       inputsPage,
	"reject-codes.md": rejectCodesPage,
	"json.md":         jsonPage,
}

// The reference pages are what their declarations give.
func TestReferencesAreThoseOfTheProgram(t *testing.T) {
	for name, page := range references {
		path, text := "../../docs/reference/"+name, "<!-- Made by make docs: change the declarations, not this page. -->\n\n"+page(t)
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if written, err := os.ReadFile(path); err != nil || string(written) != text {
			t.Errorf("docs/reference/%s is not what the program declares (%v): make docs writes it", name, err)
		}
	}
}

// cell is a text as a cell of a table in Markdown.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;").Replace(text)
}

func commandsPage(*testing.T) string {
	var b strings.Builder
	b.WriteString("# Commands\n\nEvery command with its flags, as `regul COMMAND --help` shows them. " +
		"In which order one uses them: [for operators](../operators.md).\n\n")
	root, _ := newRoot()
	fmt.Fprintf(&b, "Of every command:\n\n%s\n", flagsTable(root.PersistentFlags()))
	writeCommands(&b, root)
	return b.String()
}

func writeCommands(b *strings.Builder, parent *cobra.Command) {
	for _, c := range parent.Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		long := c.Long
		if long == "" {
			long = c.Short + "."
		}
		fmt.Fprintf(b, "## %s\n\n```\n%s\n\n%s\n```\n\n", c.CommandPath(), c.UseLine(), strings.TrimSpace(terminal.FoldText(long, terminal.UsualHelp)))
		if c.LocalNonPersistentFlags().HasAvailableFlags() {
			b.WriteString(flagsTable(c.LocalNonPersistentFlags()) + "\n")
		}
		if c.Example != "" {
			fmt.Fprintf(b, "```\n%s\n```\n\n", strings.Trim(c.Example, "\n"))
		}
		writeCommands(b, c)
	}
}

func flagsTable(flags *pflag.FlagSet) string {
	var b strings.Builder
	b.WriteString("| flag | what it does |\n|---|---|\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if value != "" {
			name += " " + value
		}
		if of := f.DefValue; of != "" && of != "false" && of != "[]" && of != "0" && f.Name != "workers" {
			usage += " (default " + of + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, cell(usage))
	})
	return b.String()
}

func settingsPage(*testing.T) string {
	var b strings.Builder
	b.WriteString("# Settings\n\nWhat `regul.yaml` may hold. A flag overrides the variable of the environment, the variable the file, the file the default. " +
		"`regul config --init` writes a file with all of them as comments; `regul config --check` says what is wrong with one. How they work together: " +
		"[night.md](../night.md#the-settings).\n\n| setting | variable | flag | example | what it is | default " +
		"|\n|---|---|---|---|---|---|\n")
	for i := range config.Keys {
		k := &config.Keys[i]
		if k.FlagOnly {
			continue
		}
		flag, example, says := "", config.Help[k.Name][0], config.Help[k.Name][1]
		if k.Flag != "" {
			flag = "`--" + k.Flag + "`"
		}
		if input, of := strings.CutPrefix(k.Name, "inputs."); of {
			example, says = "["+input+".csv]", config.InputHelp[input]
		}
		if example != "" {
			example = "`" + example + "`"
		}
		fallback := k.Fallback
		if k.Name == "workers" {
			fallback = "the processors"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s | %s | %s |\n", k.Name, k.Variable(), flag, cell(example), cell(says), fallback)
	}
	return b.String()
}

func inputsPage(*testing.T) string {
	var b strings.Builder
	b.WriteString("# Inputs\n\nThe columns of every input, in any order, in CSV or Parquet; what a file may look like is in " +
		"[formats](formats.md). A column that a file may lack was added later, or is for those who need it.\n")
	means := meanings()
	for in := range pipeline.InputCount {
		name := in.String()
		fmt.Fprintf(&b, "\n## %s\n\n%s.\n\n%s\n| column | is | a cell | may be empty | a file may lack it |\n|---|---|---|---|---|\n",
			name, config.InputHelp[name], text("testdata/inputs/"+name+".md"))
		for _, c := range readers.Describe(in) {
			is, known := means[name+"."+c.Name]
			if !known {
				panic("testdata/columns.csv does not describe " + name + "." + c.Name)
			}
			delete(means, name+"."+c.Name)
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", c.Name, is, cell(c.Must), yes(c.Empty), yes(c.Lacking))
		}
	}
	if len(means) > 0 {
		panic(fmt.Sprint("testdata/columns.csv describes what no input has: ", means))
	}
	return b.String()
}

// meanings are what the columns hold, by input and name.
func meanings() map[string]string {
	rows, err := csv.NewReader(strings.NewReader(text("testdata/columns.csv"))).ReadAll()
	if err != nil {
		panic(err)
	}
	means := map[string]string{}
	for _, row := range rows {
		means[row[0]+"."+row[1]] = row[2]
	}
	return means
}

func text(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(content)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func rejectCodesPage(*testing.T) string {
	var b strings.Builder
	b.WriteString("# Reject codes\n\nWhy a row was not taken, in the order in which the codes apply, and what to do. The message of a reject says more: " +
		"which cell, and why. When each applies, and what it keeps waiting: [rejects](rejects.md). How a row is corrected and sent " +
		"again: [correct rejects](../how-to/correct-rejects.md).\n\n| code | what to do |\n|---|---|\n")
	for _, code := range jobs.CodeNames() {
		if code != "" {
			fmt.Fprintf(&b, "| `%s` | %s |\n", code, cell(report.Remedy(code)))
		}
	}
	return b.String()
}
