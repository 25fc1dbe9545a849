package payments_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"regul/fixtures/readback"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/payments"
)

const batchName = "2026-06-30-93171ce0"

var (
	asOf    = pipeline.DateOf(2026, time.June, 30)
	dueDate = pipeline.DueDate(asOf)
	signed  = pipeline.DateOf(2019, time.August, 22)
)

// Accounts that pass their check digits.
const (
	belgian = "BE32954995642502"
	german  = "DE89370400440532013000"
	british = "GB29NWBK60161331926819"
)

// store keeps the files of a batch in memory.
type store map[string]*bytes.Buffer

type closing struct{ io.Writer }

func (closing) Close() error { return nil }

func (s store) create(name string) (io.WriteCloser, error) {
	if s[name] != nil {
		return nil, fmt.Errorf("%s is made twice", name)
	}
	s[name] = &bytes.Buffer{}
	return closing{s[name]}, nil
}

// xml lists the names of the payment files.
func (s store) xml() []string {
	var names []string
	for name := range s {
		if strings.HasSuffix(name, ".xml") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func settings(s store) payments.Settings {
	return payments.Settings{Index: payments.PeopleIndex, Fund: fund.Specimen(), Batch: batchName, AsOf: asOf, DueDate: dueDate,
		Create: s.create}
}

// write makes the files of a batch with at most limit transactions each (0: the real limit).
func write(t testing.TB, limit int, change func(*payments.Settings), settlements ...pipeline.Settlement) (store, payments.Totals) {
	t.Helper()
	files := store{}
	with := settings(files)
	if change != nil {
		change(&with)
	}
	w, err := payments.NewWriter(with)
	if err != nil {
		t.Fatal(err)
	}
	if limit > 0 {
		w.SetLimit(limit)
	}
	for i := range settlements {
		if err := w.Settlement(&settlements[i]); err != nil {
			t.Fatal(err)
		}
	}
	totals, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return files, totals
}

// person is the i-th affiliate, who has everything that a transaction needs.
func person(i int) *pipeline.Party {
	return &pipeline.Party{Number: int64(80_010_100_000 + i), Digits: 11, Dossier: pipeline.Dossier{Number: uint32(100 + i), Digits: 8},
		Language: 1, Contact: pipeline.Contact{LastName: "Peeters", FirstName: "Anne", Street: "Dorpsstraat 1", Postcode: "9000",
			City: "Gent", Country: "BE", IBAN: belgian, Mandate: fmt.Sprintf("MDT%08d-1", 100+i), MandateSignedOn: signed}}
}

// refund is a year with a refund, claim one with something to pay, in cents.
func refund(year int, amount money.Cents) pipeline.SettledYear {
	return pipeline.SettledYear{Regularisation: pipeline.Regularisation{Year: year, Refund: amount, Outcome: pipeline.Refund}}
}

func claim(year int, amount money.Cents) pipeline.SettledYear {
	return pipeline.SettledYear{Regularisation: pipeline.Regularisation{Year: year, ToPay: amount, DueDate: dueDate,
		Outcome: pipeline.Supplement}}
}

func settle(a *pipeline.Party, years ...pipeline.SettledYear) pipeline.Settlement {
	return pipeline.Settlement{Party: a, Years: years}
}

// of changes the contact of a person.
func of(i int, change func(*pipeline.Contact)) *pipeline.Party {
	a := person(i)
	change(&a.Contact)
	return a
}

// index reads the index with the second implementation of Parquet.
func index(t testing.TB, files store) *readback.Table {
	t.Helper()
	table, err := readback.Read(files[payments.PeopleIndex.File].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return table
}
