package main

import (
	"path"
	"strconv"
	"strings"

	"regul/jobs/ask"
	"regul/jobs/ledger"
)

// The money in the status of an affiliate or company: what was ordered, what the bank said of it, and where each year stands.

// orderedOf lists the refunds and claims of each year, the refunds that an earlier batch held, and the collections that became void.
func orderedOf(s *ask.Status) [][]string {
	index := s.About.Money
	list := [][]string{{"year", "batch", "state", "ordered", "EUR", "status", "end to end", "due on"}}
	for _, year := range s.Years {
		for _, v := range year.Versions {
			add := func(r ask.Cells, kind, status string) {
				list = append(list, []string{strconv.Itoa(year.Year), v.Batch, stateWord(v.State), kind, amount(r, "amount"), status,
					r.Text("transaction"), r.Text("due_on")})
			}
			for _, r := range v.Tables[path.Dir(index.File)] {
				status := r.Text("status")
				if reason := r.Text("reason"); reason != "" {
					status += ": " + reason
				}
				add(r, r.Text("kind"), status)
			}
			for _, r := range v.Tables[tableName(index.Freed)] {
				add(r, r.Text("kind"), r.Text("status")+", which "+r.Text("held_in")+" held")
			}
			for _, r := range v.Tables[tableName(index.Cancellations)] {
				add(r, "claim", "void")
			}
		}
	}
	return list
}

// tableName is the table of a file that stands beside others in its folder.
func tableName(file string) string { return strings.TrimSuffix(path.Base(file), ".parquet") }

// saidOf lists what the bank said of the transfers of each year, by the batch that learnt it. An amount that the bank does not name is the
// whole.
func saidOf(s *ask.Status) [][]string {
	list := [][]string{{"year", "learnt in", "state", "the bank says", "end to end", "on", "EUR"}}
	for _, year := range s.Years {
		for _, v := range year.Versions {
			for _, r := range v.Tables[tableName(s.About.Money.Confirmations)] {
				list = append(list, []string{strconv.Itoa(year.Year), v.Batch, stateWord(v.State), r.Text("status"), r.Text("transaction"),
					r.Text("confirmed_on"), amount(r, "amount")})
			}
		}
	}
	return list
}

// standingOf is where each year stands, as the last batch that counts recorded it: of a year that it does not have nothing is to be told.
func standingOf(s *ask.Status) [][]string {
	list := [][]string{{"year", "recorded in", "called", "received", "refunded", "offsets", "open", "credit", "unseen", "unclear"}}
	for _, year := range s.Years {
		for _, v := range year.Versions {
			if v.Batch != s.Last || v.State != ledger.Published {
				continue
			}
			for _, r := range v.Tables[s.About.Balances] {
				line := []string{strconv.Itoa(year.Year), v.Batch}
				for _, column := range []string{"called", "paid", "refunded", "offsets", "open", "credit", "unseen", "unclear"} {
					line = append(line, amount(r, column))
				}
				list = append(list, line)
			}
		}
	}
	return list
}
