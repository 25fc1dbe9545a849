package pipeline

import (
	"encoding/binary"
	"fmt"
	"strings"

	"regul/pipeline/rows"
)

// sums are the part of Decisions that has a fixed size.
type sums struct {
	Totals  Totals
	Fates   [InputCount]rows.Fates
	Waiting rows.Fates
	Recheck RecheckTotals
}

// AppendDecisions appends what was decided, with the texts of rejects. It is no frame: what holds it is.
func AppendDecisions(dst []byte, o *Decisions) []byte {
	dst, err := binary.Append(dst, binary.BigEndian, &sums{o.Totals, o.Fates, o.Waiting, o.Recheck})
	if err != nil {
		panic(err) // numbers of a fixed size alone
	}
	return AppendRejects(appendConfirmed(dst, o.Confirmed), o.Rejects)
}

// appendConfirmed appends what the bank said, each with the number to whom it belongs.
func appendConfirmed(dst []byte, list []ConfirmedTransfer) []byte {
	e := rows.Encoder{Bytes: dst}
	e.Unsigned(uint64(len(list)))
	for i := range list {
		e.Unsigned(uint64(list[i].NISS))
		list[i].Encode(&e)
	}
	return e.Bytes
}

// readConfirmed reads what appendConfirmed has written, and gives what is behind it. Its texts are copies.
func readConfirmed(bytes []byte) (list []ConfirmedTransfer, rest []byte, err error) {
	defer func() {
		if damage := recover(); damage != nil {
			err = fmt.Errorf("confirmations can't be read back: %v", damage)
		}
	}()
	d := rows.Decoder{Bytes: bytes}
	for range d.Unsigned() {
		var c ConfirmedTransfer
		c.Decode(&d)
		c.EndToEnd = strings.Clone(c.EndToEnd)
		list = append(list, c)
	}
	return list, d.Bytes, nil
}

// ReadDecisions reads what AppendDecisions has written, of which nothing is behind.
func ReadDecisions(bytes []byte) (o Decisions, err error) {
	var s sums
	n, err := binary.Decode(bytes, binary.BigEndian, &s)
	if err != nil {
		return o, fmt.Errorf("what was decided can't be read: %w", err)
	}
	o = Decisions{Totals: s.Totals, Fates: s.Fates, Waiting: s.Waiting, Recheck: s.Recheck}
	rest := bytes[n:]
	if o.Confirmed, rest, err = readConfirmed(rest); err == nil {
		o.Rejects, err = ReadRejects(rest)
	}
	return o, err
}

// The kinds of rows that a reject holds.
const (
	noRow = iota
	quarterRow
	paymentRow
	componentRow
	interruptionRow
	evidenceRow
	identityRow
	unreadRow
)

// AppendRejects appends rejected rows with what is needed for their texts.
func AppendRejects(dst []byte, rejects []Reject) []byte {
	e := rows.Encoder{Bytes: dst}
	var last rows.Place
	e.Unsigned(uint64(len(rejects)))
	for i := range rejects {
		r := &rejects[i]
		e.Unsigned(uint64(r.Input))
		e.Unsigned(uint64(r.Code))
		e.Signed(int64(r.Year))
		e.Unsigned(uint64(r.NISS))
		e.Place(r.Place, &last)
		e.Text(string(r.Reason))
		encodeRow(&e, r.Row, &last)
	}
	return e.Bytes
}

func encodeRow(e *rows.Encoder, row any, last *rows.Place) {
	put := func(row interface{ encode(*rows.Encoder) }, place rows.Place, kind ...uint64) {
		for _, number := range kind {
			e.Unsigned(number)
		}
		row.encode(e)
		e.Place(place, last)
	}
	switch row := row.(type) {
	case nil:
		e.Unsigned(noRow)
	case AccountQuarter:
		put(&row, row.Place, quarterRow, uint64(row.NISS))
	case Payment:
		put(&row, row.Place, paymentRow, uint64(row.NISS))
	case Component:
		put(&row, row.Place, componentRow, uint64(row.NISS))
	case Interruption:
		put(&row, row.Place, interruptionRow, uint64(row.NISS))
	case Evidence:
		put(&row, row.Place, evidenceRow, uint64(row.NISS))
	case Identity:
		put(&row, row.Place, identityRow) // its number is among its own
	case Unread:
		e.Unsigned(unreadRow)
		e.Text(row.Text)
		e.Text(row.NISS)
	default:
		panic(fmt.Sprintf("pipeline: a reject holds a %T, which has no codec", row))
	}
}

// ReadRejects reads what AppendRejects has written, of which nothing is behind. Its texts are copies.
func ReadRejects(bytes []byte) (rejects []Reject, err error) {
	defer func() {
		if damage := recover(); damage != nil {
			err = fmt.Errorf("rejects can't be read back: %v", damage)
		}
	}()
	d := rows.Decoder{Bytes: bytes}
	reasons := map[string]Reason{} // few, of many rows
	for range d.Unsigned() {
		r := Reject{Input: Input(d.Unsigned()), Code: Code(d.Unsigned()), Year: int16(d.Signed()), NISS: NISS(d.Unsigned()),
			Place: d.Place()}
		text := d.Text()
		reason, known := reasons[text]
		if !known {
			reason = Reason(strings.Clone(text))
			reasons[string(reason)] = reason
		}
		r.Reason = reason
		r.Row = decodeRow(&d)
		rejects = append(rejects, r)
	}
	if len(d.Bytes) > 0 {
		return nil, fmt.Errorf("rejects can't be read back: %d bytes are left over", len(d.Bytes))
	}
	return rejects, nil
}

func decodeRow(d *rows.Decoder) any {
	switch kind := d.Unsigned(); kind {
	case noRow:
		return nil
	case quarterRow:
		var row AccountQuarter
		row.decode(d)
		return row
	case paymentRow:
		var row Payment
		row.decode(d)
		row.Identifier, row.EndToEnd = strings.Clone(row.Identifier), strings.Clone(row.EndToEnd)
		return row
	case componentRow:
		var row Component
		row.decode(d)
		row.Communication, row.Assessment = strings.Clone(row.Communication), strings.Clone(row.Assessment)
		return row
	case interruptionRow:
		var row Interruption
		row.decode(d)
		return row
	case evidenceRow:
		var row Evidence
		row.decode(d)
		return row
	case identityRow:
		var row Identity
		row.decode(d)
		return row
	case unreadRow:
		return Unread{Text: strings.Clone(d.Text()), NISS: strings.Clone(d.Text())}
	default:
		panic(fmt.Sprintf("a row of the unknown kind %d", kind))
	}
}
