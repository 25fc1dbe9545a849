package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
)

// fromInput stands for a number that comes on standard input, so that the list of processes does not show it.
const fromInput = "-"

// readNumber is the number of a flag, or the first line of standard input.
func readNumber(command *cobra.Command, flag, text string) (string, error) {
	if text != fromInput {
		return text, nil
	}
	line, err := bufio.NewReader(io.LimitReader(command.InOrStdin(), 1024)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("--%s -: standard input can't be read: %w", flag, err)
	}
	if line = strings.TrimSpace(line); line == "" {
		return "", jobs.UsageError("--%s -: standard input holds no number", flag)
	}
	return line, nil
}

// askedAbout is the affiliate or the company of the two flags.
func askedAbout(command *cobra.Command, niss, enterprise string) (ask.Whom, error) {
	if (niss == "") == (enterprise == "") {
		return ask.Whom{}, jobs.UsageError("give --niss or --enterprise")
	}
	flag, number, of := "niss", niss, ask.Affiliate
	if enterprise != "" {
		flag, number, of = "enterprise", enterprise, ask.Company
	}
	number, err := readNumber(command, flag, number)
	if err != nil {
		return ask.Whom{}, err
	}
	return of(number)
}

func newStatus(c *common) *cobra.Command {
	f := &outFlags{}
	var niss, enterprise string
	command := &cobra.Command{
		Use:   "status",
		Short: "Show everything of one affiliate or company over all batches",
		Long: `status reads every batch, withdrawn ones and the draft too, and shows what they hold of one affiliate or company: the
versions of each year, money ordered and seen, letters and rejects. It follows nothing but the batches: no register, no account.
A national number that was replaced counts as one with the number that holds now, where batches have settled both under one dossier.

--json writes every row of every table with all its columns: the answer to a request for access (GDPR art. 15).
--niss - and --enterprise - read the number from standard input, so that it is not in the list of processes.

Exit status: 0 shown; 1 the batches can't be read; 2 wrong usage, or no batch holds anything of the number.`,
		Example: `  regul status --niss 85010112387 --out batches
  echo 85010112387 | regul status --niss - --json --out batches`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			whom, err := askedAbout(command, niss, enterprise)
			if err != nil {
				return err
			}
			storage, _, err := f.storage()
			if err != nil {
				return err
			}
			today, err := jobs.Day(time.Now().Format(time.DateOnly))
			if err != nil {
				return err
			}
			status, err := ask.FindStatus(storage, whom, today)
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, status, statusText(status))
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&niss, "niss", "", "national number of the affiliate; - reads it from standard input")
	flags.StringVar(&enterprise, "enterprise", "", "enterprise number of the company; - reads it from standard input")
	f.add(command)
	nameValues(command, map[string]string{"niss": "NUMBER", "enterprise": "NUMBER"})
	return command
}

// amount is an amount of a row as people read it.
func amount(r ask.Cells, column string) string { return terminal.Gapped(r.Text(column)) }

// statusText is everything of one affiliate or company as people read it.
func statusText(s *ask.Status) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s %s\n", s.About.One, s.Name())
	if len(s.Others) > 0 {
		b.WriteString("also       " + strings.Join(s.Others, ", ") + "\n")
	}
	versions := [][]string{{"year", "version", "batch", "notified on", "state", "definitive", "called", "paid", "to pay", "refund",
		"surcharge", "outcome"}}
	for _, year := range s.Years {
		for _, v := range year.Versions {
			for _, r := range v.Tables[s.About.Settled] {
				versions = append(versions,
					[]string{strconv.Itoa(year.Year), r.Text("version"), v.Batch, r.Text("notified_on"), stateOn(&v.Standing),
						amount(r, "definitive"), amount(r, "called"), amount(r, "paid"), amount(r, "to_pay"), amount(r, "refund"),
						amount(r, "surcharge"), r.Text("outcome")})
			}
		}
	}
	letters := [][]string{{"letter in", "state", "file", "page", "pages", "posted"}}
	for _, l := range s.Letters {
		posted := "yes"
		if reason := l.Row.Text("not_postable"); reason != "" {
			posted = "no: " + reason
		}
		letters = append(letters, []string{l.Batch, stateWord(l.State), l.Row.Text("file"), l.Row.Text("first_page"), l.Row.Text("pages"),
			posted})
	}
	rejects := [][]string{{"rejected in", "state", "file", "row", "year", "code", "what is wrong"}}
	for _, r := range s.Rejects {
		rejects = append(rejects, []string{r.Batch, stateWord(r.State), r.Row.Text("source"), r.Row.Text("row"), r.Row.Text("year"),
			r.Row.Text("code"), r.Row.Text("message")})
	}
	for _, part := range []struct {
		align string
		rows  [][]string
	}{{"lrlllrrrrrrl", versions}, {"lllrrlll", orderedOf(s)}, {"llllllr", saidOf(s)}, {"llrrrrrrrr", standingOf(s)}, {"lllrrl", letters},
		{"lllrrll", rejects}} {
		if len(part.rows) > 1 {
			b.WriteString("\n" + terminal.Table(part.align, part.rows))
		}
	}
	if len(s.Rejects) > 0 {
		fmt.Fprintf(&b, "\nof these rejects, open: %s\n", terminal.Number(int64(len(s.Open))))
	}
	return b.String()
}

// stateOn is whether a batch counts, and since when not.
func stateOn(s *ask.Standing) string {
	if s.Withdrawn != "" {
		return stateWord(s.State) + " on " + s.Withdrawn
	}
	return stateWord(s.State)
}
