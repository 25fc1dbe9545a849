package law

import "fmt"

// Phrase is a sentence and what it says, apart: so that it can be said in another language. It is comparable.
type Phrase struct {
	Format string // English, with %s for each of Filled in order
	Filled [phraseLength]any
}

// phraseLength is how much a phrase can say.
const phraseLength = 6

// Term is a code that has a name in each language, such as that of a category; in English it stands as it is.
type Term struct{ Of, Code string }

// String is the code.
func (t Term) String() string { return t.Code }

// Percent is a rate in percent as English writes it; other languages have a comma.
type Percent string

// Say makes a phrase of comparable values that print as they are to be read in English.
func Say(format string, filled ...any) Phrase {
	p := Phrase{Format: format}
	copy(p.Filled[:], filled)
	return p
}

// Values are what the phrase says, without the places that are free.
func (p *Phrase) Values() []any {
	n := 0
	for n < len(p.Filled) && p.Filled[n] != nil {
		n++
	}
	return p.Filled[:n]
}

// String is the phrase in English.
func (p Phrase) String() string { return fmt.Sprintf(p.Format, p.Values()...) }

// NewStep is a line of an explanation.
func NewStep(said Phrase, step Step) Step {
	step.Text, step.Said = said.String(), said
	return step
}
