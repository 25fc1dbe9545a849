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
		Number: func(r *WithdrawnNotice) int64 { return int64(r.NISS) }, Decode: (*WithdrawnNotice).decode}
	waitingComponentRows = &rows.Table[Component]{
		Number: func(r *Component) int64 { return int64(r.NISS) }, Decode: (*Component).decode}
	conflictRows = &rows.Table[Conflict]{
		Number: func(r *Conflict) int64 { return int64(r.NISS) }, Decode: (*Conflict).decode}
	priorOffsetRows = &rows.Table[PriorOffset]{
		Number: func(r *PriorOffset) int64 { return int64(r.NISS) }, Decode: (*PriorOffset).decode}
	priorTransferRows = &rows.Table[PriorTransfer]{
		Number: func(r *PriorTransfer) int64 { return int64(r.NISS) }, Decode: (*PriorTransfer).decode}
	priorEntryRows = &rows.Table[PriorEntry]{
		Number: func(r *PriorEntry) int64 { return int64(r.NISS) }, Decode: (*PriorEntry).decode}

	confirmationRows = &rows.Table[ConfirmedTransfer]{
		Number: func(r *ConfirmedTransfer) int64 { return int64(r.NISS) }, Decode: (*ConfirmedTransfer).decode}

	waiting = rows.NewTables(maxNISS, affiliateRows, accountRows, paymentRows, componentRows, flawRows, interruptionRows, evidenceRows,
		priorYearRows, priorQuarterRows, withdrawnNoticeRows, waitingComponentRows, conflictRows,
		priorOffsetRows, priorTransferRows, priorEntryRows, confirmationRows)
)

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
func caseAt(s *rows.Shard, rank int) Case {
	return Case{
		Affiliates:    affiliateRows.Of(s, rank),
		Account:       accountRows.Of(s, rank),
		Payments:      paymentRows.Of(s, rank),
		Components:    componentRows.Of(s, rank),
		Flaws:         flawRows.Of(s, rank),
		Interruptions: interruptionRows.Of(s, rank),
		Evidence:      evidenceRows.Of(s, rank),
		PriorYears:    priorYearRows.Of(s, rank),
		PriorQuarters: priorQuarterRows.Of(s, rank),
		Withdrawn:     withdrawnNoticeRows.Of(s, rank),
		Waiting:       waitingComponentRows.Of(s, rank),
		Conflicts:     conflictRows.Of(s, rank),
		Offsets:       priorOffsetRows.Of(s, rank),
		Transfers:     priorTransferRows.Of(s, rank),
		Entries:       priorEntryRows.Of(s, rank),
		Confirmations: confirmationRows.Of(s, rank),
	}
}
