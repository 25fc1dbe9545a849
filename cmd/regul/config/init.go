package config

import (
	_ "embed"
	"fmt"
	"strings"
)

// Help is an example of each setting and what it is, for the file that config --init writes and the reference of settings; a line
// each: name | example | what it is. The inputs have theirs in InputHelp.
var Help = func() map[string][2]string {
	help := map[string][2]string{}
	for line := range strings.Lines(settingLines) {
		parts := strings.SplitN(strings.TrimSpace(line)+" | | ", " | ", 3)
		help[parts[0]] = [2]string{parts[1], strings.TrimRight(parts[2], " |")}
	}
	return help
}()

//go:embed settings.txt
var settingLines string

// InitText is a configuration in which every setting is a comment, with what it is and the default.
func InitText() string {
	var b strings.Builder
	b.WriteString("# Configuration of regul. Take the # of a setting away to set it. " +
		"A flag overrides the environment, the environment this file.\n" +
		"# regul config --check says what is wrong with it.\n")
	section := ""
	for i := range Keys {
		k := &Keys[i]
		if k.FlagOnly {
			continue
		}
		in, name, nested := strings.Cut(k.Name, ".")
		indent := "  "
		if !nested {
			in, name, indent = "", k.Name, ""
		}
		if in != section {
			b.WriteString("\n")
			if in != "" {
				fmt.Fprintf(&b, "# %s:\n", in)
			}
			section = in
		}
		example, says := Help[k.Name][0], Help[k.Name][1]
		if of, input := InputHelp[name]; input && nested {
			example, says = "["+name+".csv]", of
		}
		line := fmt.Sprintf("# %s%s: %s", indent, name, example)
		if says != "" && k.Fallback != "" {
			says += " (default " + k.Fallback + ")"
		}
		if says != "" {
			line = fmt.Sprintf("%-48s # %s", line, says)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
