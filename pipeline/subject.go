package pipeline

import "regul/pipeline/rows"

// Subject is with whom a run settles: what the machinery must be told of people, and of companies. There are two values: People, and that
// of package company.
type Subject struct {
	Inputs []Input // in the order in which a run lists them
	// its rows are what a run settles: the limit of rejects is a share of them
	Main     Input
	Register Input                                                         // says where somebody lives and has an account
	Codes    []Code                                                        // of rejects, in the order in which they apply
	Tables   *rows.Tables                                                  // of the rows that wait
	Settle   func(p *Parameters, shard *rows.Shard, out Results) Decisions // the stages of one shard: a pure function
	// the balances of one shard, where nothing is settled
	Balances func(p *Parameters, shard *rows.Shard, to Results)

	Version  func(*Parameters) string  // of the law
	Conflict func(*Scatter, *Conflict) // files what somebody shares with others and names one alone
}

// People are the self-employed.
var People = &Subject{
	Inputs: []Input{Affiliates, Account, Payments, Revenue, Interruptions, EvidenceInput, IdentitiesInput, ConfirmationsInput},
	Main:   Revenue, Register: Affiliates,
	Codes: []Code{BadRow, BadValue, BadNISS, IncomeOutOfRange, Duplicate, IdentityConflict, UnknownAffiliateCode, UnknownCategoryCode,
		UnknownStandingCode, CategoryNotInForce, FutureCommunication, NotYetOver, TimeBarred, YearNotSupported, NoAccount, NoSubjectQuarter,
		IncompleteCommunication, IncompleteAccount},
	Tables: waiting,
	Settle: settlePeople, Balances: balancesOfPeople,

	Version:  func(p *Parameters) string { return p.Law.Version() },
	Conflict: (*Scatter).conflict,
}

// InputNames lists the names of the inputs.
func (s *Subject) InputNames() []string { return namesOf(s.Inputs) }

// CodeNames lists the names of the codes.
func (s *Subject) CodeNames() []string { return namesOf(s.Codes) }

func namesOf[T interface{ String() string }](list []T) []string {
	names := make([]string, len(list))
	for i, one := range list {
		names[i] = one.String()
	}
	return names
}
