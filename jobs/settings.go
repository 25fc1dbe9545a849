package jobs

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// RunSettings are what an operator asks of a run, as text and before any check. A message calls a setting by the name
// of its flag.
type RunSettings struct {
	Inputs     map[string][]string // paths of files, by the names of InputNames
	Out        string              // directory of the batches
	AsOf       string              // day of the notices
	Fee        string              // percent, of every year of the law; "": as Fees say
	Fees       map[int]string      // percent, by contribution year
	MaxRejects string              // "" is DefaultMaxRejects
	Workers    int
	Memory     string // "" is DefaultMemory

	Fund     *FundSettings     // nil is the specimen: what leaves the fund says so
	Wording  string            // folder of the notices' texts; "" is the built-in wording
	Accounts map[string]string // numbers in the fund's chart of accounts, by role
	Without  []string          // what a batch goes without: notices, payments
}

// DefaultMemory is what a run stays within if possible.
const DefaultMemory = "1GiB"

// maxWorkers bounds the workers of every job.
const maxWorkers = 1024

// Options checks the settings, and is what Run works with but for the log and the progress. What is missing is said at once.
func (s *RunSettings) Options() (RunOptions, error) {
	var o RunOptions
	l, err := law.Standard()
	if err != nil {
		return o, err
	}
	if missing := s.missing(); len(missing) > 0 {
		return o, UsageError("missing: %s", strings.Join(missing, ", "))
	}
	for input := range pipeline.InputCount {
		o.Inputs[input] = s.Inputs[input.String()]
	}
	o.Out = Directory(s.Out)
	o.Parameters.Law = l
	if o.Parameters.AsOf, err = parseDay("as-of", s.AsOf); err != nil {
		return o, err
	}
	if o.Parameters.Fees, err = s.fees(l); err != nil {
		return o, err
	}
	if o.MaxRejects, err = ParseLimit(cmp.Or(s.MaxRejects, DefaultMaxRejects)); err != nil {
		return o, UsageError("--max-rejects: %w", err)
	}
	o.Workers = s.Workers
	return o, checkWorkers(s.Workers)
}

// MemoryBytes is the memory to stay within, in bytes. It is of the process, not of the job.
func (s *RunSettings) MemoryBytes() (int64, error) {
	bytes, err := ParseSize(cmp.Or(s.Memory, DefaultMemory))
	if err != nil {
		return 0, UsageError("--memory: %w", err)
	}
	return bytes, nil
}

// missing lists the settings without which there is no run.
func (s *RunSettings) missing() []string {
	var missing []string
	for _, input := range InputNames() {
		if len(s.Inputs[input]) == 0 && !Optional(input) {
			missing = append(missing, "--"+input+" FILE")
		}
	}
	if s.Out == "" {
		missing = append(missing, "--out DIRECTORY")
	}
	if s.Fee == "" && len(s.Fees) == 0 {
		missing = append(missing, "--fund-fee PERCENT (or the fees of each year in the configuration)")
	}
	return missing
}

// fees are the one fee for every year of the law, or those of the table. There is no default.
func (s *RunSettings) fees(l *law.Law) (pipeline.Fees, error) {
	fees := pipeline.Fees{}
	if s.Fee != "" {
		rate, err := parseFee(s.Fee)
		if err != nil {
			return nil, err
		}
		for _, year := range l.Years() {
			fees[year] = rate
		}
		return fees, nil
	}
	for _, year := range slices.Sorted(maps.Keys(s.Fees)) {
		rate, err := money.ParsePercent(s.Fees[year])
		if err != nil {
			return nil, UsageError("the fee of %d in the configuration: %w", year, err)
		}
		fees[year] = rate
	}
	return fees, nil
}

// parseFee reads the one fee of a fund.
func parseFee(text string) (money.Rate, error) {
	rate, err := money.ParsePercent(text)
	if err != nil {
		return 0, UsageError("--fund-fee: %w", err)
	}
	return rate, nil
}

// parseDay reads the day of a setting.
func parseDay(name, text string) (pipeline.Date, error) {
	day, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		return 0, UsageError("--%s: %q is not a day such as 2026-06-30", name, text)
	}
	return day, nil
}

func checkWorkers(workers int) error {
	if workers < 1 || workers > maxWorkers {
		return UsageError("--workers: %d is not between 1 and %d", workers, maxWorkers)
	}
	return nil
}
