package index

// Reason says why a letter can't be posted: it is printed in a file apart, so that nobody puts it into an envelope, and listed for the
// fund to mend. The zero value: it can.
type Reason uint8

// The reasons, the first that applies in this order.
const (
	Posted         Reason = iota
	NoName                // nobody to write to
	NoStreet              // no street
	NoTown                // no town
	NoCountry             // no country, or one that does not exist, with a postcode that is not the fund's country's
	UnknownLetters        // letters that no face has: see pdf.Fonts.Covers
	TooLong               // an address that does not fit into the window, in letters that the post reads
	reasonCount
)

var reasons = [reasonCount]string{"", "no_name", "no_street", "no_town", "no_country", "unknown_letters", "too_long"}

// Reasons are the codes of the reasons; the one of a letter that can be posted is "".
func Reasons() []string { return reasons[:] }

func (r Reason) String() string { return reasons[r] }
