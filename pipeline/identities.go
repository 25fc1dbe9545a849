package pipeline

import (
	"cmp"
	"slices"

	"regul/pipeline/rows"
)

// A person keeps one history when the national number is replaced: all rows of the numbers before, of the files and of the ledger,
// are filed under the number that holds now. So the identities are read before everything else.

// Renamed gives the number that holds now for each number that was replaced. Nil: none was.
type Renamed map[NISS]NISS

// Now is the number that holds now.
func (r Renamed) Now(n NISS) NISS {
	if r != nil {
		if now, replaced := r[n]; replaced {
			return now
		}
	}
	return n
}

// Identity takes a row of the identities.
func (s *Scatter) Identity(i *Identity) {
	var e rows.Encoder
	i.encode(&e)
	s.Digests[IdentitiesInput].AddRow(e.Bytes, 0)
	s.Read[IdentitiesInput].Rows++
	s.identities = append(s.identities, *i)
}

func (i *Identity) encode(e *rows.Encoder) {
	e.Unsigned(uint64(i.Before))
	e.Unsigned(uint64(i.NISS))
	e.Signed(int64(i.Since))
}

func (i *Identity) decode(d *rows.Decoder) {
	i.Before, i.NISS, i.Since = NISS(d.Unsigned()), NISS(d.Unsigned()), Date(d.Signed())
	i.Place = d.Place()
}

// Identities lists the rows of the identities that were taken and on which nothing is decided yet.
func (s *Scatter) Identities() []Identity { return s.identities }

// FindRenamed decides on the rows of the identities that a scatter took, and says which numbers were replaced by the day. A number
// that is said to be replaced by two, or in the end by itself, is a conflict: its rows are rejected.
func (s *Scatter) FindRenamed(on Date) Renamed {
	slices.SortFunc(s.identities, func(a, b Identity) int {
		return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(a.NISS, b.NISS), cmp.Compare(a.Since, b.Since),
			rows.ComparePlaces(a.Place, b.Place))
	})
	fates := &s.Fates[IdentitiesInput]
	conflict := func(i *Identity, reason Reason) {
		fates.Count(rows.Rejected, 0)
		s.keep(Reject{Input: IdentitiesInput, Code: Duplicate, NISS: i.NISS, Place: i.Place, Reason: reason, Row: *i})
	}
	next := map[NISS]NISS{}
	kept := dedupe(s.identities,
		func(a, b *Identity) bool { return a.Before == b.Before },
		func(a, b *Identity) bool { return a.NISS == b.NISS && a.Since == b.Since },
		func(i *Identity) { fates.Count(rows.Repeated, 0) },
		func(i *Identity) { conflict(i, becauseRowConflict) })
	for i := range kept {
		if kept[i].Since <= on {
			next[kept[i].Before] = kept[i].NISS
		}
	}
	renamed := Renamed{}
	for i := range kept {
		last, circular := lastIn(next, kept[i].NISS, kept[i].Before)
		if circular {
			conflict(&kept[i], becauseCircle)
			continue
		}
		fates.Count(rows.Settled, 0)
		if kept[i].Since <= on {
			renamed[kept[i].Before] = last
		}
	}
	s.identities = nil
	return renamed
}

// lastIn follows the replacements from a number to the one that holds now; circular says that they come back to one of them.
func lastIn(next map[NISS]NISS, from, before NISS) (last NISS, circular bool) {
	for range len(next) + 1 {
		if from == before {
			return 0, true
		}
		to, replaced := next[from]
		if !replaced {
			return from, false
		}
		from = to
	}
	return 0, true
}
