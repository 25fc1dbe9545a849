package main

import (
	"fmt"
	"io"

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
		Args: cobra.NoArgs,
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
			for _, y := range list {
				if err := y.write(command.OutOrStdout()); err != nil {
					return err
				}
			}
			return nil
		},
	}
	command.Flags().IntVar(&year, "year", 0, "one year only (default all)")
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

func (y *lawYear) write(to io.Writer) error {
	fmt.Fprintf(to, "%d: index %s, %s (%s)\n", y.Year, y.Index, y.Status, y.Source)
	for _, t := range y.Thresholds {
		fmt.Fprintf(to, "  %-18s %14s  %-30s %s%s\n", t.Name, amount(t.Amount), t.Article, t.Meaning, span(t.From, t.To))
	}
	for _, r := range y.Rates {
		fmt.Fprintf(to, "  %-18s %12s %%  %-30s%s\n", r.Name, r.Percent, r.Article, span(r.From, r.To))
	}
	for _, c := range y.Categories {
		fmt.Fprintf(to, "  %-18s %s-%s [%s]  %-30s %s\n", c.Category, c.From, c.To[4:], c.Status, c.Article, c.Meaning)
	}
	_, err := fmt.Fprintln(to)
	return err
}

// span is a validity as people read it; nothing when it is open on both sides.
func span(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return " (from " + from + ")"
	case from == "":
		return " (to " + to + ")"
	}
	return " (" + from + " to " + to + ")"
}
