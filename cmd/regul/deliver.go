package main

import (
	"bytes"
	"os"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/handover"
	"regul/jobs/storage"
)

func newDeliver(c *common) *cobra.Command {
	f := &outFlags{}
	insist := false
	to, readers := map[handover.Part]*string{}, map[handover.Part]*string{}
	command := &cobra.Command{
		Use:   "deliver BATCH",
		Short: "Copy letters, payment files or tables to those who need them",
		Long: `deliver copies a part of a published batch into a folder of its name: letters for the printer, payment files for the bank, tables for analysts.
Files have the mode 640 and folders 2750: the group of the folder that is named may read them, and nobody else. Each copy is compared with the digest of
the manifest; SHA256SUMS lists them. It appears at once, or not at all. What was delivered before is compared and left as it is.

With --encrypt-letters and its siblings each file is encrypted with age for the recipients in a file, one public key a line: nobody else can read
it, and regul can't either. Encryption does not say who sent a file.

Drafts and withdrawn batches are refused. A later withdrawal does not take back what was delivered. A batch that was withdrawn for some of
its affiliates alone is refused too, where it was not delivered before: their letters and transfers are in its files. --although-withdrawn
delivers it.

Exit status: 0 delivered, or there already; 1 it can't be, or what is there was changed; 2 wrong usage, no such batch, or it counts for nothing.`,
		Example: `  regul deliver latest --letters /srv/printer --out batches
  regul deliver latest --tables /srv/analysts --out batches
  regul deliver latest --payments /srv/bank --encrypt-payments bank.txt

  bank.txt:
    age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			m, store, _, err := f.batch(args[0])
			if err != nil {
				return err
			}
			delivered := []*handover.Delivered{}
			for _, part := range handover.Parts() {
				recipients, err := recipientsOf(part, *readers[part], *to[part])
				if err != nil {
					return err
				}
				if folder := *to[part]; folder != "" {
					d, err := give(store, m.Batch, part, folder, recipients, insist)
					if err != nil {
						return err
					}
					delivered = append(delivered, d)
				}
			}
			if len(delivered) == 0 {
				return jobs.UsageError("missing: --letters, --payments or --tables, the folder of who gets them")
			}
			return writeResult(command.OutOrStdout(), c, deliveries{m.Batch, delivered}, deliveredText(m.Batch, delivered))
		},
	}
	for part, help := range map[handover.Part]string{handover.Letters: "the letters, for the printer",
		handover.Payments: "the payment files, for the bank", handover.Tables: "the tables of settled years, for analysts"} {
		to[part] = command.Flags().String(string(part), "", "folder of "+help)
		nameValues(command, map[string]string{string(part): "DIRECTORY"})
		command.MarkFlagDirname(string(part))
		readers[part] = command.Flags().String(encryptFlag(part), "", "file of recipients of age: they alone can read the "+string(part))
		nameValues(command, map[string]string{encryptFlag(part): "FILE"})
	}
	command.Flags().BoolVar(&insist, "although-withdrawn", false,
		"deliver although the batch was withdrawn for some of its affiliates: their letters and transfers are in the files")
	f.add(command)
	return command
}

// give copies a part of a batch into the folder of who gets it.
func give(from storage.Storage, batch string, part handover.Part, folder string,
	recipients []age.Recipient, insist bool) (*handover.Delivered, error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, jobs.UsageError("--%s: there is no directory %s: make it, with the group that may read it", part, folder)
	}
	return handover.Give(from, batch, part, storage.Shared{Directory: storage.Directory(folder)}, recipients, insist)
}

// encryptFlag is the flag of who can read a part.
func encryptFlag(part handover.Part) string { return "encrypt-" + string(part) }

// recipientsOf reads who can read a part that goes into a folder; none where no file names them.
func recipientsOf(part handover.Part, path, folder string) ([]age.Recipient, error) {
	if path == "" {
		return nil, nil
	}
	if folder == "" {
		return nil, jobs.UsageError("--%s goes with --%s: there is nothing to encrypt", encryptFlag(part), part)
	}
	text, err := readShort(path)
	if err != nil {
		return nil, jobs.UsageError("--%s can't be read: %w", encryptFlag(part), jobs.Cause(err))
	}
	recipients, err := age.ParseRecipients(bytes.NewReader(text))
	if err != nil {
		return nil, jobs.UsageError("--%s: %s holds no recipients of age, one a line, such as age1…: age-keygen -y tells that of a key",
			encryptFlag(part), jobs.Printable(path))
	}
	return recipients, nil
}

// deliveredText lists what was delivered.
func deliveredText(batch string, delivered []*handover.Delivered) string {
	rows := [][]string{{"delivered of " + batch, "files", "bytes", ""}}
	for _, d := range delivered {
		note := ""
		if d.Encrypted {
			note = "encrypted"
		}
		if d.There {
			note = "there already, unchanged"
		}
		rows = append(rows, []string{string(d.Part), terminal.Number(int64(d.Files)), terminal.Number(d.Bytes), note})
	}
	return terminal.Table("lrrl", rows)
}
