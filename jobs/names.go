package jobs

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
)

// Cents is an amount in cents of EUR, as the results of the jobs hold it.
type Cents = money.Cents

// InputNames lists the inputs of all jobs, those of a run of people first: the keys of Settings.Inputs and of every Counts.
func InputNames() []string {
	names := make([]string, pipeline.InputCount)
	for input := range pipeline.InputCount {
		names[input] = input.String()
	}
	return names
}

// Optional says whether a run does without an input.
func Optional(input string) bool {
	at := slices.Index(InputNames(), input)
	return at >= 0 && pipeline.Input(at).Optional()
}

// Languages lists the codes of the languages in which the fund writes.
func Languages() []string { return pipeline.Languages()[1:] }

// Outcomes lists what a regularisation can come to, in the order in which people read them: the keys of Manifest.Outcomes.
func Outcomes() []string { return pipeline.Outcomes() }

// RecheckChanges lists the changes for which a run may settle years again: the words of Settings.Recheck, the usual one first.
func RecheckChanges() []string { return pipeline.RecheckNames() }

// CompanyRecheckChanges are those of companies.
func CompanyRecheckChanges() []string { return pipeline.RecheckFees.Names() }

// CodeNames lists the codes of rejects in the order in which they apply: the keys of Manifest.Rejects.
func CodeNames() []string { return pipeline.CodeNames() }
