package jobs

import (
	"fmt"

	"regul/pipeline"
	"regul/pipeline/money"
)

// Digits is a number without the points, dashes and spaces with which people write it.
func Digits(text string) string {
	kept := make([]byte, 0, len(text))
	for _, c := range []byte(text) {
		if c != '.' && c != ' ' && c != '-' {
			kept = append(kept, c)
		}
	}
	return string(kept)
}

// ParseNumber reads the national number of a flag.
func ParseNumber(niss string) (pipeline.NISS, error) {
	number, ok := pipeline.ParseNISS([]byte(niss))
	if !ok {
		return 0, UsageError("--niss must be a national number: 11 digits whose check digits are right")
	}
	return number, nil
}

// maxWorkers bounds the workers of every job.
const maxWorkers = 1024

// ParseFee reads the one fee of a fund.
func ParseFee(text string) (money.Rate, error) {
	rate, err := money.ParsePercent(text)
	if err != nil {
		return 0, UsageError("--fund-fee: %w", err)
	}
	return rate, nil
}

// Day reads a day.
func Day(text string) (pipeline.Date, error) {
	day, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		return 0, fmt.Errorf("%q is not a day such as 2026-06-30", text)
	}
	return day, nil
}

// ParseDay reads the day of a flag.
func ParseDay(name, text string) (pipeline.Date, error) {
	day, err := Day(text)
	if err != nil {
		return 0, UsageError("--%s: %w", name, err)
	}
	return day, nil
}

// WorkersInRange says whether a job can have so many workers.
func WorkersInRange(workers int) error {
	if workers < 1 || workers > maxWorkers {
		return fmt.Errorf("%d is not between 1 and %d", workers, maxWorkers)
	}
	return nil
}

// CheckWorkers is WorkersInRange for a flag.
func CheckWorkers(workers int) error {
	if err := WorkersInRange(workers); err != nil {
		return UsageError("--workers: %w", err)
	}
	return nil
}
