package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

func newLaw(c *common) *cobra.Command {
	var year int
	command := &cobra.Command{
		Use:   "law",
		Short: "List the parameters in force, each with its article and status",
		Example: `  regul law
  regul law --year 2024 --json`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			l, err := law.Standard()
			if err != nil {
				return err
			}
			years := l.Years()
			if command.Flags().Changed("year") {
				years = []int{year}
			}
			var list []lawYear
			for _, number := range years {
				y, err := l.Year(number)
				if err != nil {
					return jobs.UsageError("%w", err)
				}
				list = append(list, describe(l, y))
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), list)
			}
			parts := []string{"Law " + short(l.Version()) + "\n"}
			for _, y := range list {
				parts = append(parts, y.text())
			}
			parts = append(parts, "Marks: L read in the law or in two independent sources, S one source, R a reading of this project.\n")
			_, err = io.WriteString(command.OutOrStdout(), strings.Join(parts, "\n"))
			return err
		},
	}
	command.Flags().IntVar(&year, "year", 0, "one year only (default all)")
	nameValues(command, map[string]string{"year": "YEAR"})
	command.RegisterFlagCompletionFunc("year", completeYears)
	return command
}

// lawYear is the law of one year as it is printed.
type lawYear struct {
	Year       int           `json:"year"`
	Index      money.Cents   `json:"index"`
	Status     string        `json:"status"`
	Source     string        `json:"source"`
	Thresholds []lawAmount   `json:"thresholds"`
	Rates      []lawRate     `json:"rates"`
	Categories []lawCategory `json:"categories"`
}

type lawAmount struct {
	Name    string      `json:"name"`
	Amount  money.Cents `json:"amount"`
	From    string      `json:"from,omitempty"`
	To      string      `json:"to,omitempty"`
	Article string      `json:"article"`
	Meaning string      `json:"meaning"`
}

type lawRate struct {
	Name    string `json:"name"`
	Percent string `json:"percent"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Article string `json:"article"`
}

type lawCategory struct {
	Category string `json:"category"`
	From     string `json:"from"` // first quarter of the year under this rule
	To       string `json:"to"`
	Article  string `json:"article"`
	Status   string `json:"status"` // L read in the law, S single source, R reading of this project
	Meaning  string `json:"meaning"`
}

func describe(l *law.Law, y *law.Year) lawYear {
	d := lawYear{Year: y.Number, Index: y.Index.Numerator, Status: y.Index.Status, Source: y.Index.Source}
	for _, t := range y.Thresholds {
		if t.Valid.Overlaps(y.Number) {
			d.Thresholds = append(d.Thresholds, lawAmount{t.Name, t.Amount, quarterText(t.Valid.From), quarterText(t.Valid.To), t.Article, t.Meaning})
		}
	}
	for _, r := range l.Rates(y.Number) {
		d.Rates = append(d.Rates, lawRate{r.Name, r.Rate.Percent(), quarterText(r.Valid.From), quarterText(r.Valid.To), r.Article})
	}
	for i, code := range l.Codes() {
		var last *law.Schedule
		for quarter := 1; quarter <= 4; quarter++ {
			s := y.Schedule(law.Category(i), quarter, 0)
			if s == nil {
				continue
			}
			name := law.QuarterOf(y.Number, quarter).String()
			if last == nil || last.Basis != s.Basis || last.Detail != s.Detail {
				d.Categories = append(d.Categories, lawCategory{code, name, name, s.Basis, s.Status, s.Detail})
			}
			d.Categories[len(d.Categories)-1].To = name
			last = s
		}
	}
	return d
}

func quarterText(q law.Quarter) string {
	if q == 0 {
		return ""
	}
	return q.String()
}

// text is the law of a year as people read it.
func (y *lawYear) text() string {
	thresholds := [][]string{{"threshold", "EUR", "in force", "article", "meaning"}}
	for _, t := range y.Thresholds {
		thresholds = append(thresholds, []string{t.Name, amount(t.Amount), validity(t.From, t.To), t.Article, t.Meaning})
	}
	rates := [][]string{{"rate", "%", "in force", "article"}}
	for _, r := range y.Rates {
		rates = append(rates, []string{r.Name, r.Percent, validity(r.From, r.To), r.Article})
	}
	categories := [][]string{{"category", "in force", "mark", "article", "meaning"}}
	for _, c := range y.Categories {
		categories = append(categories, []string{c.Category, c.From + "-" + c.To[4:], c.Status, c.Article, c.Meaning})
	}
	return fmt.Sprintf("%d: index %s, %s (%s)\n\n", y.Year, y.Index, y.Status, y.Source) +
		lineUp("lrlll", thresholds) + "\n" + lineUp("lrll", rates) + "\n" + lineUp("lllll", categories)
}

// validity is the quarters in which a parameter is in force; nothing when it is open on both sides.
func validity(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return "from " + from
	case from == "":
		return "to " + to
	}
	return from + " to " + to
}

// completeYears offers the years of the law to the shell.
func completeYears(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	l, err := law.Standard()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []cobra.Completion
	for _, year := range l.Years() {
		found = append(found, strconv.Itoa(year))
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}
