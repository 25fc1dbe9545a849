package worlds_test

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"regul/jobs/current"
	"regul/jobs/jobstest"
)

// checkCurrent: the tables of all batches hold the last version of each year, once, and each version, once; and of the last batch alone the
// balances.
func (w *world) checkCurrent() {
	jobstest.Must[*current.Made](w.t)(current.Update(w.out, w.between(1, 2)))
	for _, companies := range []bool{false, true} {
		tables := [3]string{"regularisations", "versions", "balances"}
		if companies {
			tables = [3]string{"companies", "company_versions", "company_balances"}
		}
		all, last, balances := map[string]map[string]string{}, map[string]map[string]string{}, map[string]map[string]string{}
		for _, b := range w.batches {
			if b.companies != companies {
				continue
			}
			for k, s := range b.settled {
				all[k.text()+" "+s.row["version"]], last[k.text()] = s.row, s.row
			}
			balances = map[string]map[string]string{}
			for k, r := range b.balances {
				balances[k.text()] = r
			}
		}
		w.checkTable(tables[0], last, settledColumns)
		w.checkTable(tables[1], all, settledColumns, "version")
		w.checkTable(tables[2], balances, looked)
	}
}

// checkTable: a table of all batches has these rows, by whose they are, of which year, and what some columns say.
func (w *world) checkTable(name string, want map[string]map[string]string, columns []string, by ...string) {
	folder, found := path.Join(current.Folder, name), map[string]bool{}
	for _, file := range jobstest.Must[[]string](w.t)(w.out.List(folder)) {
		for _, r := range w.table(folder, file, columns...) {
			whose := key{w.numbers[r["niss"]+r["enterprise"]], w.number(r["contribution_year"])}.text() // under the number of then
			for _, column := range by {
				whose += " " + r[column]
			}
			if found[whose] || !maps.Equal(want[whose], r) {
				w.fail("%s has of %s %v; twice is %t, and its batch says %v", folder, whose, r, found[whose], want[whose])
			}
			found[whose] = true
		}
	}
	for _, whose := range slices.Sorted(maps.Keys(want)) {
		if !found[whose] {
			w.fail("%s lacks %s: %v", folder, whose, want[whose])
		}
	}
}

// text is whose it is, and of which year.
func (k key) text() string { return fmt.Sprint(k.dossier, " ", k.year) }
