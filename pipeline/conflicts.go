package pipeline

import (
	"slices"

	"github.com/zeebo/xxh3"
)

// What names one person alone is kept beside the rows while they are read, since two people who share it are anywhere: a dossier
// with its national number in one word of 64 bits, a mandate's hash with its national number in two.

// nissBits holds a national number: 11 digits.
const nissBits = 37

// dossierOf is a dossier, without leading zeros, and its national number.
func dossierOf(d Dossier, niss NISS) uint64 { return uint64(d.Number)<<nissBits | uint64(niss) }

func nissOf(word uint64) NISS { return NISS(word & (1<<nissBits - 1)) }

// mandateOf is a hash of a mandate's reference, the same in every process.
func mandateOf(reference string) uint64 { return xxh3.HashString(reference) }

// Names is what names one person alone, of the register and of the earlier batches: as words, see above.
type Names struct {
	registered, known, mandates []uint64
	identified                  *identified // of the payments; nil: none has an identifier
}

// FindConflicts says who shares a dossier or a mandate with another national number of the register, the identifier of a payment with
// another's payment, or a dossier with one that an earlier batch settled, and files it with the rows of the first scatter. It is called
// once, when everything was read.
//
// One dossier makes one structured communication a year, so that payments of two people could not be told apart; one mandate is
// one debtor's.
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
	var mandates [][2]uint64
	for i := range names {
		n := &names[i]
		registered, known = append(registered, n.registered...), append(known, n.known...)
		for j := 0; j < len(n.mandates); j += 2 {
			mandates = append(mandates, [2]uint64{n.mandates[j], n.mandates[j+1]})
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
	slices.SortFunc(mandates, func(a, b [2]uint64) int { return slices.Compare(a[:], b[:]) })
	mandates = slices.Compact(mandates)
	for len(mandates) > 0 {
		same := run(mandates, func(m *[2]uint64) bool { return m[0] == mandates[0][0] })
		mandates = mandates[len(same):]
		if len(same) > 1 {
			for _, m := range same {
				file(NISS(m[1]), MandateShared)
			}
		}
	}
}

// conflict files a conflict.
func (s *Scatter) conflict(c *Conflict) {
	conflictRows.Begin(&s.Scatter, int64(c.NISS), c.Encode)
	s.End()
}
