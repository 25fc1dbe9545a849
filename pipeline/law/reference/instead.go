package reference

// DeclaredQuarter is a quarter of the account as it was declared, whether its evidence failed, and what the account says applies
// where it did.
type DeclaredQuarter struct {
	Year, Quarter int
	Declared      string
	Failed        bool
	IfMain        string // "": derived
}

// at counts quarters, so that the next one is one more.
func (q *DeclaredQuarter) at() int { return 4*q.Year + q.Quarter - 1 }

// isMain says whether a category is that of a main occupation: these follow each other in one run.
func isMain(category string) bool {
	switch category {
	case "main", "primostarter", "primostarter_first", "spouse_maxi":
		return true
	}
	return false
}

// firstPrimostarter is the quarter from which there are primostarters.
var firstPrimostarter = (&DeclaredQuarter{Year: 2018, Quarter: 2}).at()

// historyShown is how many quarters before a start decide whether it is a first one (AR 38 art. 12 §1bis al. 2).
const historyShown = 20

// Instead gives the category that applies in each quarter of an account, in its order: the declared one, or where the evidence
// failed the one that the account names, or the one that follows from its history (AR 38 art. 12 §1bis al. 2; reading). confirm says
// of which quarters the account does not show the history. The quarters ascend, each once; one that is not there is one without
// subjection. hidden says of which years not every row is known: they show nothing; nil: none is.
func Instead(account []DeclaredQuarter, hidden func(year int) bool) (applies []string, confirm []bool) {
	applies, confirm = make([]string, len(account)), make([]bool, len(account))
	start := -1 // of the run of main quarters
	for i := range account {
		q := &account[i]
		if !q.Failed {
			applies[i] = q.Declared
		}
		main := q.Failed || isMain(q.Declared)
		if follows := i > 0 && account[i-1].at() == q.at()-1; !main {
			start = -1
		} else if start < 0 || !follows {
			start = i
		}
		if q.Failed {
			applies[i], confirm[i] = instead(account[:i+1], applies, start, hidden)
		}
	}
	return applies, confirm
}

// instead is what applies in the last quarter of an account, which failed, in a run of main quarters.
func instead(account []DeclaredQuarter, applies []string, start int, hidden func(year int) bool) (category string, confirm bool) {
	last, s := len(account)-1, &account[start]
	q := &account[last]
	if q.IfMain != "" {
		return q.IfMain, false
	}
	since := q.at() - s.at() // quarters since the start of the run
	if s.Failed && s.IfMain == "" {
		fresh, shown := freshStart(account, applies, start, hidden)
		switch {
		case !shown:
			return "main", true
		case !fresh || s.at() < firstPrimostarter || since >= 4:
			return "main", false
		case since == 0:
			return "primostarter_first", false
		}
		return "primostarter", false
	}
	switch applies[last-1] { // of the quarter before, which is in the run
	case "primostarter", "primostarter_first":
		if since < 4 {
			return "primostarter", false
		}
	case "spouse_maxi":
		return "spouse_maxi", false
	}
	return "main", false
}

// freshStart says whether nobody was main in the 20 quarters before a start, and whether the account shows them.
func freshStart(account []DeclaredQuarter, applies []string, start int, hidden func(year int) bool) (fresh, shown bool) {
	s := account[start].at()
	shown = account[0].at() <= s-historyShown
	for at := s - historyShown; at < s && hidden != nil; at++ {
		shown = shown && !hidden(at/4)
	}
	for i := range account[:start] {
		if account[i].at() < s-historyShown {
			continue
		}
		if isMain(applies[i]) || applies[i] == "article37" || applies[i] == "article37_mandate" {
			return false, shown
		}
	}
	return true, shown
}
