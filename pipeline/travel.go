package pipeline

import (
	"encoding/json"
	"fmt"

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
	text, err := json.Marshal(parametersText{p.AsOf, p.Fees, p.MinimumPension, p.Recheck, p.Ordering})
	return string(text), err
}

// parametersText is Parameters without the law. Days are counted as Date counts them, rates as money.Rate does; amounts are EUR.
type parametersText struct {
	AsOf           Date
	Fees           Fees
	MinimumPension map[int]money.Cents `json:",omitempty"`
	Recheck        Recheck             `json:",omitempty"`
	Ordering       map[string]bool     `json:",omitempty"`
}

// ParseParameters reads what Text has written, with the laws in force.
func ParseParameters(text string) (p Parameters, err error) {
	var t parametersText
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return p, fmt.Errorf("the parameters can't be read: %w", err)
	}
	p = Parameters{AsOf: t.AsOf, Fees: t.Fees, MinimumPension: t.MinimumPension, Recheck: t.Recheck, Ordering: t.Ordering}
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
	r := recorder{rows.Encoder{Bytes: resultFrame.Begin(make([]byte, 0, resultRoom(len(shard))))}}
	err = s.WorkInto(&p, shard, &r, func(decided *Decisions) error {
		r.Unsigned(uint64(decisionsEnd))
		r.Bytes = AppendDecisions(r.Bytes, decided)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return resultFrame.Seal(r.Bytes), nil
}

// WorkInto takes a shard that travels through the stages, and hands on what comes of it. done keeps what it needs of that: the texts of
// results and decisions are those of the shard, whose memory is used again afterwards.
func (s *Subject) WorkInto(p *Parameters, shard []byte, to Results, done func(*Decisions) error) error {
	read := s.Tables.Borrow()
	defer s.Tables.Return(read)
	if err := read.Read(s.Tables, shard); err != nil {
		return err
	}
	decided := s.Settle(p, read, to)
	return done(&decided)
}

// resultRoom is room for what comes of a shard of so many bytes, as a rule: what grows is copied each time.
func resultRoom(shard int) int { return 2*shard + 4096 }

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
		s.Entries[i].Encode(e)
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
		y.Components = r.roomForComponents(int(places.Unsigned()))
		for j := range y.Components {
			y.Components[j].decode(&places)
		}
	}
	s.Entries = make([]PriorEntry, places.Unsigned())
	for i := range s.Entries {
		s.Entries[i].Decode(&places)
	}
	d.Bytes = places.Bytes
	return s
}

// roomForComponents takes so many from a block, which is never used again: the tables of a shard hold them until it is whole.
func (r *SettlementReader) roomForComponents(n int) []Component {
	const block = 1024
	if n > len(r.components) {
		r.components = make([]Component, max(n, block))
	}
	taken := r.components[:n:n]
	r.components = r.components[n:]
	return taken
}

// amounts are the amounts of a balance, in the order in which they are kept.
func (b *Balance) amounts() [12]*money.Cents {
	return [...]*money.Cents{&b.Called, &b.Paid, &b.Refunded, &b.Offsets, &b.Surcharges, &b.Open, &b.Credit, &b.Unseen, &b.Unclear,
		&b.Later, &b.SurchargesPaid, &b.SurchargeCredit}
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
