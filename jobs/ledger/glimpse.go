package ledger

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// glimpseTable is a few columns of the settled years: what a look needs, see pipeline.Glimpse.
var glimpseTable = &tableOf[pipeline.Glimpse]{settledName(batch.RunJob), partsOf(tables.RegularisationsTable), always(glimpseFields),
	func(at int, _ *batch.Manifest) func(*pipeline.Scatter, *pipeline.Glimpse) {
		return func(s *pipeline.Scatter, g *pipeline.Glimpse) {
			g.Batch = int32(at)
			s.Glimpse(g)
		}
	}}

var glimpseFields = batch.Fields[pipeline.Glimpse]{
	batch.NISSField(func(g *pipeline.Glimpse) *pipeline.NISS { return &g.NISS }),
	batch.WholeField("contribution_year", func(g *pipeline.Glimpse) *int16 { return &g.Year }),
	batch.WholeField("version", func(g *pipeline.Glimpse) *int32 { return &g.Version }),
	batch.DayField("communicated_on", func(g *pipeline.Glimpse) *pipeline.Date { return &g.On }),
	batch.BorrowedField("communication", func(g *pipeline.Glimpse) *[]byte { return &g.Communication }),
	batch.BorrowedField("components", func(g *pipeline.Glimpse) *[]byte { return &g.Components }).AddedLater(),
	batch.AmountField("net_income", func(g *pipeline.Glimpse) *money.Cents { return &g.Income }),
	batch.CodeField("dossier", func(g *pipeline.Glimpse, text []byte) bool { g.Dossier, _ = pipeline.ParseDossier(text); return true }),
}

// Glimpses are the reads that bring a few columns of the settled years into scatters.
func (l *History) Glimpses() []pipeline.Source { return glimpseTable.sources(l) }

// Waiting are the reads that bring the revenue that waits into scatters.
func (l *History) Waiting() []pipeline.Source { return l.waitingSources() }

// Settled are the reads that bring what the batches settled and ordered into scatters: Sources without what waits and what was withdrawn.
func (l *History) Settled(p *pipeline.Parameters) []pipeline.Source {
	return l.sourcesOf(peopleTables(p))
}

// Look says whether a night may look before it reads the ledger: no affiliate of a withdrawn batch is still to be told. held are the
// national numbers of those of whom a refund is held: a look must know everything of them.
func (l *History) Look() (may bool, held map[pipeline.NISS]bool, err error) {
	if len(l.Batches) == 0 || len(l.open) > 0 {
		return false, nil, nil
	}
	held, err = l.heldRefunds()
	return err == nil, held, err
}
