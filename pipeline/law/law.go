// Package law owns what the law says: the parameters with their articles and status, as data
// (data/*.csv, embedded), the categories of contribution payers, and one kernel that computes the
// contribution of a quarter with integers. The run, the explanation and the list of parameters
// all read the same Schedule.
//
// The main sources are the Royal Decree no 38 of 27 July 1967 ("AR 38") and the general regulation
// of 19 December 1967 ("RGS"). A parameter that the data do not hold is an error, never a guess.
//
// The package opens no file, reads no clock and starts no goroutine.
package law

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"regul/pipeline/law/data"
	"regul/pipeline/money"
)

// kernelVersion changes when the arithmetic changes without a change of the data, so that
// batches computed by another kernel get another identity.
const kernelVersion = "4"

// Law is a set of parameters: the one in force, or a reform laid over it.
// It is immutable after loading and safe for concurrent use.
type Law struct {
	indices     map[int]Index
	bases       []Base
	rates       []RateParameter
	definitions [][]definition // by Category
	codes       []string       // by Category
	occupations []Occupation   // by Category
	fallback    Fallback
	averages    map[int]money.Cents // average index of a year, x 100, where the data hold it
	articles    []string
	categories  map[string]Category
	years       map[int]*Year
	digest      string
	fixed       map[int]map[string]money.Cents // thresholds of a reform, by year and name
}

// Index is the index number of one year: the numerator of every threshold of that year.
type Index struct {
	Year      int
	Numerator money.Cents // index points x 100: 676.50 is 67650
	Status    string      // confirmed, single source
	Source    string
}

// Base is a threshold at index 142.75, with its article.
type Base struct {
	Name    string
	Amount  money.Cents // EUR cents at index 142.75
	Valid   Validity
	Article string
	Meaning string
}

// RateParameter is a rate with the quarters in which it is in force.
type RateParameter struct {
	Name    string
	Valid   Validity
	Rate    money.Rate
	Article string
}

// Standard is the law in force, as embedded. It is computed once; nobody changes it.
func Standard() (*Law, error) { return standard() }

var standard = sync.OnceValues(func() (*Law, error) { return Load(data.Files) })

// Load reads indices.csv, bases.csv, rates.csv and categories.csv from a file system and
// computes every year that has an index. It refuses unknown names and unreadable values.
func Load(data fs.FS) (*Law, error) {
	l := &Law{indices: map[int]Index{}, categories: map[string]Category{}, years: map[int]*Year{}, averages: map[int]money.Cents{}}
	hash := sha256.New()
	fmt.Fprintf(hash, "kernel %s\n", kernelVersion)
	for _, table := range []struct {
		name string
		read func(row map[string]string) error
	}{
		{"indices.csv", l.addIndex},
		{"bases.csv", l.addBase},
		{"rates.csv", l.addRate},
		{"categories.csv", l.addDefinition},
	} {
		content, err := fs.ReadFile(data, table.name)
		if err != nil {
			return nil, err
		}
		hash.Write(content)
		if err := eachRow(string(content), table.read); err != nil {
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}
	}
	if err := l.resolveFallback(); err != nil {
		return nil, err
	}
	l.digest = hex.EncodeToString(hash.Sum(nil))
	for year, index := range l.indices {
		computed, err := l.computeYear(year, index)
		if err != nil {
			return nil, fmt.Errorf("year %d: %w", year, err)
		}
		l.years[year] = computed
	}
	return l, nil
}

// Version identifies the parameters and the kernel: the SHA-256 of both, in hexadecimal.
func (l *Law) Version() string { return l.digest }

// eachRow calls read with every data row of a CSV text, keyed by the header's names.
func eachRow(content string, read func(map[string]string) error) error {
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.New("there is no header line")
	}
	for i, fields := range rows[1:] {
		row := make(map[string]string, len(fields))
		for j, name := range rows[0] {
			row[name] = fields[j]
		}
		if err := read(row); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

func (l *Law) addIndex(row map[string]string) error {
	year, err := strconv.Atoi(row["year"])
	if err != nil {
		return err
	}
	numerator, err := money.Parse(row["numerator"])
	if err != nil {
		return err
	}
	if row["provisional_denominator"] != "" {
		reference, err := strconv.Atoi(row["provisional_reference_year"])
		if err != nil {
			return err
		}
		if l.averages[reference], err = money.Parse(row["provisional_denominator"]); err != nil {
			return err
		}
	}
	l.indices[year] = Index{Year: year, Numerator: numerator, Status: row["status"], Source: row["source"]}
	return nil
}

func (l *Law) addBase(row map[string]string) error {
	amount, err := money.Parse(row["base_at_142_75"])
	if err != nil {
		return err
	}
	valid, err := parseValidity(row["valid_from"], row["valid_to"])
	if err != nil {
		return err
	}
	l.bases = append(l.bases, Base{row["name"], amount, valid, row["article"], row["meaning"]})
	return nil
}

func (l *Law) addRate(row map[string]string) error {
	rate, err := money.ParsePercent(row["percent"])
	if err != nil {
		return err
	}
	valid, err := parseValidity(row["from"], row["to"])
	if err != nil {
		return err
	}
	l.rates = append(l.rates, RateParameter{row["name"], valid, rate, row["article"]})
	return nil
}

func parseValidity(from, to string) (Validity, error) {
	first, err := parseQuarter(from)
	if err != nil {
		return Validity{}, err
	}
	last, err := parseQuarter(to)
	return Validity{first, last}, err
}

// Rate is the rate of that name in force in the quarter; false if there is none.
func (l *Law) Rate(name string, q Quarter) (money.Rate, bool) {
	for _, r := range l.rates {
		if r.Name == name && r.Valid.Holds(q) {
			return r.Rate, true
		}
	}
	return 0, false
}
