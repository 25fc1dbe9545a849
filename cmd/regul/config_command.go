package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

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
	if _, err := os.Stat(defaultConfig); configPath(f.run.config) == "" && err == nil {
		f.run.config = defaultConfig
	}
	o, conf, err := f.run.options(command.Flags().Changed)
	if conf.checkMetrics() {
		err = conf.err()
	}
	if f.print {
		return errors.Join(writeSettings(command.OutOrStdout(), conf.effective(), c.json), err)
	}
	if err != nil {
		return err
	}
	if c.json {
		return writeJSON(command.OutOrStdout(), usable{true})
	}
	_, err = io.WriteString(command.OutOrStdout(), usableText(conf, o))
	return err
}

// checkMetrics notes when the folder of the metrics is not there. Only a check says so: a run goes on without them.
func (c *config) checkMetrics() (noted bool) {
	file := c.text("metrics")
	if file == "" {
		return false
	}
	info, err := os.Stat(filepath.Dir(file))
	if noted = err != nil || !info.IsDir(); noted {
		c.say("metrics", "there is no folder %s", filepath.Dir(file))
	}
	return noted
}

// usableText says what a run with the settings would work on.
func usableText(conf *config, o *runOptions) string {
	files := 0
	for _, paths := range o.Inputs {
		files += len(paths)
	}
	name := "The settings can be used"
	if conf.path != "" {
		name = "The configuration " + conf.path + " can be used"
	}
	text := fmt.Sprintf("%s: %d files come in, batches go to %s.\n", name, files, o.folder)
	if len(o.Arrived.Nothing) > 0 {
		text += fmt.Sprintf("Nothing has arrived yet: no file matches %s.\n", strings.Join(o.Arrived.Nothing, ", "))
	}
	return text
}

// effective is one setting as a run takes it.
type effective struct {
	Setting string `json:"setting"`
	Value   string `json:"value"`
	From    source `json:"from"`
	Where   string `json:"where,omitempty"` // file and line, variable or flag
}

// effective lists all settings, in the order of the keys. Secrets are not shown.
func (c *config) effective() (list []effective) {
	for i := range keys {
		k := &keys[i]
		v, set := c.values[k.name]
		switch {
		case !set && k.fallback != "":
			list = append(list, effective{k.name, k.fallback, fromDefault, ""})
		case !set:
			list = append(list, effective{k.name, "", fromNowhere, ""})
		case k.shape == listOfTexts && set:
			list = append(list, effective{k.name, strings.Join(c.texts(k.name), ", "), v.from, v.where(0)})
		default:
			for at, item := range v.items {
				name, text := k.name, item.text
				if item.name != "" {
					name += "." + item.name
				}
				if k.secret {
					text = "(secret)"
				}
				list = append(list, effective{name, text, v.from, v.where(at)})
			}
		}
	}
	return list
}

// where is where an item of a setting stands.
func (v *held) where(at int) string {
	if v.from == fromFile {
		return fmt.Sprintf("%s:%d", v.name, v.items[at].line)
	}
	return v.name
}

// writeSettings writes settings for people, or as JSON.
func writeSettings(to io.Writer, list []effective, asJSON bool) error {
	if asJSON {
		return writeJSON(to, list)
	}
	rows := [][]string{{"setting", "value", "from", ""}}
	for _, e := range list {
		rows = append(rows, []string{e.Setting, e.Value, string(e.From), e.Where})
	}
	_, err := io.WriteString(to, lineUp("llll", rows))
	return err
}
