package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"regul/jobs"
)

// config is regul.yaml: everything that the flags of run can say but the date, and the fees by year. A flag overrides
// it. Paths are relative to the file.
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

	Fund    *fundConfig `yaml:"fund"`
	Notices struct {
		Wording string `yaml:"wording"` // folder of the texts
	} `yaml:"notices"`
	Accounts map[string]string `yaml:"accounts"` // numbers in the chart of accounts, by role
	Without  []string          `yaml:"without"`  // notices, payments

	folder string // of the file
}

// readConfig reads a configuration; without a path it is empty. Unknown keys are refused.
func readConfig(path string) (*config, error) {
	c := &config{folder: filepath.Dir(path)}
	if path == "" {
		return c, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, jobs.UsageError("the configuration %s can't be read: %w", path, cause(err))
	}
	err = yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField()).Decode(c)
	if err != nil && !errors.Is(err, io.EOF) { // an empty file is an empty configuration
		return nil, jobs.UsageError("the configuration %s can't be used: see the example of regul run --help\n%s", path, strings.TrimSpace(err.Error()))
	}
	for _, paths := range c.inputs() {
		for i, given := range paths {
			paths[i] = relativeTo(c.folder, given)
		}
	}
	for _, path := range []*string{&c.Out, &c.Notices.Wording} {
		if *path != "" {
			*path = relativeTo(c.folder, *path)
		}
	}
	return c, nil
}

// inputs are the files of each input, by its name.
func (c *config) inputs() map[string][]string {
	return map[string][]string{
		"affiliates": c.Inputs.Affiliates, "account": c.Inputs.Account, "payments": c.Inputs.Payments,
		"revenue": c.Inputs.Revenue, "interruptions": c.Inputs.Interruptions,
	}
}

func relativeTo(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// cause is what is wrong with a file, without the path and the call.
func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
