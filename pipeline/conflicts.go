package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
)

// What names one person alone is kept beside the rows while they are read, since two people who share it are anywhere: a dossier
// with its national number in one word of 64 bits, a mandate's hash with its national number and the hash of the account in three.

// nissBits holds a national number: 11 digits.
const nissBits = 37

// dossierOf is a dossier, without leading zeros, and its national number.
func dossierOf(d Dossier, niss NISS) uint64 { return uint64(d.Number)<<nissBits | uint64(niss) }

func nissOf(word uint64) NISS { return NISS(word & (1<<nissBits - 1)) }

// mandate is a mandate as somebody has it.
type mandate struct{ reference, number, account uint64 }

// mandateOf is the mandate of a number on an account, "" for none, the same in every process. Capitals and small letters are the same in a
// reference and in an account (EPC rulebook of the Core direct debit), blanks in an account mean nothing.
func mandateOf(reference string, number NISS, account string) mandate {
	m := mandate{reference: xxh3.HashString(strings.ToUpper(reference)), number: uint64(number)}
	if account = strings.ToUpper(strings.ReplaceAll(account, " ", "")); account != "" {
		m.account = xxh3.HashString(account)
	}
	return m
}

// compare orders mandates by reference, number and account.
func (m *mandate) compare(o *mandate) int {
	return cmp.Or(cmp.Compare(m.reference, o.reference), cmp.Compare(m.number, o.number), cmp.Compare(m.account, o.account))
}

// differs says whether two mandates of one reference are of two debtors, or of one on two accounts.
func (m *mandate) differs(o *mandate) bool {
	return m.number != o.number || m.account != o.account && m.account != 0 && o.account != 0
}

// Names is what names one person alone, of the register and of the earlier batches: as words, see above.
type Names struct {
	registered, known, mandates []uint64    // of a mandate three words
	identified                  *identified // of the payments; nil: none has an identifier
}

// FindConflicts says who shares a dossier or a mandate with another national number of the register, the identifier of a payment with
// another's payment, or a dossier with one that an earlier batch settled, and files it with the rows of the first scatter. It is called
// once, when everything was read.
//
// One dossier makes one structured communication a year, so that payments of two people could not be told apart; one mandate is
// one debtor's, on one account.
func FindConflicts(of *Subject, scatters []*Scatter) {
	names := make([]Names, len(scatters))
	for i, s := range scatters {
		names[i], s.names = s.names, Names{}
	}
	eachConflict(names, func(c *Conflict) { of.Conflict(scatters[0], c) })
}

// eachConflict finds the conflicts in all names together.
func eachConflict(names []Names, take func(*Conflict)) {
	file := func(niss NISS, kind ConflictKind) { take(&Conflict{NISS: niss, Kind: kind}) }
	findSharedPayments(names, take)
	var registered, known []uint64
	var mandates []mandate
	for i := range names {
		n := &names[i]
		registered, known = append(registered, n.registered...), append(known, n.known...)
		for words := range slices.Chunk(n.mandates, 3) {
			mandates = append(mandates, mandate{words[0], words[1], words[2]})
		}
		*n = Names{}
	}
	slices.Sort(registered)
	slices.Sort(known)
	registered, known = slices.Compact(registered), slices.Compact(known)
	for len(registered) > 0 {
		dossier := registered[0] >> nissBits
		same := run(registered, func(w *uint64) bool { return *w>>nissBits == dossier })
		registered = registered[len(same):]
		for len(known) > 0 && known[0]>>nissBits < dossier {
			known = known[1:]
		}
		before := run(known, func(w *uint64) bool { return *w>>nissBits == dossier })
		for _, word := range same {
			switch {
			case len(same) > 1:
				file(nissOf(word), DossierShared)
			case slices.ContainsFunc(before, func(w uint64) bool { return w != word }):
				file(nissOf(word), DossierRenamed)
			}
		}
	}
	findSharedMandates(mandates, file)
}

// findSharedMandates finds the mandates that are not one debtor's on one account.
func findSharedMandates(mandates []mandate, file func(NISS, ConflictKind)) {
	slices.SortFunc(mandates, func(a, b mandate) int { return a.compare(&b) })
	for len(mandates) > 0 {
		same := run(mandates, func(m *mandate) bool { return m.reference == mandates[0].reference })
		mandates = mandates[len(same):]
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

// conflict files a conflict.
func (s *Scatter) conflict(c *Conflict) {
	conflictRows.Begin(&s.Scatter, int64(c.NISS), c.Encode)
	s.End()
}
