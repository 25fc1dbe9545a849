package tell

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// Summary is the result of a run.
type Summary struct {
	Published bool                    `json:"published"`
	Draft     bool                    `json:"draft"`
	Refused   bool                    `json:"refused"` // more rejects than allowed
	Batch     string                  `json:"batch,omitempty"`
	Folder    string                  `json:"folder,omitempty"`
	Counts    map[string]batch.Counts `json:"counts"`
	Recheck   *batch.RecheckCounts    `json:"recheck,omitempty"`
	Waiting   *batch.Counts           `json:"waiting,omitempty"` // of the revenue that earlier batches rejected
	Rejected  int64                   `json:"rejected"`
	Rejects   map[string]int64        `json:"rejects"`                 // by code
	Told      []run.RejectedRow       `json:"rejected_rows,omitempty"` // some of them, where nothing was published
	Nothing   string                  `json:"nothing,omitempty"`
	Aside     []run.Aside             `json:"aside,omitempty"`   // files of the inbox that can't be read
	Moved     []string                `json:"moved,omitempty"`   // files of the inbox that are settled, and were moved
	Left      []string                `json:"left,omitempty"`    // files that no pattern of the inputs takes
	Doubled   map[string]int64        `json:"doubled,omitempty"` // rows with a text that seems to have been encoded twice, by file
	Manifest  *batch.Manifest         `json:"manifest,omitempty"`

	out string // directory of the batches
}

func NewSummary(r *run.Result, out string) *Summary {
	s := &Summary{
		Published: r.Published, Draft: r.Draft, Counts: r.Counts, Recheck: r.Recheck, Waiting: r.Waiting,
		Rejected: r.Rejected, Rejects: r.Rejects, Told: r.Told, Nothing: r.Nothing, Aside: r.Aside, Moved: r.Moved, Left: r.Left,
		Doubled: r.Doubled, out: out,
	}
	if r.Published {
		s.Batch, s.Folder, s.Manifest = r.Manifest.Batch, storage.Join(out, r.Folder), r.Manifest
	}
	return s
}

// Refusal is the summary of a run that was refused: more rejects than allowed.
func Refusal(r *run.Result, out string) *Summary {
	s := NewSummary(r, out)
	s.Refused = true
	return s
}

// Text is the summary as people read it.
func (s *Summary) Text() string {
	text := s.outcome()
	for _, file := range slices.Sorted(maps.Keys(s.Doubled)) {
		text += fmt.Sprintf("\nNames or addresses in %s seem to have been encoded twice (é as Ã©), rows: %s. Their letters say so "+
			"too: export the file in UTF-8 once.\n",
			quoted([]string{file}), terminal.Number(s.Doubled[file]))
	}
	if len(s.Aside) > 0 {
		text += "\nSet aside, since it can't be read; it is still there:\n"
		for _, a := range s.Aside {
			text += "  " + quoted([]string{a.Path}) + ": " + quoted([]string{a.Why}) + "\n"
		}
	}
	if len(s.Moved) > 0 {
		text += "\nMoved out of the inbox, since they are settled: " + quoted(s.Moved) + "\n"
	}
	if len(s.Left) > 0 {
		text += "\nNot read, since no pattern of the inputs takes them: " + quoted(s.Left) + "\n"
	}
	return text
}

// quoted lists file names; what can't be printed of one is escaped.
func quoted(files []string) string {
	list := make([]string, len(files))
	for i, file := range files {
		list[i] = jobs.Printable(file)
	}
	return strings.Join(list, ", ")
}

// outcome is the result of the run.
func (s *Summary) outcome() string {
	counts := countsText(s.Counts, s.Waiting)
	if s.Rejected > 0 {
		counts += "\n" + Rejects("rejects", s.Rejects)
	}
	if text := recheckText(s.Recheck); text != "" {
		counts += "\n" + text
	}
	switch {
	case s.Nothing != "":
		text := "Nothing new: " + s.Nothing + ". No batch was published.\n"
		if s.Waiting != nil {
			text += "\n" + counts
		}
		return text
	case s.Published && s.Draft:
		return fmt.Sprintf(terminal.Watch("Draft")+" %s in %s: it counts for nothing until regul release %s --digest %s\n\n%s", s.Batch, s.Folder, s.Batch,
			s.Manifest.Digest, Batch(s.Manifest, s.Folder))
	case s.Published:
		return fmt.Sprintf(terminal.Good("Published")+" batch %s in %s\n\n%s\nSHA-256 of its manifest, for regul verify --expect: %s\n", s.Batch, s.Folder,
			Batch(s.Manifest, s.Folder), s.Manifest.Told())
	case s.Refused:
		return terminal.Bad("Refused:") + " no batch was published.\n\n" + counts + s.toldText()
	case s.Rejected > 0:
		return "Nothing new: no batch was published.\n\n" + counts + "\nAn earlier batch holds all of these rejects.\n"
	}
	return "Nothing new: no batch was published.\n\n" + counts
}

// toldText is some of the rows that were rejected, what is wrong with each, and what to do.
func (s *Summary) toldText() string {
	if len(s.Told) == 0 {
		return ""
	}
	rows := [][]string{{"file", "row", "code", "what is wrong"}}
	remedies, last := "", ""
	for _, r := range s.Told {
		rows = append(rows, []string{jobs.Printable(r.Source), terminal.Number(r.Row), r.Code, r.Message})
		if r.Code != last {
			remedies, last = remedies+fmt.Sprintf("  %s: %s\n", r.Code, r.Remedy), r.Code
		}
	}
	more := ""
	if n := s.Rejected - int64(len(s.Told)); n > 0 {
		more = fmt.Sprintf("%s more; with --max-rejects 100%% in a trial directory all of them are published.\n", terminal.Number(n))
	}
	return "\n" + terminal.Table("lrll", rows) + more + "\nwhat to do\n" + remedies
}

// Batch is a batch as people read it.
func Batch(m *batch.Manifest, folder string) string {
	parts := []string{countsText(m.Counts, m.Waiting), outcomesText(m), totalsText(&m.ControlTotals)}
	if text := recheckText(m.Recheck); text != "" {
		parts = append(parts, text)
	}
	if text := unsettledMoneyText(m); text != "" {
		parts = append(parts, text)
	}
	if len(m.Unusual) > 0 {
		parts = append(parts, unusualText(m.Unusual))
	}
	if text := paymentFilesText(m); text != "" {
		parts = append(parts, text)
	}
	if m.Parameters.Specimen {
		parts = append(parts, "The notices and payment files are those of a specimen fund and must not be sent: no fund is configured.\n")
	}
	if len(m.Rejects) > 0 {
		parts = append(parts, Rejects("rejects", m.Rejects)+
			fmt.Sprintf("\nEach rejected row, with what is wrong with it: %s\n",
				storage.Join(folder, run.SubjectOf(m).RejectsFile())))
	}
	if m.HasReport() {
		parts = append(parts, fmt.Sprintf("What the night did, in pictures and tables: %s\n", storage.Join(folder, batch.ReportName)))
	}
	return strings.Join(parts, "\n")
}

// countsText is the rows of each input by their fate, and those that waited in the ledger, if any.
func countsText(counts map[string]batch.Counts, waiting *batch.Counts) string {
	rows := [][]string{{"rows", "read", "settled", "superseded", "already settled", "repeated", "rejected"}}
	for _, input := range jobs.InputNames() {
		c, known := counts[input]
		if !known || c.Read == 0 && jobs.Optional(input) {
			continue
		}
		rows = append(rows, countsRow(input, &c))
	}
	if waiting != nil {
		rows = append(rows, countsRow("waiting", waiting))
	}
	return terminal.Table("lrrrrrr", rows)
}

func countsRow(name string, c *batch.Counts) []string {
	return []string{name, terminal.Number(c.Read), terminal.Number(c.Settled), terminal.Number(c.Superseded),
		terminal.Number(c.AlreadySettled), terminal.Number(c.Repeated), terminal.Number(c.Rejected)}
}

func outcomesText(m *batch.Manifest) string {
	rows := [][]string{{"regularisations", terminal.Number(m.ControlTotals.Regularisations)}}
	for _, outcome := range jobs.Outcomes() {
		if n := m.Outcomes[outcome]; n > 0 {
			rows = append(rows, []string{"  " + outcome, terminal.Number(n)})
		}
	}
	for _, line := range []struct {
		name string
		n    int64
	}{{"late statements", m.ControlTotals.LateStatements}, {"notices", m.ControlTotals.Notices}, {"copies", m.ControlTotals.Copies},
		{"not postable", m.LettersNotPostable()},
		{"rechecked", m.ControlTotals.Rechecked}, {"provisional differs", m.ControlTotals.LegalDifferences},
		{"to confirm", m.ControlTotals.ToConfirm}} {
		if line.n > 0 {
			rows = append(rows, []string{line.name, terminal.Number(line.n)})
		}
	}
	return terminal.Table("lr", rows)
}

func totalsText(t *batch.ControlTotals) string {
	rows := [][]string{{"amounts", "EUR"}}
	for total, sum := range t.All() {
		if total.Summary {
			rows = append(rows, []string{strings.ReplaceAll(total.Name, "_", " "), terminal.Amount(jobs.Cents(sum))})
		}
	}
	return terminal.Table("lr", rows)
}

// unsettledMoneyText counts and sums the money that somebody must look at; "" if there is none.
func unsettledMoneyText(m *batch.Manifest) string {
	t := &m.ControlTotals
	rows := [][]string{{terminal.Watch("money to look at") + " (regul outstanding)", "number", "EUR"}}
	for _, line := range []struct {
		name  string
		years int64
		cents jobs.Cents
	}{
		{"on a year without account", t.NowherePayments, t.Nowhere}, {"dated after the batch", t.LaterPayments, t.Later},
		{"unclear: a refund booked with the wrong sign, one that came back, or a transfer of somebody else", t.UnclearPayments, t.Unclear},
		{"collections of earlier batches made void: payments/cancellations.csv", t.VoidCollections, t.Void},
	} {
		if line.years > 0 {
			rows = append(rows, []string{line.name, terminal.Number(line.years), terminal.Amount(line.cents)})
		}
	}
	for _, status := range []string{"rejected", "returned", batch.UnknownConfirmations} {
		if n := m.Confirmed[status]; n > 0 {
			rows = append(rows, []string{confirmedHelp[status], terminal.Number(n), ""})
		}
	}
	for _, h := range m.Held {
		rows = append(rows, []string{terminal.Watch("held:") + " " + h.Reason, terminal.Number(h.Count), terminal.Amount(h.Amount)})
	}
	for _, h := range m.Freed {
		rows = append(rows, []string{"sent, which an earlier batch held: " + h.Reason, terminal.Number(h.Count), terminal.Amount(h.Amount)})
	}
	if len(rows) == 1 {
		return ""
	}
	return terminal.Table("lrr", rows)
}

// confirmedHelp says what the bank said that somebody must look at.
var confirmedHelp = map[string]string{
	"rejected": "the bank says: rejected", "returned": "the bank says: returned",
	batch.UnknownConfirmations: "the bank tells of transactions that no batch ordered which counts",
}

// Rejects lists the codes in the order in which they apply.
func Rejects(title string, counts map[string]int64) string {
	rows := [][]string{{title, "rows"}}
	for _, code := range jobs.CodeNames() {
		if n := counts[code]; n > 0 {
			rows = append(rows, []string{code, terminal.Number(n)})
		}
	}
	return terminal.Table("lr", rows)
}
