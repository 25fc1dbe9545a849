package terminal

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// Help uses at most widestHelp columns, since longer lines are hard to read, and UsualHelp where there is no screen.
const (
	widestHelp = 100
	UsualHelp  = 80
)

// FoldHelp lets the help of all commands fit the screen: paragraphs, lists and flags. Examples stay as they are: they are typed.
func FoldHelp(root *cobra.Command) {
	columns := min(cmp.Or(screen, UsualHelp), widestHelp)
	cobra.AddTemplateFunc("fold", func(text string) string { return FoldText(text, columns) })
	flags := ".FlagUsagesWrapped " + strconv.Itoa(columns) + " "
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", flags))
	root.SetHelpTemplate(strings.Replace(root.HelpTemplate(), "trimTrailingWhitespaces", "fold | trimTrailingWhitespaces", 1))
}

// entry is a line of a list: a name, and what it is.
var entry = regexp.MustCompile(`^( +\S+(?: \S+)* {2,})(\S.*)$`)

// FoldText writes the paragraphs of a text in lines of at most so many characters, and entries of a list too; other lines that are indented
// stay.
func FoldText(text string, columns int) string {
	var b strings.Builder
	var paragraph []string
	end := func() {
		if len(paragraph) > 0 {
			b.WriteString(strings.Join(wrapped(strings.Join(paragraph, " "), columns, 0), "\n") + "\n")
		}
		paragraph = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line != "" && line[0] != ' ' {
			paragraph = append(paragraph, line)
			continue
		}
		end()
		if e := entry.FindStringSubmatch(line); e != nil {
			indent := "\n" + strings.Repeat(" ", utf8.RuneCountInString(e[1]))
			line = e[1] + strings.Join(wrapped(e[2], columns-len(indent)+1, 0), indent)
		}
		b.WriteString(line + "\n")
	}
	end()
	return b.String()
}
