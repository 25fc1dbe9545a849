package pipeline

import (
	"context"
	"slices"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// AccountState is what an affiliate's year of the account waits for.
type AccountState uint8

// The states, the first that holds.
const (
	RegularisedYear AccountState = iota // a batch has regularised it
	HeldYear                            // a row of it is rejected: its amounts are not known
	LaterYear                           // it begins after the day
	BarredYear                          // a regularisation is barred (AR 38 art. 16)
	FinalYear                           // it is never regularised: before 2015, or no quarter counts
	ArrivedYear                         // its income is there: the next run settles it
	OpenYear                            // its income has not arrived
	AccountStates
)

// AccountYear is an affiliate's year as the account and the earlier batches know it. Amounts are cents with the fee; those of a held year
// are 0, except Year and State.
type AccountYear struct {
	Year     int
	State    AccountState
	Quarters []AccountQuarter // ascending
	Called   money.Cents      // of all quarters, before any regularisation

	// of a regularised year
	Definitive money.Cents // of the last version
	Paid       money.Cents // up to the first notice
}

// Survey goes through the years of the account, shard by shard on so many workers, and settles nothing. open gives what takes
// the years of a shard, in the order of national numbers; they are valid until it returns. Each shard is opened by one goroutine.
func Survey(ctx context.Context, plan *rows.Plan, parameters Parameters, workers int, open func(shard int) func(*AccountYear)) error {
	return eachShard(ctx, plan, workers, func() *surveyor { return &surveyor{match: matcher{parameters: parameters}} },
		func(s *surveyor, shard *rows.Shard) error {
			visit := open(shard.Number)
			eachCase(shard, func(c *Case) { s.survey(c, visit) })
			return nil
		})
}

// surveyor is the first stage with its memory, used again for each shard.
type surveyor struct {
	match matcher
	years years // of the account's rows
}

func (s *surveyor) survey(c *Case, visit func(*AccountYear)) {
	s.years = s.years[:0]
	for i := range c.Account { // before they are sifted
		s.years.add(c.Account[i].Year)
	}
	slices.Sort(s.years)
	s.match.match(c)
	s.match.rejects = s.match.rejects[:0]
	for _, year := range s.years {
		y := s.match.year(year)
		if y == nil {
			visit(&AccountYear{Year: int(year), State: HeldYear})
			continue
		}
		a := AccountYear{Year: y.Year, State: s.match.stateOf(c, y), Quarters: y.Quarters}
		for i := range y.Quarters {
			a.Called += y.Quarters[i].Called()
		}
		if a.State == RegularisedYear {
			a.Called = y.Versions[0].Called // as it was then
			a.Definitive = y.Prior.Last.Definitive
			a.Paid = paidUpTo(yearOf(c.Payments, y.Year), y.Prior.FirstNotified) // before anything was ordered
		}
		visit(&a)
	}
}

func (m *matcher) stateOf(c *Case, y *MatchedYear) AccountState {
	switch {
	case y.Prior.Version > 0:
		return RegularisedYear
	case y.Year > m.parameters.AsOf.Year():
		return LaterYear
	case Barred(y.Year, m.parameters.AsOf) && !interrupted(c, int16(y.Year)):
		return BarredYear
	case law.StartersOnly(y.Year) && m.baseYear(y) == 0, subjectQuarters(y.Quarters) == 0:
		return FinalYear
	case y.Claim != nil:
		return ArrivedYear
	}
	return OpenYear
}
