package pipeline

import (
	"slices"

	"regul/pipeline/money"
)

// Offsets that the fund booked: they are the ledger's alone, and their bookings are no movement.

// recogniseOffsets finds the bookings of offsets.
func (v *movements) recogniseOffsets() {
	for rest := v.offsets; len(rest) > 0; {
		first := rest[0]
		group := run(rest, func(o *PriorOffset) bool { return o.On == first.On && o.From == first.From })
		rest = rest[len(group):]
		if v.recogniseTogether(group) {
			continue
		}
		for i := range group {
			v.recognisePair(group[i:i+1], group[i].Amount)
		}
	}
}

// recogniseTogether finds offsets of one year that were booked as one: by themselves, or with the refund that was ordered with them.
func (v *movements) recogniseTogether(group []PriorOffset) bool {
	var sum money.Cents
	for i := range group {
		sum += group[i].Amount
	}
	if len(group) > 1 && v.recognisePair(group, sum) {
		return true
	}
	for i := range v.orders {
		o := &v.orders[i]
		if o.year != group[0].From || o.on != group[0].On || o.booked > 0 || o.refund == 0 {
			continue
		}
		for _, booked := range []money.Cents{o.refund, o.transfer()} {
			if v.recognisePair(group, sum+booked) {
				o.booked, o.bookedOn = booked, v.payments[v.rows[0]].PaidOn
				return true
			}
		}
	}
	return false
}

// recognisePair finds the rows of one day, from that of the offsets on, that take an amount out of the year that gives, and bring each
// offset into the year that receives.
func (v *movements) recognisePair(group []PriorOffset, gives money.Cents) bool {
	for i := range v.payments {
		p := &v.payments[i]
		if p.Year != group[0].From || p.PaidOn < group[0].On || v.left[i] != -gives || !p.isOrdinary() {
			continue
		}
		v.rows = append(v.rows[:0], i)
		for j := range group {
			v.receives(&group[j], p.PaidOn)
		}
		if len(v.rows) == len(group)+1 {
			for _, row := range v.rows {
				v.left[row] = 0
			}
			return true
		}
	}
	return false
}

func (v *movements) receives(o *PriorOffset, on Date) {
	for i := range v.payments {
		p := &v.payments[i]
		if p.Year == o.To && p.PaidOn == on && v.left[i] == o.Amount && p.isOrdinary() && !slices.Contains(v.rows, i) {
			v.rows = append(v.rows, i)
			return
		}
	}
}
