package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
)

// rejectsFlags are the flags of rejects, as given.
type rejectsFlags struct {
	outFlags
	to, on string
	older  int
}

// rejectsListed is how many rows people are shown.
const rejectsListed = 20

func newRejects(c *common) *cobra.Command {
	f := &rejectsFlags{}
	command := &cobra.Command{
		Use:   "rejects",
		Short: "List the open rejected rows of all batches, with age and remedy",
		Long: `rejects lists what no later batch has closed: a reject is closed when a batch settles that year of the affiliate or company
after all, or takes a corrected row for it (rerun --rejects). Withdrawn batches do not count. A row that several batches rejected is
listed once, with the age from the first one.

Rows that wait need not be sent again: the ledger keeps them, and each run tries them until time, the register or the account makes
them good.

--csv writes the rows to a file for each input, in the input's own columns: correct the rows and send the files again. Text shows the oldest
` + strconv.Itoa(rejectsListed) + ` rows; --json and --csv have all of them, with national numbers.

Exit status: 0 listed, also if nothing is open; 1 the batches can't be read; 2 wrong usage.`,
		Example: `  regul rejects --out batches
  regul rejects --out batches --older 30 --csv corrected`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error { return f.run(command, c) },
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.to, "csv", "",
		"write the rows to this folder, a file for each input, or to this file (.csv) if they are of one input")
	flags.IntVar(&f.older, "older", 0, "only rejects of at least so many days")
	flags.StringVar(&f.on, "on", "", "day from which ages count (default today)")
	f.add(command)
	nameValues(command, map[string]string{"csv": "PATH", "older": "DAYS", "on": "DATE"})
	return command
}

func (f *rejectsFlags) run(command *cobra.Command, c *common) error {
	if f.older < 0 {
		return jobs.UsageError("--older: %d is less than 0", f.older)
	}
	if f.on == "" {
		f.on = time.Now().Format(time.DateOnly)
	}
	on, err := jobs.ParseDay("on", f.on)
	if err != nil {
		return err
	}
	storage, out, err := f.storage()
	if err != nil {
		return err
	}
	found, err := ask.OpenRejects(storage, on, f.older)
	if err != nil {
		return err
	}
	var written []string
	if f.to != "" {
		if strings.HasSuffix(f.to, ".csv") && len(found.Inputs()) > 1 {
			return jobs.UsageError("--csv %s: the rejects are of several inputs (%s): give a folder", f.to,
				strings.Join(found.Inputs(), ", "))
		}
		err := found.WriteCSV(storage, func(input string) (io.WriteCloser, error) {
			name := f.to
			if !strings.HasSuffix(name, ".csv") {
				name = filepath.Join(name, input+".csv")
			}
			written = append(written, name)
			return ask.CreatePrivate(name)
		})
		if err != nil {
			return err
		}
	}
	return writeResult(command.OutOrStdout(), c, found, openRejectsText(found, out, written))
}

// openRejectsText is what is open as people read it.
func openRejectsText(found *ask.Rejects, out string, written []string) string {
	if found.Open == 0 {
		return "No reject is open in " + out + "\n"
	}
	var b strings.Builder
	sums := [][]string{{"input", "code", "rows", "waiting", "oldest, days"}}
	for _, s := range found.Sums {
		sums = append(sums, []string{s.Input, s.Code, terminal.Number(s.Rows), terminal.Number(s.Wait), strconv.Itoa(s.Oldest)})
	}
	b.WriteString(terminal.Table("llrrr", sums))
	b.WriteString("\nwhat to do\n")
	told := map[string]bool{}
	for _, s := range found.Sums {
		if !told[s.Code+s.Remedy] {
			fmt.Fprintf(&b, "  %s: %s\n", s.Code, s.Remedy)
		}
		told[s.Code+s.Remedy] = true
	}
	rows := [][]string{{"since", "days", "file", "row", "year", "code", "what is wrong"}}
	for _, r := range found.Rows[:min(len(found.Rows), rejectsListed)] {
		year := ""
		if r.Year != 0 {
			year = strconv.Itoa(r.Year)
		}
		rows = append(rows, []string{r.Since, strconv.Itoa(r.AgeDays), r.Source, strconv.FormatInt(r.Row, 10), year, r.Code, r.Message})
	}
	b.WriteString("\n" + terminal.Table("lrlrrll", rows))
	if more := len(found.Rows) - rejectsListed; more > 0 {
		fmt.Fprintf(&b, "\n%s more: --json and --csv have all of them.\n", terminal.Number(int64(more)))
	}
	for _, name := range written {
		fmt.Fprintf(&b, "\nWritten, to correct and send again: %s\n", name)
	}
	return b.String()
}
