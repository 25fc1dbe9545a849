package pipeline

import (
	"cmp"
	"slices"

	"github.com/zeebo/xxh3"
)

// An identifier names one movement at the bank or in the books: two payments of one identifier under two national numbers tell two things
// of it. They are anywhere, so that a hash of each identifier and its number are kept while the payments are read: 16 bytes for each
// payment that has one.

// identified are the identifiers of payments, parted by the first bits of their hash, so that they are compared part by part.
type identified [identifiedParts][]identifiedPayment

const identifiedParts = 64

// identifiedPayment is the hash of a payment's identifier, and whose it is.
type identifiedPayment struct {
	hash uint64
	niss NISS
}

// hashOf is the same wherever a shard is worked.
func hashOf(identifier string) uint64 { return xxh3.HashString(identifier) }

// Identify notes under which number a payment has an identifier; "" is none.
func (s *Scatter) Identify(identifier string, number NISS) {
	if identifier == "" {
		return
	}
	hash := hashOf(identifier)
	if s.names.identified == nil {
		s.names.identified = &identified{}
	}
	part := &s.names.identified[hash%identifiedParts]
	*part = append(*part, identifiedPayment{hash, number})
}

// findSharedPayments files a conflict for each identifier that payments of several national numbers have, and lets go of all of them.
func findSharedPayments(names []Names, file func(*Conflict)) {
	var all []identifiedPayment
	for part := range identifiedParts {
		all = all[:0]
		for _, n := range names {
			if n.identified != nil {
				all = append(all, n.identified[part]...)
				n.identified[part] = nil
			}
		}
		slices.SortFunc(all, func(a, b identifiedPayment) int {
			return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.niss, b.niss))
		})
		for rest := slices.Compact(all); len(rest) > 0; {
			same := run(rest, func(p *identifiedPayment) bool { return p.hash == rest[0].hash })
			if rest = rest[len(same):]; len(same) == 1 {
				continue
			}
			for _, p := range same {
				file(&Conflict{NISS: p.niss, Kind: PaymentShared, Payment: p.hash})
			}
		}
	}
}

// Shares says whether one of the conflicts of a number is that a payment of another number has the identifier.
func Shares(conflicts []Conflict, identifier string) bool {
	hash := hashOf(identifier)
	return identifier != "" && slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Kind == PaymentShared && c.Payment == hash })
}

// sharesPayment says whether a payment of another national number has the identifier.
func (c *Case) sharesPayment(p *Payment) bool {
	return Shares(c.Conflicts, p.Identifier)
}

// sharesPayments says whether any payment of another national number has an identifier of a payment of this one.
func (c *Case) sharesPayments() bool {
	return slices.ContainsFunc(c.Conflicts, func(c Conflict) bool { return c.Kind == PaymentShared })
}
