package jobs

import "regul/fixtures/population"

// GenerateSettings are what an operator asks of synthetic inputs, before any check.
type GenerateSettings struct {
	Affiliates int
	Seed       uint64 // another one gives other people
	Out        string // directory of the files
	Format     string // one of GenerateFormats
	Year       int    // income year
	AsOf       string // day of the run that the inputs are made for
	Fee        string // percent; 0 is none
	BadRows    int    // people with a bad row, per 100 000; 0 is none
	Sorted     bool   // in order of national number
	Workers    int    // files written at a time
}

// DefaultGenerateSettings are the settings but for the directory and the workers.
func DefaultGenerateSettings() GenerateSettings {
	return GenerateSettings{Affiliates: 1000, Seed: 1, Format: "csv", Year: population.DefaultYear, AsOf: "2026-06-30",
		Fee: population.DefaultFee.Percent(), BadRows: population.DefaultBadRows}
}

// Options checks the settings, and is what Generate works with.
func (s *GenerateSettings) Options() (GenerateOptions, error) {
	if s.Out == "" {
		return GenerateOptions{}, UsageError("missing: --out DIRECTORY of the files")
	}
	day, err := parseDay("as-of", s.AsOf)
	if err != nil {
		return GenerateOptions{}, err
	}
	fee, err := parseFee(s.Fee)
	if err != nil {
		return GenerateOptions{}, err
	}
	people := population.Options{Affiliates: s.Affiliates, Seed: s.Seed, Year: s.Year, AsOf: population.Day(day),
		Fee: noneForZero(fee), BadRows: noneForZero(s.BadRows), Sorted: s.Sorted}
	return GenerateOptions{Population: people, Format: s.Format, Out: Directory(s.Out), Workers: s.Workers}, checkWorkers(s.Workers)
}

// noneForZero asks a population for none: its zero value is its default.
func noneForZero[N ~int | ~int64](n N) N {
	if n == 0 {
		return -1
	}
	return n
}
