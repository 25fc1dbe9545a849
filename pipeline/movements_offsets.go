package pipeline

import (
	"slices"

	"regul/pipeline/money"
)

// Offsets that the fund booked: they are the ledger's alone, and their bookings are no movement.

// recogniseOffsets finds the bookings of offsets: of all their years on one day, and then those of which the books have them on several days.
func (v *movements) recogniseOffsets() {
	v.unbooked = v.bookedOffsets(v.offsets, v.unbooked[:0], false)
	v.bookedOffsets(v.unbooked, nil, true)
}

// bookedOffsets finds the bookings of offsets by day, and appends to others those that have none.
func (v *movements) bookedOffsets(offsets, others []PriorOffset, anyDay bool) []PriorOffset {
	for len(offsets) > 0 {
		first := offsets[0]
		group := run(offsets, func(o *PriorOffset) bool { return o.On == first.On && o.From == first.From })
		offsets = offsets[len(group):]
		if v.recogniseTogether(group, anyDay) {
			continue
		}
		for i := range group {
			if one := group[i : i+1]; !v.recognisePair(one, one[0].Amount, anyDay) {
				others = append(others, one[0])
			}
		}
	}
	return others
}

// recogniseTogether finds offsets of one year that were booked as one: by themselves, or with the refund that was ordered with them.
func (v *movements) recogniseTogether(group []PriorOffset, anyDay bool) bool {
	var sum money.Cents
	for i := range group {
		sum += group[i].Amount
	}
	if len(group) > 1 && v.recognisePair(group, sum, anyDay) {
		return true
	}
	for i := range v.orders {
		o := &v.orders[i]
		if o.year != group[0].From || o.on != group[0].On || o.booked > 0 || o.refund == 0 {
			continue
		}
		for _, booked := range []money.Cents{o.refund, o.transfer()} {
			if v.recognisePair(group, sum+booked, anyDay) {
				o.booked, o.bookedOn = booked, v.payments[v.rows[0]].PaidOn
				return true
			}
		}
	}
	return false
}

// recognisePair finds the rows, from the day of the offsets on, that take an amount out of the year that gives, and bring each offset into
// the year that receives: all on the day of the first, or each on any, where the first can't be a refund as well.
func (v *movements) recognisePair(group []PriorOffset, gives money.Cents, anyDay bool) bool {
	if anyDay && slices.ContainsFunc(v.orders, func(o order) bool { return o.year == group[0].From && o.isWhole(gives) }) {
		return false
	}
	for i := range v.payments {
		p := &v.payments[i]
		if p.Year != group[0].From || p.PaidOn < group[0].On || v.left[i] != -gives || !p.isOrdinary() {
			continue
		}
		v.rows = append(v.rows[:0], i)
		for j := range group {
			v.receives(&group[j], p.PaidOn, anyDay)
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

func (v *movements) receives(o *PriorOffset, on Date, anyDay bool) {
	for i := range v.payments {
		p := &v.payments[i]
		if p.Year == o.To && (p.PaidOn == on || anyDay && p.PaidOn >= o.On) && v.left[i] == o.Amount && p.isOrdinary() &&
			!slices.Contains(v.rows, i) {
			v.rows = append(v.rows, i)
			return
		}
	}
}
