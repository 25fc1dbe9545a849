package verify

import (
	"cmp"
	"slices"
	"strconv"

	"regul/pipeline"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// offsetYear is what a year of an affiliate gives to other years and takes from them. It is small: a shard has as many as affiliates.
// Cents.
type offsetYear struct {
	niss                           uint64
	file                           string
	row                            int32
	year, version                  int16
	settled, interrupted           bool
	refund, toPay, arrears, given  money.Cents
	received, called, paid, inBook money.Cents // inBook: received from other years in all, by the entries
}

// noteOffsets keeps what a case gives and takes. A year without either is left out.
func (w *partWalk) noteOffsets(y *verifiedCase) {
	var o offsetYear
	for i := range y.entries {
		if e := &y.entries[i]; e.role == pipeline.OffsetRole.String() && e.fromYear != y.year {
			o.inBook += e.debit - e.credit
		}
	}
	var place rowPlace
	if len(y.settled) > 0 {
		r := &y.settled[0]
		place = r.rowPlace
		o.version, o.settled, o.interrupted = int16(r.version), true, r.interrupted
		o.refund, o.toPay, o.arrears, o.given, o.received = r.refundGross, r.toPay, r.arrears, r.offset, r.received
		o.called, o.paid = r.called, r.paid
	} else if len(y.entries) > 0 {
		place = y.entries[0].rowPlace
	}
	niss, err := strconv.ParseUint(place.niss, 10, 64)
	if none := o.refund|o.toPay|o.arrears|o.given|o.received|o.inBook == 0; none || err != nil { // which the check of numbers tells
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
		arrears, known := y.offsetArrears(v)
		if !known {
			return
		}
		again[i] = reference.SettledYear{Year: int(int(y.year)), Settled: y.settled, Refund: eur(y.refund), ToPay: eur(y.toPay), Arrears: eur(arrears)}
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

// offsetArrears are the arrears of a year that take a refund: without what is barred. That rests on what was called provisionally, which
// a later version does not say.
func (y *offsetYear) offsetArrears(v *verifier) (arrears money.Cents, known bool) {
	on := calendar(v.asOf)
	switch {
	case !y.settled:
		return y.inBook, true
	case y.arrears == 0 || y.interrupted || on.Before(reference.ProvisionalBarredFrom(int(y.year))):
		return y.arrears, true
	case y.version > 1 && on.Before(reference.TimeBarredFrom(int(y.year))):
		return 0, false
	}
	barred := reference.BarredArrears(int(y.year), eur(y.arrears), eur(y.called), eur(y.called), eur(y.paid), false, on)
	return y.arrears - cents(barred), true
}
