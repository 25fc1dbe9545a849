package tally

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// Sums are a number of regularisations and their amounts, in cents of EUR with the fee.
type Sums struct {
	Rows       int64
	Definitive money.Cents // D
	Called     money.Cents // C
	ToPay      money.Cents // before offsets
	Cancelled  money.Cents
	Refund     money.Cents // after offsets
	Offsets    money.Cents // of the gross refunds, kept for debts of other years
	Surcharge  money.Cents // art. 11bis, may be negative
	Arrears    money.Cents
	Claim      money.Cents // what the notices ask
	Payout     money.Cents // what the fund transfers
}

// count takes a regularisation in; its claim and payout were worked out already.
func (s *Sums) count(r *pipeline.Regularisation, claim, payout money.Cents) {
	s.Rows++
	s.Definitive += r.Definitive
	s.Called += r.Called
	s.ToPay += r.ToPay
	s.Cancelled += r.Cancelled
	s.Refund += r.Refund
	s.Offsets += r.Offset
	s.Surcharge += r.Surcharge
	s.Arrears += r.Arrears
	s.Claim += claim
	s.Payout += payout
}

// Add adds the sums of other regularisations.
func (s *Sums) Add(other *Sums) {
	s.Rows += other.Rows
	s.Definitive += other.Definitive
	s.Called += other.Called
	s.ToPay += other.ToPay
	s.Cancelled += other.Cancelled
	s.Refund += other.Refund
	s.Offsets += other.Offsets
	s.Surcharge += other.Surcharge
	s.Arrears += other.Arrears
	s.Claim += other.Claim
	s.Payout += other.Payout
}
