package verify

import (
	"cmp"
	"fmt"
	"slices"

	"regul/pipeline/money"
)

// Check is one thing that a verification held the batch against.
type Check struct {
	Name     string    `json:"name"`
	What     string    `json:"what"`     // what was counted
	Number   int64     `json:"number"`   // how many of it were checked
	Failed   int64     `json:"failed"`   // how many failed
	Failures []Failure `json:"failures"` // the first ones, by file and row
	Note     string    `json:"note,omitempty"`
}

// Failure is where a check failed, and how. It holds no national number.
type Failure struct {
	File string `json:"file,omitempty"`
	Row  int64  `json:"row,omitempty"` // of the file, from 1; 0 is all of it
	What string `json:"what"`
}

// maxFailures is how many failures of a check are kept.
const maxFailures = 5

// add starts a check of the batch.
func (v *verifier) add(name, what string) *Check {
	c := &Check{Name: name, What: what, Failures: []Failure{}}
	v.checks = append(v.checks, c)
	return c
}

// fail notes a failure.
func (c *Check) fail(file string, row int64, format string, args ...any) {
	c.Failed++
	if len(c.Failures) < maxFailures {
		c.Failures = append(c.Failures, Failure{file, row, fmt.Sprintf(format, args...)})
	}
}

// hold counts one more thing, and a failure unless what was found is what it must be.
func hold[T comparable](c *Check, file, name string, found, want T) {
	c.Number++
	if found != want {
		c.fail(file, 0, "%s is %v, it must be %v", name, found, want)
	}
}

// is adds a failure unless an amount in a row is what it must be.
func (c *Check) is(at *rowPlace, name string, found, want money.Cents) {
	if found != want {
		c.fail(at.file, at.row, "%s is %s, it must be %s", name, found, want)
	}
}

// that counts one more thing, and a failure unless it is so.
func (c *Check) that(is bool, file string, row int64, format string, args ...any) {
	c.Number++
	if !is {
		c.fail(file, row, format, args...)
	}
}

// merge adds what the same check found elsewhere.
func (c *Check) merge(other *Check) {
	c.Number += other.Number
	c.Failed += other.Failed
	c.Failures = append(c.Failures, other.Failures...)
	slices.SortStableFunc(c.Failures, func(a, b Failure) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row)) })
	c.Failures = c.Failures[:min(len(c.Failures), maxFailures)]
}
