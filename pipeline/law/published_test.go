package law_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Every amount that a fund or INASTI published, to the cent. The quarters of a starter in 2015
// to 2017 take the starter's rate.
func TestPublishedCases(t *testing.T) {
	var rows [][]string
	for _, name := range []string{"published.csv", "published_2.csv"} {
		content, err := os.ReadFile("../../fixtures/cases/" + name)
		if err != nil {
			t.Fatal(err)
		}
		found, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, found[1:]...)
	}
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		t.Run(row[0], func(t *testing.T) {
			number := func(i int) int { n, _ := strconv.Atoi(row[i]); return n }
			amount := func(i int) money.Cents {
				c, err := money.Parse(row[i])
				if err != nil {
					t.Fatal(err)
				}
				return c
			}
			year, err := l.Year(number(1))
			if err != nil {
				t.Fatal(err)
			}
			category, known := l.Category(row[3])
			if !known {
				t.Fatalf("unknown category %q", row[3])
			}
			fee, err := money.ParsePercent(row[6])
			if err != nil {
				t.Fatal(err)
			}
			got := year.Schedule(category, number(2), number(4)).Contribution(amount(5), 4, fee)
			if got.Definitive != amount(7) {
				t.Errorf("definitive = %s, published %s (%+v)", got.Definitive, row[7], got)
			}
		})
	}
}
