package run

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/current"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/index"
)

// Metrics is what a run tells Prometheus of itself. It holds counts, sums and names of batches, nothing of a person.
type Metrics struct {
	Began, Ended time.Time
	Status       int // exit status
	Succeeded    bool
	Stages       []StageTime
	Result       *Result // nil: the run did not get so far
}

// StageTime is how long a stage of a run took.
type StageTime struct {
	Stage string
	Took  time.Duration
}

// families are the metrics, in the order of the file. Those of the last success and of the last batch stay when a run has
// none to tell: a failure never overwrites them.
var families = []family{
	{name: "regul_last_run_start_timestamp_seconds", help: "When the last run began."},
	{name: "regul_last_run_end_timestamp_seconds", help: "When the last run ended."},
	{name: "regul_last_run_exit_status", help: "Exit status of the last run: 0 and 3 are successes."},
	{name: "regul_last_run_stage_seconds", help: "How long each stage of the last run took."},
	{name: "regul_last_run_rows", help: "Rows that the last run read, by input and what became of them."},
	{name: "regul_last_run_rejects", help: "Rows that the last run rejected, by code."},
	{name: "regul_last_success_timestamp_seconds",
		help: "When the last run ended that succeeded: it published a batch, or found nothing new.", stays: true},
	{name: batchInfo, help: "The last batch that was published.", stays: true},
	{name: "regul_last_batch_timestamp_seconds", help: "When the run ended that published the last batch.", stays: true},
	{name: "regul_last_batch_regularisations", help: "Regularisations of the last batch, by outcome.", stays: true},
	{name: "regul_last_batch_letters_not_postable", help: "Letters of the last batch that can't be posted, by reason.", stays: true},
	{name: "regul_last_batch_rows", help: "Rows of the last batch, by input and what became of them.", stays: true},
	{name: "regul_last_batch_rejects", help: "Rejects of the last batch, by code.", stays: true},
	{name: "regul_last_batch_amount_euros", help: "Control totals of the last batch.", stays: true},
	{name: "regul_last_batch_oldest_days", help: "Age of the oldest money of the last batch that is unseen or open; 0 without any.",
		stays: true},
	{name: "regul_open_rejects", help: "Rejects over all batches that no later batch has closed, by code.", stays: true},
	{name: "regul_open_rejects_oldest_days", help: "Age of the oldest of them; 0 without any.", stays: true},
}

const batchInfo = "regul_last_batch_info"

// family is the samples of one metric.
type family struct {
	name, help string
	stays      bool
}

// samples are the lines of each metric, by its name.
type samples map[string][]string

// add adds a sample. labels are names and values in turn.
func (s samples) add(name, value string, labels ...string) {
	line := name
	for i := 0; i < len(labels); i += 2 {
		separator := ","
		if i == 0 {
			separator = "{"
		}
		line += separator + labels[i] + `="` + escapeLabel.Replace(labels[i+1]) + `"`
	}
	if len(labels) > 0 {
		line += "}"
	}
	s[name] = append(s[name], line+" "+value)
}

// samples are what the run tells.
func (m *Metrics) samples() samples {
	s := samples{}
	s.add("regul_last_run_start_timestamp_seconds", timestamp(m.Began))
	s.add("regul_last_run_end_timestamp_seconds", timestamp(m.Ended))
	s.add("regul_last_run_exit_status", strconv.Itoa(m.Status))
	for _, stage := range m.Stages {
		s.add("regul_last_run_stage_seconds", strconv.FormatFloat(stage.Took.Seconds(), 'f', 3, 64), "stage", stage.Stage)
	}
	if m.Result != nil {
		s.rows("regul_last_run_rows", m.Result.Counts)
		s.rejects("regul_last_run_rejects", m.Result.Rejects, m.Result.of())
	}
	if m.Succeeded {
		s.add("regul_last_success_timestamp_seconds", timestamp(m.Ended))
	}
	if r := m.Result; m.Succeeded && r != nil && r.Published && !r.Draft {
		s.add("regul_last_batch_timestamp_seconds", timestamp(m.Ended))
		s.batch(r.Manifest)
		s.ages(r.oldest)
	}
	if r := m.Result; m.Succeeded && r != nil && r.open != nil {
		s.open(r.open, r.asOf, r.of())
	}
	return s
}

// ages tells since how many days money is unseen or open.
func (s samples) ages(oldest map[string]int64) {
	for _, of := range slices.Sorted(maps.Keys(oldest)) {
		s.add("regul_last_batch_oldest_days", strconv.FormatInt(oldest[of], 10), "of", of)
	}
}

// open tells the rejects that are open on a day.
func (s samples) open(open *current.Open, asOf pipeline.Date, of *Subject) {
	s.rejects("regul_open_rejects", open.Rows, of)
	s.add("regul_open_rejects_oldest_days", strconv.FormatInt(daysSince(open.Since, asOf), 10))
}

// Batch tells what a published batch holds.
func (s samples) batch(m *batch.Manifest) {
	s.add(batchInfo, "1", "batch", m.Batch, "as_of", m.AsOf, "law", m.LawVersion[:min(8, len(m.LawVersion))], "manifest", m.Told())
	for _, outcome := range jobs.Outcomes() {
		if outcome == none {
			continue
		}
		s.add("regul_last_batch_regularisations", strconv.FormatInt(m.Outcomes[outcome], 10), "outcome", outcome)
	}
	s.rows("regul_last_batch_rows", m.Counts)
	s.rejects("regul_last_batch_rejects", m.Rejects, SubjectOf(m))
	for _, reason := range index.Reasons()[1:] {
		s.add("regul_last_batch_letters_not_postable", strconv.FormatInt(m.NotPostable[reason], 10), "reason", reason)
	}
	for total, sum := range m.ControlTotals.All() {
		if total.Metrics {
			s.add("regul_last_batch_amount_euros", money.Cents(sum).String(), "total", total.Name)
		}
	}
}

// Rows tells what became of the rows of each input.
func (s samples) rows(name string, counts map[string]batch.Counts) {
	for _, input := range jobs.InputNames() {
		c, known := counts[input]
		if !known {
			continue
		}
		for _, fate := range []struct {
			name string
			rows int64
		}{
			{"settled", c.Settled}, {"superseded", c.Superseded}, {"already_settled", c.AlreadySettled}, {"repeated", c.Repeated},
			{"rejected", c.Rejected},
		} {
			s.add(name, strconv.FormatInt(fate.rows, 10), "input", input, "fate", fate.name)
		}
	}
}

// Rejects tells the number of every code of the subject, also of those that did not occur: an alert can then wait for it to rise.
func (s samples) rejects(name string, counts map[string]int64, of *Subject) {
	for _, code := range of.CodeNames() {
		s.add(name, strconv.FormatInt(counts[code], 10), "code", code)
	}
}

// none is what closed lists have at their head.
const none = ""

// timestamp is a time in seconds since 1970, to the millisecond.
func timestamp(t time.Time) string {
	return strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', 3, 64)
}
