package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Parameters are what a run computes with, besides its inputs. They are given from outside: no stage
// reads a clock or a file.
type Parameters struct {
	AsOf Date // the notification date of the batch
	Law  *law.Law
	Fees Fees

	Companies *law.CompanyLaw // what companies owe
	// of an isolated self-employed person, a day, by year: what sickness benefits are tested against (RGS art. 35)
	MinimumPension map[int]money.Cents

	Recheck Recheck // changes for which years are settled again, without a new communication

	Ordering map[string]bool // batches that count for everybody whom they settled, by name: see movements.isOthers
}

// Fees are the management fees of the fund by contribution year.
type Fees map[int]money.Rate

// limit bounds an amount of one row, and the sums over a year: 1 000 000 000.00 EUR in cents. Sums of
// four quarters and a multiplication by four stay within DECIMAL(12,2).
const limit money.Cents = 100_000_000_000

// InRange says whether an amount of a row is within +-1 000 000 000.00 EUR.
func InRange(amount money.Cents) bool { return amount >= -limit && amount <= limit }
