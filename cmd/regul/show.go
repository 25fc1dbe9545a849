package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/tell"
	"regul/cmd/regul/terminal"
	"regul/jobs/ask"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
)

func newShow(c *common) *cobra.Command {
	f := &outFlags{}
	command := &cobra.Command{
		Use:               "show BATCH",
		Short:             "Show what a batch holds: counts, totals, rejects by code, inputs",
		Example:           "  regul show latest --out batches",
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			m, store, out, err := f.batch(args[0])
			if err != nil {
				return err
			}
			shown, err := newShown(store, m)
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), shown)
			}
			text := shown.identityText() + "\n" + tell.Batch(m, below(out, m.Folder()))
			if !m.Draft {
				open, err := ask.OpenRejectsOf(store, m)
				if err != nil {
					return err
				}
				text += openText(m, open)
			}
			return writeResult(command.OutOrStdout(), c, shown, text+removedText(m)+"\n"+inputsText(m))
		},
	}
	f.add(command)
	return command
}

// shown is a batch or draft with what others say of it.
type shown struct {
	*batch.Manifest
	State  ledger.State `json:"state"`
	Digest string       `json:"digest"` // SHA-256 of the manifest
	Why    string       `json:"why,omitempty"`
	Acts   []ledger.Act `json:"acts"` // who released or withdrew it

	WithdrawnFor int `json:"withdrawn_for,omitempty"` // affiliates or companies for whom alone it was withdrawn

	Removed *batch.Expiry `json:"removed,omitempty"` // what was removed since
}

func newShown(storage storage.Storage, m *batch.Manifest) (*shown, error) {
	state, withdrawal, err := ledger.StateOf(storage, m)
	if err != nil {
		return nil, err
	}
	acts, err := ledger.Audit(storage)
	if err != nil {
		return nil, err
	}
	s := &shown{Manifest: m, State: state, Digest: m.Digest, Acts: ledger.ActsOn(acts, m), Removed: m.Expiry}
	if withdrawal != nil {
		s.Why = withdrawal.Why
	}
	s.WithdrawnFor, err = ledger.WithdrawnFor(storage, m)
	return s, err
}

// identityText is what makes the batch the one it is, and whether it counts.
func (s *shown) identityText() string {
	text := identityText(s.Manifest)
	state := stateText(&ledger.Listed{State: s.State, Why: s.Why, Acts: s.Acts, WithdrawnFor: s.WithdrawnFor})
	if s.Draft {
		state += ": it counts for nothing until regul release " + s.Batch
	}
	return text + fmt.Sprintf("%-15s  %s\n%-15s  %s\n", "state", state, "digest", s.Digest)
}

// openText says which rejects no later batch has closed.
func openText(m *batch.Manifest, open map[string]int64) string {
	if len(m.Rejects) == 0 {
		return ""
	}
	if len(open) == 0 {
		return "\nLater batches have closed all of these rejects.\n"
	}
	return "\n" + tell.Rejects("still open, over all batches", open)
}

// identityText is what makes the batch the one it is.
func identityText(m *batch.Manifest) string {
	rows := [][]string{{"batch", m.Batch}}
	if m.Job != batch.RunJob {
		rows = append(rows, []string{"of", string(m.Job)})
	}
	rows = append(rows, []string{"notified on", m.AsOf}, []string{"law", terminal.Short(m.LawVersion)})
	if m.Program != "" {
		rows = append(rows, []string{"program", m.Program})
	}
	if m.Job == batch.RunJob {
		rows = append(rows, []string{"fund fee", feesText(m.Parameters.Fees)})
	}
	return terminal.Table("ll", append(rows, []string{"earlier batches", terminal.Number(int64(m.Earlier))}))
}

// feesText groups the years of each fee, in the order of the years.
func feesText(fees map[string]string) string {
	var order []string
	years := map[string][]int{}
	for _, year := range slices.Sorted(maps.Keys(fees)) {
		number, err := strconv.Atoi(year)
		if err != nil {
			continue
		}
		fee := fees[year]
		if years[fee] == nil {
			order = append(order, fee)
		}
		years[fee] = append(years[fee], number)
	}
	var parts []string
	for _, fee := range order {
		parts = append(parts, fmt.Sprintf("%s %% for %s", fee, terminal.Span(years[fee])))
	}
	return strings.Join(parts, "; ")
}

func inputsText(m *batch.Manifest) string {
	rows := [][]string{{"input", "file", "rows", "bytes", "sha256"}}
	for _, i := range m.Inputs {
		rows = append(rows, []string{i.Input, i.Source, terminal.Number(i.Rows), terminal.Number(i.Size), fmt.Sprintf("%.12s", i.SHA256)})
	}
	return terminal.Table("llrrl", rows)
}
