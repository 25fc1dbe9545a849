package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
)

// outFlags say where the batches are: the flag, the configuration, regul.yaml in this folder, or this folder.
type outFlags struct{ out, config string }

func (f *outFlags) add(command *cobra.Command) {
	command.Flags().StringVar(&f.out, "out", "",
		"directory of the batches, or s3://BUCKET/PREFIX (default that of regul.yaml, or this folder)")
	command.Flags().StringVar(&f.config, "config", "", "configuration that names the directory")
	nameValues(command, map[string]string{"out": "DIRECTORY", "config": "FILE"})
	command.MarkFlagDirname("out")
	command.MarkFlagFilename("config", "yaml", "yml")
}

// configuration is the one that was named, or that of this folder unless the directory was named.
func (f *outFlags) configuration() (*config.Config, error) {
	path := config.Path(f.config)
	if _, err := os.Stat(config.DefaultName); path == "" && f.out == "" && err == nil {
		path = config.DefaultName
	}
	return config.Read(path)
}

// batchesAt is where batches are: a directory, which must be there, or a place in a bucket.
func batchesAt(out string) (storage.Storage, error) {
	if info, err := os.Stat(out); !storage.InBucket(out) && (err != nil || !info.IsDir()) {
		return nil, jobs.UsageError("there is no directory %s: --out, or out in the configuration, names that of the batches", out)
	}
	store, err := storage.At(out)
	if err != nil {
		return nil, jobs.UsageError("--out: %w", err)
	}
	return store, nil
}

// storage is where the batches are, and its directory.
func (f *outFlags) storage() (storage.Storage, string, error) {
	conf, err := f.configuration()
	if err != nil {
		return nil, "", err
	}
	out := cmp.Or(f.out, conf.Text("out"), ".")
	store, err := batchesAt(out)
	return store, out, err
}

// storageOf is storage, or where the folder lies that a batch is given as.
func (f *outFlags) storageOf(name string) (storage.Storage, string, error) {
	f.at(name)
	return f.storage()
}

// at looks for the batches where the folder lies that a batch is given as, unless they were said to be elsewhere.
func (f *outFlags) at(name string) {
	if folder, _ := storage.Split(name); folder != "." && f.out == "" {
		f.out = folder
	}
}

// chosen is the name of the batch that --batch gives, or an argument as show takes it; "" where none is given.
func (f *outFlags) chosen(batch string, args []string) string {
	if batch == "" && len(args) == 1 {
		batch = args[0]
	}
	if batch == "" {
		return ""
	}
	f.at(batch)
	return filepath.Base(batch)
}

// batchName is how a batch is given: its name or the beginning of it, its folder, or latest.
var batchName = regexp.MustCompile(`^(batch=|draft=)?[0-9]{4}-[0-9]{2}-[0-9]{2}|^latest$`)

// batchAtMost takes a batch as an argument. Anything else is not repeated: it may be a national number.
func batchAtMost(command *cobra.Command, args []string) error {
	if len(args) == 1 && batchName.MatchString(filepath.Base(args[0])) {
		return nil
	}
	return flagsOnly(command, args)
}

// below is the path, or the URL, of what lies in a storage.
func below(out, name string) string { return storage.Join(out, name) }

// batch finds the batch or draft that was named, or given as the path of its folder, and where it is.
func (f *outFlags) batch(name string) (*batch.Manifest, storage.Storage, string, error) {
	store, out, err := f.storageOf(name)
	if err != nil {
		return nil, nil, "", err
	}
	m, err := batch.FindAny(store, filepath.Base(name))
	return m, store, out, err
}

// list is the published batches, the oldest first.
func (f *outFlags) list() ([]ledger.Listed, string, error) {
	storage, out, err := f.storage()
	if err != nil {
		return nil, "", err
	}
	list, err := ledger.List(storage)
	slices.SortStableFunc(list, func(a, b ledger.Listed) int { return a.Published.Compare(b.Published) })
	return list, out, err
}

func newBatches(c *common) *cobra.Command {
	f := &outFlags{}
	command := &cobra.Command{
		Use:     "batches",
		Short:   "List the published batches, the oldest first",
		Example: "  regul batches --out batches",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			list, out, err := f.list()
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return writeResult(command.OutOrStdout(), c, list, "There is no published batch in "+out+"\n")
			}
			rows := [][]string{{"batch", "published (UTC)", "regularisations", "to pay EUR", "refund EUR", "rejects", "state"}}
			for _, b := range list {
				rows = append(rows, []string{b.Batch, b.Published.UTC().Format(time.DateTime), terminal.Number(b.Regularisations),
					terminal.Amount(b.ToPay), terminal.Amount(b.Refund), terminal.Number(b.Rejects), stateText(&b)})
			}
			discarded, err := f.discardedText()
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, list, terminal.Table("llrrrrl", rows)+discarded)
		},
	}
	f.add(command)
	return command
}

// discardedText is the drafts that were discarded, by whom and why; "" if there was none.
func (f *outFlags) discardedText() (text string, err error) {
	storage, _, err := f.storage()
	if err != nil {
		return "", err
	}
	acts, err := ledger.Audit(storage)
	for i := range acts {
		if acts[i].Deed == ledger.Discarded {
			text += fmt.Sprintf("draft %s: %s\n", acts[i].Batch, actText(&acts[i]))
		}
	}
	if text != "" {
		text = "\n" + text
	}
	return text, err
}

// stateText is whether a batch counts, and who decided that and why.
func stateText(b *ledger.Listed) string {
	text := stateWord(b.State)
	if b.Job != batch.RunJob {
		text += ", " + string(b.Job)
	}
	if b.WithdrawnFor > 0 {
		text += ", withdrawn for " + terminal.Number(int64(b.WithdrawnFor))
	}
	if len(b.Acts) > 0 {
		return text + ": " + actsText(b.Acts)
	}
	if b.Why != "" { // it was withdrawn before acts were recorded
		return text + ": " + b.Why
	}
	return text
}

// stateWord is the state of a batch: one that does not count stands out.
func stateWord(state ledger.State) string {
	switch state {
	case ledger.Withdrawn:
		return terminal.Bad(string(state))
	case ledger.Drafted:
		return terminal.Watch(string(state))
	}
	return string(state)
}

// complete offers the batches to the shell.
func (f *outFlags) complete(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	list, _, err := f.list()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []cobra.Completion
	for _, b := range slices.Backward(list) {
		found = append(found, cobra.CompletionWithDesc(b.Batch,
			fmt.Sprintf("%s regularisations, %s rejects", terminal.Number(b.Regularisations), terminal.Number(b.Rejects))))
	}
	return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
