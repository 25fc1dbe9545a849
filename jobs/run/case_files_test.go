package run_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/readback"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/whatif"
	"regul/pipeline"
)

// Every case file comes out of the whole job as it says, intermediate amounts included.
func TestCaseFiles(t *testing.T) {
	t.Parallel()
	files := jobstest.Must[[]string](t)(filepath.Glob("../../fixtures/cases/*.txt"))
	if len(files) < 10 {
		t.Fatalf("only %d case files", len(files))
	}
	for _, path := range files {
		name := filepath.Base(path)
		situations, err := cases.ParseSituations(string(jobstest.Must[[]byte](t)(os.ReadFile(path))))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, s := range situations {
			t.Run(strings.TrimSuffix(name, ".txt")+"/"+s.Name, func(t *testing.T) {
				t.Parallel()
				out := t.TempDir()
				for _, n := range s.Nights {
					holdNight(t, name, &s, &n, out)
				}
			})
		}
	}
}

// holdNight runs a night and holds what it published against what is expected.
func holdNight(t *testing.T, file string, s *cases.Situation, expected *cases.SituationNight, out string) {
	t.Helper()
	n := jobstest.Night{In: expected.In, AsOf: expected.AsOf, Pension: s.MinimumPension, Fees: map[int]string{}}
	var p *jobstest.Published
	if s.Company {
		p = companyNight(t, expected, out)
	} else {
		for year := 2000; year <= 2030; year++ {
			n.Fees[year] = s.Fee
		}
		if result := jobstest.Must[*run.Result](t)(n.Run(t, out)); result.Published {
			p = jobstest.ReadBatch(t, out, result)
		}
	}
	for _, e := range expected.Expect {
		if fault := holdExpectation(t, n, p, &e, out); fault != "" {
			t.Errorf("%s:%d: %s", file, e.Line, fault)
		}
	}
}

// companyNight runs the job of the companies; nil: it published nothing. The companies stand where the regularisations of others do.
func companyNight(t *testing.T, expected *cases.SituationNight, out string) *jobstest.Published {
	t.Helper()
	var rows []string
	for _, row := range expected.In["companies"] {
		rows = append(rows, strings.Join(row, ","))
	}
	result := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, expected.AsOf, jobstest.CompanyText(rows)))
	if !result.Published {
		return nil
	}
	table := func(name string) *readback.Table {
		return jobstest.Must[*readback.Table](t)(readback.Folder(filepath.Join(out, result.Folder), name))
	}
	return &jobstest.Published{Regularisations: table("companies"), Rejects: table("company_rejects")}
}

// holdExpectation says how what came out differs from what is expected; "" if it doesn't.
func holdExpectation(t *testing.T, n jobstest.Night, p *jobstest.Published, e *cases.Expectation, out string) string {
	t.Helper()
	if e.Kind == "running" {
		o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
		o.Parameters.AsOf, _ = pipeline.ParseDate([]byte(e.Row[0]))
		state := jobstest.Must[*whatif.SurchargeState](t)(whatif.Surcharges(t.Context(), o, ""))
		return differs(map[string]string{"late": state.All.Late.String(), "unpaid": state.All.Unpaid.String(),
			"quarterly": state.All.Quarterly.String(), "yearly": state.All.Yearly.String()}, e.Cells)
	}
	if p == nil {
		if e.Kind == "unsettled" {
			return ""
		}
		return "nothing was published"
	}
	year := fmt.Sprint(e.Year)
	find := func(table *readback.Table, cells ...string) []map[string]string {
		var found []map[string]string
		for i := range table.Rows {
			if row := table.Map(i); differs(row, cells) == "" {
				found = append(found, row)
			}
		}
		return found
	}
	var rows []map[string]string
	switch e.Kind {
	case "year", "unsettled":
		rows = find(p.Regularisations, "contribution_year", year)
	case "quarter":
		rows = find(p.Quarters, "contribution_year", year, "quarter", e.Row[0])
	case "surcharge":
		rows = find(p.Surcharges, "contribution_year", year, "unpaid_on", e.Row[0], "percent", e.Row[1])
	case "reject":
		source := e.Row[0] + ".csv"
		if source == "companies.csv" {
			source = "companies-0.csv" // as jobstest.CompaniesJob names it
		}
		rows = find(p.Rejects, "source", source, "code", e.Row[1])
	}
	switch {
	case e.Kind == "unsettled" && len(rows) > 0:
		return "the year was settled"
	case e.Kind == "unsettled":
		return ""
	case len(rows) == 0:
		return fmt.Sprintf("there is no such row; rejects: %v", p.Rejects.Rows)
	}
	if fault := differs(rows[0], e.Cells); fault != "" &&
		!slices.ContainsFunc(rows, func(row map[string]string) bool { return differs(row, e.Cells) == "" }) {
		return fault
	}
	return ""
}

// differs says which cell of a row is another than the one given: column, value, column, value ... A column that is not there is one too.
func differs(row map[string]string, cells []string) string {
	for i := 0; i < len(cells); i += 2 {
		value, there := row[cells[i]]
		if !there {
			return "there is no column " + cells[i]
		}
		if value != cells[i+1] && !(value == "" && cells[i+1] == "none") {
			return fmt.Sprintf("%s is %s, not %s", cells[i], value, cells[i+1])
		}
	}
	return ""
}
