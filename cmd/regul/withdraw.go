package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
)

// withdrawFlags are those of withdraw.
type withdrawFlags struct {
	outFlags
	wordFlags
	only     []string
	onlyIn   string
	possible bool
}

func newWithdraw(c *common) *cobra.Command {
	f := &withdrawFlags{}
	command := &cobra.Command{
		Use:   "withdraw BATCH --why TEXT",
		Short: "Make a batch count for nothing, or some affiliates of it",
		Long: `withdraw makes later runs ignore a published batch. Its files stay as they are. What it had settled is open
again: the next run settles it, and affiliates who had a notice of the withdrawn batch get a correcting one.

It need not be the last one. It is refused while a later batch has settled or booked something of one of its affiliates since; with --json
standard output then lists those affiliates and the batches that stand in the way. Who did it and why is recorded in audit/.

--only withdraws some affiliates or companies of the batch: for them all is as if the whole was withdrawn, and for the others nothing changes.
It is refused, and nothing is withdrawn, if a later batch builds on one of them. --possible withdraws all on whom no later batch builds, and
says how many are left. Their numbers are in the record of the withdrawal in withdrawn/, and nowhere else.

Exit status: 0 withdrawn; 1 it can't be; 2 wrong usage, no such batch, or a later batch builds on it; 75 a run is at work on the
directory.`,
		Example: `  regul withdraw BATCH --why "not hers" --only 85010112387 --out batches
  regul withdraw latest --why "a wrong delivery" --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE:              func(command *cobra.Command, args []string) error { return f.run(command, c, args[0]) },
	}
	flags := command.Flags()
	flags.StringSliceVar(&f.only, "only", nil, "withdraw these affiliates, or companies, alone; - reads the numbers from standard input")
	flags.StringVar(&f.onlyIn, "only-in", "", "withdraw the affiliates, or companies, alone whose numbers are in a file, one a line")
	flags.BoolVar(&f.possible, "possible", false, "withdraw all affiliates, or companies, on whom no later batch builds")
	nameValues(command, map[string]string{"only": "NUMBER", "only-in": "FILE"})
	f.wordFlags.add(command)
	f.outFlags.add(command)
	return command
}

// run withdraws the batch, or what is asked for of it.
func (f *withdrawFlags) run(command *cobra.Command, c *common, name string) error {
	numbers, err := f.numbers(command)
	if err != nil {
		return err
	}
	m, store, _, err := f.batch(name)
	if err != nil {
		return err
	}
	var whole *batch.Withdrawal
	part := &ledger.PartWithdrawn{}
	switch {
	case len(numbers) > 0:
		part, err = ledger.WithdrawOnly(store, m.Batch, numbers, f.word())
	case f.possible:
		part, err = ledger.WithdrawPossible(store, m.Batch, f.word())
	default:
		whole, err = ledger.Withdraw(store, m.Batch, f.word())
	}
	var way *ledger.InTheWay
	if errors.As(err, &way) && c.json {
		return errors.Join(err, writeJSON(command.OutOrStdout(), refusedWithdrawal{failure{message(err), int(jobs.Usage)}, way}))
	}
	if err != nil {
		return err
	}
	if part.Part > 0 {
		return sayDone(command, c, "a part of the batch "+m.Batch+" is withdrawn", part, partText(m, part))
	}
	conf, err := f.configuration()
	if err != nil {
		return err
	}
	tellMetrics(command, conf, func(path string) error { return forgetLast(path, store, m) })
	var result any = whole
	if whole == nil {
		result = part
	}
	return sayDone(command, c, "the batch "+m.Batch+" is withdrawn", result,
		fmt.Sprintf("Withdrew batch %s: it counts for nothing any more. %s\n", m.Batch, runAgain))
}

// runAgain is what to do after a withdrawal.
const runAgain = "Run again with its inputs: who had a notice of it gets a correcting one."

// partText says what was withdrawn of a batch, and what is left.
func partText(m *batch.Manifest, w *ledger.PartWithdrawn) string {
	text := fmt.Sprintf("Withdrew %s of batch %s: for them it counts for nothing any more. %s\n", parties(m, w.Withdrawn), m.Batch, runAgain)
	if len(w.Affiliates) > 0 {
		return text + fmt.Sprintf("It still counts for %s, on whom later batches build (%s): --json lists them.\n", parties(m, w.Left),
			strings.Join(w.Later, ", "))
	}
	return text + fmt.Sprintf("It still counts for %s.\n", parties(m, w.Left))
}

// parties is a number of affiliates, or of companies.
func parties(m *batch.Manifest, n int) string {
	about := m.About()
	if n == 1 {
		return "1 " + about.One
	}
	return terminal.Number(int64(n)) + " " + about.Several
}

// numbers are those that are to be withdrawn alone; none: nobody was named. A message never repeats one.
func (f *withdrawFlags) numbers(command *cobra.Command) (numbers []string, err error) {
	asked := 0
	for _, flag := range []string{"only", "only-in", "possible"} {
		if command.Flags().Changed(flag) {
			asked++
		}
	}
	if asked > 1 {
		return nil, jobs.UsageError("give one of --only, --only-in and --possible")
	}
	switch {
	case len(f.only) == 1 && f.only[0] == fromInput:
		if numbers, err = numbersIn(command.InOrStdin()); err != nil {
			return nil, fmt.Errorf("--only -: standard input can't be read: %w", err)
		}
	case command.Flags().Changed("only"):
		numbers = f.only
	case command.Flags().Changed("only-in"):
		file, err := os.Open(f.onlyIn)
		if err != nil {
			return nil, jobs.UsageError("--only-in can't be read: %w", jobs.Cause(err))
		}
		defer file.Close()
		if numbers, err = numbersIn(file); err != nil {
			return nil, jobs.UsageError("--only-in can't be read: %w", jobs.Cause(err))
		}
	default:
		return nil, nil
	}
	if len(numbers) == 0 {
		return nil, jobs.UsageError("the list of numbers holds none")
	}
	return numbers, nil
}

// numbersIn reads numbers, separated by commas, semicolons or line ends.
func numbersIn(from io.Reader) ([]string, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxNumbers))
	numbers := strings.FieldsFunc(string(text), func(c rune) bool { return strings.ContainsRune(",;\r\n", c) })
	return slices.DeleteFunc(numbers, func(number string) bool { return strings.TrimSpace(number) == "" }), err
}

// maxNumbers bounds a list of numbers, in bytes.
const maxNumbers = 1 << 28

// refusedWithdrawal is a failure as JSON, with who stands in the way.
type refusedWithdrawal struct {
	failure
	*ledger.InTheWay
}

// oneBatch wants the name of one batch.
func oneBatch(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return jobs.UsageError("give one batch: regul batches lists them")
	}
	return nil
}
