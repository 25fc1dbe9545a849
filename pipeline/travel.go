package pipeline

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// A shard is worked anywhere: by a goroutine, by another process, by a worker of an engine, and twice if need be. What comes of it travels
// as bytes too, and stands in this file in both directions: settlements and balances in their order, then what was decided.

// resultFrame changes its version when the form of what a shard gives does.
var resultFrame = rows.Frame{Kind: "result", Version: 3}

// Worker works a shard that travels: its bytes in, the bytes of what comes of it out. The same bytes give the same bytes, however often.
type Worker func(shard []byte) (result []byte, err error)

// Text is what the parameters say beside the law, for a worker elsewhere: see Subject.Work.
func (p *Parameters) Text() (string, error) {
	text, err := json.Marshal(parametersText{p.AsOf, p.Fees, p.MinimumPension, p.Recheck})
	return string(text), err
}

// parametersText is Parameters without the law. Days are counted as Date counts them, rates as money.Rate does; amounts are EUR.
type parametersText struct {
	AsOf           Date
	Fees           Fees
	MinimumPension map[int]money.Cents `json:",omitempty"`
	Recheck        Recheck             `json:",omitempty"`
}

// ParseParameters reads what Text has written, with the laws in force.
func ParseParameters(text string) (p Parameters, err error) {
	var t parametersText
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return p, fmt.Errorf("the parameters can't be read: %w", err)
	}
	p = Parameters{AsOf: t.AsOf, Fees: t.Fees, MinimumPension: t.MinimumPension, Recheck: t.Recheck}
	if p.Law, err = law.Standard(); err != nil {
		return p, err
	}
	p.Companies, err = law.Companies()
	return p, err
}

// Work takes a shard that travels through the stages: a pure function of the parameters' text, of the law and of the shard's bytes.
// version is that of the law with which the shard was planned: a worker with another one refuses it.
func (s *Subject) Work(parameters, version string, shard []byte) ([]byte, error) {
	p, err := ParseParameters(parameters)
	if err != nil {
		return nil, err
	}
	if own := s.Version(&p); own != version {
		return nil, fmt.Errorf("the shard was planned with the law %.8s, this program has %.8s", version, own)
	}
	read := rows.NewShard(s.Tables)
	if err := read.Read(s.Tables, shard); err != nil {
		return nil, err
	}
	r := recorder{rows.Encoder{Bytes: resultFrame.Begin(nil)}}
	decided := s.Settle(&p, read, &r)
	r.Unsigned(uint64(decisionsEnd))
	r.Bytes = AppendDecisions(r.Bytes, &decided)
	return resultFrame.Seal(r.Bytes), nil
}

// Replay hands what came of a shard on, as its stages would have, and gives what they decided.
func Replay(result []byte, to Results) (decided Decisions, err error) {
	defer func() { err = resultFrame.Recovered(recover(), err) }()
	content, err := resultFrame.Open(result)
	if err != nil {
		return decided, err
	}
	d := rows.Decoder{Bytes: content}
	var reader SettlementReader
	var balances []Balance
	for {
		switch what := resultKind(d.Unsigned()); what {
		case oneSettlement:
			to.Settlement(reader.whole(&d))
		case someBalances:
			balances = balances[:0]
			for range d.Unsigned() {
				balances = append(balances, Balance{})
				balances[len(balances)-1].Decode(&d)
			}
			to.Balances(balances)
		case decisionsEnd:
			return ReadDecisions(d.Bytes)
		default:
			return decided, fmt.Errorf("a result holds something of an unknown kind %d", what)
		}
	}
}

// resultKind says what comes next in a result.
type resultKind uint8

const (
	oneSettlement resultKind = iota + 1
	someBalances
	decisionsEnd
)

// recorder takes the results of a shard as bytes.
type recorder struct{ rows.Encoder }

func (r *recorder) Settlement(s *Settlement) {
	r.Unsigned(uint64(oneSettlement))
	s.encodeWhole(&r.Encoder)
}

func (r *recorder) Balances(balances []Balance) {
	r.Unsigned(uint64(someBalances))
	r.Unsigned(uint64(len(balances)))
	for i := range balances {
		r.Unsigned(uint64(balances[i].NISS))
		balances[i].Encode(&r.Encoder)
	}
}

// encodeWhole is what AppendSettlement keeps, and what only the tables need: the components of each communication, and the entries to
// reverse.
func (s *Settlement) encodeWhole(e *rows.Encoder) {
	e.Bytes = AppendSettlement(e.Bytes, s)
	e.Signed(int64(s.AsOf))
	var last rows.Place
	for i := range s.Years {
		r := &s.Years[i].Regularisation
		e.Text(r.ComponentsBefore)
		e.Unsigned(uint64(len(r.Components)))
		for j := range r.Components {
			c := &r.Components[j]
			e.Unsigned(uint64(c.NISS))
			c.encode(e)
			e.Place(c.Place, &last)
		}
	}
	e.Unsigned(uint64(len(s.Entries)))
	for i := range s.Entries {
		e.Unsigned(uint64(s.Entries[i].NISS))
		s.Entries[i].encode(e)
	}
}

// whole reads what encodeWhole has written. It is valid until the next call.
func (r *SettlementReader) whole(d *rows.Decoder) *Settlement {
	s := r.read(d)
	s.AsOf = Date(d.Signed())
	places := rows.Decoder{Bytes: d.Bytes} // places begin with each settlement
	for i := range s.Years {
		y := &s.Years[i].Regularisation
		y.ComponentsBefore = places.Text()
		y.Components = make([]Component, places.Unsigned())
		for j := range y.Components {
			y.Components[j].decode(&places)
		}
	}
	s.Entries = make([]PriorEntry, places.Unsigned())
	for i := range s.Entries {
		s.Entries[i].decode(&places)
	}
	d.Bytes = places.Bytes
	return s
}

// amounts are the amounts of a balance, in the order in which they are kept.
func (b *Balance) amounts() [11]*money.Cents {
	return [...]*money.Cents{&b.Called, &b.Paid, &b.Refunded, &b.Offsets, &b.Surcharges, &b.Open, &b.Credit, &b.Unseen, &b.Unclear,
		&b.Later, &b.SurchargesPaid}
}

// Encode writes a balance behind its number, and Decode reads both.
func (b *Balance) Encode(e *rows.Encoder) {
	b.Dossier.encode(e)
	e.Signed(int64(b.Year))
	e.Unsigned(uint64(b.Version))
	e.Flag(b.Known)
	for _, amount := range b.amounts() {
		e.Signed(int64(*amount))
	}
	e.Signed(int64(b.OldestDue))
	e.Signed(int64(b.UnseenSince))
}

func (b *Balance) Decode(d *rows.Decoder) {
	b.NISS = NISS(d.Number())
	b.Dossier.decode(d)
	b.Year, b.Version, b.Known = int(d.Signed()), int(d.Unsigned()), d.Flag()
	for _, amount := range b.amounts() {
		*amount = money.Cents(d.Signed())
	}
	b.OldestDue, b.UnseenSince = Date(d.Signed()), Date(d.Signed())
}

func (o *Dossier) encode(e *rows.Encoder) {
	e.Unsigned(uint64(o.Number))
	e.Unsigned(uint64(o.Shift)<<8 | uint64(o.Digits))
}

func (o *Dossier) decode(d *rows.Decoder) {
	o.Number = uint32(d.Unsigned())
	word := d.Unsigned()
	o.Shift, o.Digits = uint8(word>>8), uint8(word)
}

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
