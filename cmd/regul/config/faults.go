package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"regul/jobs"
)

// fault is something that is wrong with the settings.
type fault struct {
	line int // in the file; 0: it is not there
	err  error
}

// Say notes what is wrong with a setting.
func (c *Config) Say(name, format string, args ...any) {
	c.Note(&jobs.SettingError{Setting: name, Err: fmt.Errorf(format, args...)})
}

// Note notes errors, each with the place of the setting that it is about.
func (c *Config) Note(errs ...error) {
	for _, err := range errs {
		c.faults = append(c.faults, c.placed(err))
	}
}

// Err is everything that was noted, in the order of the file; nil if nothing is wrong. It is of the kind jobs.Usage.
func (c *Config) Err() error {
	faults := slices.SortedStableFunc(slices.Values(c.faults), func(a, b fault) int {
		return cmp.Compare(uint(a.line-1), uint(b.line-1)) // those without a line come last
	})
	switch len(faults) {
	case 0:
		return nil
	case 1:
		return &jobs.Error{Kind: jobs.Usage, Err: faults[0].err}
	}
	var list []error
	for _, f := range faults {
		list = append(list, f.err)
	}
	return jobs.UsageError("%d errors in the settings:\n%w", len(list), errors.Join(list...))
}

// placed says where the setting stands that an error is about.
func (c *Config) placed(err error) fault {
	var e *jobs.SettingError
	if !errors.As(err, &e) {
		return fault{0, err}
	}
	name := e.Setting
	k := FindKey(name)
	if k == nil { // an entry of a table
		name = name[:max(0, strings.LastIndexByte(name, '.'))]
		k = FindKey(name)
	}
	v, set := c.values[name]
	switch {
	case k == nil || !set:
		return fault{0, fmt.Errorf("%s: %w", e.Setting, e.Err)}
	case v.from == fromFile:
		line := v.line(strings.TrimPrefix(e.Setting, name+"."), e.Text)
		return fault{line, fmt.Errorf("%s:%d: %s: %w", c.Path, line, e.Setting, e.Err)}
	case strings.HasPrefix(name, "inputs.") && v.from == fromFlag:
		return fault{0, e.Err} // which names the input and the file
	}
	return fault{0, fmt.Errorf("%s: %w", v.name, e.Err)}
}

// line is where an entry of a table, or an element with this text, stands in the file; else where the setting begins.
func (v *held) line(name, text string) int {
	for _, item := range v.items {
		if item.name == name || text != "" && item.text == text {
			return item.line
		}
	}
	return v.items[0].line
}
