package ask

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report"
	"regul/writers/report/page"
)

// English is the language of an explanation that asks for none.
const English = page.English

// Languages are those of an explanation.
func Languages() []string { return page.Languages() }

// Say is a word of the explanation in a language.
func Say(language, english string) string { return page.Text(language, english) }

// Structured writes a structured communication as on a transfer: +++123/4567/89012+++.
func Structured(reference string) string { return page.Structured(reference) }

// In is the explanation in a language.
func (e *Explanation) In(language string) *Explanation {
	said := *e
	if language != English {
		said.Outcome = page.Outcome(language, e.Outcome)
	}
	said.Sections = slices.Clone(e.Sections)
	for i := range said.Sections {
		s := &said.Sections[i]
		s.Title, s.Steps = page.Said(language, s.Said), slices.Clone(s.Steps)
		for j := range s.Steps {
			step := &s.Steps[j]
			step.Text, step.Article = page.Said(language, step.Said), page.Article(language, step.Article)
		}
	}
	return &said
}

// WritePage writes the explanation as a page in a language, with what all batches in the storage say of the year.
func (e *Explanation) WritePage(to io.Writer, storage storage.Storage, language string) error {
	page := &report.Explanation{
		Language: language, NISS: e.NISS, Year: e.Year, NotifiedOn: e.NotifiedOn, Outcome: e.Outcome, DueDate: e.DueDate, Bands: e.bands,
		Reference: e.Reference, Called: e.row.Called, Definitive: e.row.Definitive, Paid: e.row.Paid,
	}
	for _, s := range e.Sections {
		page.Sections = append(page.Sections, report.Steps{Title: s.Said, Lines: s.Steps})
	}
	status, err := FindStatus(storage, Whom{batch.AboutPeople, e.NISS}, pipeline.DateOf(e.Year, 1, 1)) // the day is for the age of rejects
	if err != nil {
		return err
	}
	for _, year := range status.Years {
		if year.Year != e.Year {
			continue
		}
		for i := range year.Versions {
			if page.Versions, err = versionsOf(page.Versions, &year.Versions[i]); err != nil {
				return err
			}
		}
	}
	return report.WriteExplanation(to, page)
}

// versionsOf adds what a batch says of a year.
func versionsOf(list []report.Version, v *StatusVersion) ([]report.Version, error) {
	for _, row := range v.Tables["regularisations"] {
		one := report.Version{Batch: v.Batch, State: string(v.State), NotifiedOn: row.Text("notified_on"), Outcome: row.Text("outcome")}
		one.Version, _ = strconv.Atoi(row.Text("version"))
		for column, amount := range map[string]*money.Cents{"definitive": &one.Definitive, "called": &one.Called, "paid": &one.Paid,
			"to_pay": &one.Claim, "refund": &one.Payout} {
			cents, err := money.Parse(strings.TrimSpace(row.Text(column)))
			if err != nil {
				return nil, err
			}
			*amount = cents
		}
		list = append(list, one)
	}
	return list, nil
}
