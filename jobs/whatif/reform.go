package whatif

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"

	"regul/jobs"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// reformFile is a reform as people write it.
type reformFile struct {
	Name       string                    `yaml:"name"`
	Indices    map[int]string            `yaml:"indices"`
	Bases      map[string]string         `yaml:"bases"`
	Thresholds map[int]map[string]string `yaml:"thresholds"`
	Rates      []struct {
		Name    string `yaml:"name"`
		From    string `yaml:"from"`
		To      string `yaml:"to"`
		Percent string `yaml:"percent"`
	} `yaml:"rates"`
}

// unknownField is what the library says of a name that a reform does not have.
var unknownField = regexp.MustCompile(`^unknown field "(.*)"$`)

// syntax says in which line the file is no reform.
func syntax(err error) string {
	var known yaml.Error
	if !errors.As(err, &known) || known.GetToken() == nil {
		return "it is no YAML"
	}
	said := known.GetMessage()
	if found := unknownField.FindStringSubmatch(said); found != nil {
		said = fmt.Sprintf("there is no %q in a reform: it has name, thresholds, rates, bases and indices, and a rate has "+
			"name, from, to and percent", found[1])
	}
	return fmt.Sprintf("line %d: %s", known.GetToken().Position.Line, said)
}

// ReadReform reads the file of a reform. The error says everything that can't be read; what the law does not know is said when
// the reform is laid over it.
func ReadReform(path string) (*law.Reform, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, jobs.UsageError("the reform %s can't be read: %w", path, jobs.Cause(err))
	}
	var f reformFile
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField()).Decode(&f); err != nil {
		return nil, jobs.UsageError("the reform %s can't be used: %s", path, syntax(err))
	}
	r := &law.Reform{Name: f.Name, Indices: map[int]money.Cents{}, Bases: map[string]money.Cents{},
		Thresholds: map[int]map[string]money.Cents{}}
	var wrong []error
	amount := func(what, text string) money.Cents {
		cents, err := money.Parse(text)
		switch {
		case err != nil:
			err = fmt.Errorf("%q is %w", text, err)
		case cents <= 0:
			err = fmt.Errorf("%q is not above 0", text)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", what, err))
		}
		return cents
	}
	for _, year := range slices.Sorted(maps.Keys(f.Indices)) {
		r.Indices[year] = amount(fmt.Sprintf("indices: %d", year), f.Indices[year])
	}
	for _, name := range slices.Sorted(maps.Keys(f.Bases)) {
		r.Bases[name] = amount("bases: "+name, f.Bases[name])
	}
	for _, year := range slices.Sorted(maps.Keys(f.Thresholds)) {
		r.Thresholds[year] = map[string]money.Cents{}
		for _, name := range slices.Sorted(maps.Keys(f.Thresholds[year])) {
			r.Thresholds[year][name] = amount(fmt.Sprintf("thresholds: %d: %s", year, name), f.Thresholds[year][name])
		}
	}
	for i, rate := range f.Rates {
		change, err := law.ParseRateChange(rate.Name, rate.From, rate.To, rate.Percent)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("rates: %d: %w", i+1, err))
		}
		r.Rates = append(r.Rates, change)
	}
	if len(wrong) > 0 {
		return nil, &jobs.Error{Kind: jobs.Usage, Err: errors.Join(wrong...)}
	}
	return r, nil
}
