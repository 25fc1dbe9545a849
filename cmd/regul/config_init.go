package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"regul/jobs"
)

// settingHelp is an example of each setting and what it is, for the file that config --init writes and the reference of settings; a line
// each: name | example | what it is. The inputs have theirs in inputHelp.
var settingHelp = func() map[string][2]string {
	help := map[string][2]string{}
	for line := range strings.Lines(settingLines) {
		parts := strings.SplitN(strings.TrimSpace(line)+" | | ", " | ", 3)
		help[parts[0]] = [2]string{parts[1], strings.TrimRight(parts[2], " |")}
	}
	return help
}()

//go:embed settings.txt
var settingLines string

// initText is a configuration in which every setting is a comment, with what it is and the default.
func initText() string {
	var b strings.Builder
	b.WriteString("# Configuration of regul. Take the # of a setting away to set it. " +
		"A flag overrides the environment, the environment this file.\n" +
		"# regul config --check says what is wrong with it.\n")
	section := ""
	for i := range keys {
		k := &keys[i]
		if k.flagOnly {
			continue
		}
		in, name, nested := strings.Cut(k.name, ".")
		indent := "  "
		if !nested {
			in, name, indent = "", k.name, ""
		}
		if in != section {
			b.WriteString("\n")
			if in != "" {
				fmt.Fprintf(&b, "# %s:\n", in)
			}
			section = in
		}
		example, says := settingHelp[k.name][0], settingHelp[k.name][1]
		if help, input := inputHelp[name]; input && nested {
			example, says = "["+name+".csv]", help
		}
		line := fmt.Sprintf("# %s%s: %s", indent, name, example)
		if says != "" && k.fallback != "" {
			says += " (default " + k.fallback + ")"
		}
		if says != "" {
			line = fmt.Sprintf("%-48s # %s", line, says)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// initialise writes a commented configuration to a new file.
func (f *configFlags) initialise(to io.Writer) error {
	path := f.run.config
	if path == "" {
		path = defaultConfig
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		if errors.Is(err, fs.ErrExist) {
			return jobs.UsageError("%s is there already: give another name with --config, or take it away", path)
		}
		return jobs.UsageError("%s can't be written: %w", path, jobs.Cause(err))
	}
	_, err = io.WriteString(file, initText())
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "Wrote %s: take the # of a setting away to set it, then regul config --check %s\n", path, path)
	return err
}
