package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
)

// everyCommand visits the commands that a reader of help finds.
func everyCommand(c *cobra.Command, visit func(*cobra.Command)) {
	for _, child := range c.Commands() {
		if child.Name() != "help" && child.Name() != "completion" {
			everyCommand(child, visit)
		}
	}
	visit(c)
}

// The help of every command fits a terminal of 80 columns.
func TestHelpFitsATerminal(t *testing.T) {
	t.Parallel()
	root, _ := newRoot()
	root.InitDefaultHelpFlag()
	everyCommand(root, func(c *cobra.Command) {
		var help strings.Builder
		c.SetOut(&help)
		if err := c.Help(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(help.String()) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > terminal.UsualHelp {
				t.Errorf("%s --help has a line of %d characters: %s", c.CommandPath(), utf8.RuneCountInString(line), line)
			}
		}
	})
}

// exampleFund is a folder with the files of the sample fund, its settings, a batch of people and one of companies, a trial, and a draft;
// words gives the names that stand for them in an example, such as BATCH.
func exampleFund(t *testing.T) (folder, tools string, words *strings.Replacer) {
	t.Helper()
	folder, tools = t.TempDir(), t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(tools, "regul")); err != nil {
		t.Fatal(err)
	}
	at := &trial{t: t, page: "the folder of the examples", folder: folder, tools: tools}
	at.run(&block{options: map[string]string{}, text: exampleFolder})
	told := func(name string) string { return strings.TrimSpace(readFile(t, filepath.Join(folder, name))) }
	return folder, tools, strings.NewReplacer("BATCH", told("batch"), "DRAFT", told("draft"), "DIGEST", told("digest"), "/srv/", "srv/")
}

// Every example of help runs in the folder of a fund.
func TestExamplesOfHelpRun(t *testing.T) {
	t.Parallel()
	kept, tools, words := exampleFund(t)
	root, _ := newRoot()
	everyCommand(root, func(c *cobra.Command) {
		if c.Example == "" {
			return
		}
		t.Run(c.CommandPath(), func(t *testing.T) {
			folder := t.TempDir()
			if out, err := exec.Command("cp", "-a", kept+"/.", folder).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			at := &trial{t: t, page: c.CommandPath() + " --help", folder: folder, tools: tools}
			at.run(&block{options: map[string]string{}, text: before[c.CommandPath()]})
			for _, example := range examples(t, folder, c.Example) {
				at.run(&block{options: map[string]string{}, text: words.Replace(example) + " || test $? = 3"})
			}
		})
	})
}

const exampleFolder = `set -e
cp "$CLONE"/fixtures/sample/*.csv .
cat > regul.yaml <<'END'
inputs: {affiliates: affiliates.csv, account: account.csv, payments: payments.csv, revenue: revenue.csv, evidence: evidence.csv, companies: companies.csv}
fees: 3.05
minimum_pension: 60.00
max_rejects: 100%
archive: archive
out: batches
END
mkdir -p srv/printer srv/bank srv/analysts
run() { job=$1; shift; regul $job --config regul.yaml --as-of 2026-06-30 --quiet "$@" >/dev/null || test $? = 3; }
run run --new-ledger --out trial --without notices
run companies --new-ledger --as-of 2026-06-29
run run
basename batches/batch=2026-06-30* | cut -d= -f2 > batch
regul rejects --csv corrected >/dev/null
sed 's/^\(85010112387,2023,[1-4]\),main,/\1,complementary,/' account.csv > account.new && cp account.new account.csv
run run --recheck --draft --as-of 2026-07-01
cp "$CLONE"/fixtures/sample/account.csv .
basename batches/draft=* | cut -d= -f2 > draft
regul show $(cat draft) --json | sed -n 's/.*"digest": "\(.*\)".*/\1/p' > digest
`

var (
	shownFile = regexp.MustCompile(`(?ms)^  ([\w.]+):\n((?:    [^\n]*\n?)+)`)
)

// before is what must have been done for the examples of some commands.
var before = map[string]string{
	"regul task scatter": plan, "regul task settle": plan + scatter, "regul task print": plan + scatter,
	"regul task publish": plan + scatter,
}

const (
	plan    = "regul task plan --config regul.yaml --as-of 2026-07-02 --quiet\n"
	scatter = "regul task scatter 0/1 --out batches --quiet\n"
)

// examples are the commands of an example, without the remarks beside them. A file that it shows is written into the folder.
func examples(t *testing.T, folder, text string) (commands []string) {
	t.Helper()
	for _, file := range shownFile.FindAllStringSubmatch(text, -1) {
		if file[1] != "regul.yaml" {
			writeFile(t, filepath.Join(folder, file[1]), regexp.MustCompile(`(?m)^    `).ReplaceAllString(file[2], ""), 0o600)
		}
	}
	text = regexp.MustCompile(`(?m)^( {2,}\S.*?) {2,}\S.*$`).ReplaceAllString(shownFile.ReplaceAllString(text, ""), "$1")
	text = regexp.MustCompile(`(?m)^ {20,}\S.*$`).ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "\\\n", " ")
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			commands = append(commands, line)
		}
	}
	return commands
}
