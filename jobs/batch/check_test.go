package batch

import (
	"cmp"
	"strings"
	"testing"

	"regul/pipeline"
)

// Every sum that the files hold is compared: one cent or row more in any of them is found, and named.
func TestAgreeFindsWhatTheFilesHoldTooMuch(t *testing.T) {
	confirmed := map[string]int64{}
	agreeing := func() *Sums {
		s := &Sums{}
		for _, back := range readBacks {
			s.plus(back.of, 0)
			for _, amount := range back.amounts {
				s.plus(back.of+" "+amount, 0)
			}
		}
		for _, of := range []string{"payments claim amount", "payments refund amount", "confirmations booked", "rejects as CSV",
			"the list of collections made void"} {
			s.plus(of, 0)
		}
		return s
	}
	if err := agreeing().Agree(&pipeline.Totals{}, 0, confirmed, nil, true, true); err != nil {
		t.Fatal(err)
	}
	named := map[string]string{"regularisations surcharge_total": "surcharge terms amount"} // compared as a part of it
	for of := range agreeing().found {
		if of == "payments" || of == "payments amount" || of == "confirmations" {
			continue // compared word by word
		}
		s := agreeing()
		s.found[of]++
		name := cmp.Or(named[of], of)
		if err := s.Agree(&pipeline.Totals{}, 0, confirmed, nil, true, true); err == nil ||
			!strings.Contains(err.Error(), "for "+name+",") {
			t.Errorf("one more of %s: %v", of, err)
		}
	}
}

// A table is sorted by its number, with at most so many rows of one, and every number has its digits.
func TestOrderOfATable(t *testing.T) {
	for _, c := range []struct {
		table   readBack
		numbers string
		sound   bool
	}{
		{readBack{sorted: AboutPeople, most: 2}, "00000000001 00000000001 00000000002", true},
		{readBack{sorted: AboutPeople, most: 2}, "00000000001 00000000001 00000000001", false},
		{readBack{sorted: AboutPeople, most: 2}, "00000000002 00000000001", false},
		{readBack{sorted: AboutPeople, most: 2}, "0000000001", false},
		{readBack{sorted: AboutCompanies, most: 1}, "0000000001 0000000002", true},
		{readBack{sorted: AboutCompanies, most: 1}, "00000000001", false},
	} {
		order, sound := orderOf{table: &c.table}, true
		for _, number := range strings.Fields(c.numbers) {
			sound = sound && order.follows([]byte(number))
		}
		if sound != c.sound {
			t.Errorf("%s, %d of each, at most %d: %v", c.numbers, c.table.most, c.table.most, sound)
		}
	}
}
