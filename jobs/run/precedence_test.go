package run_test

import (
	"slices"
	"strconv"
	"testing"

	"regul/jobs/jobstest"
	"regul/jobs/run"
)

// scenario is the example of a year with everything that can be wrong with its communication or its account.
type scenario struct {
	year int
	on   string // of the communication
	fees map[int]string

	torn, badNature, badNISS, outOfRange, conflict, noAffiliate bool // the communication's row, and the register
	otherRowBad, noAccount, assimilated, badQuarter             bool
}

func (s scenario) night() jobstest.Night {
	row := jobstest.Revenue(s.year, "A", s.on, "40000.00")
	n := jobstest.Night{In: jobstest.Example(s.year, row), AsOf: jobstest.ScenarioDay, Fees: s.fees}
	if s.torn {
		row = append(row, "surplus", "", "") // as no header has
	}
	if s.badNature {
		row[4] = "gardener"
	}
	if s.badNISS {
		row[0] = "85010112386"
	}
	if s.outOfRange {
		row[5] = "1000000000.01"
	}
	n.In["revenue"][0] = row
	if s.conflict {
		other := slices.Clone(row)
		other[5] = "1.00"
		n.In["revenue"] = append(n.In["revenue"], other)
	}
	if s.otherRowBad {
		other := jobstest.Revenue(s.year, "A", s.on, "12.345")
		other[4] = "director"
		n.In["revenue"] = append(n.In["revenue"], other)
	}
	if s.noAffiliate {
		n.In["affiliates"] = nil
	}
	if s.noAccount {
		n.In["account"] = nil
	}
	for i := range n.In["account"] {
		if s.assimilated {
			n.In["account"][i][4] = "assimilated"
		}
	}
	if s.badQuarter {
		n.In["account"][0][3] = "freelance"
	}
	return n
}

// breaker makes a communication's row get a code.
type breaker struct {
	code string
	do   func(*scenario)
}

var revenueBreakers = []breaker{
	{"bad_row", func(s *scenario) { s.torn = true }},
	{"bad_value", func(s *scenario) { s.badNature = true }},
	{"bad_niss", func(s *scenario) { s.badNISS = true }},
	{"income_out_of_range", func(s *scenario) { s.outOfRange = true }},
	{"duplicate", func(s *scenario) { s.conflict = true }},
	{"unknown_affiliate", func(s *scenario) { s.noAffiliate = true }},
	{"future_communication", func(s *scenario) { s.on = "2026-07-01" }},
	{"not_yet_over", func(s *scenario) { s.year = 2026 }},
	{"time_barred", func(s *scenario) { s.year = 2018 }},
	{"year_not_supported", func(s *scenario) { s.fees = map[int]string{2015: "0"} }},
	{"no_account", func(s *scenario) { s.noAccount = true }},
	{"no_subject_quarter", func(s *scenario) { s.assimilated = true }},
	{"incomplete_communication", func(s *scenario) { s.otherRowBad = true }},
	{"incomplete_account", func(s *scenario) { s.badQuarter = true }},
}

// codeOf runs a night and returns the code that the first row of an input gets, "" if it is not rejected.
func codeOf(t *testing.T, n jobstest.Night, input string) string {
	t.Helper()
	out := t.TempDir()
	result := jobstest.Must[*run.Result](t)(n.Run(t, out))
	if !result.Published {
		return ""
	}
	p := jobstest.ReadBatch(t, out, result)
	for i := range p.Rejects.Rows {
		if r := p.Rejects.Map(i); r["source"] == input+".csv" && r["row"] == "1" {
			return r["code"]
		}
	}
	return ""
}

func TestSoundScenarioIsSettled(t *testing.T) {
	t.Parallel()
	s := scenario{year: 2023, on: "2026-06-01"}
	if code := codeOf(t, s.night(), "revenue"); code != "" {
		t.Errorf("rejected as %s", code)
	}
}

// Each code alone, and of any two the first in the order of the contract.
func TestFirstCodeOfACommunicationApplies(t *testing.T) {
	t.Parallel()
	for i, first := range revenueBreakers {
		for _, second := range revenueBreakers[i:] {
			if first.code == "not_yet_over" && second.code == "time_barred" {
				continue // no year is both
			}
			if first.code == "no_account" && second.code == "no_subject_quarter" {
				continue // no account is both
			}
			if (first.code == "no_account" || first.code == "no_subject_quarter") && second.code == "incomplete_account" {
				continue // what a broken account lacks can't be known
			}
			t.Run(first.code+" "+second.code, func(t *testing.T) {
				t.Parallel()
				s := scenario{year: 2023, on: "2026-06-01"}
				second.do(&s)
				first.do(&s)
				if code := codeOf(t, s.night(), "revenue"); code != first.code {
					t.Errorf("%s, want %s", code, first.code)
				}
			})
		}
	}
}

// A payment that can't be read says nothing of the account: that it has no quarter, or none that counts, comes first.
func TestCodeOfTheAccountGoesBeforeABadPayment(t *testing.T) {
	t.Parallel()
	for _, first := range revenueBreakers {
		t.Run(first.code, func(t *testing.T) {
			t.Parallel()
			s := scenario{year: 2023, on: "2026-06-01"}
			first.do(&s)
			n := s.night()
			n.In["payments"] = append(n.In["payments"], []string{"85010112387", strconv.Itoa(s.year), "", "2026-01-05", "1.234"})
			if code := codeOf(t, n, "revenue"); code != first.code {
				t.Errorf("%s, want %s", code, first.code)
			}
		})
	}
}

// The same for the first quarter of the account.
func TestFirstCodeOfAQuarterApplies(t *testing.T) {
	t.Parallel()
	breakers := []struct {
		code string
		do   func(*jobstest.Night)
	}{
		{"bad_row", func(n *jobstest.Night) { n.In["account"][0] = append(n.In["account"][0], "surplus") }},
		{"bad_value", func(n *jobstest.Night) { n.In["account"][0][2] = "5" }},
		{"bad_niss", func(n *jobstest.Night) { n.In["account"][0][0] = "85010112386" }},
		{"duplicate", func(n *jobstest.Night) {
			other := slices.Clone(n.In["account"][0])
			other[7] = "1.00"
			n.In["account"] = append(n.In["account"], other)
		}},
		{"unknown_affiliate", func(n *jobstest.Night) { n.In["affiliates"] = nil }},
		{"unknown_category", func(n *jobstest.Night) { n.In["account"][0][3] = "freelance" }},
		{"unknown_standing", func(n *jobstest.Night) { n.In["account"][0][4] = "pending" }},
		{"category_not_in_force", func(n *jobstest.Night) { n.In["account"][0][3] = "primostarter" }},
		{"incomplete_account", func(n *jobstest.Night) { n.In["account"][1][3] = "freelance" }},
	}
	for i, first := range breakers {
		for _, second := range breakers[i:] {
			if first.code == "unknown_category" && second.code == "category_not_in_force" {
				continue // no category is both
			}
			t.Run(first.code+" "+second.code, func(t *testing.T) {
				t.Parallel()
				n := jobstest.Night{In: jobstest.Example(2018, jobstest.Revenue(2018, "A", "2025-06-01", "40000.00")), AsOf: "2025-06-30"}
				if first.code == "duplicate" {
					second.do(&n)
					first.do(&n)
				} else {
					first.do(&n)
					if second.code != first.code {
						second.do(&n)
					}
				}
				if code := codeOf(t, n, "account"); code != first.code {
					t.Errorf("%s, want %s", code, first.code)
				}
			})
		}
	}
}

// A communication of which no row can be read, but whose day and identifier can, supersedes the earlier ones like one that waits:
// their income is known to be stale. One that says another day, or none, does not.
func TestAnUnreadableCommunicationSupersedes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id, on, income string
		settled        int
	}{
		"unreadable income":   {"B", "2026-06-15", "x", 0},
		"income out of range": {"B", "2026-06-15", "1000000000.01", 0},
		"same day":            {"B", "2026-06-01", "x", 0},
		"earlier":             {"B", "2026-05-01", "x", 1},
		"dated later":         {"B", "2026-07-15", "x", 1},
		"without a day":       {"B", "someday", "x", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
				jobstest.Revenue(2023, c.id, c.on, c.income))
			result, err := n.Run(t, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			counts := result.Counts["revenue"]
			if int(counts.Settled) != c.settled || int(counts.Superseded) != 1-c.settled || counts.Rejected != 1 {
				t.Errorf("%+v", counts)
			}
		})
	}
}
