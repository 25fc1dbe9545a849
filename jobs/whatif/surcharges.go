package whatif

import (
	"context"
	"maps"
	"slices"

	"regul/jobs"
	"regul/jobs/run"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// SurchargeState is the running state of the surcharges on a day. Amounts are EUR.
type SurchargeState struct {
	AsOf  string          `json:"as_of"`
	Years []SurchargeYear `json:"years"` // by contribution year
	All   SurchargeYear   `json:"all"`
	Lines []SurchargeLine `json:"lines,omitempty"` // the terms of one affiliate, where one was asked for
}

// SurchargeYear is what accrued on a contribution year.
type SurchargeYear struct {
	Year      int         `json:"year,omitempty"`
	Accounts  int64       `json:"accounts"` // years of affiliates
	Charged   int64       `json:"charged"`  // of them, those with a surcharge for late payment
	Due       money.Cents `json:"due"`      // called and due up to the day
	Paid      money.Cents `json:"paid"`
	Unpaid    money.Cents `json:"unpaid"`    // of what is due
	Quarterly money.Cents `json:"quarterly"` // 3 % at the ends of quarters
	Yearly    money.Cents `json:"yearly"`    // 7 % on 1 January
	Late      money.Cents `json:"late"`      // both
	Reduction money.Cents `json:"reduction"` // surcharges of AR 38 art. 11bis that notices claimed
}

// SurchargeLine is one term of a surcharge for late payment (RGS art. 44, 44bis).
type SurchargeLine struct {
	Year    int         `json:"year"`
	On      string      `json:"on"`
	Percent string      `json:"percent"`
	Paid    money.Cents `json:"paid"`
	Unpaid  money.Cents `json:"unpaid"`
	Amount  money.Cents `json:"amount"`
}

// Surcharges computes the running state of the surcharges on the day of the options, of all accounts or, with a national number, of one
// affiliate, term by term. It needs the register, the account and the payments; nothing is written.
func Surcharges(ctx context.Context, o run.Options, niss string) (*SurchargeState, error) {
	var only pipeline.NISS
	if niss != "" {
		var err error
		if only, err = jobs.ParseNumber(niss); err != nil {
			return nil, err
		}
	}
	var shards []surchargeShard
	err := run.WithPlan(ctx, &o, "surcharges", func(plan *rows.Plan) error {
		shards = make([]surchargeShard, plan.Shards())
		return pipeline.Late(ctx, plan, o.Parameters, o.Workers, func(number int) func(*pipeline.LateYear) {
			o.Progress.Step(1)
			shards[number] = surchargeShard{only: only, years: map[int]*SurchargeYear{}}
			return shards[number].take
		})
	})
	if err != nil {
		return nil, err
	}
	return surchargeState(&o, shards, only)
}

func surchargeState(o *run.Options, shards []surchargeShard, only pipeline.NISS) (*SurchargeState, error) {
	years := map[int]*SurchargeYear{}
	state := &SurchargeState{AsOf: o.Parameters.AsOf.String()}
	for i := range shards {
		for year, y := range shards[i].years {
			addSurchargeYear(years, year, y)
		}
		state.Lines = append(state.Lines, shards[i].lines...)
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		state.Years = append(state.Years, *years[year])
		state.All.add(years[year])
	}
	if only != 0 && state.All.Accounts == 0 {
		return nil, jobs.UsageError("the account has no sound year of this affiliate")
	}
	return state, nil
}

// surchargeShard is the state of the years of a shard.
type surchargeShard struct {
	only  pipeline.NISS // 0: all
	years map[int]*SurchargeYear
	lines []SurchargeLine
}

func (s *surchargeShard) take(y *pipeline.LateYear) {
	if s.only != 0 && y.NISS != s.only {
		return
	}
	one := SurchargeYear{Year: y.Year, Accounts: 1, Due: y.Due, Paid: y.Paid, Unpaid: max(0, y.Due-y.Paid), Reduction: y.Reduction}
	for i := range y.Terms {
		t := &y.Terms[i]
		if one.Late += t.Amount; t.IsYearly() {
			one.Yearly += t.Amount
		} else {
			one.Quarterly += t.Amount
		}
		if s.only != 0 {
			s.lines = append(s.lines, SurchargeLine{y.Year, t.On.String(), t.Rate.Percent(), t.Paid, t.Unpaid, t.Amount})
		}
	}
	if one.Late > 0 {
		one.Charged = 1
	}
	addSurchargeYear(s.years, y.Year, &one)
}

func addSurchargeYear(years map[int]*SurchargeYear, year int, y *SurchargeYear) {
	if years[year] == nil {
		years[year] = &SurchargeYear{Year: year}
	}
	years[year].add(y)
}

func (y *SurchargeYear) add(o *SurchargeYear) {
	y.Accounts += o.Accounts
	y.Charged += o.Charged
	y.Due += o.Due
	y.Paid += o.Paid
	y.Unpaid += o.Unpaid
	y.Quarterly += o.Quarterly
	y.Yearly += o.Yearly
	y.Late += o.Late
	y.Reduction += o.Reduction
}
