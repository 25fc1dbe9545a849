package pipeline

import (
	"slices"
	"strconv"
	"strings"

	"regul/pipeline/money"
)

// A batch publishes the rows of each communication that it settles, so that rows of it which come later complete it instead of
// contradicting it. This file holds the two directions of that text: `trader 10000.00 "2024/17"; director 500.00 ""`, with the
// nature, the net income in EUR and the assessment of each row.

// AppendComponents appends the rows of a regularisation's communication.
func (r *Regularisation) AppendComponents(dst []byte) []byte {
	dst = append(dst, r.ComponentsBefore...)
	for i := range r.Components {
		c := &r.Components[i]
		if i > 0 || r.ComponentsBefore != "" {
			dst = append(dst, "; "...)
		}
		dst = append(append(dst, c.Nature.String()...), ' ')
		dst = append(append(dst, c.Income.String()...), ' ')
		dst = strconv.AppendQuote(dst, c.Assessment)
	}
	return dst
}

// eachComponent visits the rows that AppendComponents wrote, until one can't be read or visit says false. It says whether it went
// through all of them.
func eachComponent(text string, visit func(nature, assessment string, income money.Cents) bool) bool {
	for text != "" {
		nature, rest, _ := strings.Cut(text, " ")
		amount, rest, _ := strings.Cut(rest, " ")
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return false
		}
		assessment, _ := strconv.Unquote(quoted)
		income, err := money.Parse(amount)
		if err != nil || !visit(nature, assessment, income) {
			return false
		}
		text = strings.TrimPrefix(rest[len(quoted):], "; ")
	}
	return true
}

// addedTo lists the rows that are not among those with which a version settled the communication. It is false where one of them says
// another amount than then, or where that batch did not write its rows.
func addedTo(before *PriorYear, list []Component) (added []Component, agrees bool) {
	added = slices.Clone(list)
	agrees = before.Components != "" && eachComponent(before.Components, func(nature, assessment string, income money.Cents) bool {
		at := slices.IndexFunc(added, func(c Component) bool { return c.Nature.String() == nature && c.Assessment == assessment })
		if at < 0 {
			return true
		}
		same := added[at].Income == income
		added = slices.Delete(added, at, at+1)
		return same
	})
	return added, agrees
}

// Waits says whether the row is not one of this run's files, but one that an earlier batch rejected.
func (c *Component) Waits() bool { return c.Place.File == waitingFile }

// withWaiting adds the rows that wait in the ledger to those of the files, except those that came again and those that wait no longer.
func (m *matcher) withWaiting(c *Case) []Component {
	all := slices.Clip(c.Components)
	for i := range c.Waiting {
		w := &c.Waiting[i]
		again := func(r Component) bool {
			w := *w
			w.Place = r.Place
			return r == w
		}
		if !w.overtaken(c.PriorYears) && !slices.ContainsFunc(all, again) {
			all = append(all, *w)
		}
	}
	return all
}

// overtaken says whether a row that waited was settled since, or a later communication was.
func (c *Component) overtaken(versions []PriorYear) bool {
	for i := range versions {
		p := &versions[i]
		switch {
		case p.Year != c.Year:
		case p.Communication == c.Communication:
			if added, _ := addedTo(p, []Component{*c}); len(added) == 0 || p.Components == "" {
				return true
			}
		case !(&communication{on: c.CommunicatedOn, id: c.Communication}).after(p.CommunicatedOn, p.Communication):
			return true
		}
	}
	return false
}
