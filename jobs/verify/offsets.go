package verify

import (
	"cmp"
	"slices"
	"strconv"

	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// offsetYear is what a year of an affiliate gives to other years and takes from them. It is small: a shard has as many as affiliates.
// Cents.
type offsetYear struct {
	niss                          uint64
	file                          string
	row                           int32
	year, version                 int16
	settled, interrupted          bool
	refund, toPay, arrears, given money.Cents
	received                      money.Cents
}

// noteOffsets keeps what a case gives and takes. A year without either is left out.
func (w *partWalk) noteOffsets(y *verifiedCase) {
	var o offsetYear
	var place rowPlace
	if len(y.settled) > 0 {
		r := &y.settled[0]
		place = r.rowPlace
		o.version, o.settled, o.interrupted = int16(r.version), true, r.interrupted
		o.refund, o.toPay, o.arrears, o.given, o.received = r.refundGross, r.toPay, r.arrears-r.barred, r.offset, r.received
	} else if len(y.entries) > 0 {
		place = y.entries[0].rowPlace
		o.arrears = y.received() // of a year that the batch does not settle the entries alone say what it took
	}
	niss, err := strconv.ParseUint(place.niss, 10, 64)
	if none := o.refund|o.toPay|o.arrears|o.given|o.received == 0; none || err != nil { // which the check of numbers tells
		return
	}
	o.niss, o.file, o.row, o.year = niss, place.file, int32(place.row), int16(int(y.year))
	w.offsets = append(w.offsets, o)
}

// holdOffsets makes the offsets of each affiliate a second time: refunds, the earlier year first, pay arrears of other years, the
// oldest first, then what is to pay of this batch. all are the years of a range of national numbers.
func (v *verifier) holdOffsets(all []offsetYear, c *Check) {
	slices.SortStableFunc(all, func(a, b offsetYear) int { return cmp.Or(cmp.Compare(a.niss, b.niss), cmp.Compare(a.year, b.year)) })
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].niss == all[0].niss {
			n++
		}
		v.holdOffset(all[:n], c)
		all = all[n:]
	}
}

// holdOffset makes the offsets of an affiliate a second time. What a year that the batch does not settle owes, only its entries say: what
// it took of refunds.
func (v *verifier) holdOffset(years []offsetYear, c *Check) {
	c.Number++
	again := make([]reference.SettledYear, len(years))
	for i := range years {
		y := &years[i]
		again[i] = reference.SettledYear{Year: int(int(y.year)), Settled: y.settled, Refund: eur(y.refund), ToPay: eur(y.toPay),
			Arrears: eur(y.arrears)}
	}
	reference.Offset(again)
	for i := range years {
		y := &years[i]
		if given := cents(again[i].Given); y.given != given {
			c.fail(y.file, int64(y.row), "offset is %s, made a second time it is %s", y.given, given)
		}
		if received := cents(again[i].Received); y.received != received {
			c.fail(y.file, int64(y.row), "offset_received is %s, made a second time it is %s", y.received, received)
		}
	}
}
