package run

import (
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/writers/notice"
	"regul/writers/parquet"
	"regul/writers/report/tally"
	"regul/writers/tables"
)

// Subject is with whom a night settles: what a run, a rerun and a correction must be told of people, and of companies. There are two
// values, People and Companies; everything else is one machinery.
type Subject struct {
	*batch.About // inputs, codes, stages, where its batches say what
	rejects      *tables.Rejects
	whole        []pipeline.Input            // that come whole every night: a small one is a broken delivery
	adding       []pipeline.Input            // whose rows add up: a file twice counts twice
	filled       []pipeline.Input            // that need not be given, but have a row if they are
	beside       []pipeline.Input            // of them, those that come with the rows of Main: for a part of these, a part of theirs
	fees         bool                        // the fund charges a management fee
	never        map[pipeline.Recheck]string // for which changes no year is settled again, and why
	sizes        []string

	press  func(notice.Settings) (*notice.Press, error)
	tables func(tables.Create, *pipeline.Parameters, tables.Chart, ...parquet.Fact) pipeline.Sink
	prior  func(*ledger.History, *pipeline.Parameters) []pipeline.Source
}

// The subjects.
var (
	People = &Subject{
		About: batch.AboutPeople, rejects: tables.PeopleRejects, fees: true,
		whole:  []pipeline.Input{pipeline.Affiliates, pipeline.Account, pipeline.Payments},
		adding: []pipeline.Input{pipeline.Payments, pipeline.EvidenceInput},
		press:  notice.New,
		tables: func(create tables.Create, p *pipeline.Parameters, chart tables.Chart, facts ...parquet.Fact) pipeline.Sink {
			return tables.NewWriter(create, p.Law, chart, facts...)
		},
		prior: func(h *ledger.History, p *pipeline.Parameters) []pipeline.Source { return h.Sources(p) },
	}
	Companies = &Subject{
		About: batch.AboutCompanies, rejects: tables.CompanyRejects,
		adding: []pipeline.Input{pipeline.CompanyPayments},
		filled: []pipeline.Input{pipeline.CompaniesInput, pipeline.CompanyPayments},
		beside: []pipeline.Input{pipeline.CompanyPayments},
		never: map[pipeline.Recheck]string{
			pipeline.RecheckAccount: "a company's row that says something else is settled again without it: leave the word out, or take " +
				"--recheck=fees for another amount or threshold",
			pipeline.RecheckIdentities: "the number of a company is never replaced: a company that has another one is another company",
		},
		sizes: company.Sizes(),
		press: notice.NewCompanies,
		tables: func(create tables.Create, _ *pipeline.Parameters, chart tables.Chart, facts ...parquet.Fact) pipeline.Sink {
			return tables.NewCompaniesWriter(create, chart, facts...)
		},
		prior: func(h *ledger.History, _ *pipeline.Parameters) []pipeline.Source { return h.CompanySources() },
	}
)

// subjects are all of them.
var subjects = []*Subject{People, Companies}

// SubjectOf is the subject of a batch.
func SubjectOf(m *batch.Manifest) *Subject { return SubjectOfJob(m.Job) }

// SubjectOfJob is the subject of a job; nil: this program does not know the job.
func SubjectOfJob(job batch.Job) *Subject {
	for _, s := range subjects {
		if s.Job == job {
			return s
		}
	}
	return nil
}

// gatherer counts what the report shows.
func (s *Subject) gatherer(p *pipeline.Parameters) *tally.Gatherer {
	if s.sizes != nil {
		return tally.NewGatherer(s.sizes)
	}
	return tally.NewGatherer(p.Law.Codes())
}

// RejectsFile is the path of the rejects in a batch, which is there if there are any.
func (s *Subject) RejectsFile() string { return s.rejects.Part() }
