package pipeline

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Confirmations are what the bank says of the transactions of the fund's own payment files. They name a transaction and nobody's number: so
// tonight's are read before the ledger, and find whose they are as its payment indexes are read. The batch keeps what it learnt, since the
// file is gone the next night.

// ConfirmationStatus is what the bank says of a transaction.
type ConfirmationStatus uint8

// The statuses, in the order of a transaction's life.
const (
	NoConfirmation ConfirmationStatus = iota
	BankAccepted                      // the bank took it, and will execute it
	BankBooked                        // executed
	BankRejected                      // never executed
	BankReturned                      // executed, and it came back
)

var bankStatusNames = []string{"", "accepted", "booked", "rejected", "returned"}

// String is the status as files and tables have it.
func (s ConfirmationStatus) String() string { return bankStatusNames[s] }

// ConfirmationStatuses lists the codes of the statuses; position 0 is none.
func ConfirmationStatuses() []string { return bankStatusNames }

// Failed says whether the money is where it was before the order.
func (s ConfirmationStatus) Failed() bool { return s == BankRejected || s == BankReturned }

// Confirmation is what the bank says of a transaction, or of each transaction of a payment file.
type Confirmation struct {
	EndToEnd string // EndToEndId of the transaction, or MsgId of the file
	Status   ConfirmationStatus
	On       Date
	Amount   money.Cents // above 0; 0: the whole
	Place    rows.Place
}

// compare orders confirmations by everything that they say.
func (c *Confirmation) compare(o *Confirmation) int {
	return cmp.Or(strings.Compare(c.EndToEnd, o.EndToEnd), cmp.Compare(c.Status, o.Status), cmp.Compare(c.On, o.On),
		cmp.Compare(c.Amount, o.Amount))
}

// ConfirmedTransfer is what the bank said of a refund or a collection of an earlier batch.
type ConfirmedTransfer struct {
	NISS   NISS
	Year   int16
	Leaves bool  // the fund paid; else the affiliate
	Entry  int32 // position among tonight's confirmations, from 0; earlierEntry: a batch holds it
	Confirmation
}

// earlierEntry stands for a confirmation that an earlier batch holds.
const earlierEntry = -1

// Confirming are tonight's confirmations: sorted, each once. Readers of the ledger share it.
type Confirming struct {
	entries []Confirmation
	named   []atomic.Bool    // of each entry: a batch has what it names
	first   map[string]int32 // position of the first entry of each name
}

// Confirmation takes a row of the confirmations.
func (s *Scatter) Confirmation(c *Confirmation) {
	var e rows.Encoder
	c.encode(&e)
	s.Digests[ConfirmationsInput].AddRow(e.Bytes, 0)
	s.Read[ConfirmationsInput].Rows++
	kept := *c
	kept.EndToEnd = strings.Clone(c.EndToEnd)
	s.confirmations = append(s.confirmations, kept)
}

// Confirmations lists the rows of the confirmations that were taken and on which nothing is decided yet.
func (s *Scatter) Confirmations() []Confirmation { return s.confirmations }

// FindConfirming lists what the rows say that the scatter took: a row that came twice is repeated. It is nil where there is none.
func (s *Scatter) FindConfirming() *Confirming {
	list := s.confirmations
	s.confirmations = nil
	if len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, func(a, b Confirmation) int { return cmp.Or(a.compare(&b), rows.ComparePlaces(a.Place, b.Place)) })
	distinct := slices.CompactFunc(slices.Clone(list), func(a, b Confirmation) bool { return a.compare(&b) == 0 })
	for range len(list) - len(distinct) {
		s.Fates[ConfirmationsInput].Count(rows.Repeated, 0)
	}
	return newConfirming(distinct)
}

// newConfirming are confirmations that are sorted, each once; nil where there is none.
func newConfirming(entries []Confirmation) *Confirming {
	if len(entries) == 0 {
		return nil
	}
	c := &Confirming{entries: entries, named: make([]atomic.Bool, len(entries)), first: map[string]int32{}}
	for i := range entries {
		if _, there := c.first[entries[i].EndToEnd]; !there {
			c.first[entries[i].EndToEnd] = int32(i)
		}
	}
	return c
}

// EachOf gives what tonight's confirmations say of a transfer of the ledger: by its EndToEndId, and by its payment file.
func (o *Confirming) EachOf(t *PriorTransfer, take func(*ConfirmedTransfer)) {
	if o == nil || t.Void || t.EndToEnd == "" {
		return
	}
	for _, name := range []string{t.EndToEnd, t.Message} {
		at, named := o.first[name]
		for ; named && int(at) < len(o.entries) && o.entries[at].EndToEnd == name; at++ {
			o.named[at].Store(true)
			c := ConfirmedTransfer{NISS: t.NISS, Year: t.Year, Leaves: t.Leaves, Entry: at, Confirmation: o.entries[at]}
			c.EndToEnd = t.EndToEnd
			take(&c)
		}
	}
}

// PriorConfirmation takes a confirmation that an earlier batch holds.
func (s *Scatter) PriorConfirmation(c *ConfirmedTransfer) {
	c.OfEarlier()
	file(s, confirmationRows, &c.NISS, c.Encode)
}

// Fates decides on tonight's confirmations, once the shards have said which of them are new: already settled is what earlier batches hold
// of all that it names. unknown is how many name nothing that a batch of the ledger ordered: there is nothing to do for them.
func (c *Confirming) Fates(recorded []ConfirmedTransfer) (fates rows.Fates, unknown int64) {
	if c == nil {
		return fates, 0
	}
	fresh := make([]bool, len(c.entries))
	for i := range recorded {
		fresh[recorded[i].Entry] = true
	}
	for i := range c.entries {
		switch {
		case !c.named[i].Load():
			unknown++
			fates.Count(rows.Superseded, 0)
		case fresh[i]:
			fates.Count(rows.Settled, 0)
		default:
			fates.Count(rows.AlreadySettled, 0)
		}
	}
	return fates, unknown
}

// OfEarlier says that an earlier batch holds the confirmation.
func (c *ConfirmedTransfer) OfEarlier() { c.Entry = earlierEntry }

// AppendNews sorts what the bank said of a party's transactions, and appends what no earlier batch holds.
func AppendNews(news, list []ConfirmedTransfer) []ConfirmedTransfer {
	slices.SortFunc(list, func(a, b ConfirmedTransfer) int {
		return cmp.Or(a.compare(&b.Confirmation), cmp.Compare(a.Entry, b.Entry))
	})
	for i := range list {
		if list[i].Entry == earlierEntry || i > 0 && list[i-1].compare(&list[i].Confirmation) == 0 {
			continue
		}
		kept := list[i]
		kept.EndToEnd = strings.Clone(kept.EndToEnd) // it outlives the shard
		news = append(news, kept)
	}
	return news
}

// confirmationsOf is what the bank said of a transaction, in the order of its life, among all that it said of an affiliate's.
func confirmationsOf(list []ConfirmedTransfer, id string) []ConfirmedTransfer {
	if id == "" {
		return nil
	}
	start, _ := slices.BinarySearchFunc(list, id, func(c ConfirmedTransfer, id string) int {
		return strings.Compare(c.EndToEnd, id)
	})
	return run(list[start:], func(c *ConfirmedTransfer) bool { return c.EndToEnd == id })
}

// decided says whether the bank has executed a collection, or will not, by the last that it said: what it rejected may be presented again.
func decided(list []ConfirmedTransfer, id string) bool {
	var last Confirmation
	for _, c := range confirmationsOf(list, id) {
		if cmp.Or(cmp.Compare(c.On, last.On), cmp.Compare(c.Status, last.Status)) >= 0 {
			last = c.Confirmation
		}
	}
	return last.Status > BankAccepted
}

// OwnTransfer says whether a text has the form of the EndToEndId of a transaction of the fund's own payment files, or of the MsgId of one
// of them: the name of a batch, then R or C and a number. leaves: the fund pays.
func OwnTransfer(id string) (leaves, own bool) {
	const batch = batchNameLength
	if len(id) < batch+len("-R00001") || id[batch] != '-' || id[batch+1] != 'R' && id[batch+1] != 'C' {
		return false, false
	}
	_, own = dayOfTransfer(id)
	return id[batch+1] == 'R', own
}

// batchNameLength is that of the name of a batch, with which the names of its transactions begin.
const batchNameLength = len("2026-06-30-bada1d05")

// dayOfTransfer is the day of the batch that ordered a transaction, by its EndToEndId; false: it has none.
func dayOfTransfer(id string) (Date, bool) {
	const day = len("2026-06-30")
	return ParseDate([]byte(id[:min(day, len(id))]))
}
