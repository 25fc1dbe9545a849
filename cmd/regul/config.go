package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs"

	"github.com/spf13/cobra"
)

// configFlags are the flags of config: those of run, and what to do.
type configFlags struct {
	run                 runFlags
	check, print, write bool
}

func newConfig(c *common) *cobra.Command {
	f := &configFlags{}
	command := &cobra.Command{
		Use:   "config --check|--print|--init [FILE]",
		Short: "Check the settings, print them with their origin, or write a file",
		Long: `config --check checks all settings, and says everything that is wrong with them at once: unknown keys, values that can't
be, an identity of the fund that is not whole, files that are not there. It starts no run and writes nothing.

config --print prints all settings as a run takes them, each with where it comes from. A flag goes before the environment, the environment
before the file, the file before the default. The variable of a setting is its name in capitals: out is REGUL_OUT,
inputs.revenue is REGUL_INPUTS_REVENUE. Lists have commas; tables too: REGUL_FEES=2022=3.05,2023=3.15.
REGUL_CONFIG names the file.

config --init writes a new file in which every setting is a comment, with an example and what it is. A file that is there is not touched.

Without FILE and REGUL_CONFIG it is regul.yaml in this folder. The flags are those of run.

Exit status: 0 the settings can be used, or the file is written; 2 they can't, or it can't.`,
		Example: `  regul config --check regul.yaml
  REGUL_OUT=trial regul config --print regul.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case !f.check && !f.print && !f.write:
				return errors.New("give --check, --print or --init")
			case len(args) > 1 || len(args) == 1 && f.run.config != "":
				return errors.New("give one configuration")
			}
			return nil
		},
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) == 1 {
				f.run.config = args[0]
			}
			if f.write {
				return f.initialise(command.OutOrStdout())
			}
			return f.examine(command, c)
		},
	}
	command.Flags().BoolVar(&f.check, "check", false, "check all settings and say everything that is wrong")
	command.Flags().BoolVar(&f.print, "print", false, "print the settings and where each comes from")
	command.Flags().BoolVar(&f.write, "init", false, "write a new file in which every setting is a comment")
	f.run.add(command)
	return command
}

// examine checks the settings, and prints them or says that they can be used.
func (f *configFlags) examine(command *cobra.Command, c *common) error {
	if _, err := os.Stat(config.DefaultName); config.Path(f.run.config) == "" && err == nil {
		f.run.config = config.DefaultName
	}
	o, conf, err := f.run.options(command.Flags().Changed)
	if conf.CheckMetrics() {
		err = conf.Err()
	}
	if f.print {
		return errors.Join(writeSettings(command.OutOrStdout(), c, conf.Settings()), err)
	}
	if err != nil {
		return err
	}
	return writeResult(command.OutOrStdout(), c, usable{true}, usableText(conf, o))
}

// usableText says what a run with the settings would work on.
func usableText(conf *config.Config, o *runOptions) string {
	files := 0
	for _, paths := range o.Inputs {
		files += len(paths)
	}
	name := "The settings can be used"
	if conf.Path != "" {
		name = "The configuration " + conf.Path + " can be used"
	}
	text := fmt.Sprintf("%s: %d files come in, batches go to %s.\n", name, files, o.folder)
	if len(o.Arrived.Nothing) > 0 {
		text += fmt.Sprintf("Nothing has arrived yet: no file matches %s.\n", strings.Join(o.Arrived.Nothing, ", "))
	}
	return text
}

// writeSettings writes settings for people, or as JSON.
func writeSettings(to io.Writer, c *common, list []config.Effective) error {
	rows := [][]string{{"setting", "value", "from", ""}}
	for _, e := range list {
		rows = append(rows, []string{e.Setting, e.Value, string(e.From), e.Where})
	}
	return writeResult(to, c, list, terminal.Table("llll", rows))
}

// initialise writes a commented configuration to a new file.
func (f *configFlags) initialise(to io.Writer) error {
	path := f.run.config
	if path == "" {
		path = config.DefaultName
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		if errors.Is(err, fs.ErrExist) {
			return jobs.UsageError("%s is there already: give another name with --config, or take it away", path)
		}
		return jobs.UsageError("%s can't be written: %w", path, jobs.Cause(err))
	}
	_, err = io.WriteString(file, config.InitText())
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "Wrote %s: take the # of a setting away to set it, then regul config --check %s\n", path, path)
	return err
}
