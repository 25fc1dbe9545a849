package pipeline

import (
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Scatter takes the rows of one reader, in any order, and keeps them by range of national number, counted and digested.
type Scatter struct {
	Contacts bool // keep the contacts of affiliates: letters and payments need them

	Taken
	unread int // bytes of rows that could not be read

	Renamed    Renamed    // national numbers that were replaced: rows of them are filed with those of the number that holds now
	identities []Identity // rows of the identities
	names      Names
	tonight    *tonight // the mandates of the register, see KnowMandates; nil: it was not read as a whole

	Only    map[NISS]bool // the only ones of whom rows of the ledger are taken; nil: of all
	earners []NISS        // whose the rows of the revenue are, also of those that wait, as they came

	Room *RejectRoom // what the rejects of all readers may take; nil: any

	Confirming    *Confirming    // what the bank says tonight of the fund's transactions; nil: nothing
	confirmations []Confirmation // rows of the confirmations

	rows.Scatter
}

// Taken is what was read, beside the rows that wait for their shard.
type Taken struct {
	Read    [InputCount]rows.Tally  // every row that was read, of any fate
	Digests [InputCount]rows.Digest // of every row that was read
	Rejects []Reject                // rows that could not be read
	Fates   [InputCount]rows.Fates  // of the rows that never reach a shard
	Dropped [CodeCount]int64        // rejects that are counted and not kept: see RejectRoom

	// mandates of the register by which a batch of another job collected: their references, as MandateReference tells them apart. They are
	// found once all was read, and do not travel with the rest
	Strangers []uint64
}

// Add adds what was taken of other rows.
func (t *Taken) Add(other *Taken) {
	for input := range t.Read {
		t.Read[input].Rows += other.Read[input].Rows
		t.Read[input].Income += other.Read[input].Income
		t.Digests[input].Add(other.Digests[input])
		t.Fates[input].Add(&other.Fates[input])
	}
	for code, n := range other.Dropped {
		t.Dropped[code] += n
	}
	t.Rejects, t.Strangers = append(t.Rejects, other.Rejects...), append(t.Strangers, other.Strangers...)
}

// Take files the row of an input that was begun, and counts and digests it.
func (s *Scatter) Take(input Input, place rows.Place) {
	s.count(input, place)
	s.End()
}

// count takes the row into the input's digest and count, and adds its place to it.
func (s *Scatter) count(input Input, place rows.Place) {
	s.AddTo(&s.Digests[input])
	s.Read[input].Rows++
	s.Place(place)
}

// begin starts a row under the national number that holds now; encode writes the rest of it.
func begin[Row any](s *Scatter, table *rows.Table[Row], niss *NISS, encode func(*rows.Encoder)) {
	*niss = s.Renamed.Now(*niss)
	table.Begin(&s.Scatter, int64(*niss), encode)
}

// file takes a row of the ledger, which has no place.
func file[Row any](s *Scatter, table *rows.Table[Row], niss *NISS, encode func(*rows.Encoder)) {
	if s.Only != nil && !s.Only[s.Renamed.Now(*niss)] {
		return
	}
	begin(s, table, niss, encode)
	s.End()
}

// Affiliate takes a row of the register.
func (s *Scatter) Affiliate(a *Affiliate) {
	begin(s, affiliateRows, &a.NISS, a.encode)
	s.count(Affiliates, a.Place)
	a.Contact.Encode(&s.Encoder, s.Contacts)
	s.End()
	s.names.registered = append(s.names.registered, dossierOf(a.Dossier, a.NISS))
	s.Mandate(a.Contact.Mandate, a.NISS, "") // of one number the register has one row
}

// Account takes a row of the account.
func (s *Scatter) Account(a *AccountQuarter) {
	begin(s, accountRows, &a.NISS, a.encode)
	s.Take(Account, a.Place)
}

// Payment takes a row of the payments.
func (s *Scatter) Payment(p *Payment) {
	begin(s, paymentRows, &p.NISS, p.encode)
	s.Take(Payments, p.Place)
	s.Identify(p.Identifier, p.NISS)
}

// Component takes a row of the revenue.
func (s *Scatter) Component(c *Component) {
	begin(s, componentRows, &c.NISS, c.encode)
	s.earns(c.NISS)
	s.Read[Revenue].Income += c.Income
	s.Take(Revenue, c.Place)
}

// earns notes of whom a row of the revenue is.
func (s *Scatter) earns(niss NISS) {
	if last := len(s.earners) - 1; last < 0 || s.earners[last] != niss {
		s.earners = append(s.earners, niss)
	}
}

// Interruption takes a row of the interruptions.
func (s *Scatter) Interruption(i *Interruption) {
	begin(s, interruptionRows, &i.NISS, i.encode)
	s.Take(Interruptions, i.Place)
}

// Evidence takes a row of the evidence.
func (s *Scatter) Evidence(e *Evidence) {
	begin(s, evidenceRows, &e.NISS, e.encode)
	s.Take(EvidenceInput, e.Place)
}

// maxUnread is how many bytes of rows that could not be read a scatter keeps; further ones are read again when they are
// published.
const maxUnread = 16 << 20

// Unread is a row that could not be read: its text and its national number, both as they came.
type Unread struct{ Text, NISS string }

// Reject takes a row that could not be read, with its text and its national number as they came: it is counted and
// digested by its text; and if the number is one, what the row may have belonged to waits. Income in
// cents, 0 when it could not be read.
func (s *Scatter) Reject(r Reject, flaw Flaw, text, niss []byte, income money.Cents) {
	s.Digests[r.Input].AddRow(text, uint64(r.Code))
	s.Read[r.Input].Rows++
	s.Read[r.Input].Income += income
	s.Fates[r.Input].Count(rows.Rejected, income)
	if s.unread += len(text); s.unread <= maxUnread {
		r.Row = Unread{string(text), string(niss)}
	}
	s.keep(r)
	if flaw.NISS != 0 {
		file(s, flawRows, &flaw.NISS, flaw.encode)
	}
}

// keep keeps a reject, or counts it where there is no room.
func (s *Scatter) keep(r Reject) {
	if s.Room.take() {
		s.Rejects = append(s.Rejects, r)
	} else {
		s.Dropped[r.Code]++
	}
}

// Waiting takes a row of revenue that an earlier batch has rejected. It is no row of this run's files: its place has no file.
func (s *Scatter) Waiting(c *Component) {
	c.Place.File = waitingFile
	begin(s, waitingComponentRows, &c.NISS, c.encode)
	s.earns(c.NISS)
	s.Place(c.Place)
	s.End()
}

// waitingFile is the file of a row that waits in the ledger.
const waitingFile = -1

// PriorDossier takes the dossier under which an earlier batch settled an affiliate.
func (s *Scatter) PriorDossier(d Dossier, niss NISS) {
	s.names.known = append(s.names.known, dossierOf(d, s.Renamed.Now(niss)))
}

// PriorYear takes a regularisation of an earlier batch.
func (s *Scatter) PriorYear(p *PriorYear) { file(s, priorYearRows, &p.NISS, p.encode) }

// PriorQuarter takes a quarter of an earlier batch.
func (s *Scatter) PriorQuarter(p *PriorQuarter) { file(s, priorQuarterRows, &p.NISS, p.encode) }

// WithdrawnNotice takes a notice of a batch that was withdrawn.
func (s *Scatter) WithdrawnNotice(w *WithdrawnNotice) {
	file(s, withdrawnNoticeRows, &w.NISS, w.Encode)
}

// PriorOffset takes an offset of an earlier batch.
func (s *Scatter) PriorOffset(o *PriorOffset) { file(s, priorOffsetRows, &o.NISS, o.encode) }

// PriorTransfer takes a refund or a claim of the payment index of an earlier batch.
func (s *Scatter) PriorTransfer(t *PriorTransfer) {
	file(s, priorTransferRows, &t.NISS, t.Encode)
	s.Confirming.EachOf(t, func(c *ConfirmedTransfer) { file(s, confirmationRows, &c.NISS, c.Encode) })
}

// PriorEntry takes a line of the books of a batch that was withdrawn.
func (s *Scatter) PriorEntry(p *PriorEntry) { file(s, priorEntryRows, &p.NISS, p.Encode) }
