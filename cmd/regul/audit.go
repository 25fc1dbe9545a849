package main

import (
	"fmt"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs/batch"
	"regul/jobs/ledger"
)

// wordFlags say who acts on the ledger, and why.
type wordFlags struct{ by, why string }

func (f *wordFlags) add(command *cobra.Command) {
	command.Flags().StringVar(&f.by, "by", "", "who decides this, for the audit (default the user of the system)")
	command.Flags().StringVar(&f.why, "why", "", "reason, for those who ask later")
	nameValues(command, map[string]string{"by": "NAME", "why": "TEXT"})
}

// word is what the flags say, today.
func (f *wordFlags) word() ledger.Word {
	w := ledger.Word{By: f.by, On: time.Now().Format(time.DateOnly), Why: f.why}
	if w.By == "" {
		if known, err := user.Current(); err == nil {
			w.By = known.Username
		}
	}
	return w
}

// deedsDone are the deeds as people read them.
var deedsDone = map[ledger.Deed]string{ledger.Released: "released", ledger.Withdrew: "withdrawn", ledger.Discarded: "discarded",
	ledger.DraftMade: "drafted", ledger.WithdrewPart: "withdrawn in part", ledger.Expiring: "expired"}

// actText is who did what, when and why.
func actText(a *ledger.Act) string {
	text := fmt.Sprintf("%s on %s by %s", deedsDone[a.Deed], a.On, a.By)
	if a.Why != "" {
		text += ": " + a.Why
	}
	return text
}

// actsText is the acts on a batch in one line.
func actsText(acts []ledger.Act) string {
	var texts []string
	for i := range acts {
		texts = append(texts, actText(&acts[i]))
	}
	return strings.Join(texts, "; ")
}

func newDiscard(c *common) *cobra.Command {
	f := &outFlags{}
	word := &wordFlags{}
	command := &cobra.Command{
		Use:   "discard DRAFT",
		Short: "Remove the draft that run --draft made",
		Long: `discard removes the draft: nothing of it was published, and nothing of it counts. Who did it and why is recorded in audit/.

Exit status: 0 removed; 1 it can't be removed; 2 wrong usage, or there is no such draft; 75 a run is at work on the directory.`,
		Example:           `  regul discard DRAFT --why "a wrong delivery" --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			storage, out, err := f.storageOf(args[0])
			if err != nil {
				return err
			}
			m, err := ledger.Discard(storage, ledger.Order{Draft: filepath.Base(args[0]), Word: word.word()})
			if err != nil {
				return err
			}
			return sayDone(command, c, "the draft "+m.Batch+" is discarded", discarded{m.Batch},
				fmt.Sprintf("Discarded the draft %s: %s is gone\n", m.Batch, below(out, batch.DraftPrefix+m.Batch)))
		},
	}
	word.add(command)
	f.add(command)
	return command
}
