package pipeline

import "slices"

// What names one person alone is kept beside the rows while they are read, since two people who share it are anywhere: a dossier
// with its national number in one word of 64 bits, a mandate's hash with its national number and the hash of the account in three.

// nissBits holds a national number: 11 digits.
const nissBits = 37

// dossierOf is a dossier, without leading zeros, and its national number.
func dossierOf(d Dossier, niss NISS) uint64 { return uint64(d.Number)<<nissBits | uint64(niss) }

func nissOf(word uint64) NISS { return NISS(word & (1<<nissBits - 1)) }

// Names is what names one person alone, of the register and of the earlier batches: as words, see above.
type Names struct {
	registered, known, mandates []uint64      // of a mandate three words
	used                        []usedMandate // by which earlier batches collected
	identified                  *identified   // of the payments; nil: none has an identifier
}

// FindConflicts says who shares a dossier or a mandate with another national number of the register, the identifier of a payment with
// another's payment, or a dossier or a mandate with somebody of an earlier batch, and files it with the rows of the first scatter. It is
// called when everything was read; what was found by then is not found again.
//
// One dossier makes one structured communication a year, so that payments of two people could not be told apart; one mandate is
// one debtor's, on one account.
func FindConflicts(of *Subject, scatters []*Scatter) {
	names := make([]Names, len(scatters))
	for i, s := range scatters {
		names[i], s.names = s.names, Names{}
	}
	first := scatters[0]
	first.Strangers = append(first.Strangers, eachConflict(names, first.tonight, func(c *Conflict) { of.Conflict(first, c) })...)
}

// eachConflict finds the conflicts in all names together, and the references of Taken.Strangers. The mandates of tonight are known, or
// among the names.
func eachConflict(names []Names, mandates *tonight, take func(*Conflict)) (strangers []uint64) {
	file := func(niss NISS, kind ConflictKind) { take(&Conflict{NISS: niss, Kind: kind}) }
	findSharedPayments(names, take)
	if mandates == nil {
		mandates = tonightOf(names)
	}
	var registered, known []uint64
	var used []usedMandate
	for i := range names {
		n := &names[i]
		registered, known, used = append(registered, n.registered...), append(known, n.known...), append(used, n.used...)
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
	mandates.findShared(file)
	return mandates.findUsed(used, file)
}

// conflict files a conflict.
func (s *Scatter) conflict(c *Conflict) {
	conflictRows.Begin(&s.Scatter, int64(c.NISS), c.Encode)
	s.End()
}
