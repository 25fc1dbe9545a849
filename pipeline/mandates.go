package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
)

// A mandate is one debtor's, on one account. Tonight's register must not have it for two, nor for another debtor than the one from whom a
// batch that counts collected by it: of this job or of another. What a batch collected by stays, so that the batches that are known can only
// add to what is refused.

// mandate is a mandate as somebody has it.
type mandate struct{ reference, number, account uint64 }

// mandateOf is the mandate of a number on an account, "" for none, the same in every process. Blanks in an account mean nothing, nor do its
// capitals.
func mandateOf(reference string, number NISS, account string) mandate {
	m := mandate{reference: MandateReference(reference), number: uint64(number)}
	if account = strings.ToUpper(strings.ReplaceAll(account, " ", "")); account != "" {
		m.account = xxh3.HashString(account)
	}
	return m
}

// MandateReference tells references of mandates apart, the same in every process. Capitals and small letters are the same in a reference
// (EPC rulebook of the Core direct debit).
func MandateReference[T ~string | ~[]byte](reference T) uint64 {
	var room [64]byte // a reference has at most 35 characters
	upper := append(room[:0], reference...)
	for i, c := range upper {
		if c >= 0x80 {
			return xxh3.HashString(strings.ToUpper(string(reference)))
		}
		if 'a' <= c && c <= 'z' {
			upper[i] = c - 'a' + 'A'
		}
	}
	return xxh3.Hash(upper)
}

// compare orders mandates by reference, number and account.
func (m *mandate) compare(o *mandate) int {
	return cmp.Or(cmp.Compare(m.reference, o.reference), cmp.Compare(m.number, o.number), cmp.Compare(m.account, o.account))
}

// differs says whether two mandates of one reference are of two debtors, or of one on two accounts.
func (m *mandate) differs(o *mandate) bool {
	return m.number != o.number || m.account != o.account && m.account != 0 && o.account != 0
}

// usedMandate is a mandate by which a batch that counts collected.
type usedMandate struct {
	reference uint64
	number    NISS // as it is now; stranger: of another job
}

// stranger is nobody with whom this job settles.
const stranger NISS = 0

func (u *usedMandate) compare(o *usedMandate) int {
	return cmp.Or(cmp.Compare(u.reference, o.reference), cmp.Compare(u.number, o.number))
}

// tonight is the mandates of the register.
type tonight struct {
	mandates []mandate // in order
	told     bool      // of whom several share one
}

// tonightOf gathers the mandates of names.
func tonightOf(names []Names) *tonight {
	t := &tonight{}
	for i := range names {
		for words := range slices.Chunk(names[i].mandates, 3) {
			t.mandates = append(t.mandates, mandate{words[0], words[1], words[2]})
		}
		names[i].mandates = nil
	}
	slices.SortFunc(t.mandates, func(a, b mandate) int { return a.compare(&b) })
	return t
}

// of are the mandates of a reference.
func (t *tonight) of(reference uint64) []mandate {
	at, _ := slices.BinarySearchFunc(t.mandates, reference, func(m mandate, r uint64) int { return cmp.Compare(m.reference, r) })
	return run(t.mandates[at:], func(m *mandate) bool { return m.reference == reference })
}

// refuses says whether somebody of the register has the mandate, and is not who was collected from.
func (t *tonight) refuses(u *usedMandate) bool {
	return slices.ContainsFunc(t.of(u.reference), func(m mandate) bool { return NISS(m.number) != u.number })
}

// KnowMandates tells every scatter which mandates the register has, once it was read: of those that the ledger has only these are of
// interest.
func KnowMandates(scatters []*Scatter) {
	names := make([]Names, len(scatters))
	for i, s := range scatters {
		names[i].mandates, s.names.mandates = s.names.mandates, nil
	}
	t := tonightOf(names)
	for _, s := range scatters {
		s.tonight = t
	}
}

// HasMandates says whether the register has any, once that is known.
func (s *Scatter) HasMandates() bool { return s.tonight != nil && len(s.tonight.mandates) > 0 }

// Mandate notes under which number the register has a mandate, "" for none, and on which account, "" where that says nothing.
func (s *Scatter) Mandate(reference string, number NISS, account string) {
	if reference != "" {
		m := mandateOf(reference, number, account)
		s.names.mandates = append(s.names.mandates, m.reference, m.number, m.account)
	}
}

// PriorMandate takes the mandate by which a batch of this job collected from a number; an empty one is none.
func (s *Scatter) PriorMandate(reference []byte, number NISS) {
	if len(reference) > 0 {
		s.used(usedMandate{MandateReference(reference), s.Renamed.Now(number)})
	}
}

// StrangersMandate takes the mandate by which a batch of another job collected; an empty one is none.
func (s *Scatter) StrangersMandate(reference []byte) {
	if len(reference) > 0 {
		s.used(usedMandate{MandateReference(reference), stranger})
	}
}

func (s *Scatter) used(u usedMandate) {
	if s.tonight == nil || s.tonight.refuses(&u) {
		s.names.used = append(s.names.used, u)
	}
}

// findShared finds the mandates that are not one debtor's on one account.
func (t *tonight) findShared(file func(NISS, ConflictKind)) {
	if t.told {
		return
	}
	t.told = true
	for left := t.mandates; len(left) > 0; {
		same := run(left, func(m *mandate) bool { return m.reference == left[0].reference })
		left = left[len(same):]
		shared := false
		for i := range same[1:] {
			shared = shared || same[i].differs(&same[i+1])
		}
		for i := range same {
			if shared && (i == 0 || same[i].number != same[i-1].number) {
				file(NISS(same[i].number), MandateShared)
			}
		}
	}
}

// findUsed finds who has a mandate by which a batch collected from somebody else, and the references of those of another job.
func (t *tonight) findUsed(used []usedMandate, file func(NISS, ConflictKind)) (strangers []uint64) {
	slices.SortFunc(used, func(a, b usedMandate) int { return a.compare(&b) })
	var whose []NISS
	for _, u := range slices.Compact(used) {
		if !t.refuses(&u) {
			continue
		}
		for _, m := range t.of(u.reference) {
			if NISS(m.number) != u.number {
				whose = append(whose, NISS(m.number))
			}
		}
		if u.number == stranger {
			strangers = append(strangers, u.reference)
		}
	}
	slices.Sort(whose)
	for _, number := range slices.Compact(whose) {
		file(number, MandateShared)
	}
	return strangers
}
