package pipeline

import "regul/pipeline/rows"

// The tables of rows that wait for their shard: what brings their rows together, and how one is read back.
var (
	affiliateRows = &rows.Table[Affiliate]{Weighs: true,
		Number: func(r *Affiliate) int64 { return int64(r.NISS) }, Decode: (*Affiliate).decode}
	accountRows = &rows.Table[AccountQuarter]{Weighs: true,
		Number: func(r *AccountQuarter) int64 { return int64(r.NISS) }, Decode: (*AccountQuarter).decode}
	paymentRows = &rows.Table[Payment]{Weighs: true,
		Number: func(r *Payment) int64 { return int64(r.NISS) }, Decode: (*Payment).decode}
	componentRows = &rows.Table[Component]{Weighs: true,
		Number: func(r *Component) int64 { return int64(r.NISS) }, Decode: (*Component).decode}
	flawRows = &rows.Table[Flaw]{
		Number: func(r *Flaw) int64 { return int64(r.NISS) }, Decode: (*Flaw).decode}
	interruptionRows = &rows.Table[Interruption]{
		Number: func(r *Interruption) int64 { return int64(r.NISS) }, Decode: (*Interruption).decode}
	evidenceRows = &rows.Table[Evidence]{Weighs: true,
		Number: func(r *Evidence) int64 { return int64(r.NISS) }, Decode: (*Evidence).decode}
	priorYearRows = &rows.Table[PriorYear]{
		Number: func(r *PriorYear) int64 { return int64(r.NISS) }, Decode: (*PriorYear).decode}
	priorQuarterRows = &rows.Table[PriorQuarter]{
		Number: func(r *PriorQuarter) int64 { return int64(r.NISS) }, Decode: (*PriorQuarter).decode}
	withdrawnNoticeRows = &rows.Table[WithdrawnNotice]{
		Number: func(r *WithdrawnNotice) int64 { return int64(r.NISS) }, Decode: (*WithdrawnNotice).Decode}
	waitingComponentRows = &rows.Table[Component]{
		Number: func(r *Component) int64 { return int64(r.NISS) }, Decode: (*Component).decode}
	conflictRows = &rows.Table[Conflict]{
		Number: func(r *Conflict) int64 { return int64(r.NISS) }, Decode: (*Conflict).Decode}
	priorOffsetRows = &rows.Table[PriorOffset]{
		Number: func(r *PriorOffset) int64 { return int64(r.NISS) }, Decode: (*PriorOffset).decode}
	priorTransferRows = &rows.Table[PriorTransfer]{
		Number: func(r *PriorTransfer) int64 { return int64(r.NISS) }, Decode: (*PriorTransfer).Decode}
	priorEntryRows = &rows.Table[PriorEntry]{
		Number: func(r *PriorEntry) int64 { return int64(r.NISS) }, Decode: (*PriorEntry).Decode}

	confirmationRows = &rows.Table[ConfirmedTransfer]{
		Number: func(r *ConfirmedTransfer) int64 { return int64(r.NISS) }, Decode: (*ConfirmedTransfer).Decode}
	glimpseRows = &rows.Table[PriorYear]{
		Number: func(r *PriorYear) int64 { return int64(r.NISS) }, Decode: decodeGlimpse}

	// caseLists are the tables in the order in which rows wait, each with where a case keeps its rows.
	caseLists = []caseList{
		listOf(affiliateRows, func(c *Case) *[]Affiliate { return &c.Affiliates }),
		listOf(accountRows, func(c *Case) *[]AccountQuarter { return &c.Account }),
		listOf(paymentRows, func(c *Case) *[]Payment { return &c.Payments }),
		listOf(componentRows, func(c *Case) *[]Component { return &c.Components }),
		listOf(flawRows, func(c *Case) *[]Flaw { return &c.Flaws }),
		listOf(interruptionRows, func(c *Case) *[]Interruption { return &c.Interruptions }),
		listOf(evidenceRows, func(c *Case) *[]Evidence { return &c.Evidence }),
		listOf(priorYearRows, func(c *Case) *[]PriorYear { return &c.PriorYears }),
		listOf(priorQuarterRows, func(c *Case) *[]PriorQuarter { return &c.PriorQuarters }),
		listOf(withdrawnNoticeRows, func(c *Case) *[]WithdrawnNotice { return &c.Withdrawn }),
		listOf(waitingComponentRows, func(c *Case) *[]Component { return &c.Waiting }),
		listOf(conflictRows, func(c *Case) *[]Conflict { return &c.Conflicts }),
		listOf(priorOffsetRows, func(c *Case) *[]PriorOffset { return &c.Offsets }),
		listOf(priorTransferRows, func(c *Case) *[]PriorTransfer { return &c.Transfers }),
		listOf(priorEntryRows, func(c *Case) *[]PriorEntry { return &c.Entries }),
		listOf(confirmationRows, func(c *Case) *[]ConfirmedTransfer { return &c.Confirmations }),
		listOf(glimpseRows, func(c *Case) *[]PriorYear { return &c.Glimpses }),
	}

	waiting = func() *rows.Tables {
		var tables []rows.AnyTable
		for i := range caseLists {
			tables = append(tables, caseLists[i].table)
		}
		return rows.NewTables(maxNISS, tables...)
	}()
)

// caseList is a table of rows that wait, and the list of a case that has those of one national number.
type caseList struct {
	table rows.AnyTable
	take  func(c *Case, s *rows.Shard, rank int)
	copy  func(to, from *Case)
}

func listOf[Row any](table *rows.Table[Row], of func(*Case) *[]Row) caseList {
	return caseList{table,
		func(c *Case, s *rows.Shard, rank int) { *of(c) = table.Of(s, rank) },
		func(to, from *Case) { list := of(to); *list = append((*list)[:0], *of(from)...) }}
}

// ShardRows is how many rows of the inputs a shard holds, about: 30 000 affiliates of one year.
const ShardRows = 300_000

// NewPlan cuts the scattered rows of a subject into shards of about so many rows.
func NewPlan(of *Subject, scatters []*Scatter, shardRows int) *rows.Plan {
	all := make([]*rows.Scatter, len(scatters))
	for i, s := range scatters {
		all[i] = &s.Scatter
	}
	return rows.NewPlan(of.Tables, all, shardRows)
}

// Case is everything a shard holds of one national number. The slices belong to the shard.
type Case struct {
	NISS          NISS
	Affiliates    []Affiliate // usually one
	Account       []AccountQuarter
	Payments      []Payment
	Components    []Component
	Flaws         []Flaw
	Interruptions []Interruption
	Evidence      []Evidence
	PriorYears    []PriorYear
	PriorQuarters []PriorQuarter
	Withdrawn     []WithdrawnNotice
	Waiting       []Component // revenue that earlier batches rejected and that may be settled by now
	Conflicts     []Conflict
	Offsets       []PriorOffset
	Transfers     []PriorTransfer
	Entries       []PriorEntry
	Confirmations []ConfirmedTransfer
	Glimpses      []PriorYear // of a look: see Glimpse
}

// eachCase calls visit with every national number of a shard, ascending.
func eachCase(s *rows.Shard, visit func(*Case)) {
	var c Case
	for rank, niss := range s.Group() {
		c = caseAt(s, rank)
		c.NISS = NISS(niss)
		visit(&c)
	}
}

// Everything loads a shard and gives all its rows, in the order in which they were taken.
func Everything(plan *rows.Plan, number int) (Case, error) {
	s := rows.NewShard(waiting)
	err := plan.Load(number, s)
	return caseAt(s, rows.Ungrouped), err
}

// caseAt is the rows of one rank.
func caseAt(s *rows.Shard, rank int) (c Case) {
	for i := range caseLists {
		caseLists[i].take(&c, s, rank)
	}
	return c
}

// copyFrom makes the case one of the same rows, in other memory.
func (c *Case) copyFrom(o *Case) {
	c.NISS = o.NISS
	for i := range caseLists {
		caseLists[i].copy(c, o)
	}
}
