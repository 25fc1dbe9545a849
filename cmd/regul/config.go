package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/goccy/go-yaml"

	"regul/jobs"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// config is regul.yaml: everything that the flags of run can say, and the fees by year. A flag overrides it. Paths are
// relative to the file.
type config struct {
	Inputs struct {
		Affiliates    []string `yaml:"affiliates"`
		Account       []string `yaml:"account"`
		Payments      []string `yaml:"payments"`
		Revenue       []string `yaml:"revenue"`
		Interruptions []string `yaml:"interruptions"`
	} `yaml:"inputs"`
	Out        string         `yaml:"out"`
	Fees       map[int]string `yaml:"fees"` // percent, by contribution year
	MaxRejects string         `yaml:"max_rejects"`
	Workers    int            `yaml:"workers"`
	Memory     string         `yaml:"memory"`
}

// readConfig reads a configuration; unknown keys are refused.
func readConfig(path string) (*config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, jobs.UsageError("the configuration can't be read: %w", err)
	}
	var c config
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField()).Decode(&c); err != nil {
		return nil, jobs.UsageError("the configuration %s: %w", path, err)
	}
	folder := filepath.Dir(path)
	for _, paths := range [][]string{c.Inputs.Affiliates, c.Inputs.Account, c.Inputs.Payments, c.Inputs.Revenue, c.Inputs.Interruptions} {
		for i := range paths {
			paths[i] = relativeTo(folder, paths[i])
		}
	}
	if c.Out != "" {
		c.Out = relativeTo(folder, c.Out)
	}
	return &c, nil
}

func relativeTo(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// fees are the one fee of the flag for every year of the law, or the table of the configuration. There is no default:
// a missing fee is an error.
func (c *config) fees(flag string, l *law.Law) (pipeline.Fees, error) {
	fees := pipeline.Fees{}
	if flag != "" {
		rate, err := money.ParsePercent(flag)
		if err != nil {
			return nil, jobs.UsageError("--fund-fee: %w", err)
		}
		for _, year := range l.Years() {
			fees[year] = rate
		}
		return fees, nil
	}
	for year, percent := range c.Fees {
		rate, err := money.ParsePercent(percent)
		if err != nil {
			return nil, jobs.UsageError("fees: %d: %w", year, err)
		}
		fees[year] = rate
	}
	if len(fees) == 0 {
		return nil, jobs.UsageError("the management fee of the fund is missing: give --fund-fee PERCENT, or the fees of each year in the configuration")
	}
	return fees, nil
}

// parseSize reads a size such as 512MiB or 1GiB, in bytes.
func parseSize(text string) (int64, error) {
	units := []struct {
		suffix string
		bytes  int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"B", 1}}
	for _, unit := range units {
		if number, found := bytes.CutSuffix([]byte(text), []byte(unit.suffix)); found {
			n, err := strconv.ParseInt(string(number), 10, 32)
			if err == nil && n > 0 {
				return n * unit.bytes, nil
			}
		}
	}
	return 0, fmt.Errorf("%q is not a size such as 512MiB or 1GiB", text)
}
