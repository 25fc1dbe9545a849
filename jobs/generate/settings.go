package generate

import (
	"regul/fixtures/population"
	"regul/jobs"
	"regul/jobs/storage"
)

// Settings are what an operator asks of synthetic inputs, before any check.
type Settings struct {
	Affiliates int
	Seed       uint64 // another one gives other people
	Out        string // directory of the files
	Format     string // one of Formats
	Year       int    // income year
	AsOf       string // day of the run that the inputs are made for
	Fee        string // percent; 0 is none
	BadRows    int    // people with a bad row, per 100 000; 0 is none
	Sorted     bool   // in order of national number
	Workers    int    // files written at a time
}

// DefaultSettings are the settings except the directory and the workers.
func DefaultSettings() Settings {
	return Settings{Affiliates: 1000, Seed: 1, Format: "csv", Year: population.DefaultYear, AsOf: "2026-06-30",
		Fee: population.DefaultFee.Percent(), BadRows: population.DefaultBadRows}
}

// Options checks the settings, and is what Generate works with.
func (s *Settings) Options() (Options, error) {
	if s.Out == "" {
		return Options{}, jobs.UsageError("missing: --out DIRECTORY of the files")
	}
	day, err := jobs.ParseDay("as-of", s.AsOf)
	if err != nil {
		return Options{}, err
	}
	fee, err := jobs.ParseFee(s.Fee)
	if err != nil {
		return Options{}, err
	}
	people := population.Options{Affiliates: s.Affiliates, Seed: s.Seed, Year: s.Year, AsOf: population.Day(day),
		Fee: noneForZero(fee), BadRows: noneForZero(s.BadRows), Sorted: s.Sorted}
	out, err := storage.At(s.Out)
	if err != nil {
		return Options{}, jobs.UsageError("--out: %w", err)
	}
	return Options{Population: people, Format: s.Format, Out: out, Workers: s.Workers}, jobs.CheckWorkers(s.Workers)
}

// noneForZero asks a population for none: its zero value is its default.
func noneForZero[N ~int | ~int64](n N) N {
	if n == 0 {
		return -1
	}
	return n
}
