package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/batch"
	"regul/jobs/ledger"
)

func newExpire(c *common) *cobra.Command {
	f := &outFlags{}
	word := &wordFlags{}
	var before string
	var insist bool
	command := &cobra.Command{
		Use:   "expire --before DATE",
		Short: "Remove letters, payment files and rejects of old batches",
		Long: `expire removes letters, payment files, lists for people and rejects of the batches of days before DATE, withdrawn ones too. Amounts and
indexes stay: later versions rest on them. Manifests stay as they are, and with them the chain of digests. expired/ has a tombstone for each batch
with what was removed, and audit/ says who did it and why: verify and all other commands accept that, and nothing else that is gone.

It is refused, and nothing is removed, for batches of the last 13 months, and while a batch is needed: communications wait in its rejects, or
money that it ordered was not seen. --insist removes them all the same. A row that was rejected and comes again is then a new reject.

Exit status: 0 removed, or nothing to remove; 1 it can't be; 2 wrong usage, or something is still needed; 75 a run is at work on the directory.`,
		Example: `  regul expire --before 2020-01-01 --why "kept for 5 years" --out batches`,
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			storage, _, err := f.storage()
			if err != nil {
				return err
			}
			e := &ledger.Expiration{Insist: insist, Word: word.word()}
			if before == "" {
				return jobs.UsageError("missing: --before, the day before which batches are old")
			}
			if e.Before, err = jobs.ParseDay("before", before); err != nil {
				return err
			}
			today, err := jobs.ParseDay("on", e.Word.On)
			if err != nil {
				return err
			}
			e.Needed = func() (map[string]string, error) { return ask.Needed(storage, today) }
			expired, err := ledger.Expire(storage, e)
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, expirations{expired}, expiredText(expired))
		},
	}
	command.Flags().StringVar(&before, "before", "", "batches of days before it are old, such as 2020-01-01")
	command.Flags().BoolVar(&insist, "insist", false, "also batches of the last 13 months, and those of which something is still needed")
	nameValues(command, map[string]string{"before": "DATE"})
	word.add(command)
	f.add(command)
	return command
}

// expiredText is what was removed.
func expiredText(expired []*batch.Expiry) string {
	if len(expired) == 0 {
		return "There is nothing to remove.\n"
	}
	rows := [][]string{{"removed of batch", "files", "bytes"}}
	for _, e := range expired {
		var bytes int64
		for i := range e.Files {
			bytes += e.Files[i].Size
		}
		rows = append(rows, []string{e.Batch, terminal.Number(int64(len(e.Files))), terminal.Number(bytes)})
	}
	return terminal.Table("lrr", rows)
}

// removedText says what expire has removed of a batch; "" where nothing.
func removedText(m *batch.Manifest) string {
	e := m.Expiry
	if e == nil {
		return ""
	}
	text := fmt.Sprintf("\nRemoved on %s by %s (files: %d)", e.On, e.By, len(e.Files))
	if e.Why != "" {
		text += ": " + e.Why
	}
	return strings.TrimSuffix(text, ".") + ".\n"
}
